"""Which look a state has: borders, badges and words (visual-design.md §2.3, §5). Values only, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import Kind

Dashes = tuple[float, ...]


class EdgeState(StrEnum):
    """What became of an edge in the run that is shown."""

    IDLE = "idle"
    TAKEN = "taken"
    LIVE = "live"
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
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class Fill(StrEnum):
    """What a node is filled with."""

    NODE = "node"
    CANVAS = "canvas"


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
    Look.PAUSED: Style("paused", 2.0, glyph=Glyph.STEP, solid=True, text="paused"),
    Look.SUCCEEDED: Style("succeeded", 1.5, glyph=Glyph.CHECK, solid=True),
    Look.UNCERTAIN: Style("tape", 4.0, glyph=Glyph.QUESTION, solid=True, text="text", strong=True),
    Look.FAILED: Style("failed", 2.0, glyph=Glyph.CROSS, solid=True, text="failed"),
    Look.CANCELLED: Style("cancelled", 1.5, fill=Fill.CANVAS, glyph=Glyph.SLASH, faded=True),
    Look.SKIPPED: Style("cancelled", 1.0, (4, 3), fill=Fill.CANVAS, glyph=Glyph.DASH, faded=True),
}
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
_HELD: Final = {"breakpoint": Look.PAUSED, "step": Look.PAUSED}
_HELD_FOR_A_PERSON: Final = frozenset({"approval", "guard", "uncertain"})
_SKIPPED: Final = {
    "dead_path": "Skipped: other branch",
    "run_failed": "Skipped: the run failed",
    "join": "Skipped: no longer needed",
    "duplicate": "Skipped: done before",
    "not_selected": "Skipped: not selected",
    "disabled": "Off: passes its input on",
}


def look_of(status: NodeStatus, kind: Kind) -> Look:
    """Return the look of a node in a run."""
    if status.uncertain:
        return Look.UNCERTAIN
    if status.state is NodeState.WAITING and kind == Kind.ASK:
        return Look.ASKS
    if status.state is NodeState.HELD:
        return Look.ASKS if status.reason in _HELD_FOR_A_PERSON else _HELD.get(status.reason, Look.WAITS)
    if status.state is NodeState.SKIPPED and status.reason == "disabled":
        return Look.OFF
    return _BY_STATE[status.state]


_WORDS: Final = {
    Look.QUEUED: "Queued",
    Look.ASKS: "Waits for you",
    Look.PAUSED: "Breakpoint: press F10",
    Look.CANCELLED: "Cancelled: run stopped",
}


def subtitle_of(status: NodeStatus, kind: Kind, idle: str) -> str:
    """Return what happened, in the line that says what the node is set to do while nothing runs."""
    if status.summary and status.state is not NodeState.RUNNING:
        return status.summary
    look = look_of(status, kind)
    match look:
        case Look.RUNNING:
            return f"Running · try {status.attempts}" if status.attempts > 1 else "Running"
        case Look.WAITS:
            return f"Waits: {status.reason}" if status.reason else "Waits"
        case Look.RETRYING:
            return f"Try {status.attempts} failed, tries again"
        case Look.SKIPPED | Look.OFF:
            return _SKIPPED.get(status.reason, "Skipped")
        case _:
            return _WORDS.get(look, idle)


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
    EdgeState.SKIPPED: EdgeStyle("edge", 1.5, (4, 4), 0.55),
}
ERROR_STYLES: Final = {
    EdgeState.IDLE: EdgeStyle("err_path", 1.5, (5, 3)),
    EdgeState.TAKEN: EdgeStyle("err_path", 2.5, (5, 3)),
    EdgeState.LIVE: EdgeStyle("err_path", 2.5, (5, 3)),
    EdgeState.SKIPPED: EdgeStyle("err_path", 1.5, (5, 3), 0.55),
}
SELECTED_EDGE: Final = EdgeStyle("sel_line", 2.5)


def edge_style(state: EdgeState, *, error: bool, selected: bool) -> EdgeStyle:
    """Return how an edge is drawn; selection wins, dashes of an error path stay."""
    style = (ERROR_STYLES if error else EDGE_STYLES)[state]
    return EdgeStyle(SELECTED_EDGE.colour, SELECTED_EDGE.width, style.dashes) if selected else style
