"""Ctrl+C stops a run as the rules say (engine.md 1.17), and the record tells of each change what came of it."""

import json
import signal
import threading

import pytest
from tests.journeys.program import PLAYBOOK

from tocsin.cli.messages import Exit

ANSWERED = ("--answer", "hosts/confirm=approved")
SECONDS = 30


@pytest.fixture
def held(started_lab, lab):
    """The Lab takes the firewall's change in and does not answer before it is told to."""
    arrived, released = threading.Event(), threading.Event()

    def hold(_request):
        arrived.set()
        released.wait(SECONDS)

    started_lab.reception.on_change_request = hold
    yield arrived, released
    released.set()


def interrupt(running):
    """Press Ctrl+C, and read what is said to it."""
    running.send_signal(signal.SIGINT)
    return running.stderr.readline()


def came(record):
    return {change["path"]: change["came"] for change in record["stopped"]}


def test_the_first_one_lets_the_change_that_was_sent_end_and_starts_nothing_more(program, held, vendors):
    arrived, released = held
    running = program.start("run", PLAYBOOK, *ANSWERED, "--json")
    assert arrived.wait(SECONDS)
    assert interrupt(running).startswith("Stopping: nothing more starts, a change that was sent is waited for.")
    released.set()
    out, errors = running.communicate(timeout=SECONDS)
    record = json.loads(out)
    assert (running.returncode, record["status"], errors) == (Exit.INTERRUPTED, "cancelled", "")
    assert [change["path"] for change in record["changes"]] == ["block"]
    rest = ("sessions", "hosts[*]/isolate", "ticket", "help")
    assert came(record) == {"block": "done", **dict.fromkeys(rest, "not_sent")}
    assert vendors.blocked() == ["203.0.113.66"]
    assert vendors.isolated() == []


def test_the_second_one_gives_up_what_is_under_way_and_says_that_it_may_have_happened(program, held):
    arrived, _ = held
    running = program.start("run", PLAYBOOK, *ANSWERED, "--json")
    assert arrived.wait(SECONDS)
    interrupt(running)
    assert interrupt(running).startswith("Giving up what is under way")
    out, _ = running.communicate(timeout=SECONDS)
    record = json.loads(out)
    assert (running.returncode, record["status"]) == (Exit.INTERRUPTED, "cancelled")
    assert came(record)["block"] == "unknown"
    assert [change["changed"] for change in record["changes"]] == [None]
    shown = program.run("runs", "show", record["run"]).stdout
    assert "- may have happened: block (firewall.block_address)" in shown
    assert "- not sent: ticket (ticketing.create)" in shown
    again = json.loads(program.run("runs", "show", record["run"], "--json").stdout)
    assert came(again) == came(record)


def test_a_run_that_waits_is_cancelled_by_its_name(contain, program, vendors):
    _, record = contain()
    assert record["status"] == "waiting"
    done = program.run("runs", "cancel", record["run"], "--reason", "a false alarm", "--json")
    ended = json.loads(done.stdout)
    assert (done.returncode, ended["status"], ended["waiting"]) == (Exit.DONE, "cancelled", [])
    assert came(ended)["block"] == "done"
    assert came(ended)["ticket"] == "not_sent"
    assert vendors.tickets() == []
    assert program.run("runs", "cancel", record["run"]).stderr.startswith("TOC-E105")  # it is over
