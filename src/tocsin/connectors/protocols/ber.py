"""The basic encoding rules of ASN.1, as far as LDAP uses them (ITU-T X.690; RFC 4511 §5.1: lengths are definite)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.errors import Cut
from tocsin.connectors.protocols.call import MAX_ANSWER, CallError

BOOLEAN: Final = 0x01
INTEGER: Final = 0x02
OCTETS: Final = 0x04
ENUMERATED: Final = 0x0A
SEQUENCE: Final = 0x30
SET: Final = 0x31
_LONG: Final = 0x80


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag, and what it holds, encoded."""

    tag: int
    content: bytes

    @property
    def number(self) -> int:
        """The content as a whole number."""
        return int.from_bytes(self.content, "big", signed=True)

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8", "replace")

    def parts(self) -> list[Element]:
        """Return the elements that it holds.

        Raises:
            CallError: Its content is none.
        """
        return list(_parts(self.content))


def encode(tag: int, *contents: bytes) -> bytes:
    """Return an element that holds these, one after the other."""
    content = b"".join(contents)
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + content


def number(value: int, tag: int = INTEGER) -> bytes:
    """Return a whole number, in the fewest bytes."""
    return encode(tag, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def octets(text: str | bytes, tag: int = OCTETS) -> bytes:
    """Return a text, or bytes."""
    return encode(tag, text.encode() if isinstance(text, str) else text)


async def read_element(reader: asyncio.StreamReader) -> Element:
    """Read one element.

    Raises:
        CallError: It is longer than MAX_ANSWER, or none.
        EOFError: The stream ended.
    """
    tag, size = await reader.readexactly(2)
    if size >= _LONG:
        width = size - _LONG
        if not 0 < width <= 4:
            raise CallError(_("the answer cannot be read"), Cut.UNREADABLE)
        size = int.from_bytes(await reader.readexactly(width), "big")
    if size > MAX_ANSWER:
        raise CallError(_("the answer is too large"), Cut.UNREADABLE)
    return Element(tag, await reader.readexactly(size))


def _parts(data: bytes) -> Iterator[Element]:
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise CallError(_("the answer cannot be read"), Cut.UNREADABLE)
        tag, size, at = data[at], data[at + 1], at + 2
        if size >= _LONG:
            width = size - _LONG
            size, at = int.from_bytes(data[at : at + width], "big"), at + width
        if at + size > len(data):
            raise CallError(_("the answer cannot be read"), Cut.UNREADABLE)
        yield Element(tag, data[at : at + size])
        at += size
