"""Issue 2, Shown by 9b: when a request for a change arrives, its intent is in the journal's file already, synced."""

import json
import sqlite3

import pytest

ASKED = ("--answer", "hosts/confirm=approved")


@pytest.fixture
def seen(started_lab, lab, program):
    """At each request for a change, what another connection finds in the journal's file at that very moment."""
    found = []

    def look(request):
        connection = sqlite3.connect(f"{(program.home / 'data' / 'journal.db').as_uri()}?mode=ro", uri=True)
        try:
            rows = connection.execute("select id, path, body from event where type='attempt.started'").fetchall()
            intents = {
                json.loads(body)["data"]["idempotency_key"]: (key, path)
                for key, path, body in rows
                if json.loads(body)["data"]["effect"] != "read"
            }
            key, path = intents.get(request.idempotency_key, (0, ""))
            durable = connection.execute(
                "select durable from event where id >= ? and sha256 is not null order by id limit 1", (key,)
            ).fetchall()
        finally:
            connection.close()
        found.append((str(request.product), path, durable))

    started_lab.reception.on_change_request = look
    return found


def test_the_intent_of_every_change_is_committed_full_before_its_request_arrives(contain, seen):
    done, _ = contain(*ASKED)
    assert done.returncode == 0
    assert seen == [
        ("opnsense", "block", [(1,)]),
        ("keycloak", "sessions", [(1,)]),
        ("falcon", "hosts[0]/isolate", [(1,)]),
        ("falcon", "hosts[1]/isolate", [(1,)]),
        ("falcon", "hosts[2]/isolate", [(1,)]),
        ("jira", "ticket", [(1,)]),
    ]


def test_every_attempt_of_one_step_carries_the_same_key(contain, lab, plant):
    plant("jira", "/rest/api/3/issue", 429)
    contain(*ASKED)
    keys = {request.path: request.idempotency_key for request in lab.reception.requests if request.changes}
    assert all(keys.values())
    assert len(set(keys.values())) == len(keys)
