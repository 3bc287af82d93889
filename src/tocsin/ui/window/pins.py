"""What the rehearsals of one playbook take for granted: kept while it is open. A live run never takes it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from tocsin.engine.pins import PINNABLE, PinnedOutput
from tocsin.model.playbook import Playbook, walk_nodes


class Pins(QObject):
    """Pinned outputs by the id of their node.

    Signals:
        changed: There are others now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pins: dict[str, PinnedOutput] = {}

    @property
    def words(self) -> Mapping[str, str]:
        """What each pinned node shows: “Output of R-217”."""
        return {name: f"Output of {pin.source}" for name, pin in self._pins.items()}

    def in_playbook(self, playbook: Playbook) -> dict[str, PinnedOutput]:
        """Return those of nodes that a playbook still has and that can be pinned."""
        nodes = dict(walk_nodes(playbook.graph))
        return {name: pin for name, pin in self._pins.items() if name in nodes and nodes[name].kind in PINNABLE}

    def pin(self, name: str, pin: PinnedOutput) -> None:
        """Let a node give this in rehearsals."""
        self._pins[name] = pin
        self.changed.emit()

    def unpin(self, name: str) -> None:
        """Let a node be done in rehearsals again; nothing where it is not pinned."""
        if self._pins.pop(name, None) is not None:
            self.changed.emit()
