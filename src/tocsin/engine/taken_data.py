"""What data that no step of a run gave do to its state: carried over from an earlier run, or edited by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tocsin.engine.events import LIVE, Event
from tocsin.engine.partial import PARTS
from tocsin.engine.state import Frame, RunState


def start_of(created: Mapping[str, Any]) -> str:
    """Return the step that a run begins with, as run.created names it; "" when it runs the whole playbook."""
    return created["parent"]["path"] if created["kind"] in PARTS else ""


def keep_carried(frame: Frame, node: int, data: Mapping[str, Any]) -> None:
    """Keep what an earlier run says beside what its step gave."""
    if "attempts" in data:
        frame.tries[node], frame.changed[node] = data["attempts"], data["changed"]
    if "answered_by" in data:
        frame.answered_by[node] = data["answered_by"]


def edit_output(state: RunState, event: Event) -> None:
    """Let a step have given something else; in a rehearsal that is one guess more."""
    frame, node = state.locate(event.path)
    frame.outputs[node] = event.data["after"]
    if frame is state.root and frame.plan.ids[node] == state.trigger:
        frame.inputs = event.data["after"]
    if state.mode != LIVE:
        frame.assumed.add(node)
