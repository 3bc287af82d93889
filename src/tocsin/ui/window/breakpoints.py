"""Where the runs of one playbook pause: kept while it is open, told to the run that is on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject, Signal

from tocsin.model.playbook import RUNNABLE, Playbook, walk_nodes


class Breakpoints(QObject):
    """Ids of nodes that a run stops before, always or on a condition.

    Signals:
        changed: There are others now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conditions: dict[str, str] = {}

    @property
    def names(self) -> Collection[str]:
        """The ids; some may be of nodes that are gone."""
        return self._conditions.keys()

    def in_playbook(self, playbook: Playbook) -> dict[str, str]:
        """Return those that are in a playbook, in its order, with their conditions in CEL; "" for always."""
        return {name: self._conditions[name] for name, _ in walk_nodes(playbook.graph) if name in self._conditions}

    def condition_of(self, name: str) -> str:
        """Return when a run stops before a node; "" for always, also where it has no breakpoint yet."""
        return self._conditions.get(name, "")

    def set_condition(self, name: str, condition: str) -> None:
        """Let runs stop before a node when this is so, or always for ""."""
        self._conditions[name] = condition.strip()
        self.changed.emit()

    def take(self, other: Breakpoints) -> None:
        """Stop where other breakpoints stop."""
        self._conditions = dict(other._conditions)
        self.changed.emit()

    def toggle(self, names: Iterable[str], playbook: Playbook) -> None:
        """Set breakpoints before these nodes; where all of them have one, take them away. What never runs gets none."""
        nodes = dict(walk_nodes(playbook.graph))
        chosen = {name for name in names if name in nodes and nodes[name].kind in RUNNABLE}
        if chosen:
            if chosen <= self._conditions.keys():
                self._conditions = {name: text for name, text in self._conditions.items() if name not in chosen}
            else:
                self._conditions |= {name: self._conditions.get(name, "") for name in chosen}
            self.changed.emit()
