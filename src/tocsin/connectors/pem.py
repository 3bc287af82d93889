"""Texts in PEM form (RFC 7468): blocks in a file, what a block holds, and keys that became one line in a field."""

from __future__ import annotations

import re
from typing import Final

_KEY: Final = re.compile(r"(-----BEGIN [A-Z ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z ]+-----)")


def key_in_lines(key: str) -> str:
    """Return a key in lines again, which a field of one line made blanks of."""
    match = _KEY.search(key)
    if match is None:
        return key
    body = "".join(match[2].split())
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join([match[1], *lines, match[3], ""])


def first_block(text: str, label: str) -> str:
    """Return the first block with a label.

    Raises:
        ValueError: There is none.
    """
    start = text.index(f"-----BEGIN {label}-----")
    end = f"-----END {label}-----"
    return text[start : text.index(end, start) + len(end)]


def der_parts(data: bytes) -> list[tuple[int, bytes]]:
    """Return tag and content of the elements that stand one after the other (ITU-T X.690 §10.1: lengths are definite).

    Raises:
        ValueError: They break off.
        IndexError: They do.
    """
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data):
        tag, size, at = data[at], data[at + 1], at + 2
        if size > 0x7F:
            width = size & 0x7F
            size, at = int.from_bytes(data[at : at + width], "big"), at + width
        if at + size > len(data):
            raise ValueError("an element breaks off")
        found.append((tag, data[at : at + size]))
        at += size
    return found
