"""How a run is put in words: states, times, persons (visual-design.md §11)."""

from __future__ import annotations

from html import escape
from typing import Final

from tocsin.base.texts import _, plural
from tocsin.base.times import moment_of, zone_mark
from tocsin.engine.events import RunStatus

STATUS_WORDS: Final = {
    RunStatus.RUNNING: _("running"),
    RunStatus.WAITING: _("waits for you"),
    RunStatus.SUCCEEDED: _("succeeded"),
    RunStatus.FAILED: _("failed"),
    RunStatus.CANCELLED: _("cancelled"),
}
REASON_WORDS: Final = {
    "dead_path": _("other branch"),
    "run_failed": _("the run failed"),
    "run_stopped": _("the run was stopped"),
    "join": _("no longer needed"),
    "duplicate": _("done before"),
    "not_selected": _("not part of this run"),
    "disabled": _("off"),
}
OUTCOME_WORDS: Final = {
    "": _("under way"),
    "succeeded": _("done"),
    "refused": _("refused"),
    "not_sent": _("not sent"),
    "failed": _("failed"),
    "uncertain": _("not sure"),
}
RESULT_WORDS: Final = {"done": _("it happened"), "not_done": _("it did not happen"), "unknown": _("no answer")}
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
    moment = moment_of(micros)
    return f"{moment:%H:%M:%S} {zone_mark(moment)}"


def date_words(micros: int) -> str:
    """Return a day and its time with the zone: “24 Nov 2026, 10:42:07 UTC”."""
    moment = moment_of(micros)
    return f"{moment.day} {moment:%b %Y}, {moment:%H:%M:%S} {zone_mark(moment)}"


def person_words(by: str, you: str) -> str:
    """Return who did something: “you”, “a trigger”, “the command line”, or the person's name."""
    if by == you:
        return _("you")
    kind, _unused, name = by.partition(":")
    match kind:
        case "trigger":
            return _("a trigger")
        case "cli":
            return _("the command line")
        case "user":
            return name or _("a person")
        case _:
            return kind


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: “1 change”, “3 changes”."""
    return f"{number} {plural(one, many or one + 's', number)}"


def changes_words(made: int, unsure: int) -> str:
    """Return how many changes a run made: “2 made, 1 not sure”."""
    parts = [_("{made} made").format(made=made)] if made else []
    parts += [_("{unsure} not sure").format(unsure=unsure)] if unsure else []
    return ", ".join(parts) or _("none")


def tooltip(*lines: str) -> str:
    """Return lines for a tooltip; nothing in them is read as markup."""
    return "<br>".join(escape(line) for line in lines).join(("<qt>", "</qt>")) if lines else ""
