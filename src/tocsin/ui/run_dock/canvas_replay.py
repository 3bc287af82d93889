"""Shows any moment of a run on a canvas: only what differs from the moment before is drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from tocsin.engine.events import TERMINAL
from tocsin.engine.moments import Moment, changed_between
from tocsin.engine.progress import NodeStatus, RunProgress
from tocsin.model.playbook import walk_graphs
from tocsin.ui.canvas.looks import EdgeState, Look
from tocsin.ui.run_dock.edge_states import EdgeStates
from tocsin.ui.run_dock.items import Find
from tocsin.ui.run_dock.kept_values import plain_value
from tocsin.ui.run_dock.reasons import edge_reasons
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.timeline_rows import item_looks

FEW: Final = 50
"""Of more items a segment of the bar stands for several; those are asked when the loop has come further, 17 µs each."""


class RunPicture(Protocol):
    """What a run is shown on: the canvas's scene."""

    def show_statuses(self, statuses: Mapping[str, NodeStatus]) -> None:
        """Show where nodes stand."""
        ...

    def show_taken(self, edges: Mapping[str, EdgeState]) -> None:
        """Show what became of edges."""
        ...

    def show_item_progress(self, items: Mapping[str, Sequence[Look]]) -> None:
        """Show how the items of loops stand."""
        ...

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Say why edges were taken."""
        ...


class CanvasReplay:
    """Keeps one picture true to the moment that is seen.

    Args:
        picture: The canvas's scene, showing the snapshot, with no run on it yet.
        subject: What ran.
        find: Gives values that are too large for events.
    """

    def __init__(self, picture: RunPicture, subject: RunSubject, find: Find = plain_value) -> None:
        self._picture = picture
        self._subject = subject
        self._find = find
        self._edges = EdgeStates(subject.playbook)
        self._loops = [loop for loop, _ in walk_graphs(subject.playbook.graph) if loop is not None]
        self._shown = RunProgress("")
        self._reasons: dict[str, str] = {}

    def show(self, moment: Moment) -> None:
        """Show a moment."""
        changed = changed_between(self._shown, moment.progress)
        self._picture.show_statuses(changed)
        self._picture.show_taken(self._edges.around(changed, moment.progress))
        loops = [name for name in self._loops if name in changed or self._is_on(name, moment)]
        self._picture.show_item_progress({name: item_looks(name, self._subject, moment) for name in loops})
        reasons = edge_reasons(self._subject, moment, self._find)
        gone = dict.fromkeys(self._reasons.keys() - reasons.keys(), "")
        self._picture.show_reasons(reasons | gone)
        self._reasons = reasons
        self._shown = moment.progress.copy()  # the live one is folded on

    @staticmethod
    def _is_on(loop: str, moment: Moment) -> bool:
        """Tell whether items of a loop may stand otherwise though the loop as a whole does not, and are soon asked."""
        status = moment.progress.status_of(loop)
        return status.items is not None and status.items.total <= FEW and status.state not in TERMINAL
