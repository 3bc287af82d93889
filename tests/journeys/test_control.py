"""Holding a run, changing its data, and running a part of a playbook again: from the command line, in the Lab."""

import json
import shutil

import pytest
from tests.journeys.program import PLAYBOOK

from tocsin.cli.messages import Exit

ANSWERED = ("--answer", "hosts/confirm=approved")
HARMLESS = {"score": 3.0, "reports": 0, "tor": False, "allow_listed": False}


@pytest.fixture
def resume(program):
    def resumed(run, *arguments):
        done = program.run("runs", "resume", run, *arguments, "--json")
        return done, json.loads(done.stdout) if done.stdout else None

    return resumed


def sent_after(lab_control, before):
    return [request["path"] for request in lab_control.get("/requests").json()[len(before) :]]


def test_a_run_stops_before_a_step_and_goes_on_in_another_process(contain, resume, vendors):
    done, record = contain("--break", "block")
    assert (done.returncode, record["paused"]) == (Exit.WAITING, True)
    assert record["nodes"]["block"]["state"] == "held"
    assert vendors.blocked() == []
    done, record = resume(record["run"], *ANSWERED)
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr
    assert vendors.blocked() == ["203.0.113.66"]


def test_a_condition_that_is_false_stops_nothing(contain):
    done, record = contain("--break", "block=reputation.score < 10.0", *ANSWERED)
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded")


def test_a_step_lets_one_node_start_and_the_run_is_paused_again(contain, resume, vendors):
    _, record = contain("--break", "block")
    done, record = resume(record["run"], "--step")
    assert (done.returncode, record["paused"]) == (Exit.WAITING, True)
    assert vendors.blocked() == ["203.0.113.66"]
    assert vendors.isolated() == []


def test_data_is_edited_and_the_run_goes_on_another_way(contain, resume, program, vendors):
    _, record = contain("--break", "risky")
    before = record["nodes"]["reputation"]["output"]
    done, record = resume(record["run"], "--edit", f"reputation={json.dumps({**before, **HARMLESS})}")
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr
    assert (vendors.blocked(), vendors.isolated()) == ([], [])
    edit = record["edits"][0]
    assert (edit["path"], edit["by"], edit["before"]) == ("reputation", "cli", before)
    assert edit["after"]["score"] == 3.0
    assert "Edited: reputation, by cli" in program.run("runs", "show", record["run"]).stdout


def test_what_a_step_has_read_cannot_be_edited_and_the_run_stays_paused(contain, resume, vendors):
    _, record = contain("--break", "block")
    done, _ = resume(record["run"], "--edit", f"reputation={json.dumps(HARMLESS)}")
    assert done.returncode == Exit.REFUSED
    assert "TOC-E118" in done.stderr
    assert "has read it already" in done.stderr
    assert vendors.blocked() == []


def test_a_run_begins_at_a_step_with_the_data_of_an_earlier_one(contain, plant, lab_control, vendors):
    plant("opnsense", "*/add/*", 500)
    _, failed = contain(*ANSWERED)
    assert failed["nodes"]["block"]["state"] == "failed"
    lab_control.delete("/faults")
    before = lab_control.get("/requests").json()
    done, record = contain("--from", "block", "--data-of", failed["run"], *ANSWERED)
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr
    assert record["parent"] == {"run": failed["run"], "path": "block", "reason": "from_here"}
    assert record["nodes"]["reputation"]["output"] == failed["nodes"]["reputation"]["output"]
    assert vendors.blocked() == ["203.0.113.66"]
    assert not any("check" in path for path in sent_after(lab_control, before))


def test_an_earlier_run_is_named_by_its_number_and_one_step_runs_alone(contain, vendors):
    contain("--mode", "rehearse")
    contain("--break", "block", *ANSWERED)
    done, _ = contain("--only", "block", "--data-of", "R-1")
    assert (done.returncode, "TOC-E115" in done.stderr) == (Exit.REFUSED, True)
    done, _ = contain("--only", "block", "--data-of", "R-2")
    assert (done.returncode, "TOC-E106" in done.stderr) == (Exit.REFUSED, True)
    assert vendors.blocked() == []


