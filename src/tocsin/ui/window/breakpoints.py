"""Where the runs of one playbook pause: kept while it is open, told to the run that is on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject, Signal

from tocsin.model.playbook import RUNNABLE, Playbook, walk_nodes


class Breakpoints(QObject):
    """Ids of nodes that a run stops before.

    Signals:
        changed: There are others now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: frozenset[str] = frozenset()

    @property
    def names(self) -> Collection[str]:
        """The ids; some may be of nodes that are gone."""
        return self._names

    def in_playbook(self, playbook: Playbook) -> tuple[str, ...]:
        """Return those that are in a playbook, in its order."""
        return tuple(name for name, _ in walk_nodes(playbook.graph) if name in self._names)

    def toggle(self, names: Iterable[str], playbook: Playbook) -> None:
        """Set breakpoints before these nodes; where all of them have one, take them away. What never runs gets none."""
        nodes = dict(walk_nodes(playbook.graph))
        chosen = {name for name in names if name in nodes and nodes[name].kind in RUNNABLE}
        if chosen:
            self._names = self._names - chosen if chosen <= self._names else self._names | chosen
            self.changed.emit()
