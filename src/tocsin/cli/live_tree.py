"""Progress as a live tree on a terminal. The only place where rich is met, and imported late: it is not light."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.cli.follow import Show
from tocsin.cli.lines import GIVEN, answer_line, said
from tocsin.cli.state_words import state_word
from tocsin.cli.typed import ReadLine
from tocsin.engine.events import Event, NodeState
from tocsin.engine.progress import OpenQuestion, RunProgress
from tocsin.model.playbook import RUNNABLE, AskKind, ForEachNode, Graph, Playbook, WhileNode

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
_INDENT: Final = "  "


class LiveTree(Show):
    """A table of all nodes, bodies of loops indented, that changes while the run goes on. Use it as a context.

    Args:
        playbook: What runs.
        answered_by: Who answers questions that are answered without asking, in words.
    """

    def __init__(self, playbook: Playbook, *, answered_by: str = GIVEN) -> None:
        from rich.live import Live

        self._titles = dict(_titles(playbook.graph, ""))
        self._answered_by = answered_by
        self._live: Live = Live(refresh_per_second=12)

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
        self._live.update(self._table(progress))

    @override
    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Print a question that was answered without asking, above the table."""
        line = answer_line(question, option, self._answered_by)
        self._live.console.print(line, markup=False, highlight=False)

    def ask(self, question: OpenQuestion, read_line: ReadLine) -> str | None:
        """Ask a person and return the option; None when they leave it open, or when a form must be filled in."""
        self._live.stop()
        try:
            return _ask(question, read_line)
        finally:
            self._live.start()

    def _table(self, progress: RunProgress) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2))
        for name, title in self._titles.items():
            state = progress.status_of(name).state
            glyph, style = _LOOKS[state]
            table.add_row(Text(glyph, style), Text(title), Text(str(state), style), Text(_said(name, progress)))
        return table


def _titles(graph: Graph, indent: str) -> Iterator[tuple[str, str]]:
    for name, node in graph.nodes.items():
        if node.kind in RUNNABLE:
            yield name, indent + one_line(node.title or name)
        if isinstance(node, ForEachNode | WhileNode):
            yield from _titles(node.body, indent + _INDENT)


def _said(node: str, progress: RunProgress) -> str:
    """A node in a loop was there once an item: how many ended how says more than what one of them did."""
    paths = progress.paths_of(node)
    if len(paths) <= 1:
        return said(progress.status_of(node))
    counts = Counter(progress.status_at(path).state for path in paths)
    return ", ".join(f"{counts[state]} {state_word(state)}" for state in NodeState if counts[state])


def _ask(question: OpenQuestion, read_line: ReadLine) -> str | None:
    print(f"\n{one_line(question.text)}")
    if question.kind == AskKind.FORM:
        print(_("This needs a form to be filled in, which the window shows."))
        return None
    options = {option.id: option for option in question.options}
    for option in options.values():
        print(f"  {option.id}: {one_line(option.title)}")
    while (answer := read_line(_("Answer: "))) is not None:
        if answer.strip() in options:
            return answer.strip()
        print(_("Type one of: {options}.").format(options=", ".join(options)), file=sys.stderr)
    return None
