"""A run whose process was killed goes on by command; each change is made once, asked back from the Lab's own books."""

import json
import re
import signal

import pytest
from tests.journeys.program import PLAYBOOK

from tocsin.cli.messages import Exit

ANSWERED = ("--answer", "hosts/confirm=approved")


@pytest.fixture
def killed(program, lab):
    """Run the sample playbook and kill its process when its nth request for a change arrives; return the run's id."""

    def kill_at(number):
        arrived = []
        process = program.start("run", PLAYBOOK, "--environment", "lab", *ANSWERED)

        def look(request):
            arrived.append(request)
            if len(arrived) == number:
                process.send_signal(signal.SIGKILL)
                process.wait()

        lab.reception.on_change_request = look
        process.communicate(timeout=40)
        lab.reception.on_change_request = None
        assert process.returncode == -signal.SIGKILL
        return json.loads(program.run("runs", "list", "--json").stdout)[0]["run"]

    return kill_at


def resume(program, run, *arguments):
    done = program.run("runs", "resume", run, *arguments, "--json")
    return done, json.loads(done.stdout)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 6])
def test_a_killed_run_goes_on_and_makes_each_change_once(program, killed, lab_control, number):
    run = killed(number)
    listed = program.run("runs", "resume")
    assert run in listed.stdout
    done, record = resume(program, run, *ANSWERED)
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr
    changes = lab_control.get("/changes").json()
    made = [(change["product"], change["what"], change.get("target")) for change in changes]
    assert len(made) == len(set(made)), made
    assert {"opnsense", "keycloak", "falcon", "jira"} <= {product for product, _, _ in made}
    assert program.run("runs", "resume").stdout.strip() == "No run can go on."


def test_a_run_that_waits_for_a_person_is_answered_later(program, contain):
    waiting, record = contain()
    assert waiting.returncode == Exit.WAITING
    listed = program.run("runs", "resume")
    assert re.search(r"asks: Isolate", listed.stdout)
    done, record = resume(program, record["run"], *ANSWERED)
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded")


def test_a_run_that_is_over_cannot_go_on(program, contain):
    _, record = contain(*ANSWERED)
    done = program.run("runs", "resume", record["run"])
    assert done.returncode == Exit.REFUSED
    assert "TOC-E105" in done.stderr


def test_a_run_that_another_process_has_is_left_alone(program, lab):
    seen = []

    def look(request):
        if not seen:
            run = json.loads(program.run("runs", "list", "--json").stdout)[0]["run"]
            seen.append(program.run("runs", "resume", run))

    lab.reception.on_change_request = look
    process = program.start("run", PLAYBOOK, "--environment", "lab", *ANSWERED)
    process.communicate(timeout=40)
    assert seen[0].returncode == Exit.REFUSED
    assert f"TOC-E124 Another Tocsin, process {process.pid}, is running" in seen[0].stderr


def test_a_run_of_a_lab_that_is_gone_is_not_continued_in_another_unasked(program, contain):
    _, record = contain()
    (program.runtime / "lab.json").unlink()
    done = program.run("runs", "resume", record["run"])
    assert done.returncode == Exit.REFUSED
    assert "TOC-E104" in done.stderr
