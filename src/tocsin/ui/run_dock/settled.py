"""The rows of the run's list, without Qt: one for each path that settled, in the order it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.engine.events import Event, EventType, NodeState, RunStatus
from tocsin.engine.progress import NodeStatus, RunProgress

STATE_WORDS: Final = {
    NodeState.PENDING: "not reached",
    NodeState.RUNNING: "running",
    NodeState.WAITING: "waiting",
    NodeState.RETRYING: "retrying",
    NodeState.HELD: "held",
    NodeState.SUCCEEDED: "succeeded",
    NodeState.FAILED: "failed",
    NodeState.SKIPPED: "skipped",
    NodeState.CANCELLED: "cancelled",
}
STATUS_WORDS: Final = {
    RunStatus.RUNNING: "Running",
    RunStatus.WAITING: "Waits for you",
    RunStatus.SUCCEEDED: "Succeeded",
    RunStatus.FAILED: "Failed",
    RunStatus.CANCELLED: "Cancelled",
}
REASON_WORDS: Final = {
    "dead_path": "other branch",
    "run_failed": "the run failed",
    "join": "no longer needed",
    "duplicate": "this event was handled before",
    "not_selected": "not part of this run",
    "disabled": "off",
}
MICROS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One path that settled.

    Attributes:
        path: Where in the run.
        node: The node's id.
        state: How it ended.
        summary: What happened, in one line.
        seconds: How long it took, as text; "" for what never began.
    """

    path: str
    node: str
    state: NodeState
    summary: str
    seconds: str


def settled_paths(event: Event) -> tuple[str, ...]:
    """Return the paths that an event settles."""
    if event.type is EventType.NODE_SKIPPED:
        return tuple(event.data["paths"])
    is_last = event.type is EventType.ATTEMPT_FINISHED and bool(event.data.get("settle"))
    return (event.path.partition("#")[0],) if is_last or event.type is EventType.NODE_SETTLED else ()


def row_of(path: str, node: str, progress: RunProgress) -> SettledRow:
    """Return the row of a path that settled."""
    status = progress.status_at(path)
    return SettledRow(path, node, status.state, _summary(status), _seconds(status))


def duration_words(micros: int) -> str:
    """Return a time span: “0.4 s”, “01:26”."""
    seconds = micros / MICROS
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"


def _summary(status: NodeStatus) -> str:
    if status.uncertain:
        return f"May have happened. {status.summary}".strip()
    if status.state is NodeState.SKIPPED:
        return REASON_WORDS.get(status.reason, status.reason)
    if status.summary:
        return status.summary
    return f"→ {', '.join(status.ports)}" if status.ports and status.ports != ("out",) else ""


def _seconds(status: NodeStatus) -> str:
    if not status.started_at or not status.ended_at:
        return ""
    return duration_words(status.ended_at - status.started_at)