def test_one_step_alone_runs_nothing_else(contain, vendors):
    _, earlier = contain(*ANSWERED)
    done, record = contain("--only", "block", "--data-of", earlier["run"])
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr
    assert [name for name, node in record["nodes"].items() if node["attempts"] and node["kind"] == "action"] == [
        "block"
    ]


def test_a_pinned_output_leads_a_rehearsal_and_a_live_run_refuses_it(contain, vendors):
    pin = ("--pin", f"reputation={json.dumps(HARMLESS)}")
    done, record = contain(*pin, "--mode", "rehearse")
    assert done.returncode == Exit.DONE, done.stderr
    assert record["pinned"]["reputation"]["output"] == HARMLESS
    assert record["nodes"]["risky"]["port"] == "false"
    done, _ = contain(*pin)
    assert (done.returncode, "TOC-E116" in done.stderr) == (Exit.REFUSED, True)
    assert vendors.blocked() == []


@pytest.fixture
def pinned(program, lab, tmp_path):
    """Runs a copy of the playbook beside which a file of pins lies."""
    file = tmp_path / "copy.yaml"
    shutil.copy(PLAYBOOK, file)
    beside = tmp_path / "contain-suspicious-ip.pins.yaml"
    beside.write_text(f"tocsin_pins: 1\npins:\n  reputation:\n    output: {json.dumps(HARMLESS)}\n    from: R-217\n")

    def run(*arguments):
        done = program.run("run", str(file), *arguments, "--json")
        return done, json.loads(done.stdout)

    run.beside = beside
    return run


def test_pins_beside_the_playbook_lead_its_rehearsals(pinned):
    done, record = pinned("--mode", "rehearse")
    assert done.returncode == Exit.DONE, done.stderr
    assert record["pinned"]["reputation"] == {"output": HARMLESS, "source": "R-217"}
    _, record = pinned("--mode", "rehearse", "--pin", f"reputation={json.dumps({**HARMLESS, 'score': 99.0})}")
    assert record["pinned"]["reputation"]["output"]["score"] == 99.0  # what is typed goes before
    _, record = pinned("--mode", "rehearse", "--no-pins")
    assert record.get("pinned") in (None, {})


def test_a_live_run_refuses_pins_beside_the_playbook_unless_they_are_left_out(pinned, vendors):
    done, record = pinned(*ANSWERED)
    assert (done.returncode, record["status"], record["error"]["code"]) == (Exit.REFUSED, "refused", "TOC-E116")
    assert "“reputation” would be pinned. Rehearse, or leave them out: --no-pins" in done.stderr
    assert vendors.blocked() == []
    done, record = pinned("--no-pins", *ANSWERED)
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr


def test_pins_that_cannot_be_read_are_told_with_their_place(pinned):
    pinned.beside.write_text("tocsin_pins: 1\npins:\n  reputation: {outptu: 3}\n")
    done, record = pinned("--mode", "rehearse")
    assert (done.returncode, record["error"]["code"]) == (Exit.REFUSED, "TOC-E119")
    assert "contain-suspicious-ip.pins.yaml:3:" in done.stderr
    assert "Did you mean “output”?" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "block"),
        ("--from", "block", "--only", "block", "--data-of", "R-1"),
        ("--data-of", "R-1"),
        ("--pin", "reputation"),
        ("--pin", "reputation={"),
        ("--break", "nosuch"),
    ],
)
def test_options_that_say_nothing_together_are_wrong_use(program, arguments):
    done = program.run("run", PLAYBOOK, *arguments)
    assert (done.returncode, done.stdout) == (Exit.WRONG_USE, "")
    assert done.stderr.startswith("TOC-E140")
