"""What happened, in the one line under a node's title (visual-design.md §2.3). Words only, no drawing."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import Kind
from tocsin.ui.canvas.looks import Look, look_of

SECOND: Final = 1_000_000
"""Times of a run are UTC microseconds."""
_TENTHS: Final = 10 * SECOND
"""What takes no longer is told in tenths of a second."""
TIMED: Final = frozenset({Look.RUNNING, Look.WAITS, Look.ASKS, Look.RETRYING})
"""Looks whose line counts seconds."""
OFF_WORDS: Final = _("Off: passes its input on")
_WORDS: Final = {
    Look.QUEUED: _("Queued"),
    Look.PAUSED: _("Breakpoint: press F10"),
    Look.ALREADY: _("Already so: nothing to do"),
    Look.UNCERTAIN: _("May have happened"),
    Look.REFUSED: _("Stopped by a guard"),
    Look.CANCELLED: _("Cancelled: run stopped"),
}
_SKIPPED: Final = {
    "dead_path": _("Skipped: other branch"),
    "run_failed": _("Skipped: the run failed"),
    "join": _("Skipped: no longer needed"),
    "duplicate": _("Skipped: done before"),
    "not_selected": _("Skipped: not selected"),
    "disabled": OFF_WORDS,
}
_HELD: Final = {
    "rate": _("Waits for rate limit"),
    "permit": _("Waits for its turn"),
    "window": _("Waits for its window"),
    "connection": _("Waits for the connection"),
}
_SETTLING: Final = frozenset({Look.RUNNING, Look.WAITS, Look.ASKS, Look.RETRYING, Look.QUEUED, Look.PAUSED})


def subtitle_of(status: NodeStatus, kind: Kind, idle: str, *, tries: int = 1, now: int = 0) -> str:
    """Return what happened, in the line that says what the node is set to do while nothing runs.

    Args:
        status: Where the node stands.
        kind: What it is.
        idle: What the line says while nothing runs.
        tries: How often it may be tried.
        now: UTC microseconds, for what counts seconds; 0 leaves the time out.
    """
    look = look_of(status, kind)
    if status.summary and look not in _SETTLING:
        return status.summary
    match look:
        case Look.RUNNING:
            again = (
                _("Running · try {attempts}").format(attempts=status.attempts) if status.attempts > 1 else _("Running")
            )
            words = (
                f"{again} · {_spell_elapsed(max(0, now - status.started_at))}" if now and status.started_at else again
            )
        case Look.WAITS | Look.ASKS:
            waits = _("Waits for you") if look is Look.ASKS else _HELD.get(status.reason, _("Waits"))
            words = _with_time(waits, _left(status, now))
        case Look.RETRYING:
            left, next_try = _left(status, now), status.attempts + 1
            words = _("Try {next_try} of {tries}").format(next_try=next_try, tries=max(tries, next_try)) + (
                _(" in {spell_time}").format(spell_time=spell_time(left)) if left >= 0 else ""
            )
        case Look.SKIPPED | Look.OFF:
            words = _SKIPPED.get(status.reason, _("Skipped"))
        case _:
            words = _WORDS.get(look, idle)
    return words


def carried_words(summary: str, run: str) -> str:
    """Return what is said of a step that gave what it had given in an earlier run: “From R-217 · score 92”.

    Args:
        summary: What happened then; "" for nothing to say.
        run: What that run is called; "" where nobody knows.
    """
    return " · ".join(part for part in (_("From {run}").format(run=run or _("an earlier run")), summary) if part)


def spell_time(micros: int) -> str:
    """Return a span of time in whole seconds: “6 s”, “13:36”, “4 h 05 min”."""
    seconds = micros // SECOND
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return (
        f"{minutes:02d}:{rest:02d}"
        if minutes < 60
        else _("{minutes} h {minutes2:02d} min").format(minutes=minutes // 60, minutes2=minutes % 60)
    )


def _spell_elapsed(micros: int) -> str:
    """Return how long something takes already: “1.2 s”, then as others spell it."""
    return f"{micros / SECOND:.1f} s" if micros < _TENTHS else spell_time(micros)


def _left(status: NodeStatus, now: int) -> int:
    return max(0, status.until - now) if now and status.until else -1


def _with_time(words: str, micros: int) -> str:
    return f"{words} · {spell_time(micros)}" if micros >= 0 else words
