"""Progress as plain lines, one a settled node: for pipes, and for terminals that are read aloud."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TextIO

from typing_extensions import override

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.cli.follow import Show
from tocsin.cli.state_words import state_word
from tocsin.engine.carrying import CARRIED
from tocsin.engine.events import Event, EventType
from tocsin.engine.pinning import PINNED
from tocsin.engine.progress import NodeStatus, OpenQuestion, RunProgress
from tocsin.engine.rehearsal import PREDICTED

GIVEN: Final = _("on the command line")
MAIN_PORT: Final = "out"
_INSTEAD: Final = frozenset({PREDICTED, CARRIED, PINNED})
"""What is said of a node that did not run, instead of its state."""
_REASONS: Final[Mapping[str, str]] = {
    "dead_path": _("the flow went another way"),
    "run_failed": _("the run was ending"),
    "join": _("no longer needed"),
    "duplicate": _("the same item came before"),
    "not_selected": _("not in this run"),
    "called": _("the playbook was called"),
    "disabled": _("switched off"),
}


class Lines(Show):
    """Prints a line for each node that settled, as it settles.

    Args:
        answered_by: Who answers questions that are answered without asking, in words.
        out: Where to print.
    """

    def __init__(self, *, answered_by: str = GIVEN, out: TextIO | None = None) -> None:
        self._answered_by = answered_by
        self._out = out or sys.stdout

    @override
    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Print what settled."""
        for event in events:
            if event.type is EventType.RUN_QUEUED:
                ahead = event.data["ahead"]
                print(
                    plural(
                        "Waits for {ahead} run of the same key.", "Waits for {ahead} runs of the same key.", ahead
                    ).format(ahead=ahead),
                    file=self._out,
                    flush=True,
                )
            if event.type is EventType.NODE_EDITED:
                print(
                    one_line(_("Edited: {path}, by {by}").format(path=event.path, by=event.by)),
                    file=self._out,
                    flush=True,
                )
            for path in settled_paths(event):
                seconds = (event.at - progress.started_at) / 1_000_000
                text = describe(path, progress.status_at(path))
                print(f"+{seconds:.2f}s  {text}", file=self._out, flush=True)

    @override
    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Print a question that was answered without asking."""
        print(answer_line(question, option, self._answered_by), file=self._out, flush=True)


def settled_paths(event: Event) -> Iterator[str]:
    """Yield the paths that an event settles."""
    if event.type is EventType.NODE_SETTLED or (event.type is EventType.ATTEMPT_FINISHED and "settle" in event.data):
        yield event.path
    elif event.type is EventType.NODE_SKIPPED:
        yield from event.data["paths"]


def describe(path: str, status: NodeStatus) -> str:
    """Return one line about a node: path, state, and what happened."""
    state = state_word(status.via if status.via in _INSTEAD else status.state)
    return "  ".join(part for part in (path, state, said(status)) if part)


def said(status: NodeStatus) -> str:
    """Return what a node has to say, in one line: its summary, how far a loop is, the way taken, why it was skipped."""
    if status.items is not None:
        failed = _(", {failed} failed").format(failed=status.items.failed) if status.items.failed else ""
        return _("{done} of {total}{failed}").format(done=status.items.done, total=status.items.total, failed=failed)
    if status.summary:
        return one_line(status.summary)
    if status.ports and status.ports[0] != MAIN_PORT:
        return f"→ {status.ports[0]}"
    return _REASONS.get(status.reason, one_line(status.reason.replace("_", " ")))


def answer_line(question: OpenQuestion, option: str, answered_by: str) -> str:
    """Return the line about a question that was answered without asking."""
    return _("Asked: {text} → {option} (answered {answered_by})").format(
        text=one_line(question.text), option=option, answered_by=answered_by
    )
