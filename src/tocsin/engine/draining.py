"""What a fold notes when a run, or a part of it, shall start nothing more (engine.md 1.4)."""

from __future__ import annotations

from typing import Any

from tocsin.engine.state import Frame, RunState


def drain_frame(state: RunState, frame: Frame, reason: str) -> None:
    """Start nothing more in a frame and all frames inside it; `conductor` clears what is open."""
    if frame.drain:
        return
    frame.drain = reason
    state.drains.append(frame)
    for node in (*frame.loops, *frame.calls):
        drain_inside(state, frame, node, reason)


def drain_inside(state: RunState, frame: Frame, node: int, reason: str) -> None:
    """Start nothing more in what a loop or call has opened; other nodes have nothing inside."""
    loop = frame.loops.get(node)
    if loop is not None:
        loop.stopping = True
    for child in state.children_of(frame, node):
        drain_frame(state, child, reason)


def fail_run(state: RunState, error: dict[str, Any]) -> None:
    """Keep a failure that nothing took: the first is the run's, the others came after it."""
    if state.failure is None:
        state.failure = error
    else:
        state.later.append(error)
