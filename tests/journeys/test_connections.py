"""`tocsin connections`: a connection is added, tested, listed, changed behind one's back, and removed."""

import json
import sys

import pytest
from tests.journeys.tls_front import TlsFront

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
if sys.platform != "win32":
    from tests.journeys.terminal import Terminal

NO_KEYRING = "keyring.backends.fail.Keyring"
WHERE = ("--environment", "production")
ASKED = "Passphrase of the vault: "
PASSPHRASE = "correct horse battery"  # noqa: S105  it opens nothing outside these tests
WRONG = "wrong horse battery"


@pytest.fixture
def front(lab, tmp_path):
    with TlsFront(tmp_path, [lab.addresses.products["opnsense"].url, lab.addresses.products["jira"].url]) as front:
        yield front


@pytest.fixture
def keys(lab):
    return dict(lab.addresses.products["opnsense"].sign_in)


class Team:
    """A workspace, and the program in it."""

    def __init__(self, program, folder, front, url):
        self.program = program
        self.folder = folder
        self.url = front.urls[url]
        self.file = folder / "environments" / "production.yaml"
        (folder / "environments").mkdir(parents=True)
        (folder / "tocsin-workspace.yaml").write_text("")
        (folder / "environments" / "ca.pem").write_bytes(front.ca_file.read_bytes())

    def say(self, *arguments, **options):
        return self.program.run("connections", *arguments, cwd=self.folder, **options)

    def sit_at(self, *arguments):
        return Terminal(self.program, "connections", *arguments, cwd=self.folder)

    @property
    def add(self):
        return (
            *("add", "fw_main", "--environment", "production", "--connector", "opnsense", "--address", self.url),
            *("--ca-file", "ca.pem", "--local-address", "127.0.0.1"),
        )


@pytest.fixture
def team(program, tmp_path, front, lab, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)
    return Team(program, tmp_path / "team", front, lab.addresses.products["opnsense"].url)


@pytest.fixture
def added(team, keys):
    """A connection whose secrets are in a vault with a passphrase."""
    terminal = team.sit_at(*team.add)
    for asked, answer in (
        ("New passphrase: ", PASSPHRASE),
        ("Once more: ", PASSPHRASE),
        ("API key: ", keys["key"]),
        ("API secret: ", keys["secret"]),
    ):
        terminal.read_until(asked)
        terminal.type(answer)
    assert terminal.end() == 0, terminal.text
    assert "Saved in" in terminal.text
    assert not any(secret in terminal.text for secret in (PASSPHRASE, *keys.values()))
    return team


def try_it(team, passphrase):
    terminal = team.sit_at("test", "fw_main", *WHERE)
    terminal.read_until(ASKED)
    terminal.type(passphrase)
    return terminal


def test_an_added_connection_works_and_each_step_says_so(added):
    terminal = try_it(added, PASSPHRASE)
    assert terminal.end() == 0, terminal.text
    lines = terminal.text.splitlines()
    for step in ("name", "tcp", "tls", "sign-in", "permission"):
        assert any(line.split()[:2] == [step, "ok"] for line in lines), terminal.text
    assert any("List blocked addresses" in line and "allowed" in line for line in lines)
    assert any("Block an address" in line and "untried" in line and "Firewall: Alias: Edit" in line for line in lines)


def test_the_files_hold_no_secret(added, keys, program):
    for path in [*(program.home / "data").rglob("*"), *(program.home / "state").rglob("*"), *added.folder.rglob("*")]:
        if path.is_file():
            assert not any(secret.encode() in path.read_bytes() for secret in (PASSPHRASE, *keys.values())), path


def test_a_wrong_passphrase_is_asked_again_and_then_given_up(added):
    terminal = try_it(added, WRONG)
    for times in (2, 3):
        terminal.read_until(ASKED, times)
        terminal.type(WRONG)
    assert terminal.end() == 3, terminal.text
    assert terminal.text.count("TOC-E151 This passphrase does not open the vault.") == 3


