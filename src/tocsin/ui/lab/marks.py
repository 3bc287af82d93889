"""Which run changed which row of the world last. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.services.lab_desk import LabLook, LabRun
from tocsin.ui.lab.cards import Row


class Marks:
    """The marks of one look; an address in a firewall's list is a row of its own, `LIST/ADDRESS`."""

    def __init__(self, look: LabLook) -> None:
        self._runs: dict[tuple[str, str], LabRun | None] = {}
        for change in reversed(look.changes):
            self._runs.setdefault((change.table, change.key), change.run)
            for address in set((change.after or {}).get("entries", ())) ^ set((change.before or {}).get("entries", ())):
                self._runs.setdefault((change.table, f"{change.key}/{address}"), change.run)
        self._order = {key: place for place, key in enumerate(self._runs)}

    def run_of(self, table: str, key: str) -> LabRun | None:
        """Return the run that changed a row last, or None."""
        return self._runs.get((table, key))

    def sorted(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """Return the rows that a run changed first, the newest change on top; the others stay in their order."""
        last = len(self._order)
        return tuple(sorted(rows, key=lambda row: self._order.get(row.key, last) if row.run else last))
