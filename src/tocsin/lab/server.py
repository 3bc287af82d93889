"""The Lab's HTTP side: one uvicorn server on many loopback sockets, each of which speaks for one twin.

The only module that knows a web framework, and it imports it when a Lab starts. What a browser could be talked into
sending is refused here: another Host (DNS rebinding), any Origin (a page's script or form).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from tocsin.lab.exchange import Answer, Request
from tocsin.lab.reception import Outcome, Reception
from tocsin.lab.twin import Twin
from tocsin.lab.values import Product

if TYPE_CHECKING:
    import socket

    from starlette.requests import Request as HttpRequest
    from starlette.types import Receive, Scope, Send
    from uvicorn import Server

LARGEST_BODY = 1024 * 1024
SECONDS_TO_END = 2
OWN_NAMES = ("127.0.0.1", "localhost")


class LabServer:
    """Serves twins until it is stopped. Everything here runs on the Lab's loop."""

    def __init__(self, twins: Mapping[int, Twin], reception: Reception) -> None:
        self._twins = twins
        self._reception = reception
        self._server: Server | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    async def start(self, sockets: list[socket.socket]) -> None:
        """Begin to answer on the given listening sockets; the keys of `twins` are their ports."""
        from uvicorn import Config, Server

        config = Config(
            self.answer,
            interface="asgi3",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=SECONDS_TO_END,
        )
        config.load()
        self._server = Server(config)
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(sockets=sockets)
        self._ticking = asyncio.create_task(self._server.main_loop())

    async def stop(self) -> None:
        """Answer what is being answered, then close everything."""
        self._ending.set()
        if self._ticking is not None:
            self._ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticking
        if self._server is not None:
            await self._server.shutdown()

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (the ASGI entry)."""
        from starlette.requests import Request as HttpRequest
        from starlette.responses import Response

        http = HttpRequest(scope, receive)
        outcome = await self._outcome(http)
        if outcome.wait_seconds:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), outcome.wait_seconds)
        if outcome.answer is None:
            await self._cut(http)
            return
        answer = outcome.answer
        headers = {"content-type": "application/json"} if answer.body is not None else {}
        response = Response(answer.content, answer.status, headers={**headers, **answer.headers})
        await response(scope, receive, send)

    async def _outcome(self, http: HttpRequest) -> Outcome:
        port = _own_port(http)
        if not _is_own_host(http.headers.get("host", ""), port) or "origin" in http.headers:
            return Outcome(Answer(403, {"error": "The Lab answers programs on this computer, no web pages."}))
        body = await _read_body(http)
        if body is None:
            return Outcome(Answer(413, {"error": "The body is larger than 1 MiB."}))
        twin = self._twins[port]
        request = _as_request(http, body)
        if twin.product is Product.CONTROL:
            return Outcome(twin.answer(request))
        return self._reception.receive(twin, request)

    async def _cut(self, http: HttpRequest) -> None:
        """Close the connection as a crashing product would. ASGI has no word for it, so uvicorn's transport does it."""
        assert self._server is not None  # noqa: S101  a request is being answered
        for connection in list(self._server.server_state.connections):
            if connection.transport.get_extra_info("peername") == http.scope["client"]:
                connection.transport.abort()
        await http.receive()  # the body was read, so what comes is that the connection is gone


def _as_request(http: HttpRequest, body: bytes) -> Request:
    raw_path = http.scope["raw_path"].decode("ascii", errors="replace")
    query = http.scope["query_string"].decode("ascii", errors="replace")
    return Request(
        method=http.method,
        path=raw_path,
        segments=tuple(unquote(part) for part in raw_path.strip("/").split("/")),
        query={name: tuple(values) for name, values in parse_qs(query, keep_blank_values=True).items()},
        headers=dict(http.headers),
        body=body,
    )


async def _read_body(http: HttpRequest) -> bytes | None:
    body = bytearray()
    async for chunk in http.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _own_port(http: HttpRequest) -> int:
    return http.scope["server"][1]


def _is_own_host(host: str, port: int) -> bool:
    name, colon, number = host.partition(":")
    return name.lower() in OWN_NAMES and (not colon or number == str(port))
