"""How a run is put in words: states, times, persons (visual-design.md §11)."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Final

from tocsin.engine.events import RunStatus

STATUS_WORDS: Final = {
    RunStatus.RUNNING: "running",
    RunStatus.WAITING: "waits for you",
    RunStatus.SUCCEEDED: "succeeded",
    RunStatus.FAILED: "failed",
    RunStatus.CANCELLED: "cancelled",
}
REASON_WORDS: Final = {
    "dead_path": "other branch",
    "run_failed": "the run failed",
    "run_stopped": "the run was stopped",
    "join": "no longer needed",
    "duplicate": "done before",
    "not_selected": "not part of this run",
    "disabled": "off",
}
OUTCOME_WORDS: Final = {
    "": "under way",
    "succeeded": "done",
    "refused": "refused",
    "not_sent": "not sent",
    "failed": "failed",
    "uncertain": "not sure",
}
RESULT_WORDS: Final = {"done": "it happened", "not_done": "it did not happen", "unknown": "no answer"}
MICROS: Final = 1_000_000
SHORT: Final = 13
"""Of a run's id: what `tocsin runs show` takes and what is never the same for two runs a millisecond apart."""


def short_run(run: str) -> str:
    """Return a run's id as it is shown where its number is not known."""
    return run[:SHORT]


def duration_words(micros: int) -> str:
    """Return a time span: “0.4 s”, “01:26”, “1:02:03”."""
    seconds = micros / MICROS
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def clock_words(micros: int) -> str:
    """Return a time of day with its zone: “10:42:07 UTC”."""
    return f"{_moment(micros):%H:%M:%S} UTC"


def date_words(micros: int) -> str:
    """Return a day and its time with the zone: “24 Nov 2026, 10:42:07 UTC”."""
    moment = _moment(micros)
    return f"{moment.day} {moment:%b %Y}, {moment:%H:%M:%S} UTC"


def person_words(by: str, you: str) -> str:
    """Return who did something: “you”, “a trigger”, “the command line”, or the person's name."""
    if by == you:
        return "you"
    kind, _, name = by.partition(":")
    match kind:
        case "trigger":
            return "a trigger"
        case "cli":
            return "the command line"
        case "user":
            return name or "a person"
        case _:
            return kind


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: “1 change”, “3 changes”."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def changes_words(made: int, unsure: int) -> str:
    """Return how many changes a run made: “2 made, 1 not sure”."""
    parts = [f"{made} made"] if made else []
    parts += [f"{unsure} not sure"] if unsure else []
    return ", ".join(parts) or "none"


def tooltip(*lines: str) -> str:
    """Return lines for a tooltip; nothing in them is read as markup."""
    return "<br>".join(escape(line) for line in lines).join(("<qt>", "</qt>")) if lines else ""


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / MICROS, tz=UTC)
