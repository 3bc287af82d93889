"""The judge of `python -m tests.faults` sees what must not be: each fault, made by hand, is named."""

import pytest

from tests.faults.books import Books, judge
from tocsin.engine.events import Event, EventType

KEY = "key-of-isolate"
PATH = "hosts[0]/isolate"
CHANGE = {"product": "falcon", "table": "hosts", "key": "h1", "what": "asked to contain ws-01", "cause": KEY}
REQUEST = {"product": "falcon", "changes": True, "status": 202, "headers": {"x-tocsin-attempt": KEY}}


def told(*facts):
    """A run's events: (type, data) of the one step, then its end."""
    events = [*facts, (EventType.RUN_FINISHED, {"status": "succeeded"})]
    paths = ["" if kind is EventType.RUN_FINISHED else PATH for kind, _ in events]
    return [
        Event("r", seq, seq, kind, path, data)
        for seq, ((kind, data), path) in enumerate(zip(events, paths, strict=True), 1)
    ]


def started(n=1):
    return EventType.ATTEMPT_STARTED, {"n": n, "effect": "destructive", "idempotency_key": KEY}


def finished(outcome="succeeded", changed="true", state="succeeded"):
    settle = {"settle": {"state": state, "ports": ["out"]}} if state else {}
    return EventType.ATTEMPT_FINISHED, {"n": 1, "outcome": outcome, "changed": changed, **settle}


def settled(state="succeeded"):
    return EventType.NODE_SETTLED, {"state": state, "ports": ["out"]}


def verified(result):
    return EventType.ATTEMPT_VERIFIED, {"n": 1, "result": result}


ONCE = Books([CHANGE], [REQUEST])
NEVER = Books([], [])
UNSURE = (started(), finished("uncertain", "unknown", None))


def test_what_happened_once_and_is_told_is_right():
    assert judge(ONCE, told(started(), finished()), waits=False) == []
    assert judge(ONCE, told(*UNSURE, verified("done"), settled()), waits=False) == []
    assert judge(NEVER, told(*UNSURE, verified("not_done"), settled("failed")), waits=False) == []
    assert judge(NEVER, (), waits=False) == []


@pytest.mark.parametrize(
    ("books", "events", "named"),
    [
        (Books([CHANGE, CHANGE], [REQUEST]), told(started(), finished()), "happened 2 times"),
        (Books([CHANGE], [REQUEST, REQUEST]), told(started(), finished()), "was sent key-of-isolate 2 times"),
        (ONCE, (), "changed something without an intent"),
        (ONCE, told(started(), finished("failed", "false", "failed")), "the journal says that it did not"),
        (NEVER, told(started(), finished()), "succeeded, and nothing happened"),
        (ONCE, told(*UNSURE, settled()), "is unsure and was passed over in silence"),
        (ONCE, told(started(), finished(), started(2)), "had settled and ran again"),
        (ONCE, told(started(), finished())[:-1], "the run ended 0 times"),
    ],
)
def test_what_must_not_be_is_named(books, events, named):
    assert [sentence for sentence in judge(books, events, waits=False) if named in sentence]


def test_a_run_that_asked_a_person_may_wait():
    assert judge(ONCE, told(*UNSURE)[:-1], waits=True) == []
