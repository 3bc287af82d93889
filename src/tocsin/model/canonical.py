"""One spelling for one value: RFC 8785 JSON, and the hashes made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, cast

import rfc8785

from tocsin.base.json_types import Json

_LARGEST: Final = 2**53 - 1
_encode: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(value: Json) -> bytes:
    """Return RFC 8785 JSON.

    Raises:
        ValueError: The value has a number JSON cannot keep: not finite, or an integer beyond 2^53.
    """
    if _is_plain(value):
        # Without fractions and with ASCII keys the standard encoder, in C, writes the very same bytes.
        return _encode(value).encode()
    try:
        return rfc8785.dumps(cast("Any", value))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _is_plain(value: object) -> bool:
    """Tell whether only what both encoders spell alike is in the value."""
    kind = type(value)
    if kind is str:
        return cast("str", value).isascii()
    if kind is int:
        return -_LARGEST <= cast("int", value) <= _LARGEST
    if kind is dict:
        return all(
            type(key) is str and key.isascii() and _is_plain(part)
            for key, part in cast("Mapping[Any, Any]", value).items()
        )
    if kind is list:
        return all(map(_is_plain, cast("list[Any]", value)))
    return value is None or kind is bool
