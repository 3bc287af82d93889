"""What is said aloud while a run goes on: few words, and not every step (visual-design.md §14). Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.base.texts import _
from tocsin.engine.events import Event, EventType, NodeState, RunStatus, static_id
from tocsin.model.failures import FailureCode
from tocsin.ui.run_dock.subject import RunSubject

_ENDS = {
    RunStatus.SUCCEEDED: _("The run has finished"),
    RunStatus.FAILED: _("The run failed"),
    RunStatus.CANCELLED: _("The run was cancelled"),
}


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sentence to be spoken; an assertive one interrupts."""

    text: str
    is_assertive: bool = False


def announcements_of(events: Iterable[Event], subject: RunSubject) -> tuple[Announcement, ...]:
    """Return what a batch of events says aloud, in order."""
    said = (_announce(event, subject) for event in events)
    return tuple(one for one in said if one is not None)


def _announce(event: Event, subject: RunSubject) -> Announcement | None:
    data, title = event.data, subject.face(static_id(event.path)).title
    match event.type:
        case EventType.RUN_STARTED:
            return Announcement(_("The run has started"))
        case EventType.ASK_OPENED if data["kind"] != "uncertain":
            return Announcement(_("{title} waits for you").format(title=title))
        case EventType.ATTEMPT_FINISHED if data["outcome"] == "uncertain" and data.get("changed") == "unknown":
            return Announcement(_("{title} may have happened").format(title=title), is_assertive=True)
        case EventType.NODE_SETTLED | EventType.ATTEMPT_FINISHED if _state(event) == NodeState.FAILED:
            return Announcement(
                _("{title} was stopped by a guard").format(title=title)
                if _is_guarded(event)
                else _("{title} failed").format(title=title)
            )
        case EventType.RUN_FINISHED:
            error = data.get("error")
            return Announcement(". ".join([_ENDS[RunStatus(data["status"])], *([error["message"]] if error else [])]))
        case _:
            return None


def _state(event: Event) -> str:
    return str((event.data.get("settle") or event.data).get("state", ""))


def _is_guarded(event: Event) -> bool:
    error: Mapping[str, Any] = event.data.get("error") or {}
    return error.get("code") == FailureCode.GUARDED
