"""The secrets of all connections, out of the real vault, through runs that go well and badly: they show nowhere.

Looked for in journal, blobs, logs, exports, screens and error texts, in eight encodings; what is derived from them, the
tokens and pairs that stood in the requests, counts too.
"""

import base64
import json
import re
import sys

import pytest
from tests.journeys.leaks import find_leaks
from tests.journeys.program import ROOT
from tests.journeys.tls_front import TlsFront
from tests.journeys.workspace import NO_KEYRING, Workspace, over_http, plain_urls

from tocsin.base.secret import Secret
from tocsin.connectors import load_catalogue
from tocsin.vault import SecretName, SystemKeyring, Vault, origins_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
if sys.platform != "win32":
    from tests.journeys.terminal import Terminal

ASKED = "Passphrase of the vault: "
PASSPHRASE = "correct horse battery"  # noqa: S105  it opens nothing outside these tests
BUGGY = [sys.executable, "-m", "tests.journeys.program_with_a_bug"]
ALERT = {"id": "a-1001", "rule": "Brute force", "src_ip": "203.0.113.66", "user": "clerk1"}


@pytest.fixture
def front(lab, tmp_path):
    with TlsFront(tmp_path, plain_urls(lab)) as front:
        yield front


@pytest.fixture
def team(tmp_path, lab, front, program, monkeypatch):
    """A folder whose connections have their secrets in a vault with a passphrase."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)
    monkeypatch.setenv("TOCSIN_LOG", "debug")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    workspace = Workspace(tmp_path / "team", lab, front)
    vault = Vault(program.home / "data" / "vault.json", SystemKeyring(), learn=lambda _: None)
    vault.create(Secret(PASSPHRASE))
    connections = json.loads(workspace.environment.read_text())["connections"]
    for name, product in over_http(lab).items():
        connection = f"prod_{name}"
        kept = {SecretName("production", connection, field): Secret(text) for field, text in product.sign_in.items()}
        vault.put(origins_of(connections[connection]["addresses"]), kept)
    return workspace


@pytest.fixture
def screens(program, team):
    """Say a command at a terminal, with the passphrase; all that was ever shown is kept."""
    shown = []

    def say(*arguments, **options):
        terminal = Terminal(program, *arguments, cwd=team.folder, **options)
        terminal.read_until(ASKED)
        terminal.type(PASSPHRASE)
        status = terminal.end()
        shown.append(terminal.text)
        return status, terminal.text

    say.shown = shown
    return say


@pytest.fixture
def secrets(lab, front):
    """Return every secret, and what was made of them on the way, each with the user whose password it might be."""

    def gathered():
        found = {PASSPHRASE: "anyone"}
        connectors = load_catalogue().connectors
        for name, product in over_http(lab).items():
            fields = connectors[name].sign_in.fields
            user = next((text for field, text in product.sign_in.items() if not fields[field].secret), "anyone")
            found |= {text: user for field, text in product.sign_in.items() if fields[field].secret}
        sent = re.findall(rb"(?i)\r\nauthorization: (?:basic|bearer) ([^\r]+)", bytes(front.heard))
        pairs = [base64.b64decode(text).decode() for text in sent if text.endswith(b"=")]
        return found | dict.fromkeys([text.decode() for text in sent] + pairs, "anyone")

    return gathered


@pytest.mark.timeout(180)
def test_no_secret_of_any_connection_shows_whatever_comes_of_the_runs(
    program, team, screens, secrets, plant, lab_control, tmp_path
):
    hosts = {key: {"tags": []} for key in lab_control.get("/world").json()["hosts"]}
    lab_control.patch("/world", json={"hosts": hosts}).raise_for_status()
    run = ("run", str(team.playbook), "--environment", "production", "--input", json.dumps(ALERT))
    assert screens(*run)[0] == 0
    [contained, *_] = json.loads(program.run("runs", "list", "--json").stdout)
    assert screens("runs", "undo", contained["run"], "--yes")[0] == 0
    plant("opnsense", "*/add/*", 500)
    plant("jira", "*", "garbage")
    assert screens(*run)[0] == 1
    for product in ("falcon", "keycloak", "abuseipdb"):
        plant(product, "*", 401)
    assert screens(*run, "--json")[0] == 1
    lab_control.delete("/faults")
    assert screens(*run, command=BUGGY)[0] == 1
    for connection in ("prod_falcon", "prod_jira"):
        screens("connections", "test", connection, "--environment", "production", command=BUGGY)
    runs = [run["run"] for run in json.loads(program.run("runs", "list", "--json").stdout)]
    assert len(runs) == 5
    told = [program.run("runs", "verify"), program.run("runs", "show", runs[-1])]
    told += [program.run("runs", "show", run, "--json") for run in runs]
    told += [program.run("runs", "export", run, "-o", str(tmp_path / "out" / run)) for run in runs]
    said = {f"command {n}": (done.stdout + done.stderr).encode() for n, done in enumerate(told)}
    said |= {f"screen {n}": text.encode() for n, text in enumerate(screens.shown)}
    assert "met a bug" in (program.home / "state" / "tocsin.log").read_text()
    assert len(secrets()) >= 12
    (program.home / "runtime" / "lab.json").unlink()  # the Lab's own sign-ins, for whoever may read this folder
    assert find_leaks(secrets(), said, [program.home, team.folder, tmp_path / "out"]) == []
