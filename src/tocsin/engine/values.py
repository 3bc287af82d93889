"""User data in events: always tagged, so that it never stands beside the engine's own keys (engine.md §2.2).

`V` is `{"v": json}` for small data and `{"r": sha256, "n": bytes, "t": type}` for large data that the journal keeps
once under its hash (1.29).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from tocsin.base.json_types import Json

INLINE_LIMIT: Final = 1024
OUTPUT_LIMIT: Final = 8 * 1024 * 1024

V = Mapping[str, Any]


class ValueTooLargeError(ValueError):
    """Data over the limit for one value; `size` is in bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"{size} bytes are more than the {OUTPUT_LIMIT} that one value may have")


class Tagger:
    """Tags data on its way into events, and gathers the blobs that the next batch must keep."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    def tag(self, value: Json) -> V:
        """Return the value's V.

        Raises:
            ValueTooLargeError: It is over 8 MiB.
        """
        data = orjson.dumps(value)
        if len(data) <= INLINE_LIMIT:
            return {"v": value}
        if len(data) > OUTPUT_LIMIT:
            raise ValueTooLargeError(len(data))
        key = hashlib.sha256(data).hexdigest()
        self._blobs[key] = data
        return {"r": key, "n": len(data), "t": type(value).__name__}

    def take(self) -> dict[str, bytes]:
        """Return the blobs gathered since the last call."""
        taken, self._blobs = self._blobs, {}
        return taken


def untag(value: V, load: Callable[[str], Json]) -> Json:
    """Return the data of a V; `load` gives what is kept under a hash."""
    return value["v"] if "v" in value else load(value["r"])
