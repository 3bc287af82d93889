"""`demo` without a display (definitions.md D8), `runs`, and `lab` as another process sees it (D5)."""

import json
import re
import signal
import stat

import httpx
from tests.journeys.program import PLAYBOOK

from tocsin.lab import Product

NODE_LINE = re.compile(r"\+\d+\.\d\ds  [a-z]\S*  (succeeded|failed|skipped|cancelled)(  .+)?")


def test_the_demonstration_tells_its_story_line_by_line(program):
    done = program.run("demo")
    first, *middle, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first == f"Lab: {len(Product) - 1} products, scenario “Brute force from a TOR exit”"  # control is none
    at = middle.index("Changed in the Lab:")
    story, changes = middle[:at], middle[at + 1 :]
    assert [line for line in story if not NODE_LINE.fullmatch(line)] == [
        "Asked: Isolate ws-03 (10.20.1.3)? It is marked critical and talked to 203.0.113.66. → approved "
        "(answered by the demonstration)"
    ]
    assert any(line.endswith("reputation  succeeded  score 97 (AbuseIPDB)") for line in story)
    assert changes == [
        "- OPNsense: blocked 203.0.113.66 in tocsin_block",
        "- Keycloak: ended 2 sessions of clerk1",
        "- CrowdStrike Falcon: asked to contain ws-02",
        "- CrowdStrike Falcon: asked to contain ws-03",
        "- CrowdStrike Falcon: asked to contain ws-07",
        "- Jira Cloud: created ticket SEC-1",
    ]
    run = re.fullmatch(r"Succeeded in \d+\.\d s\. Run (\S+)…; look again: tocsin runs show (\S+)", last)
    assert run
    assert run[1] == run[2]
    shown = program.run("runs", "show", run[2])
    assert shown.stdout.splitlines()[-1] == "Succeeded."


def test_the_demonstration_answers_otherwise_when_told_to(program):
    done = program.run("demo", "--answer", "hosts[1]/confirm=rejected")
    assert done.returncode == 0
    assert "→ rejected (answered by the demonstration)" in done.stdout
    assert "contain ws-03" not in done.stdout


def test_the_demonstration_tells_only_its_own_changes_of_a_lab_that_has_seen_more(program, lab):
    program.run("run", PLAYBOOK, "--answer", "hosts/confirm=rejected")
    told = program.run("demo").stdout
    assert "OPNsense: blocked" not in told
    assert "created ticket SEC-2" in told
    assert "created ticket SEC-1" not in told


def test_runs_are_listed_newest_first_and_shown_again_as_they_were(program, contain):
    _, first = contain("--input", "src_ip=198.51.100.7")
    _, second = contain("--answer", "hosts/confirm=rejected")
    listed = json.loads(program.run("runs", "list", "--json").stdout)
    assert [run["run"] for run in listed] == [second["run"], first["run"]]
    assert [(run["status"], run["changes"]) for run in listed] == [("succeeded", 5), ("succeeded", 1)]
    again = json.loads(program.run("runs", "show", second["run"], "--json").stdout)
    assert again == second


def test_a_run_that_waits_is_shown_with_its_question(program, contain):
    _, record = contain()
    shown = program.run("runs", "show", record["run"][:13]).stdout.splitlines()
    assert shown[-1] == "Waiting."
    assert shown[-2].startswith("Asked: Isolate ws-03")
    assert shown[-2].endswith("(approved or rejected)")


def test_where_nothing_has_run_the_list_says_so(program):
    done = program.run("runs", "list")
    assert (done.returncode, done.stdout) == (0, "Nothing has run yet.\n")


def test_a_served_lab_is_used_by_runs_and_takes_its_line_back_at_the_end(program):
    serving = program.start("lab", "--json")
    said = json.loads(serving.stdout.readline())
    line = program.runtime / "lab.json"
    assert json.loads(line.read_text())["control"] == said["control"]
    assert stat.S_IMODE(line.stat().st_mode) == 0o600
    done = program.run("run", PLAYBOOK, "--answer", "hosts/confirm=rejected")
    token = {"Authorization": f"Bearer {said['control']['token']}"}
    world = httpx.get(f"{said['control']['url']}/world", headers=token, trust_env=False).json()
    serving.send_signal(signal.SIGTERM)
    _, errors = serving.communicate(timeout=30)
    assert (done.returncode, serving.returncode, errors) == (0, 0, "")
    assert world["aliases"]["tocsin_block"]["entries"] == ["203.0.113.66"]
    assert not line.exists()


def test_a_lab_that_died_is_not_waited_for(program):
    program.runtime.mkdir(parents=True)
    dead = {"scenario": "tor-brute-force", "seed": 41, "control": {"url": "http://127.0.0.1:9", "token": "x"}}
    (program.runtime / "lab.json").write_text(json.dumps({**dead, "products": {}, "pid": 1}))
    done = program.run("run", PLAYBOOK, "--input", "src_ip=198.51.100.7", "--json")
    assert (done.returncode, json.loads(done.stdout)["status"]) == (0, "succeeded")


def test_everything_kept_is_for_its_owner_alone(program):
    program.run("demo")
    kept = [program.home, *program.home.rglob("*")]
    assert {path.name for path in kept} >= {"journal.db", "data", "state"}
    assert [str(path) for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_no_secret_of_the_lab_is_in_what_is_kept_or_printed(program, lab, contain):
    done, _ = contain("--answer", "hosts/confirm=approved")
    kept = b"".join(path.read_bytes() for path in (program.home / "data").rglob("*") if path.is_file())
    kept += b"".join(path.read_bytes() for path in (program.home / "state").rglob("*") if path.is_file())
    sign_ins = [text for product in lab.addresses.products.values() for text in product.sign_in.values()]
    secrets = [text for text in sign_ins if len(text) > len("tocsin@example.com")]  # shorter ones are names
    said = kept.decode(errors="replace") + done.stdout + done.stderr
    assert len(secrets) > 5
    assert [text for text in secrets if text in said] == []
