"""A disk that is full, or a journal that is held: nothing is sent without its intent, and later the run goes on."""

import json
import sqlite3
import subprocess
import sys

import pytest
from tests.journeys.program import COMMAND, PLAYBOOK, SECONDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits on files are of POSIX")
ANSWERED = ("--answer", "hosts/confirm=approved")
LIMITED = "import os, resource, sys; size = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); \
os.execv(sys.argv[2], sys.argv[2:])"
"""No file may grow beyond so many bytes: the system refuses writes then, as a full disk does."""


@pytest.fixture
def run_in(program, lab):
    """Run the sample playbook where files have that much room; return the process and the run record."""

    def run(size):
        limited = [sys.executable, "-c", LIMITED, str(size), *COMMAND]
        done = subprocess.run(
            [*limited, "run", PLAYBOOK, *ANSWERED, "--json"],
            env=program.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return done, json.loads(done.stdout)

    return run


def kept_intents(program):
    connection = sqlite3.connect(program.home / "data" / "journal.db")
    rows = connection.execute("select body from event where type='attempt.started'").fetchall()
    connection.close()
    return {json.loads(body)["data"]["idempotency_key"] for (body,) in rows}


@pytest.fixture
def asked(started_lab, lab):
    """The keys of all requests for changes that arrived."""
    keys = []
    started_lab.reception.on_change_request = lambda request: keys.append(request.idempotency_key)
    return keys


@pytest.mark.parametrize("size", [85_000, 100_000, 125_000])
def test_a_run_stops_where_the_room_ends_and_goes_on_when_there_is_some(program, run_in, asked, lab_control, size):
    done, record = run_in(size)
    assert (done.returncode, record["status"], record["error"]["code"]) == (1, "failed", "TOC-E125"), done.stderr
    assert "no room" in record["error"]["message"]
    assert "tocsin runs resume" in record["error"]["message"]
    assert set(asked) <= kept_intents(program)
    assert program.run("runs", "verify").returncode == 0
    resumed = program.run("runs", "resume", record["run"], *ANSWERED, "--json")
    assert (resumed.returncode, json.loads(resumed.stdout)["status"]) == (0, "succeeded"), resumed.stderr
    changes = lab_control.get("/changes").json()
    made = [(change["product"], change["what"], change.get("target")) for change in changes]
    assert len(made) == len(set(made)), made
    assert {"opnsense", "keycloak", "falcon", "jira"} <= {product for product, _, _ in made}


def test_a_run_that_finds_no_room_at_its_start_is_refused_and_nothing_is_sent(program, run_in, asked, lab):
    done, record = run_in(40_000)
    assert (done.returncode, record["status"], record["run"]) == (3, "refused", None)
    *_log, line = done.stderr.splitlines()
    assert line.startswith("TOC-E125 The journal journal.db cannot be used: there is no room")
    assert (asked, lab.reception.requests) == ([], ())


def test_a_journal_that_another_holds_for_long_stops_the_run_until_it_is_free(program, asked, started_lab, lab_control):
    held = []

    def hold(request):
        asked.append(request.idempotency_key)
        if not held:
            holder = sqlite3.connect(
                program.home / "data" / "journal.db", isolation_level=None, check_same_thread=False
            )
            holder.execute("begin immediate")
            held.append(holder)

    started_lab.reception.on_change_request = hold
    done = program.run("run", PLAYBOOK, *ANSWERED, "--json")
    record = json.loads(done.stdout)
    assert (done.returncode, record["status"], record["error"]["code"]) == (1, "failed", "TOC-E121"), done.stderr
    held[0].execute("rollback")
    held[0].close()
    assert len(asked) >= 1
    assert set(asked) <= kept_intents(program)
    resumed = program.run("runs", "resume", record["run"], *ANSWERED, "--json")
    assert (resumed.returncode, json.loads(resumed.stdout)["status"]) == (0, "succeeded"), resumed.stderr
    made = [(change["product"], change["what"], change.get("target")) for change in lab_control.get("/changes").json()]
    assert len(made) == len(set(made)), made
