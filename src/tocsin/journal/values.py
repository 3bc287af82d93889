"""Keeps and reads values under their hash, sees that they are what was written, and finds those that events name."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.events import EventType
from tocsin.journal.blobs import ROW_LIMIT, BlobFolder
from tocsin.journal.encoding import FOREIGN
from tocsin.journal.errors import DamagedJournalError

_TAG: Final = b'"r":"'


def keep_value(connection: sqlite3.Connection, blobs: BlobFolder, key: str, data: bytes) -> None:
    """Keep a value once, in a row or, when it is large, as a file; in a transaction, so that nobody sweeps then."""
    is_large = len(data) > ROW_LIMIT
    if is_large:
        blobs.save(key, data)
    connection.execute("insert or ignore into value values(?,?)", (key, None if is_large else data))


def read_value(connection: sqlite3.Connection, blobs: BlobFolder, hash_: str, *, journal: Path) -> Json:
    """Return the value kept under a hash.

    Raises:
        DamagedJournalError: It is not there, or is not what its hash says.
    """
    return orjson.loads(read_bytes(connection, blobs, hash_, journal=journal))


def read_bytes(connection: sqlite3.Connection, blobs: BlobFolder, hash_: str, *, journal: Path) -> bytes:
    """Return the value kept under a hash as it was written.

    Raises:
        DamagedJournalError: It is not there, or is not what its hash says.
    """
    row = connection.execute("select body from value where hash=?", (hash_,)).fetchone()
    try:
        data: bytes = row[0] if row is not None and row[0] is not None else blobs.load(hash_)
    except (OSError, ValueError) as error:
        raise DamagedJournalError(journal, _("a value that a run names is missing")) from error
    if hashlib.sha256(data).hexdigest() != hash_:
        raise DamagedJournalError(journal, _("a value is not what was written"))
    return data


def named_values(kind: str, body: bytes) -> Iterator[str]:
    """Yield the hash of every value that an event names: in its data, and the playbooks that run.created pins.

    Raises:
        ValueError, KeyError, TypeError: The event is damaged.
    """
    is_first = kind == EventType.RUN_CREATED
    if kind.startswith(FOREIGN) or not (is_first or _TAG in body):
        return  # nine events of ten: not parsed
    data: dict[str, Any] = orjson.loads(body)["data"]
    if is_first:
        yield data["playbook"]["hash"]
        handler: Mapping[str, Any] = data.get("handler") or {}
        pinned = (*data.get("closure", ()), *((handler, *handler["closure"]) if handler else ()))
        yield from (each["hash"] for each in pinned)
    yield from _tagged(data)


def is_reference(data: Mapping[str, Json]) -> bool:
    """Tell whether this is a V that stands for a large value (engine.md §2.2)."""
    return set(data) == {"r", "n", "t"}


def is_inline(data: Mapping[str, Json]) -> bool:
    """Tell whether this is a V that holds its value: what is in it is the user's."""
    return set(data) == {"v"}


def _tagged(data: Json) -> Iterator[str]:
    if isinstance(data, Mapping):
        if is_reference(data):
            yield str(data["r"])
        elif not is_inline(data):
            for part in data.values():
                yield from _tagged(part)
    elif isinstance(data, list):
        for part in data:
            yield from _tagged(part)
