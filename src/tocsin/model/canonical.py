"""One spelling for one value: RFC 8785 JSON, and the hashes made of it."""

from __future__ import annotations

import hashlib
from typing import Any, cast

import rfc8785

from tocsin.base.json_types import Json


def canonical(value: Json) -> bytes:
    """Return RFC 8785 JSON.

    Raises:
        ValueError: The value has a number JSON cannot keep: not finite, or an integer beyond 2^53.
    """
    try:
        return rfc8785.dumps(cast("Any", value))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def digest(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()
