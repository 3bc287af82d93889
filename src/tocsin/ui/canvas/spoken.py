"""A node as words for those who hear the canvas (visual-design.md §14)."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.model.catalogue import Effect
from tocsin.model.playbook import ActionNode, Kind
from tocsin.ui.canvas.entries import NodeEntry
from tocsin.ui.canvas.looks import Look

LOOK_WORDS: Final = {
    Look.IDLE: "",
    Look.INVALID: _("needs a fix"),
    Look.OFF: _("off"),
    Look.QUEUED: _("queued"),
    Look.RUNNING: _("running"),
    Look.WAITS: _("waits"),
    Look.ASKS: _("waits for you"),
    Look.RETRYING: _("tries again"),
    Look.PAUSED: _("paused at breakpoint"),
    Look.SUCCEEDED: _("succeeded"),
    Look.ALREADY: _("already so"),
    Look.WOULD: _("would do"),
    Look.UNCERTAIN: _("may have happened"),
    Look.REFUSED: _("refused by guard"),
    Look.FAILED: _("failed"),
    Look.CANCELLED: _("cancelled"),
    Look.SKIPPED: _("skipped"),
    Look.NOT_REACHED: _("not reached"),
}
_KINDS: Final = {Kind.FOR_EACH: _("for each"), Kind.ASK: _("approval"), Kind.CALL: _("call"), Kind.SET: _("set values")}


def spoken_name(entry: NodeEntry) -> str:
    """Return title, kind, effect, state and marks: “Isolate endpoint, action, destructive, undoable, EDR, failed”."""
    face, status = entry.face, entry.status
    kind = entry.node.kind
    happened = entry.subtitle() if status is not None and (status.summary or entry.is_carried) else ""
    parts = (
        face.title,
        _KINDS.get(kind, kind.value.replace("_", " ")),
        "" if face.effect is Effect.READ else face.effect.value,
        _("discloses") if face.discloses else "",
        *_settings(entry),
        LOOK_WORDS[entry.look],
        happened if happened != face.subtitle else "",
        entry.fault,
        _("stops before it") if entry.stops else "",
        entry.tag.value.lower() if entry.tag is not None and entry.look is not Look.OFF else "",
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _settings(entry: NodeEntry) -> list[str]:
    """What the node is set to do, part by part; of an action what is afterwards comes before the product."""
    parts = entry.face.subtitle.split(" · ")
    return [*parts[-1:], *parts[:-1]] if isinstance(entry.node, ActionNode) else parts


def spoken_state(entry: NodeEntry) -> str:
    """Return what a node's border and badge say: “failed”; "" while they say nothing."""
    return LOOK_WORDS[entry.look]
