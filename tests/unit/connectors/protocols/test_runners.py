"""Servers that say nothing, nonsense, too much, or hang up: an error each, in time, and no thread stays."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import asyncssh
import pytest

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import Cut, DescriptionError, ExchangeError
from tocsin.connectors.exchange import Line, Login, Reply, Request
from tocsin.connectors.protocols.runners import ProtocolRunners

HOST_KEY = asyncssh.generate_private_key("ssh-ed25519")
LOGIN = Login("user", "password-77", HOST_KEY.export_private_key().decode())
MAIL = {"id": "k", "sender": "a@example.com", "to": ["b@example.com"], "subject": "s", "text": "t"}
MAILBOX = {"mailbox": "a@example.com", "of": "a@example.com", "folder": "INBOX", "sender": "b@example.com"}
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "LDAP search": ("ldap", {"base": "dc=x", "filter": "(a=b)"}),
    "LDAP modify": ("ldap", {"dn": "dc=x", "changes": [{"operation": "add", "attribute": "a", "values": ["b"]}]}),
    "SMTP send": ("smtp", MAIL),
    "IMAP search": ("imap", MAILBOX),
    "SSH run": ("ssh", {"command": "true", "host_key": HOST_KEY.export_public_key().decode()}),
}
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def exchanged(verb: str, serve: Serve, *, reach: Reach = Reach.LAB, seconds: float = 1.0) -> Reply:
    scheme, arguments = ASKED[verb]

    tasks: list[asyncio.Task[None]] = []

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await serve(reader, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.ensure_future(served(reader, writer)))

    async def run() -> Reply:
        server = await asyncio.start_server(accepted, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        origin = Origin(f"{scheme}://127.0.0.1:{port}", f"127.0.0.1:{port}")
        runners = ProtocolRunners(reach=reach, monotonic=time.monotonic)
        line = Line("key", None, time.monotonic() + seconds, lambda note: None)
        try:
            return await runners.exchange(Request(verb, origin, "", arguments=arguments, login=LOGIN), line)
        finally:
            server.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


async def nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    return


async def a_page(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Please sign in</html>\r\n")
    await writer.drain()


async def too_much(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"\x30\x84\x7f\xff\xff\xff" + b"x" * 60_000)
        await writer.drain()


@pytest.mark.parametrize("serve", [nothing, hang_up, a_page, too_much])
@pytest.mark.parametrize("verb", ASKED)
def test_a_bad_server_is_an_error_in_time_and_nothing_was_sent(verb, serve):
    threads = threading.active_count()
    started = time.monotonic()
    with pytest.raises(ExchangeError) as caught:
        exchanged(verb, serve)
    assert time.monotonic() - started < 5
    assert not caught.value.sent
    assert "Please sign in" not in str(caught.value)
    assert "password-77" not in str(caught.value)
    assert threading.active_count() == threads


@pytest.mark.parametrize("verb", ASKED)
def test_this_computer_is_not_reached_from_outside_of_the_lab(verb):
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(100))

    with pytest.raises(ExchangeError, match="leads where it must not"):
        exchanged(verb, listen, reach=Reach.OUTSIDE)
    assert heard == []


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize("verb", ASKED)
def test_a_port_where_nobody_listens_is_not_reached(verb, unused_port):
    scheme, arguments = ASKED[verb]
    origin = Origin(f"{scheme}://127.0.0.1:{unused_port}", f"127.0.0.1:{unused_port}")
    runners = ProtocolRunners(reach=Reach.LAB, monotonic=time.monotonic)
    line = Line("key", None, time.monotonic() + 5, lambda note: None)
    with pytest.raises(ExchangeError) as caught:
        asyncio.run(runners.exchange(Request(verb, origin, "", arguments=arguments, login=LOGIN), line))
    assert (caught.value.cut, caught.value.sent) == (Cut.UNREACHABLE, False)


def test_a_verb_that_no_protocol_has_is_a_fault_of_the_description():
    runners = ProtocolRunners(reach=Reach.LAB, monotonic=time.monotonic)
    line = Line("key", None, time.monotonic() + 5, lambda note: None)
    with pytest.raises(DescriptionError):
        asyncio.run(runners.exchange(Request("LDAP drop", Origin("ldap://x", "x"), "", arguments={}), line))


async def bound_then_gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A directory that accepts the sign-in, reads the question, and hangs up."""
    await reader.read(1000)
    writer.write(bytes.fromhex("300c02010161070a010004000400"))
    await writer.drain()
    await reader.read(1000)


def test_a_change_after_which_the_line_broke_may_have_been_sent():
    with pytest.raises(ExchangeError) as caught:
        exchanged("LDAP modify", bound_then_gone)
    assert (caught.value.cut, caught.value.sent) == (Cut.BROKEN, True)
