"""Sends requests over HTTP. The late door to httpx and aiohttp: they are imported when the first request leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from weakref import WeakKeyDictionary

from tocsin import __version__
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.addresses import Reach
from tocsin.connectors.errors import Cut, ExchangeError
from tocsin.connectors.exchange import ClientTls, Line, Reply, Request
from tocsin.connectors.strict_json import UnreadableError, read_json
from tocsin.engine.outcomes import RequestNote

if TYPE_CHECKING:
    from tocsin.connectors.wire import ExactTransport, Way

MAX_BODY: Final = 8 * 1024 * 1024
"""Most bytes of an answer. Compression is not asked for, so these are the bytes on the wire too."""
_OWN_HEADERS: Final = {
    "accept": "application/json",
    "accept-encoding": "identity",
    "user-agent": f"Tocsin/{__version__}",
}


_Place: TypeAlias = tuple[str, bool, ClientTls | None]
"""For whom a pool is: a connection's revision, whether for changes, and what is shown in TLS."""


class _TooLargeError(ValueError):
    """The answer is longer than MAX_BODY."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    data: bytes


class HttpClients:
    """An Exchanger: one pool for the reads of a connection, and none for its changes, in each event loop."""

    def __init__(self, *, reach: Reach, monotonic: Callable[[], float]) -> None:
        self._reach = reach
        self._monotonic = monotonic
        self._by_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[_Place, ExactTransport]] = WeakKeyDictionary()

    async def exchange(self, request: Request, line: Line) -> Reply:
        """Return the answer, whatever its status; redirects are answers.

        Raises:
            ExchangeError: None came that could be read to its end within the line's deadline and 8 MiB.
        """
        from tocsin.connectors import wire

        started = self._monotonic()
        progress = wire.Progress()
        try:
            async with asyncio.timeout(line.deadline - started):
                transport = self._transport(line, changes=request.changes)
                answer = await _send(transport, request, wire.Way(progress, line.proxies.get(request.origin.url)))
        except _TooLargeError as error:
            note = self._note(request, started)
            raise ExchangeError(_("the answer is too large"), cut=Cut.UNREADABLE, sent=True, note=note) from error
        except wire.WIRE_ERRORS as error:
            note = self._note(request, started)
            sent = progress.sent and not wire.is_refused(error)
            cut = Cut.UNREACHABLE if not sent else Cut.TIMEOUT if wire.is_timeout(error) else Cut.BROKEN
            reason = wire.reason_of(error, line, request.origin.url)
            raise ExchangeError(reason, cut=cut, sent=sent, note=note) from error
        body, unreadable = _read(answer.data)
        return Reply(answer.status, answer.headers, body, unreadable, self._note(request, started, answer))

    async def aclose(self) -> None:
        """Close what was opened in the running loop."""
        for transport in self._by_loop.pop(asyncio.get_running_loop(), {}).values():
            await transport.aclose()

    def _transport(self, line: Line, *, changes: bool) -> ExactTransport:
        from tocsin.connectors import wire

        open_ones = self._by_loop.setdefault(asyncio.get_running_loop(), {})
        key = (line.key, changes, line.client)
        if key not in open_ones:
            settings = wire.WireSettings(
                self._reach,
                ca_file=line.ca_file,
                keep_alive=not changes,
                local_addresses=line.local_addresses,
                client=line.client,
                system_proxies=frozenset(proxy.host for proxy in line.proxies.values() if proxy.is_of_system),
            )
            open_ones[key] = wire.ExactTransport(settings)
        return open_ones[key]

    def _note(self, request: Request, started: float, answer: _Answer | None = None) -> RequestNote:
        milliseconds = round((self._monotonic() - started) * 1000, 1)
        status, size = (answer.status, len(answer.data)) if answer else (None, 0)
        return RequestNote(request.method, request.origin.host, request.path, status, milliseconds, size)


async def _send(transport: ExactTransport, request: Request, way: Way) -> _Answer:
    import httpx

    names = {name.lower() for name, _unused in request.headers}
    headers = [*request.headers, *((name, value) for name, value in _OWN_HEADERS.items() if name not in names)]
    asked = httpx.Request(request.method, request.url, headers=headers, content=request.body, extensions={"way": way})
    response = await transport.handle_async_request(asked)
    try:
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > MAX_BODY:
                raise _TooLargeError
    finally:
        await response.aclose()
    return _Answer(response.status_code, dict(response.headers), bytes(data))


def _read(data: bytes) -> tuple[Json, str]:
    if not data.strip():
        return None, ""
    try:
        return read_json(data), ""
    except UnreadableError as error:
        return None, str(error)
