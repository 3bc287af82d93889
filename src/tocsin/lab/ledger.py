"""The books of a world: its tables, everything that changed in them, and what led to it.

What may be done to a world, `world` says; here is how it is written down. Every change has one way in, `put`.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields

from tocsin.base.clock import Clock
from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.lab.rows import BadRowError, Tables, amended, to_json
from tocsin.lab.seed import seed_tables, uuid_id
from tocsin.lab.story_clock import StoryClock
from tocsin.lab.values import Change, Product
from tocsin.lab.watched import Watched
from tocsin.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Past:
    """What a world needs to go on where another one ended.

    Attributes:
        minutes: How long its story has gone on.
        made: How many things were given a number so far.
    """

    tables: Tables
    changes: tuple[Change, ...]
    minutes: int
    made: int


class Ledger:
    """The rows behind every answer of the Lab, and the diary of their changes.

    Attributes:
        scenario: What it is seeded from.
        tables: All rows. Read them freely; change them through the methods of `World`.
        watched: What was seen of its life; `life` writes it.
        clock: Its own time.
    """

    def __init__(self, scenario: Scenario, *, clock: Clock | None = None) -> None:
        self.scenario = scenario
        self.tables = seed_tables(scenario)
        self.watched = Watched()
        self.clock = StoryClock(clock or Clock())
        self._changes: list[Change] = []
        self._made = 0
        self._cause = ""
        self._texts: dict[str, dict[str, tuple[object, bytes]]] = {}

    @property
    def changes(self) -> tuple[Change, ...]:
        """Everything that changed since the start or the last reset, oldest first."""
        return tuple(self._changes)

    @property
    def made(self) -> int:
        """How many things were given a number so far."""
        return self._made

    @property
    def now(self) -> str:
        """The present moment, RFC 3339."""
        return self.clock.now

    def to_json(self) -> dict[str, Json]:
        """Return the whole world: scenario, seed, then each table as an object by key."""
        tables = {
            part.name: {key: to_json(row) for key, row in dict(getattr(self.tables, part.name)).items()}
            for part in fields(self.tables)
        }
        return {"scenario": self.scenario.id, "seed": self.scenario.seed, **tables}

    def to_text(self) -> bytes:
        """Return `to_json` as JSON text. A row that is as it was costs nothing: whoever watches asks twice a second."""
        parts = [f'"scenario":{json.dumps(self.scenario.id)}'.encode(), f'"seed":{self.scenario.seed}'.encode()]
        for part in fields(self.tables):
            before, rows = self._texts.get(part.name, {}), dict(getattr(self.tables, part.name))
            texts = {key: _text_of(key, row, before.get(key)) for key, row in rows.items()}
            self._texts[part.name] = texts
            parts.append(b'"%s":{%s}' % (part.name.encode(), b",".join(text for _unused, text in texts.values())))
        return b"{%s}" % b",".join(parts)

    @contextmanager
    def caused_by(self, key: str) -> Generator[None]:
        """Let what changes inside say what led to it: the idempotency key of a request, or ""."""
        outer, self._cause = self._cause, key
        try:
            yield
        finally:
            self._cause = outer

    def last_cause(self, table: str, key: str) -> str:
        """Return the cause of the last change of a row: who looks is not who ordered it."""
        causes = (change.cause for change in reversed(self._changes) if (change.table, change.key) == (table, key))
        return next(causes, "")

    def reset(self, scenario: Scenario | None = None) -> None:
        """Make the world what it is at the start of its scenario, or of another one, and forget the changes."""
        self.scenario = scenario or self.scenario
        self.tables = seed_tables(self.scenario)
        self.watched = Watched()
        self.clock.begin()
        self._changes.clear()
        self._made = 0

    def go_on(self, past: Past) -> None:
        """Go on where another world of this scenario ended."""
        self.reset()
        self.tables = past.tables
        self._changes.extend(past.changes)
        self._made = past.made
        self.clock.go_on_after(past.minutes)
        self.watched.minutes = past.minutes

    def amend(self, patch: Mapping[str, Json]) -> None:
        """Change rows by a JSON merge patch (RFC 7396) of `to_json`, down to their fields. All of it or nothing.

        A row that is null is removed, one that is new must be whole; what a field holds is replaced, not merged.

        Raises:
            BadRowError: A table or field is unknown, or a value does not fit.
        """
        ready = [
            (table, key, amended(table, key, rows.get(key), part) if part is not None else None)
            for table, rows, parts in self._named_tables(patch)
            for key, part in parts.items()
        ]
        for table, key, row in ready:
            if row == getattr(self.tables, table).get(key):
                continue
            self.put(table, key, row, (Product.CONTROL, f"changed {table}/{key} by control"))

    def _named_tables(
        self, patch: Mapping[str, Json]
    ) -> Iterable[tuple[str, Mapping[str, object], Mapping[str, Json]]]:
        names = [part.name for part in fields(self.tables)]
        for table, parts in patch.items():
            if table not in names:
                raise BadRowError(f"“{table}” is no table of the world. {did_you_mean(table, names)}".rstrip())
            if not isinstance(parts, Mapping):
                raise BadRowError(f"“{table}” must be an object")
            yield table, getattr(self.tables, table), parts

    def next_number(self) -> int:
        """Count one more thing that was made, and return how many there are."""
        self._made += 1
        return self._made

    def next_uuid(self, kind: str) -> str:
        """Return the id of a thing that is made now; the same deeds give the same ids."""
        return uuid_id(self.scenario.seed, kind, str(self.next_number()))

    def put(self, table: str, key: str, row: object | None, entry: tuple[Product, str]) -> None:
        """Write a row, or take it out when it is None; the entry says which product did what."""
        product, what = entry
        rows: dict[str, object] = getattr(self.tables, table)
        before = to_json(rows.get(key))
        self._changes.append(
            Change(product, what, before, to_json(row), at=self.now, table=table, key=key, cause=self._cause)
        )
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row


def _text_of(key: str, row: object, known: tuple[object, bytes] | None) -> tuple[object, bytes]:
    """Return a row with its text, `"KEY":{…}`; rows are frozen, so the same one has the same text."""
    if known is not None and known[0] is row:
        return known
    return row, f"{json.dumps(key)}:{json.dumps(to_json(row), separators=(',', ':'))}".encode()
