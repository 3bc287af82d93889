from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable

import pytest

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import Cut, ExchangeError
from tocsin.connectors.exchange import Line, Reply, Request
from tocsin.connectors.http_client import MAX_BODY, HttpClients

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
BODY = b'{"is": true} '


class Server:
    """A server on loopback that keeps what it read and answers as the test says."""

    def __init__(self, serve: Serve) -> None:
        self.heads: list[bytes] = []
        self.tasks: list[asyncio.Task[None] | None] = []
        self._serve = serve

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tasks.append(asyncio.current_task())
        try:
            while True:
                self.heads.append(await reader.readuntil(b"\r\n\r\n"))
                await self._serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


def exchange(serve: Serve, *requests: Request, timeout: float = 5.0) -> tuple[Server, list[Reply | ExchangeError]]:
    """Send requests one after the other to a server that answers so."""
    server = Server(serve)

    async def go() -> list[Reply | ExchangeError]:
        listener = await asyncio.start_server(server.accept, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        origin = Origin(f"http://127.0.0.1:{port}", f"127.0.0.1:{port}")
        clock = asyncio.get_running_loop().time
        clients = HttpClients(reach=Reach.LAB, monotonic=clock)
        found: list[Reply | ExchangeError] = []
        for request in requests:
            there = Request(
                request.method, origin, request.path, request.query, request.headers, request.body, request.changes
            )
            try:
                found.append(await clients.exchange(there, Line("conn", None, clock() + timeout, lambda _: None)))
            except ExchangeError as error:
                found.append(error)
        await clients.aclose()
        listener.close()
        await listener.wait_closed()
        await asyncio.gather(*(task for task in server.tasks if task))
        return found

    return server, asyncio.run(go())


def ask(method: str = "GET", path: str = "/", *, changes: bool = False, **parts: object) -> Request:
    return Request(method, Origin("", ""), path, changes=changes, **parts)  # pyright: ignore[reportArgumentType]


def answers(data: bytes) -> Serve:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return serve


async def cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    raise ConnectionError


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()
    raise ConnectionError


def test_an_answer_is_read_with_its_note():
    _, [reply] = exchange(answers(OK + BODY), ask(path="/a"))
    assert (reply.status, reply.body, reply.unreadable, reply.note.path, reply.note.bytes) == (
        200, {"is": True}, "", "/a", 13,
    )  # fmt: skip


def test_what_leaves_is_what_was_built():
    request = ask(path="/a%2Fb/%2E%2E/c", query=(("q", "'a' & b=c+%2e"), ("é", "")))
    server, _ = exchange(answers(OK + BODY), request)
    assert server.heads[0].split(b"\r\n")[0] == b"GET /a%2Fb/%2E%2E/c?q=%27a%27%20%26%20b%3Dc%2B%252e&%C3%A9= HTTP/1.1"


def test_only_our_headers_leave_and_no_cookie_comes_back(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    cookie = OK.replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b\r\n\r\n") + BODY
    server, replies = exchange(answers(cookie), ask(headers=(("X-Own", "1"),)), ask())
    names = [[line.split(b":")[0].lower() for line in head.split(b"\r\n")[1:] if line] for head in server.heads]
    assert sorted(names[0]) == [b"accept", b"accept-encoding", b"host", b"user-agent", b"x-own"]
    assert sorted(names[1]) == [b"accept", b"accept-encoding", b"host", b"user-agent"]
    assert [reply.status for reply in replies] == [200, 200]


def test_a_redirect_is_an_answer_and_is_not_followed():
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n"
    server, [reply] = exchange(answers(moved), ask())
    assert (reply.status, reply.headers["location"], len(server.heads)) == (302, "http://192.0.2.1/", 1)


def test_reads_share_a_connection_and_each_change_has_its_own():
    server, _ = exchange(answers(OK + BODY), ask(), ask(), ask("POST", changes=True), ask("POST", changes=True))
    assert len(server.tasks) == 3


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_change_that_is_cut_after_sending_was_perhaps_done_and_is_not_sent_again(method):
    server, [error] = exchange(cut, ask(method, changes=True, body=b"{}"))
    assert isinstance(error, ExchangeError)
    assert (error.cut, error.sent, len(server.heads)) == (Cut.BROKEN, True, 1)


def test_an_answer_that_breaks_off_was_sent():
    _, [error] = exchange(_half, ask("POST", changes=True))
    assert isinstance(error, ExchangeError)
    assert (error.cut, error.sent) == (Cut.BROKEN, True)


async def _half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"{")
    await writer.drain()
    raise ConnectionError


def test_no_answer_in_time_was_sent():
    _, [error] = exchange(silent, ask("POST", changes=True), timeout=0.1)
    assert isinstance(error, ExchangeError)
    assert (error.cut, error.sent) == (Cut.TIMEOUT, True)


def test_without_time_nothing_leaves():
    server, [error] = exchange(answers(OK + BODY), ask("POST", changes=True), timeout=-1.0)
    assert isinstance(error, ExchangeError)
    assert (error.sent, server.heads) == (False, [])


def _to(origin: str, reach: Reach) -> ExchangeError:
    async def go() -> None:
        clock = asyncio.get_running_loop().time
        clients = HttpClients(reach=reach, monotonic=clock)
        try:
            request = Request("POST", Origin(origin, origin), "/", changes=True)
            await clients.exchange(request, Line("conn", None, clock() + 5, lambda _: None))
        finally:
            await clients.aclose()

    with pytest.raises(ExchangeError) as caught:
        asyncio.run(go())
    return caught.value


def test_a_server_that_is_not_there_was_not_sent_to(unused_port):
    error = _to(f"http://127.0.0.1:{unused_port}", Reach.LAB)
    assert (error.cut, error.sent) == (Cut.UNREACHABLE, False)


def test_a_name_that_leads_to_this_computer_is_refused_outside_of_the_lab(unused_port):
    error = _to(f"http://localhost:{unused_port}", Reach.OUTSIDE)
    assert (error.cut, error.sent, "must not" in error.reason) == (Cut.UNREACHABLE, False, True)


def test_a_server_without_tls_is_not_sent_to():
    async def go() -> ExchangeError:
        server = Server(answers(OK))
        listener = await asyncio.start_server(server.accept, "127.0.0.1", 0)
        origin = f"https://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        clock = asyncio.get_running_loop().time
        clients = HttpClients(reach=Reach.OUTSIDE, monotonic=clock)
        try:
            request = Request("POST", Origin(origin, origin), "/", headers=(("Authorization", "x"),), changes=True)
            await clients.exchange(request, Line("conn", None, clock() + 2, lambda _: None))
        except ExchangeError as error:
            return error
        finally:
            await clients.aclose()
            listener.close()
            await listener.wait_closed()
        raise AssertionError("it was sent")

    error = asyncio.run(go())
    assert not error.sent


@pytest.mark.parametrize("length", [True, False])
def test_a_body_above_the_limit_is_refused(length):
    head = b"HTTP/1.1 200 OK\r\n" + (
        b"Content-Length: %d\r\n\r\n" % (MAX_BODY + 1) if length else b"Connection: close\r\n\r\n"
    )

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head + b" " * (MAX_BODY + 1))
        await writer.drain()
        raise ConnectionError

    _, [error] = exchange(serve, ask())
    assert isinstance(error, ExchangeError)
    assert (error.cut, error.sent) == (Cut.UNREADABLE, True)


def test_a_body_that_is_no_json_is_an_answer_that_says_why():
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"
    _, [reply] = exchange(answers(page), ask())
    assert (reply.body, reply.unreadable) == (None, "it is not JSON")


def test_a_compressed_body_is_not_read():
    zipped = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"
    _, [reply] = exchange(answers(zipped), ask())
    assert reply.unreadable == "it is not JSON"


def test_only_the_systems_certificates_are_trusted():
    from tocsin.connectors.wire import ExactTransport, WireSettings

    async def go() -> ssl.SSLContext:
        transport = ExactTransport(WireSettings(Reach.OUTSIDE))
        await transport.aclose()
        return transport.ssl_context

    context = asyncio.run(go())
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
