"""Progress as a live table on a terminal. The only place where rich is met, and imported late: it is not light."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from tocsin.base.plain_text import one_line
from tocsin.cli.follow import Show
from tocsin.engine.events import Event, NodeState
from tocsin.engine.progress import NodeStatus, OpenQuestion, RunProgress
from tocsin.model.playbook import RUNNABLE, Playbook, walk_nodes

if TYPE_CHECKING:
    from rich.live import Live
    from rich.table import Table

_LOOKS: Final = {
    NodeState.PENDING: ("·", "dim"),
    NodeState.RUNNING: ("▶", "blue"),
    NodeState.WAITING: ("?", "yellow"),
    NodeState.RETRYING: ("↻", "yellow"),
    NodeState.HELD: ("⏸", "yellow"),
    NodeState.SUCCEEDED: ("✓", "green"),
    NodeState.FAILED: ("✗", "red"),
    NodeState.SKIPPED: ("-", "dim"),
    NodeState.CANCELLED: ("/", "dim"),
}


class LiveTree(Show):
    """A table of all nodes that changes while the run goes on. Use it as a context.

    Args:
        playbook: What runs.
        answered_by: Who answers questions that are answered without asking, in words.
    """

    def __init__(self, playbook: Playbook, *, answered_by: str = "given on the command line") -> None:
        from rich.live import Live

        self._titles = {name: node.title or name for name, node in walk_nodes(playbook.graph) if node.kind in RUNNABLE}
        self._answered_by = answered_by
        self._live: Live = Live(refresh_per_second=12, transient=False)
        self._progress: RunProgress | None = None

    def __enter__(self) -> LiveTree:
        """Take the screen's lower part."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last picture standing."""
        self._live.stop()

    @override
    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Show where everything stands now."""
        self._progress = progress
        self._live.update(self._table(progress))

    @override
    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Print a question that was answered without asking, above the table."""
        self._live.console.print(
            f"Asked: {one_line(question.text)} → {option} (answered {self._answered_by})", markup=False, highlight=False
        )

    def ask(self, question: OpenQuestion) -> str:
        """Ask a person and return the option."""
        self._live.stop()
        options = [option.id for option in question.options]
        print(f"\n{one_line(question.text)}")
        try:
            while True:
                said = input(f"[{'/'.join(options)}] ").strip()
                if said in options:
                    return said
                print(f"Type one of: {', '.join(options)}.", file=sys.stderr)
        finally:
            self._live.start()

    def _table(self, progress: RunProgress) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2))
        for name, title in self._titles.items():
            status = progress.status_of(name)
            glyph, style = _LOOKS[status.state]
            table.add_row(
                Text(glyph, style), Text(one_line(title)), Text(str(status.state), style), Text(_said(status))
            )
        return table


def _said(status: NodeStatus) -> str:
    if status.items is not None and status.items.total:
        return f"{status.items.done} of {status.items.total}"
    port = status.ports[0] if status.ports and status.ports[0] != "out" else ""
    return one_line(status.summary or port or status.reason.replace("_", " "))
