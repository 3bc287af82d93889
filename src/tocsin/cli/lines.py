"""Progress as plain lines, one a settled node: for pipes, and for terminals that are read aloud."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from tocsin.base.plain_text import one_line
from tocsin.engine.events import Event, EventType
from tocsin.engine.progress import NodeStatus, OpenQuestion, RunProgress


class Lines:
    """Prints a line for each node that settled, as it settles.

    Args:
        answered_by: Who answers questions that are answered without asking, in words.
        out: Where to print.
    """

    def __init__(self, *, answered_by: str = "given on the command line", out: TextIO | None = None) -> None:
        self._answered_by = answered_by
        self._out = out or sys.stdout

    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Print what settled."""
        for event in events:
            for path in settled_paths(event):
                seconds = (event.at - progress.started_at) / 1_000_000
                text = describe(path, progress.status_at(path))
                print(f"+{seconds:.2f}s  {text}", file=self._out, flush=True)

    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Print a question that was answered without asking."""
        print(f"Asked: {one_line(question.text)} → {option} (answered {self._answered_by})", file=self._out, flush=True)


def settled_paths(event: Event) -> Iterator[str]:
    """Yield the paths that an event settles."""
    if event.type is EventType.NODE_SETTLED or (event.type is EventType.ATTEMPT_FINISHED and "settle" in event.data):
        yield event.path
    elif event.type is EventType.NODE_SKIPPED:
        yield from event.data["paths"]


def describe(path: str, status: NodeStatus) -> str:
    """Return one line about a node: path, state, and what happened."""
    said = status.summary or (f"→ {status.ports[0]}" if status.ports and status.ports[0] != "out" else "")
    reason = status.reason.replace("_", " ")
    return "  ".join(part for part in (path, str(status.state), one_line(said or reason)) if part)
