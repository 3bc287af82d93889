"""A playbook calls another that lies beside it; what was called is kept with the run, whatever becomes of its file."""

import json

import pytest

from tocsin.cli.messages import Exit

CALLER = """
tocsin: 1
id: calling
roles: {firewall: {category: firewall}}
nodes:
  start: {kind: trigger, event: manual, sample: {ip: 203.0.113.66}}
  contain: {kind: call, playbook: block-one, with: {ip: "{{ start.ip }}"}}
  done: {kind: end, outputs: {blocked: "contain.blocked"}}
edges: [start -> contain, contain -> done]
"""
CALLED = """
tocsin: 1
id: block-one
roles: {firewall: {category: firewall}}
inputs: {ip: {type: string, required: true}}
outputs: {blocked: "inputs.ip"}
nodes:
  start: {kind: trigger, event: manual}
  sure: {kind: ask, ask: approval, text: "Block {{ inputs.ip }}?"}
  block: {kind: action, use: firewall.block_address, with: {address: "{{ inputs.ip }}", comment: by a call}}
  no_one: {kind: end}
edges: [start -> sure, sure.approved -> block, sure.rejected -> no_one, sure.expired -> no_one]
"""


@pytest.fixture
def files(tmp_path):
    for name, text in (("calling.yaml", CALLER), ("called.yaml", CALLED)):
        (tmp_path / name).write_text(text)
    return tmp_path


def run(program, *arguments):
    done = program.run(*arguments, "--json")
    return done, json.loads(done.stdout)


def test_a_call_asks_changes_and_gives_back(program, lab, files):
    file = str(files / "calling.yaml")
    assert program.run("check", str(files)).returncode == Exit.DONE
    done, record = run(program, "run", file, "--answer", "contain/sure=approved")
    assert (done.returncode, record["outputs"]) == (Exit.DONE, {"blocked": "203.0.113.66"}), done.stderr
    assert [change["path"] for change in record["changes"]] == ["contain/block"]
    shown = program.run("runs", "show", record["run"])
    assert "contain/block" in shown.stdout
    undone, record = run(program, "runs", "undo", record["run"], "--yes")
    assert (undone.returncode, [change["action"] for change in record["changes"]]) == (
        Exit.DONE,
        ["opnsense.unblock_address"],
    )


def test_a_run_that_waits_inside_a_call_goes_on_though_the_files_are_gone(program, lab, files):
    waiting, record = run(program, "run", str(files / "calling.yaml"))
    assert waiting.returncode == Exit.WAITING
    assert [question["path"] for question in record["waiting"]] == ["contain/sure"]
    for file in files.iterdir():
        if file.is_file():
            file.unlink()
    done, record = run(program, "runs", "resume", record["run"], "--answer", "contain/sure=approved")
    assert (done.returncode, record["nodes"]["contain"]["nodes"]["block"]["state"]) == (Exit.DONE, "succeeded")


def test_calls_that_cannot_be_made_are_found_before_anything_is_done(program, lab, files):
    (files / "again.yaml").write_text(CALLED)
    refused, record = run(program, "run", str(files / "calling.yaml"))
    assert (refused.returncode, record["status"]) == (Exit.REFUSED, "refused")
    assert "again.yaml" in refused.stderr
    (files / "again.yaml").unlink()
    wrong = program.run("run", str(files / "calling.yaml"), "--answer", "sure=approved")
    assert wrong.returncode == Exit.WRONG_USE
    assert "contain/sure" in wrong.stderr


FAILING = """
tocsin: 1
id: failing
handler: {playbook: tell}
nodes:
  start: {kind: trigger, event: manual, sample: {}}
  bad: {kind: end, status: failed}
edges: [start -> bad]
"""
TELL = """
tocsin: 1
id: tell
roles: {tickets: {category: ticketing}}
inputs:
  run: {type: string, required: true}
  status: {type: string, required: true}
nodes:
  start: {kind: trigger, event: manual}
  ticket:
    kind: action
    use: ticketing.create
    with: {title: "Run {{ inputs.status }}", body: "Look at {{ inputs.run }}."}
edges: [start -> ticket]
"""


def test_a_command_waits_until_the_handler_has_told(program, lab, tmp_path):
    for name, text in (("failing.yaml", FAILING), ("tell.yaml", TELL)):
        (tmp_path / name).write_text(text)
    done, record = run(program, "run", str(tmp_path / "failing.yaml"))
    assert (done.returncode, record["status"], record["handler"]["status"]) == (Exit.FAILED, "failed", "succeeded")
    told = json.loads(program.run("runs", "show", record["handler"]["run"], "--json").stdout)
    assert [change["node"] for change in told["changes"]] == ["ticket"]
    said = program.run("run", str(tmp_path / "failing.yaml"))
    assert "Its handler: succeeded." in said.stdout


KEYED = """
tocsin: 1
id: keyed
concurrency: {key: trigger.ip, when_busy: skip}
nodes:
  start: {kind: trigger, event: manual, sample: {ip: 203.0.113.66}}
  sure: {kind: ask, ask: approval, text: Go on?}
  done: {kind: end}
edges: [start -> sure, sure.approved -> done, sure.rejected -> done, sure.expired -> done]
"""


def test_a_run_that_waits_for_a_person_keeps_others_of_its_key_out(program, lab, tmp_path):
    file = tmp_path / "keyed.yaml"
    file.write_text(KEYED)
    waiting, record = run(program, "run", str(file))
    assert waiting.returncode == Exit.WAITING
    skipped, _ = run(program, "run", str(file))
    assert (skipped.returncode, record["run"] in skipped.stderr) == (Exit.REFUSED, True)
    other, _ = run(program, "run", str(file), "--input", "ip=203.0.113.67")
    assert other.returncode == Exit.WAITING
    resumed, _ = run(program, "runs", "resume", record["run"], "--answer", "sure=approved")
    assert resumed.returncode == Exit.DONE
