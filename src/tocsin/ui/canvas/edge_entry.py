"""What the store keeps of an edge: what it joins, the way it takes, what is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainterPath

from tocsin.engine.events import NodeState
from tocsin.model.playbook import Edge
from tocsin.model.ports import ERROR
from tocsin.ui.canvas.dashes import dashed
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.grid import NOWHERE, Bounds
from tocsin.ui.canvas.looks import Dashes, EdgeState, Look
from tocsin.ui.canvas.routes import Point, Points, path_of

_UNTOUCHED: Final = frozenset({NodeState.PENDING, NodeState.SKIPPED})


@dataclass(slots=True, eq=False)
class EdgeEntry:
    """One line on the canvas, or a chip that waits at a port that nothing leaves by.

    Attributes:
        text: The edge's text, its identity; for what is no edge of the file, a text that no edge can have.
        edge: The edge; None for the line from a frame to the beginning of its body, and for waiting chips.
        source: Where it starts.
        target: Where it ends; None for a waiting chip.
        points: Its corners, none for an error edge that a neighbour's line stands for.
        bounds: What it covers, chip included.
        chip: Words on it, or "".
        chip_at: The chip's centre.
        state: What became of it in the run.
        reason: Why the run took it, in words.
        hovered: The pointer is over it.
    """

    text: str
    edge: Edge | None
    source: NodeEntry
    target: NodeEntry | None
    points: Points = ()
    bounds: Bounds = NOWHERE
    chip: str = ""
    chip_at: Point = (0.0, 0.0)
    chip_width: float = 0.0
    state: EdgeState = EdgeState.IDLE
    reason: str = ""
    selected: bool = False
    hovered: bool = False
    _path: QPainterPath | None = None
    _dashed: tuple[Dashes, QPainterPath] | None = None
    _lines: list[QLineF] | None = None

    @property
    def is_error(self) -> bool:
        """It carries failures."""
        return self.edge is not None and self.edge.port == ERROR

    @property
    def shown_state(self) -> EdgeState:
        """What it looks like: a line into a body follows the body; failures that do not happen step back."""
        if self.edge is None and self.target is not None:
            status = self.target.status
            if status is None or status.state in _UNTOUCHED:
                return EdgeState.IDLE
            return EdgeState.WOULD if self.target.look is Look.WOULD else EdgeState.TAKEN
        if self.source.in_run and self.state is EdgeState.IDLE and self.is_error:
            return EdgeState.SKIPPED
        return self.state

    @property
    def has_arrow(self) -> bool:
        """It ends in an arrow."""
        return self.edge is not None and bool(self.points)

    @property
    def path(self) -> QPainterPath:
        """The line as it is drawn, made when it is first seen."""
        if self._path is None:
            self._path = path_of(self.points)
        return self._path

    def path_in(self, dashes: Dashes) -> QPainterPath:
        """Return the line as dashes, whole for none; it is cut when it is first seen so."""
        if not dashes:
            return self.path
        if self._dashed is None or self._dashed[0] != dashes:
            self._dashed = (dashes, dashed(self.path, dashes))
        return self._dashed[1]

    @property
    def lines(self) -> list[QLineF]:
        """The line from far: straight pieces."""
        if self._lines is None:
            self._lines = [QLineF(*one, *other) for one, other in pairwise(self.points)]
        return self._lines

    def set_points(self, points: Points, bounds: Bounds) -> None:
        """Take another way; what is drawn of one that is the same is kept."""
        if points != self.points:
            self._path = self._dashed = self._lines = None
        self.points, self.bounds = points, bounds

    def follow(self, before: EdgeEntry) -> None:
        """Begin as the entry that this one stands in for: it will mostly take the same way."""
        self.state, self.selected, self.reason = before.state, before.selected, before.reason
        self.points, self.bounds = before.points, before.bounds
        self._path, self._dashed, self._lines = before._path, before._dashed, before._lines
