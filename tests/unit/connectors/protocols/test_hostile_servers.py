"""Servers that speak their protocol, and never end or lie about sizes: an error of the family, within bounds."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Awaitable, Callable

import pytest
from tests.unit.connectors.protocols.test_runners import exchanged

from tocsin.connectors.errors import Cut, ExchangeError
from tocsin.connectors.protocols.call import MAX_ANSWER

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
BOUND = bytes.fromhex("300c02010161070a010004000400")
ENTRY = bytes.fromhex("300902010264040400 3000")
REFERENCE = bytes.fromhex("30050201027300")
SIGNED_IN = b"* OK [CAPABILITY IMAP4rev1 MOVE UIDPLUS] here\r\n"


def endless(piece: bytes, *, before: bytes = b"") -> Talk:
    """A server that says the piece for ever, at once."""

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        block = piece * (65_536 // len(piece) + 1)
        while not writer.is_closing():
            writer.write(block)
            await writer.drain()

    return talk


def slow(piece: bytes) -> Talk:
    """A server that says one byte after the other, so that no time between two of them is long."""

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in itertools.cycle(piece):
            writer.write(bytes((byte,)))
            await writer.drain()
            await asyncio.sleep(0.01)

    return talk


def mailbox(said: bytes) -> Talk:
    """A mailbox that lets everybody in, and answers every question with the same bytes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(SIGNED_IN)
        while line := await reader.readline():
            tag, verb, *_rest = line.split()
            if verb == b"UID":
                writer.write(said)
            writer.write(tag + b" OK done\r\n")
            await writer.drain()

    return talk


def literal(size: bytes) -> Talk:
    """A mailbox that announces so many bytes."""
    return mailbox(b"* 1 FETCH (BODY[] {" + size + b"}\r\n")


WAITED_FOR = ("drips", "references")  # what is small and slow costs nothing: its end is that of the time
HOSTILE: dict[str, tuple[str, Talk, Cut]] = {
    "entries without end": ("LDAP search", endless(ENTRY, before=BOUND), Cut.UNREADABLE),
    "references without end": ("LDAP search", endless(REFERENCE, before=BOUND), Cut.TIMEOUT),
    "an answer that drips": ("LDAP search", slow(b"\x30\x84\x00\x10\x00\x00"), Cut.UNREACHABLE),
    "an indefinite length": ("LDAP search", endless(b"\x30\x80"), Cut.UNREACHABLE),
    "a length of many bytes": ("LDAP search", endless(b"\x30\xff" + b"\xff" * 126), Cut.UNREACHABLE),
    "a greeting without end": ("SMTP send", endless(b"220-hello\r\n"), Cut.UNREACHABLE),
    "a greeting that drips": ("SMTP send", slow(b"220-hello\r\n"), Cut.UNREACHABLE),
    "a code that is none": ("SMTP send", endless(b"999 \xff\xfe\r\n"), Cut.UNREACHABLE),
    "remarks without end": ("IMAP search", endless(b"* OK " + b"x" * 900 + b"\r\n", before=SIGNED_IN), Cut.UNREACHABLE),
    "a line that drips": ("IMAP search", slow(b"* OK hello"), Cut.UNREACHABLE),
    "a literal of 2 GB": ("IMAP search", literal(b"2147483647"), Cut.UNREACHABLE),
    "a literal beyond any machine": ("IMAP search", literal(b"9" * 40), Cut.UNREACHABLE),
    "a size of too many digits": ("IMAP search", literal(b"9" * 5000), Cut.UNREACHABLE),
    "numbers that are none": ("IMAP search", mailbox(b"* SEARCH \xff\xfe\r\n"), Cut.UNREACHABLE),
    "a banner without end": ("SSH run", endless(b"hello\r\n"), Cut.UNREACHABLE),
    "a version that drips": ("SSH run", slow(b"SSH-2.0-x"), Cut.UNREACHABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_server_that_never_ends_is_left_within_bounds(name):
    verb, talk, cut = HOSTILE[name]
    is_waited_for = any(word in name for word in WAITED_FOR)
    threads, started, taken = threading.active_count(), time.monotonic(), 0

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        say = writer.write

        def write(data: bytes) -> None:
            nonlocal taken
            taken += len(data)
            say(data)

        writer.write = write
        try:
            await talk(reader, writer)
        finally:
            writer.transport.abort()  # what nobody reads any more is not waited for

    with pytest.raises(ExchangeError) as caught:
        exchanged(verb, counted, seconds=0.15 if is_waited_for else 5.0)
    assert caught.value.cut is cut, caught.value
    assert "password-77" not in str(caught.value)
    assert time.monotonic() - started < 5
    assert threading.active_count() == threads
    assert is_waited_for or taken < 3 * MAX_ANSWER
    assert is_waited_for is ("too long" in str(caught.value))
