"""Listens for the wires that are no HTTP, and ends what is open."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.lab.exchange import Answer, Request, Take
from tocsin.lab.lines.smtp import SmtpSession
from tocsin.lab.lines.suricata import SuricataSession
from tocsin.lab.reception import Reception
from tocsin.lab.twin import Twin, Wire
from tocsin.lab.twins.smtp import Smtp

if TYPE_CHECKING:
    import socket

MOST_SESSIONS = 64
TICK_SECONDS = 5.0


def can_listen(wire: Wire) -> bool:
    """Tell whether this computer has what a wire needs; Windows has no Unix sockets for programs like this one."""
    return wire is not Wire.SURICATA or sys.platform != "win32"


class LineServer:
    """Serves twins on their wires until it is stopped. Everything here runs on the Lab's loop.

    Args:
        tick: Called now and then, for what is written without anybody asking.
    """

    def __init__(self, reception: Reception, tick: Callable[[], None]) -> None:
        self._reception = reception
        self._tick = tick
        self._servers: list[asyncio.Server] = []
        self._sessions: set[asyncio.Task[None]] = set()
        self._ticking: asyncio.Task[None] | None = None

    async def start_smtp(self, twin: Smtp, listener: socket.socket) -> None:
        """Take mail on a listening socket."""

        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._serve(SmtpSession(twin, self._take(twin)).serve, reader, writer)

        self._servers.append(await asyncio.start_server(meet, sock=listener))

    async def start_socket(self, twin: Twin, path: Path) -> None:
        """Take commands on a Unix socket; who may enter its folder may open it."""

        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._serve(SuricataSession(self._take(twin)).serve, reader, writer)

        self._servers.append(await asyncio.start_unix_server(meet, str(path)))

    def start_ticking(self) -> None:
        """Let time be noticed although nobody asks."""
        self._ticking = asyncio.create_task(self._keep_ticking())

    async def stop(self) -> None:
        """Close everything; what is open is cut."""
        for server in self._servers:
            server.close()
        for task in [*self._sessions, *([self._ticking] if self._ticking else [])]:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _keep_ticking(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self._tick()

    def _take(self, twin: Twin) -> Take:
        async def take(request: Request) -> Answer | None:
            outcome = self._reception.receive(twin, request)
            if outcome.wait_seconds:
                await asyncio.sleep(outcome.wait_seconds)
            return outcome.answer

        return take

    async def _serve(
        self,
        speak: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        task = asyncio.current_task()
        if task is None or len(self._sessions) >= MOST_SESSIONS:
            writer.transport.abort()
            return
        self._sessions.add(task)
        try:
            with contextlib.suppress(OSError, ValueError, EOFError, asyncio.CancelledError):  # the other side hung up
                await speak(reader, writer)
        finally:
            self._sessions.discard(task)
            if not writer.is_closing():
                writer.transport.abort()
