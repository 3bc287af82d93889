"""Events as rows, and back."""

from __future__ import annotations

from typing import Any

import orjson

from tocsin.engine.events import EVENT_VERSION, Event, EventType

Row = tuple[str, int, str, str, bytes]


def encode_event(event: Event) -> Row:
    """Return (run, seq, type, path, body) of an event."""
    body = {"v": EVENT_VERSION, "at": event.at, "cause": event.cause, "by": event.by, "data": event.data}
    return (event.run, event.seq, str(event.type), event.path, orjson.dumps(body))


def decode_event(row: Row) -> Event:
    """Return the event of a row.

    Raises:
        ValueError: Its type is not known.
    """
    run, seq, kind, path, data = row
    body: dict[str, Any] = orjson.loads(data)
    return Event(
        run=run,
        seq=seq,
        at=body["at"],
        type=EventType(kind),
        path=path,
        data=body["data"],
        cause=body["cause"],
        by=body["by"],
    )
