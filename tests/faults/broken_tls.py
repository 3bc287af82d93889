"""TLS that breaks: the first connections to each server are refused, spoken to in plain text, not trusted, or cut."""

import asyncio
from collections import Counter
from contextlib import suppress
from enum import StrEnum

from tests.journeys.tls_front import HOST, TlsFront, copy, server_context

BROKEN = 2
"""So many connections to each server break, the first and every other one after it."""


class TlsFault(StrEnum):
    """What breaks."""

    NONE = "none"
    REFUSED = "refused"
    GARBAGE = "garbage"
    UNTRUSTED = "untrusted"
    CUT = "cut"


class BrokenTlsFront(TlsFront):
    """Passes on over TLS, but for the connections that break.

    Args:
        folder: Where certificates go.
        urls: The plain http servers.
        fault: What breaks; CUT passes the request on and cuts the connection when the answer comes.
    """

    def __init__(self, folder, urls, fault):
        super().__init__(folder, urls)
        self._fault = fault
        self._seen = Counter()
        others = folder / "others"
        others.mkdir()
        self._untrusted = server_context(others, others / "ca.pem")

    async def _serve(self, port):
        async def meet(reader, writer):
            with suppress(OSError):  # a client that is killed, or does not trust, hangs up
                await self._meet(reader, writer, port)

        return await asyncio.start_server(meet, HOST, 0)

    async def _meet(self, reader, writer, port):
        number = self._seen[port]
        self._seen[port] += 1
        fault = self._fault if number % 2 == 0 and number < 2 * BROKEN else TlsFault.NONE
        if fault is TlsFault.GARBAGE:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
        if fault in {TlsFault.REFUSED, TlsFault.GARBAGE}:
            writer.transport.abort()
            return
        await writer.start_tls(self._untrusted if fault is TlsFault.UNTRUSTED else self._context)
        if fault is TlsFault.CUT:
            await self._cut(reader, writer, port)
        else:
            await self._pass_on(reader, writer, port)

    async def _cut(self, reader, writer, port):
        inner_reader, inner_writer = await asyncio.open_connection(HOST, port)
        passing = asyncio.ensure_future(copy(reader, inner_writer, port))
        await inner_reader.read(1)
        passing.cancel()
        inner_writer.transport.abort()
        writer.transport.abort()
