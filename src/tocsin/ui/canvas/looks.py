"""Which look a state has: borders and badges of nodes, lines of edges (visual-design.md §2.3, §5). Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.failures import FailureCode
from tocsin.model.playbook import Kind

Dashes = tuple[float, ...]


class EdgeState(StrEnum):
    """What became of an edge in the run that is shown."""

    IDLE = "idle"
    TAKEN = "taken"
    LIVE = "live"
    WOULD = "would"
    SKIPPED = "skipped"


class Look(StrEnum):
    """How a node looks."""

    IDLE = "idle"
    INVALID = "invalid"
    OFF = "off"
    QUEUED = "queued"
    RUNNING = "running"
    WAITS = "waits"
    ASKS = "asks"
    RETRYING = "retrying"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    ALREADY = "already"
    WOULD = "would"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    NOT_REACHED = "not_reached"


class Fill(StrEnum):
    """What a node is filled with."""

    NODE = "node"
    CANVAS = "canvas"
    SOFT = "soft"


class Shape(StrEnum):
    """The outline of a badge."""

    ROUND = "round"
    PENTAGON = "pentagon"
    OCTAGON = "octagon"


class Glyph(StrEnum):
    """What a badge shows."""

    NONE = "none"
    DOTS = "dots"
    RING = "ring"
    CLOCK = "clock"
    PAUSE = "pause"
    AGAIN = "again"
    STEP = "step"
    CHECK = "check"
    EQUALS = "equals"
    PLAY = "play"
    BAR = "bar"
    QUESTION = "question"
    CROSS = "cross"
    SLASH = "slash"
    DASH = "dash"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Style:
    """How a look is drawn.

    Attributes:
        colour: Token of border and badge.
        width: Of the border, in pixels.
        dashes: Of the border, in pixels; empty for a solid one.
        fill: What it is filled with.
        glyph: What the badge shows.
        shape: The badge's outline.
        solid: The badge is filled with the colour and its glyph is cut out.
        text: Token of the subtitle.
        strong: The subtitle is set in 600.
        faded: Tile and words step back.
    """

    colour: str = "node_line"
    width: float = 1.0
    dashes: Dashes = ()
    fill: Fill = Fill.NODE
    glyph: Glyph = Glyph.NONE
    shape: Shape = Shape.ROUND
    solid: bool = False
    text: str = "text2"
    strong: bool = False
    faded: bool = False


STYLES: Final = {
    Look.IDLE: Style(),
    Look.INVALID: Style("problem", 1.5, glyph=Glyph.WARN, text="problem"),
    Look.OFF: Style(dashes=(4, 3), fill=Fill.CANVAS, faded=True),
    Look.QUEUED: Style("queued", 1.0, (2, 3), glyph=Glyph.DOTS),
    Look.RUNNING: Style("running", 2.0, glyph=Glyph.RING, text="text2"),
    Look.WAITS: Style("running", 1.5, (2, 4), glyph=Glyph.CLOCK, text="running"),
    Look.ASKS: Style("waiting", 2.0, glyph=Glyph.PAUSE, solid=True, text="waiting_text"),
    Look.RETRYING: Style("retrying", 2.0, (6, 3), glyph=Glyph.AGAIN, solid=True, text="retrying"),
    Look.PAUSED: Style("paused", 2.0, glyph=Glyph.STEP, shape=Shape.PENTAGON, solid=True, text="paused"),
    Look.SUCCEEDED: Style("succeeded", 1.5, glyph=Glyph.CHECK, solid=True),
    Look.ALREADY: Style("already", 1.5, glyph=Glyph.EQUALS),
    Look.WOULD: Style("would", 1.5, (9, 4), fill=Fill.SOFT, glyph=Glyph.PLAY, text="would"),
    Look.UNCERTAIN: Style("tape", 4.0, (8, 8), glyph=Glyph.QUESTION, solid=True, text="text", strong=True),
    Look.REFUSED: Style("text", 2.5, glyph=Glyph.BAR, shape=Shape.OCTAGON, solid=True, text="text", strong=True),
    Look.FAILED: Style("failed", 2.0, glyph=Glyph.CROSS, solid=True, text="failed"),
    Look.CANCELLED: Style("cancelled", 1.5, fill=Fill.CANVAS, glyph=Glyph.SLASH, faded=True),
    Look.SKIPPED: Style("cancelled", 1.0, (4, 3), fill=Fill.CANVAS, glyph=Glyph.DASH, faded=True),
    Look.NOT_REACHED: Style(fill=Fill.CANVAS, faded=True),
}
LARGE: Final = frozenset({Look.UNCERTAIN, Look.REFUSED, Look.PAUSED})
"""Looks whose badges are 20 px instead of 18."""
_BY_STATE: Final = {
    NodeState.PENDING: Look.QUEUED,
    NodeState.RUNNING: Look.RUNNING,
    NodeState.WAITING: Look.WAITS,
    NodeState.RETRYING: Look.RETRYING,
    NodeState.HELD: Look.WAITS,
    NodeState.SUCCEEDED: Look.SUCCEEDED,
    NodeState.FAILED: Look.FAILED,
    NodeState.SKIPPED: Look.SKIPPED,
    NodeState.CANCELLED: Look.CANCELLED,
}
_HELD: Final = {
    "breakpoint": Look.PAUSED,
    "step": Look.PAUSED,
    "approval": Look.ASKS,
    "uncertain": Look.ASKS,
    "guard": Look.REFUSED,
}
_PREDICTED: Final = "predicted"
_ASSUMED: Final = "assumed"


def look_of(status: NodeStatus, kind: Kind) -> Look:
    """Return the look of a node in a run."""
    match status.state:
        case _ if status.uncertain:
            look = Look.UNCERTAIN
        case NodeState.WAITING if kind == Kind.ASK:
            look = Look.ASKS
        case NodeState.HELD:
            look = _HELD.get(status.reason, Look.WAITS)
        case NodeState.SKIPPED if status.reason == "disabled":
            look = Look.OFF
        case NodeState.FAILED if status.code == FailureCode.GUARDED:
            look = Look.REFUSED
        case NodeState.SUCCEEDED:
            is_guess = status.via == _PREDICTED or _ASSUMED in status.flags
            look = Look.WOULD if is_guess else Look.ALREADY if status.already else Look.SUCCEEDED
        case state:
            look = _BY_STATE[state]
    return look


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """How an edge is drawn: token of its colour, width, dashes in pixels, opacity."""

    colour: str
    width: float
    dashes: Dashes = ()
    opacity: float = 1.0


EDGE_STYLES: Final = {
    EdgeState.IDLE: EdgeStyle("edge", 1.5),
    EdgeState.TAKEN: EdgeStyle("succeeded", 2.5),
    EdgeState.LIVE: EdgeStyle("running", 2.5),
    EdgeState.WOULD: EdgeStyle("would", 2.0, (9, 4)),
    EdgeState.SKIPPED: EdgeStyle("edge", 1.5, (4, 4), 0.55),
}
ERROR_STYLES: Final = {
    EdgeState.IDLE: EdgeStyle("err_path", 1.5, (5, 3)),
    EdgeState.TAKEN: EdgeStyle("err_path", 2.5, (5, 3)),
    EdgeState.LIVE: EdgeStyle("err_path", 2.5, (5, 3)),
    EdgeState.WOULD: EdgeStyle("err_path", 2.0, (9, 4)),
    EdgeState.SKIPPED: EdgeStyle("err_path", 1.5, (5, 3), 0.55),
}
SELECTED_EDGE: Final = EdgeStyle("sel_line", 2.5)


def edge_style(state: EdgeState, *, error: bool, selected: bool, hovered: bool = False) -> EdgeStyle:
    """Return how an edge is drawn; selection wins, dashes of an error path stay, the pointer makes it 1 px wider."""
    style = (ERROR_STYLES if error else EDGE_STYLES)[state]
    if selected:
        return EdgeStyle(SELECTED_EDGE.colour, SELECTED_EDGE.width, style.dashes)
    return replace(style, width=style.width + 1) if hovered else style
