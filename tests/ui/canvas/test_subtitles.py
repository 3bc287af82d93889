import pytest

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import Kind
from tocsin.ui.canvas.subtitles import SECOND, spell_time, subtitle_of

NOW = 1_700_000_000 * SECOND


def _held(reason, **more):
    return NodeStatus(state=NodeState.HELD, reason=reason, **more)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (NodeStatus(), Kind.ACTION, "Queued"),
        (NodeStatus(state=NodeState.RUNNING, started_at=NOW - 2 * SECOND), Kind.ACTION, "Running · 2.0 s"),
        (NodeStatus(state=NodeState.RUNNING, attempts=2), Kind.ACTION, "Running · try 2"),
        (_held("rate", until=NOW + 6 * SECOND), Kind.ACTION, "Waits for rate limit · 6 s"),
        (_held("permit"), Kind.ACTION, "Waits for its turn"),
        (NodeStatus(state=NodeState.WAITING, until=NOW + 816 * SECOND), Kind.ASK, "Waits for you · 13:36"),
        (NodeStatus(state=NodeState.RETRYING, attempts=1, until=NOW + 4 * SECOND), Kind.ACTION, "Try 2 of 3 in 4 s"),
        (NodeStatus(state=NodeState.RETRYING, attempts=1), Kind.ACTION, "Try 2 of 3"),
        (_held("breakpoint"), Kind.ACTION, "Breakpoint: press F10"),
        (NodeStatus(state=NodeState.SUCCEEDED, already=True), Kind.ACTION, "Already so: nothing to do"),
        (NodeStatus(state=NodeState.FAILED, uncertain=True), Kind.ACTION, "May have happened"),
        (NodeStatus(state=NodeState.FAILED, code="guarded", summary="119 hosts"), Kind.ACTION, "119 hosts"),
        (NodeStatus(state=NodeState.SUCCEEDED), Kind.ACTION, "as set"),
    ],
)
def test_what_happens_is_said_in_one_line(status, kind, words):
    assert subtitle_of(status, kind, "as set", tries=3, now=NOW) == words


def test_where_time_stands_still_no_time_is_said():
    running = NodeStatus(state=NodeState.RUNNING, started_at=NOW, until=NOW)
    assert subtitle_of(running, Kind.ACTION, "") == "Running"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (60, "01:00"), (816, "13:36"), (14_700, "4 h 05 min")]
)
def test_spans_of_time_are_spelt_in_whole_seconds(seconds, words):
    assert spell_time(seconds * SECOND) == words
