"""Events as rows, and back."""

from __future__ import annotations

from typing import Any, Final

import orjson

from tocsin.base.texts import neutral
from tocsin.engine.errors import UnknownEventError
from tocsin.engine.events import EVENT_VERSION, Event, EventType

Row = tuple[str, int, str, str, bytes]
FOREIGN: Final = "x."
"""Types that begin so are others': they are kept and not read."""
_KNOWN: Final = {kind.value: kind for kind in EventType}
_NAMES: Final = {kind: name for name, kind in _KNOWN.items()}
"""Plain texts: for the member of an enum SQLite first asks whether somebody adapts it."""


def encode_event(event: Event) -> Row:
    """Return (run, seq, type, path, body) of an event."""
    body = {"v": EVENT_VERSION, "at": event.at, "cause": event.cause, "by": event.by, "data": event.data}
    return (event.run, event.seq, _NAMES[event.type], event.path, orjson.dumps(neutral(body)))


def chained_bytes(row: Row) -> bytes:
    """Return what the chain of hashes covers of a row: all of it, so that moving an event shows too."""
    run, seq, kind, path, body = row
    return b"\n".join((f"{run} {seq} {kind} {path}".encode(), body, b""))


def decode_event(row: Row) -> Event:
    """Return the event of a row.

    Raises:
        UnknownEventError: A newer version wrote it.
        ValueError: It is damaged.
    """
    run, seq, kind, path, data = row
    body: dict[str, Any] = orjson.loads(data)
    known = _KNOWN.get(kind)
    if known is None or body["v"] > EVENT_VERSION:
        raise UnknownEventError(kind, run)
    return Event(run, seq, body["at"], known, path, body["data"], body["cause"], body["by"])
