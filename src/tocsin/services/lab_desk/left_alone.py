"""What a run looked at and left as it was: what a person rejected, and what was so already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.engine.events import Event, EventType
from tocsin.engine.outcomes import Changed, Outcome

_REJECTED: Final = "rejected"


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """One thing that is as it was.

    Attributes:
        what: The question that was asked, or what would have been done; from outside, so plain text.
        by: Who rejected it, as events name people; "" where it was so already.
    """

    what: str
    by: str = ""


def left_alone(events: Iterable[Event]) -> tuple[LeftAlone, ...]:
    """Return what a run left as it was, in the order in which that was settled."""
    questions: dict[str, str] = {}
    started: dict[str, Mapping[str, Any]] = {}
    found: list[LeftAlone] = []
    for event in events:
        data = event.data
        if event.type is EventType.ASK_OPENED:
            questions[event.path] = data["text"]
        elif event.type is EventType.ATTEMPT_STARTED:
            started[event.path] = data
        elif event.type is EventType.ASK_ANSWERED and data["final"] and data["option"] == _REJECTED:
            found.append(LeftAlone(questions.get(event.path, ""), data["by"]["id"]))
        elif event.type is EventType.ATTEMPT_FINISHED and _was_so(data, started[event.path]):
            found.append(LeftAlone(data.get("summary") or started[event.path]["action"]))
    return tuple(found)


def _was_so(finished: Mapping[str, Any], started: Mapping[str, Any]) -> bool:
    is_a_change = started["effect"] != "read"
    return is_a_change and finished["outcome"] == Outcome.SUCCEEDED and finished["changed"] == Changed.FALSE