def test_without_a_terminal_the_locked_vault_fails_the_sign_in(added):
    done = added.say("test", "fw_main", *WHERE, "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["failed"]) == (1, "sign-in")
    assert [step["step"] for step in report["steps"] if step["ok"]] == ["name", "tcp", "tls"]
    assert "vault is locked" in report["steps"][-1]["detail"]


def test_how_a_connection_did_is_told_later(added):
    terminal = added.sit_at("health", *WHERE)
    terminal.read_until(ASKED)
    terminal.type(PASSPHRASE)
    assert terminal.end() == 0, terminal.text
    bad = added.say("health", "fw_main", *WHERE, "--json")
    assert (bad.returncode, json.loads(bad.stdout)["step"]) == (1, "sign-in")
    before = added.say("health", *WHERE, "--history", "--json")
    assert [json.loads(line)["ok"] for line in before.stdout.splitlines()] == [True, False]
    assert added.say("health", *WHERE, "--every", "1s").returncode == 2


def test_an_address_changed_in_the_file_gets_no_secret(added, keys, front, lab):
    elsewhere = front.urls[lab.addresses.products["jira"].url]
    added.file.write_text(added.file.read_text().replace(added.url, elsewhere))
    front.heard.clear()
    terminal = added.sit_at("test", "fw_main", *WHERE)
    assert terminal.end() == 1, terminal.text
    assert f"was typed for {added.url}" in terminal.text.replace("\n", " ")
    assert not any(secret.encode() in bytes(front.heard) for secret in keys.values())
    [row] = json.loads(added.say("list", "--json").stdout)
    assert row["secrets"] == {"key": "moved", "secret": "moved"}


def test_a_run_asks_for_the_passphrase_once_and_before_anything_starts(added):
    (added.folder / "look.yaml").write_text(
        "tocsin: 1\nid: look\nnodes:\n  start: {kind: trigger, event: manual}\n"
        "  one: {kind: action, use: firewall.list_blocks}\n  two: {kind: action, use: firewall.list_blocks}\n"
        "edges:\n- start -> one\n- one -> two\n"
    )
    terminal = Terminal(added.program, "run", "look.yaml", *WHERE, "--input", "{}", cwd=added.folder)
    terminal.read_until(ASKED)
    assert "start" not in terminal.text
    terminal.type(PASSPHRASE)
    assert terminal.end() == 0, terminal.text
    assert (terminal.text.count(ASKED), "Succeeded" in terminal.text) == (1, True)


def test_a_run_without_a_terminal_is_refused_while_the_vault_is_locked(added):
    (added.folder / "look.yaml").write_text(
        "tocsin: 1\nid: look\nnodes:\n  start: {kind: trigger, event: manual}\n"
        "  one: {kind: action, use: firewall.list_blocks}\nedges: [start -> one]\n"
    )
    done = added.program.run("run", "look.yaml", *WHERE, "--input", "{}", cwd=added.folder)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("TOC-E150 The vault is locked.")


def test_the_list_says_where_secrets_stand_and_who_uses_a_connection(added):
    (added.folder / "block.yaml").write_text(
        "tocsin: 1\nid: block-it\nnodes:\n  start: {kind: trigger, event: manual}\n"
        '  block: {kind: action, use: firewall.block_address, with: {address: "192.0.2.1"}}\nedges:\n- start -> block\n'
    )
    [row] = json.loads(added.say("list", "--json").stdout)
    assert (row["id"], row["connector"], row["used_by"]) == ("fw_main", "opnsense", ["block-it"])
    assert row["secrets"] == {"key": "kept", "secret": "kept"}
    line = added.say("list").stdout
    assert "OPNsense" in line
    assert "used by block-it" in line


def test_a_removed_connection_takes_its_secrets_with_it(added, program):
    done = added.say("remove", "fw_main", "--environment", "production")
    assert (done.returncode, done.stdout) == (0, "Removed “fw_main” and its secrets from “production”.\n")
    assert json.loads(added.say("list", "--json").stdout) == []
    assert json.loads((program.home / "data" / "vault.json").read_text())["secrets"] == []


def test_secrets_from_outside_need_no_vault_and_a_refused_key_fails_the_sign_in(team, keys, monkeypatch, program):
    assert team.say(*team.add, "--no-secrets").returncode == 0
    monkeypatch.setenv("TOCSIN_SECRET_FW_MAIN_KEY", keys["key"])
    for secret, status, failed in ((keys["secret"], 0, None), ("another secret", 1, "sign-in")):
        monkeypatch.setenv("TOCSIN_SECRET_FW_MAIN_SECRET", secret)
        done = team.say("test", "fw_main", *WHERE, "--json")
        assert (done.returncode, json.loads(done.stdout)["failed"]) == (status, failed), done.stdout
    assert not (program.home / "data" / "vault.json").exists()


@pytest.mark.parametrize(
    ("old", "new", "failed"),
    [
        ("127.0.0.1:", "no-such-host.invalid:", "name"),
        ("ca_file: ca.pem", "ca_file: none.pem", "tls"),
        ("    ca_file: ca.pem\n", "", "tls"),
        ("local_addresses", "x_addresses", None),
        ('["127.0.0.1"]', '["127.0.0.2"]', "settings"),
    ],
)
def test_the_step_that_fails_is_named(team, old, new, failed):
    team.say(*team.add, "--no-secrets")
    text = team.file.read_text()
    assert old in text
    team.file.write_text(text.replace(old, new))
    done = team.say("test", "fw_main", *WHERE, "--json")
    if failed is None:
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("TOC-E160 ")
    else:
        assert (done.returncode, json.loads(done.stdout)["failed"]) == (1, failed)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("add", "fw", "--environment", "production"), 2, "“fw” is new. Say which product it is"),
        (("add", "fw", "--environment", "lab", "--connector", "opnsense"), 3, "“lab” makes its connections itself."),
        (("add", "Fw.1", "--environment", "production", "--connector", "opnsense"), 3, "Nothing can be called “Fw.1”."),
        (("add", "fw", "--environment", "production", "--connector", "opnsens"), 3, "Did you mean “opnsense”?"),
        (("add", "fw", "--environment", "production", "--connector", "opnsense"), 3, "fw.addresses.main” is missing"),
        (("test", "lab_opnsense", "--environment", "lab"), 3, "“lab” makes its connections itself."),
        (("test", "fw", "--environment", "production"), 3, "There is no environment “production”"),
        (("remove", "fw", "--environment", "production"), 3, "There is no environment “production”"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(team, arguments, status, said):
    done = team.say(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert not team.file.exists()


def test_secrets_on_standard_input_want_a_keyring_where_nobody_can_be_asked(team):
    done = team.say(*team.add)
    assert done.returncode == 3
    assert done.stderr.startswith("TOC-E065 This system has no keyring")
    assert not team.file.exists()
