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
from tests.journeys.tls_front import server_context

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import Cut, DescriptionError, ExchangeError, SlotError
from tocsin.connectors.exchange import Line, Login, Reply, Request
from tocsin.connectors.protocols import smtp
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


BOUND = bytes.fromhex("300c02010161070a010004000400")


async def bound_then_gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A directory that accepts the sign-in, reads the question, and hangs up."""
    await reader.read(1000)
    writer.write(BOUND)
    await writer.drain()
    await reader.read(1000)


async def bound_then_odd(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A directory whose answer to the change has a code and nothing else."""
    await bound_then_gone(reader, writer)
    writer.write(bytes.fromhex("30080201026703 0a0100"))
    await writer.drain()


@pytest.mark.parametrize(("serve", "cut"), [(bound_then_gone, Cut.BROKEN), (bound_then_odd, Cut.UNREADABLE)])
def test_a_change_after_which_the_line_broke_or_the_answer_was_odd_may_have_been_sent(serve, cut):
    with pytest.raises(ExchangeError) as caught:
        exchanged("LDAP modify", serve)
    assert (caught.value.cut, caught.value.sent) == (cut, True)


async def without_goodbye(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A mail server that takes a mail, and says nothing any more."""
    writer.write(b"220 here\r\n")
    while (line := await reader.readline()) and not line.startswith(b"QUIT"):
        if line == b"DATA\r\n":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write({b"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n", b"AUTH": b"235 in\r\n"}.get(line[:4], b"250 ok\r\n"))
    await reader.read()


def test_a_mail_that_was_taken_is_sent_though_nobody_says_goodbye(monkeypatch):
    monkeypatch.setattr(smtp, "GOODBYE", 0.01)
    assert exchanged("SMTP send", without_goodbye).status == 200


@pytest.mark.parametrize("values", [[514], ["a", None], "a", None])
def test_a_value_that_is_no_text_is_refused_and_not_left_out(values, monkeypatch):
    change = {"operation": "replace", "attribute": "userAccountControl", "values": values}
    monkeypatch.setitem(ASKED, "LDAP modify", ("ldap", {"dn": "dc=x", "changes": [change]}))
    with pytest.raises(SlotError):
        exchanged("LDAP modify", nothing)


def test_a_server_that_goes_deaf_is_not_waited_for_after_the_time_is_over(tmp_path):
    """TLS asks for a goodbye, for which asyncio alone would wait half a minute."""
    context, over = server_context(tmp_path, tmp_path / "ca.pem"), threading.Event()

    def serve(listening: socket.socket) -> None:
        with listening.accept()[0] as one, context.wrap_socket(one, server_side=True):
            over.wait()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = threading.Thread(target=serve, args=(listening,))
        server.start()
        started = time.monotonic()
        runners = ProtocolRunners(reach=Reach.OUTSIDE, monotonic=time.monotonic)
        line = Line("key", str(tmp_path / "ca.pem"), started + 0.5, lambda _note: None, ("127.0.0.1",))
        origin, arguments = Origin(f"ldaps://127.0.0.1:{port}", "x"), ASKED["LDAP search"][1]
        with pytest.raises(ExchangeError, match="too long"):
            asyncio.run(runners.exchange(Request("LDAP search", origin, "", arguments=arguments, login=LOGIN), line))
        assert time.monotonic() - started < 5
        over.set()
        server.join()
