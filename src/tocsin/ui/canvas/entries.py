"""What the store keeps of a node and of an edge: what it is, where it is, what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainterPath

from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import Edge, Node
from tocsin.model.ports import ERROR, OUT
from tocsin.ui.canvas.blocks import Block, block_of
from tocsin.ui.canvas.faces import Face
from tocsin.ui.canvas.geometry import QUIET_PORTS, Silhouette
from tocsin.ui.canvas.grid import NOWHERE, Bounds
from tocsin.ui.canvas.looks import EdgeState, Look, look_of, subtitle_of
from tocsin.ui.canvas.node_paint import Body, Words
from tocsin.ui.canvas.routes import Point, Points, path_of


@dataclass(slots=True, eq=False)
class NodeEntry:
    """One node on the canvas. The store alone changes where it is, the scene what is shown of it.

    Attributes:
        id: The node's id.
        node: The node.
        face: What it shows while nothing runs.
        frame: The loop it lies in, or None.
        depth: How many loops it lies in.
        at: Top centre in its own graph.
        anchor: The same on the scene.
        rect: Its rectangle on the scene.
        offsets: Output ports from the anchor.
        mirrored: Side ports lie on the other side than `offsets` says.
        wired: Output ports that edges leave by.
        fed: An edge ends at it.
        children: Nodes in its body.
        invalid: An error stands against it.
    """

    id: str
    node: Node
    face: Face
    frame: str | None
    depth: int
    at: tuple[int, int]
    offsets: Mapping[str, Point]
    size: tuple[float, float]
    has_input: bool = True
    anchor: Point = (0.0, 0.0)
    rect: QRectF = field(default_factory=QRectF)
    mirrored: bool = False
    wired: frozenset[str] = frozenset()
    fed: bool = False
    children: list[str] = field(default_factory=list[str])
    status: NodeStatus | None = None
    selected: bool = False
    hovered: bool = False
    invalid: bool = False
    target: bool = False
    _body: Body | None = None
    _block: Block | None = None

    @property
    def is_frame(self) -> bool:
        """It holds a body."""
        return self.face.silhouette is Silhouette.FRAME

    @property
    def bounds(self) -> Bounds:
        """Its rectangle by its edges."""
        rect = self.rect
        return Bounds(rect.left(), rect.top(), rect.right(), rect.bottom())

    @property
    def look(self) -> Look:
        """How it looks now: what a run says wins over what a check says."""
        if self.status is not None:
            return look_of(self.status, self.node.kind)
        if self.face.disabled:
            return Look.OFF
        return Look.INVALID if self.invalid else Look.IDLE

    @property
    def subtitle(self) -> str:
        """What it is set to do, or what happened."""
        if self.status is not None:
            return subtitle_of(self.status, self.node.kind, self.face.subtitle)
        return "Off: passes its input on" if self.face.disabled else self.face.subtitle

    @property
    def words(self) -> Words:
        """What is written on it."""
        return Words(self.face.title, self.subtitle, self.face.rows)

    @property
    def body(self) -> Body:
        """How its body is drawn; kept until `forget_body`."""
        if self._body is None:
            self._body = self._made_body()
        return self._body

    @property
    def block(self) -> Block:
        """How it looks from far; kept as the body is."""
        if self._block is None:
            colour = "waiting_soft" if self.face.silhouette is Silhouette.NOTE else str(self.face.family)
            self._block = block_of(self.look, colour, self.face.effect, selected=self.selected)
        return self._block

    def forget_body(self) -> None:
        """Say that something of the body is another now."""
        self._body = self._block = None

    def port_point(self, port: str) -> Point:
        """Return the centre of an output port on the scene."""
        if self.is_frame:
            rect = self.rect
            return (rect.right(), rect.top() + 15) if port == ERROR else (self.anchor[0], rect.bottom())
        x, y = self.offsets[port]
        side = -1 if self.mirrored and port != ERROR and self.face.silhouette is not Silhouette.SWITCH else 1
        return self.anchor[0] + side * x, self.anchor[1] + y

    @property
    def ports(self) -> tuple[str, ...]:
        """The names of its output ports."""
        return tuple(self.offsets)

    def visible_ports(self) -> tuple[str, ...]:
        """Return the output ports that can be seen now, the error port apart."""
        if self.selected or self.hovered:
            return tuple(port for port in self.offsets if port != ERROR)
        quiet = QUIET_PORTS if self.frame is None else QUIET_PORTS | {OUT}
        return tuple(port for port in self.offsets if port != ERROR and (port not in quiet or port in self.wired))

    @property
    def shows_input(self) -> bool:
        """Its input's ring can be seen; where a body begins the frame's own line leads in."""
        return self.has_input and (self.frame is None or self.fed or self.selected or self.hovered)

    def _made_body(self) -> Body:
        left, top = self.rect.left(), self.rect.top()
        centres = [self.port_point(port) for port in self.visible_ports()]
        if self.shows_input:
            centres.insert(0, self.anchor)
        wired = ERROR in self.wired
        error = None
        if ERROR in self.offsets and (wired or self.selected or self.hovered):
            x, y = self.port_point(ERROR)
            error = (x - left, y - top)
        return Body(
            silhouette=self.face.silhouette,
            size=(round(self.rect.width()), round(self.rect.height())),
            family=self.face.family,
            icon=self.face.icon,
            effect=self.face.effect,
            discloses=self.face.discloses,
            look=self.look,
            selected=self.selected,
            hovered=self.hovered or self.target,
            ports=tuple((x - left, y - top) for x, y in centres),
            error=error,
            wired=wired,
        )


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
    selected: bool = False
    _path: QPainterPath | None = None
    _lines: list[QLineF] | None = None

    @property
    def is_error(self) -> bool:
        """It carries failures."""
        return self.edge is not None and self.edge.port == ERROR

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

    @property
    def lines(self) -> list[QLineF]:
        """The line from far: straight pieces."""
        if self._lines is None:
            self._lines = [QLineF(*one, *other) for one, other in pairwise(self.points)]
        return self._lines

    def set_points(self, points: Points, bounds: Bounds) -> None:
        """Take another way."""
        self.points, self.bounds, self._path, self._lines = points, bounds, None, None
