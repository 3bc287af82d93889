"""Undoing the containment leaves the Lab as before but for what nothing takes back; nothing is undone twice."""

import json

import pytest
from tests.journeys.differing import differing

from tocsin.cli.messages import Exit

ANSWERED = ("--answer", "hosts/confirm=approved")


@pytest.fixture
def contained(contain):
    done, record = contain(*ANSWERED)
    assert done.returncode == Exit.DONE
    return record["run"]


@pytest.fixture
def undo(program):
    def undone(run, *arguments):
        done = program.run("runs", "undo", run, *arguments, "--json")
        return done, json.loads(done.stdout) if done.stdout else None

    return undone


def test_an_undo_takes_every_change_back_that_can_be(contained, undo, vendors):
    done, record = undo(contained, "--yes")
    assert (done.returncode, record["status"]) == (Exit.DONE, "succeeded"), done.stderr
    assert (vendors.blocked(), vendors.isolated()) == ([], [])
    assert vendors.sessions("clerk1") == 0  # nothing brings a session back
    assert [change["action"] for change in record["changes"]] == [
        "jira.close",
        "falcon.release_endpoint",
        "falcon.release_endpoint",
        "falcon.release_endpoint",
        "opnsense.unblock_address",
    ]


def test_the_lab_is_as_before_but_for_what_nothing_takes_back(lab_control, contain, undo, vendors):
    before = lab_control.get("/world").json()
    _, record = contain(*ANSWERED)
    changed = differing(before, lab_control.get("/world").json())
    assert {path[0] for path in changed} >= {"aliases", "hosts", "tickets", "users"}
    undo(record["run"], "--yes")
    assert vendors.isolated() == []  # a host is released when it is next looked at
    after = lab_control.get("/world").json()
    left = {(path[0], path[-1]) for path in differing(before, after)}
    assert left == {("tickets", "SEC-1"), ("quotas", "used"), ("users", "sessions"), ("users", "not_before")}
    assert after["tickets"]["SEC-1"]["status"] == "Done"


def test_what_was_taken_back_is_not_taken_back_again(contained, undo, program):
    undo(contained, "--yes")
    done = program.run("runs", "undo", contained, "--yes")
    assert done.returncode == Exit.REFUSED
    assert "TOC-E107" in done.stderr
    assert "ended 2 sessions" in done.stdout
    assert "cannot be undone" in done.stdout


def test_what_was_so_before_the_run_stays(lab_control, contain, undo, vendors):
    contain(*ANSWERED)
    _, again = contain(*ANSWERED)
    undo(again["run"], "--yes")
    assert vendors.blocked() == ["203.0.113.66"]
    assert vendors.isolated() == ["ws-02", "ws-03", "ws-07"]


def test_an_undo_can_be_rehearsed(contained, undo, vendors):
    done, record = undo(contained, "--mode", "rehearse")
    assert (done.returncode, len(record["plan"])) == (Exit.DONE, 5)
    assert vendors.isolated() == ["ws-02", "ws-03", "ws-07"]
    undo(contained, "--yes")
    assert vendors.isolated() == []


def test_a_step_that_fails_does_not_keep_the_others_from_going_on(contained, undo, plant, vendors):
    plant("falcon", "*/devices/entities/devices-actions/*", 500)
    _, record = undo(contained, "--yes")
    assert vendors.blocked() == []
    assert record["nodes"]["step_2"]["state"] == "failed"


def test_nobody_is_asked_where_nobody_is(contained, program, vendors):
    done = program.run("runs", "undo", contained)
    assert done.returncode == Exit.WRONG_USE
    assert vendors.isolated() == ["ws-02", "ws-03", "ws-07"]


def test_a_run_that_waits_cannot_be_undone(contain, program):
    _, record = contain()
    done = program.run("runs", "undo", record["run"], "--yes")
    assert done.returncode == Exit.REFUSED
    assert "TOC-E106" in done.stderr


def test_one_change_can_be_taken_back_and_the_rest_later(contained, undo, vendors):
    done, record = undo(contained, "--yes", "--only", "block")
    assert (done.returncode, [change["action"] for change in record["changes"]]) == (0, ["opnsense.unblock_address"])
    assert vendors.blocked() == []
    assert vendors.isolated()
    _, record = undo(contained, "--yes")
    assert "opnsense.unblock_address" not in [change["action"] for change in record["changes"]]
    assert vendors.isolated() == []


def test_an_undo_of_a_step_that_changed_nothing_is_refused(contained, undo):
    done, _ = undo(contained, "--yes", "--only", "reputation")
    assert (done.returncode, done.stderr[:8]) == (Exit.REFUSED, "TOC-E107")
