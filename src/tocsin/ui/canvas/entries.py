"""What the store keeps of a node: what it is, where it is, what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from tocsin.base.texts import _
from tocsin.engine.carrying import CARRIED
from tocsin.engine.progress import EDITED, NodeStatus
from tocsin.model.playbook import ActionNode, GroupNode, Node
from tocsin.model.ports import ERROR, OUT, main_port
from tocsin.ui.canvas.blocks import Block, block_of
from tocsin.ui.canvas.faces import Face
from tocsin.ui.canvas.geometry import PLUS_BELOW, QUIET_PORTS, Density, Silhouette
from tocsin.ui.canvas.grid import Bounds, rect_bounds
from tocsin.ui.canvas.looks import Look, look_of
from tocsin.ui.canvas.node_paint import Body, Fit
from tocsin.ui.canvas.node_words import Words
from tocsin.ui.canvas.routes import Point
from tocsin.ui.canvas.subtitles import OFF_WORDS, carried_words, subtitle_of
from tocsin.ui.canvas.tags import Tag

_REMARKS = frozenset({Silhouette.NOTE, Silhouette.GROUP})
_BACKDROPS = frozenset({Silhouette.FRAME, Silhouette.GROUP})
_ASSUMED = "assumed"


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
        order: How many nodes come before it in the file.
        anchor: The same on the scene.
        rect: Its rectangle on the scene.
        offsets: Output ports from the anchor.
        mirrored: Side ports lie on the other side than `offsets` says.
        wired: Output ports that edges leave by.
        fed: An edge ends at it.
        children: Nodes in its body.
        density: How large it is drawn.
        status: Where it stands in the run; None while nothing was heard of it.
        in_run: A run is shown, so what was not heard of waits for its turn.
        aside: Only failures lead to it.
        items: Of a loop in a run, the look of each of its items.
        invalid: An error stands against it.
        fault: That error, in words.
        target: What is dropped now would go into it.
        offers_plus: A node may be added after it, and the pointer is there.
        stops: A run stops before it.
        pinned: What its pinned output is, or None.
        assumed: Its output is assumed.
        carried: The run that its output was carried over from, by name; "" where that is not known.
        fit: Whether the line that is being drawn may end at it.
        before: How its body was drawn before it changed, while that fades.
        since: When that began, in the milliseconds of `motion`.
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
    order: int = 0
    anchor: Point = (0.0, 0.0)
    rect: QRectF = field(default_factory=QRectF)
    mirrored: bool = False
    wired: frozenset[str] = frozenset()
    fed: bool = False
    children: list[str] = field(default_factory=list[str])
    density: Density = Density.COMFORTABLE
    status: NodeStatus | None = None
    in_run: bool = False
    aside: bool = False
    items: tuple[Look, ...] = ()
    selected: bool = False
    hovered: bool = False
    invalid: bool = False
    fault: str = ""
    target: bool = False
    offers_plus: bool = False
    stops: bool = False
    pinned: str | None = None
    assumed: bool = False
    carried: str = ""
    fit: Fit = Fit.NO_LINE
    before: Body | None = None
    since: int = 0
    _body: Body | None = None
    _block: Block | None = None
    _words: Words | None = None

    @property
    def is_frame(self) -> bool:
        """It holds a body."""
        return self.face.silhouette is Silhouette.FRAME

    @property
    def is_backdrop(self) -> bool:
        """It is drawn below edges and nodes: the frame of a loop or of a group."""
        return self.face.silhouette in _BACKDROPS

    def height(self) -> tuple[bool, int, int]:
        """Return what sorts drawings, the lowest first: groups below the frames around them, then by the file."""
        if not self.is_backdrop:
            return (True, 0, self.order)
        return (False, self.depth - (self.face.silhouette is Silhouette.GROUP), self.order)

    @property
    def bounds(self) -> Bounds:
        """Its rectangle by its edges."""
        return rect_bounds(self.rect)

    @property
    def look(self) -> Look:
        """How it looks now: what a run says wins over what a check says."""
        if self.face.silhouette in _REMARKS:
            return Look.IDLE
        if self.status is not None:
            return look_of(self.status, self.node.kind)
        if self.face.disabled:
            return Look.OFF
        if self.in_run:
            return Look.NOT_REACHED if self.aside else Look.QUEUED
        return Look.INVALID if self.invalid else Look.IDLE

    @property
    def is_carried(self) -> bool:
        """It did not run: its output was carried over from an earlier run."""
        return self.status is not None and self.status.via == CARRIED

    @property
    def tag(self) -> Tag | None:
        """What hangs at it."""
        if self.face.disabled:
            return Tag.OFF
        flags = self.status.flags if self.status is not None else ()
        if EDITED in flags:
            return Tag.EDITED
        if self.assumed or _ASSUMED in flags:
            return Tag.ASSUMED
        return Tag.PINNED if self.pinned is not None else None

    def subtitle(self, now: int = 0) -> str:
        """Return what it is set to do, or what happened; `now` is in UTC microseconds, for what counts seconds."""
        idle = self.pinned or self.face.subtitle
        if self.is_carried and self.status is not None:
            return carried_words(self.status.summary, self.carried)
        if self.status is not None:
            tries = self.node.retry.max if isinstance(self.node, ActionNode) and self.node.retry else 1
            return subtitle_of(self.status, self.node.kind, idle, tries=tries, now=now)
        match self.look:
            case Look.OFF:
                return OFF_WORDS
            case Look.QUEUED:
                return _("Queued")
            case Look.INVALID:
                return self.fault or idle
            case _:
                return idle

    def words(self, now: int = 0) -> Words:
        """Return what is written on it at a time; where no time counts it is kept as the body is."""
        if now:
            return Words(self.face.title, self.subtitle(now), self.face.rows, self.face.short)
        if self._words is None:
            self._words = Words(self.face.title, self.subtitle(), self.face.rows, self.face.short)
        return self._words

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
        self._body = self._block = self._words = None

    @property
    def footprint(self) -> tuple[object, ...]:
        """All that the lines and what lies around it know of its node."""
        members = self.node.nodes if isinstance(self.node, GroupNode) else ()
        return (self.size, self.offsets, self.has_input, bool(self.face.rows), members)

    def take_node(self, other: NodeEntry) -> bool:
        """Stand for the node of another entry of the same footprint; tell whether that can be seen."""
        self.node = other.node
        if other.face == self.face:
            return False
        self.face = other.face
        self.forget_body()
        return True

    def keep_shown(self, before: NodeEntry) -> None:
        """Show what another entry of the same node showed: its state, its marks, that it is selected."""
        self.status, self.aside, self.items = before.status, before.aside, before.items
        self.selected, self.invalid, self.fault = before.selected, before.invalid, before.fault
        self.stops, self.pinned, self.assumed = before.stops, before.pinned, before.assumed
        self.carried = before.carried

    def take_status(self, status: NodeStatus | None, since: int) -> None:
        """Stand elsewhere in the run from now on; what was drawn before fades."""
        if self._body is not None:
            self.before, self.since = self._body, since
        self.status = status
        self.forget_body()

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
            density=self.density,
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
            plus=self._plus(left, top),
            tag=self.tag,
            stops=self.stops,
            fit=self.fit,
        )

    def _plus(self, left: float, top: float) -> Point | None:
        port = main_port(self.node) if self.offers_plus and self.face.silhouette is not Silhouette.SWITCH else None
        if port is None:
            return None
        x, y = self.port_point(port)
        return (x - left, y - top + PLUS_BELOW)
