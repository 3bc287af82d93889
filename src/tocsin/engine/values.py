"""User data in events: always tagged, so that it never stands beside the engine's own keys (engine.md §2.2).

`V` is `{"v": json}` for small data and `{"r": sha256, "n": bytes, "t": type}` for large data that the journal keeps
once under its hash (1.29).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

import orjson

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.model.canonical import digest

INLINE_LIMIT: Final = 1024
OUTPUT_LIMIT: Final = 8 * 1024 * 1024
RUN_LIMIT: Final = 256 * 1024 * 1024
_EXACT: Final = 2**53 - 1

V = Mapping[str, Any]


class ValueTooLargeError(ValueError):
    """Data over the limit for one value, or for all values of a run; both in bytes."""

    def __init__(self, size: int, limit: int) -> None:
        self.size, self.limit = size, limit
        whose = _("one value") if limit == OUTPUT_LIMIT else _("all values of a run")
        super().__init__(
            _("{size} bytes are more than the {limit} that {whose} may have").format(
                size=size, limit=limit, whose=whose
            )
        )


class Tagger:
    """Tags data on its way into events, and gathers the blobs that the next batch must keep."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}
        self._total = 0

    def tag(self, value: Json) -> V:
        """Return the value's V.

        Raises:
            ValueTooLargeError: It is over 8 MiB, or the run's values are over 256 MiB.
            TypeError: It is no JSON.
        """
        data = orjson.dumps(value)
        if len(data) <= INLINE_LIMIT:
            return {"v": value}
        if len(data) > OUTPUT_LIMIT:
            raise ValueTooLargeError(len(data), OUTPUT_LIMIT)
        self._total += len(data)
        if self._total > RUN_LIMIT:
            raise ValueTooLargeError(self._total, RUN_LIMIT)
        key = hashlib.sha256(data).hexdigest()
        self._blobs[key] = data
        return {"r": key, "n": len(data), "t": type(value).__name__}

    def find(self, key: str) -> bytes | None:
        """Return what has been gathered under a hash and is not kept yet, or None."""
        return self._blobs.get(key)

    def take(self) -> dict[str, bytes]:
        """Return the blobs gathered since the last call."""
        taken, self._blobs = self._blobs, {}
        return taken


def hash_of(value: Json) -> str:
    """Return the SHA-256 of a value's canonical JSON (RFC 8785), in hex.

    Most inputs are text, small integers and plain keys, for which orjson's sorted output is that very spelling, at a
    tenth of the cost; whatever else there may be takes the long way.

    Raises:
        ValueError: A number has no exact spelling.
    """
    if _is_plain(value):
        return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return digest(value)


def _is_plain(value: Json) -> bool:
    kind = type(value)
    if kind is str:
        return cast("str", value).isprintable()
    if kind is int:
        return -_EXACT <= cast("int", value) <= _EXACT
    if kind is dict:
        for key, part in cast("dict[str, Json]", value).items():
            if not (key.isascii() and key.isprintable() and _is_plain(part)):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_is_plain, cast("list[Json]", value)))
    return value is None or kind is bool


def untag(value: V, load: Callable[[str], Json]) -> Json:
    """Return the data of a V; `load` gives what is kept under a hash."""
    return value["v"] if "v" in value else load(value["r"])
