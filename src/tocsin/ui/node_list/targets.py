"""What lines from a node can lead to, by port: what the picker offers to those who draw them by keys alone."""

from __future__ import annotations

from tocsin.base.texts import _, beginning
from tocsin.model.ports import OUT
from tocsin.ui.actions.search import Findable
from tocsin.ui.canvas.faces import port_words
from tocsin.ui.canvas.fits import find_misfit
from tocsin.ui.canvas.store import Store


def line_entries(store: Store, source: str) -> tuple[Findable, ...]:
    """Return every line that may be drawn from a node: its first port first, and the nearest below it first.

    The id of each is its port, a blank, and the node that it leads to.
    """
    own = store.nodes[source]
    others = sorted(store.nodes.values(), key=lambda entry: _away(own.anchor, entry.anchor))
    return tuple(
        Findable(
            f"{port} {entry.id}",
            f"{_('Then') if port == OUT else beginning(port_words(port))} → {entry.face.title}",
            _("Line"),
            entry.face.subtitle,
            entry.face.icon,
            str(entry.face.family),
        )
        for port in own.ports
        for entry in others
        if entry is not own and find_misfit(store, source, port, entry.id) is None
    )


def _away(own: tuple[float, float], other: tuple[float, float]) -> tuple[bool, float]:
    return other[1] < own[1], abs(other[1] - own[1]) + abs(other[0] - own[0])
