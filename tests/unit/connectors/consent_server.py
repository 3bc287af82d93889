"""A product on loopback that signs in by refresh tokens which are good for one use, as strict ones are."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

Answer = tuple[int, object]


@dataclass
class ConsentServer:
    """Gives access token a-N and refresh token r-N for r-(N-1). A refresh token used twice takes every one away.

    Attributes:
        life: Seconds that an access token is said to live.
        rotates: Whether each use gives a new refresh token.
        before_token: Is awaited before a token is given, the old one being used up already.
        act: Answers what is no token request, after its access token was accepted.
    """

    life: int = 1000
    rotates: bool = True
    refresh: str = "r-0"
    asked: list[str] = field(default_factory=list[str])
    is_revoked: bool = False
    accepted: set[str] = field(default_factory=set[str])
    before_token: Callable[[], Awaitable[object]] | None = None
    act: Callable[[str], Answer] = lambda _: (200, {"is": 1})
    _given: int = 0
    _used: set[str] = field(default_factory=set[str])

    @asynccontextmanager
    async def served(self) -> AsyncGenerator[str]:
        tasks: list[asyncio.Task[None] | None] = []

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            tasks.append(asyncio.current_task())
            try:
                while True:
                    await self._answer(reader, writer)
            except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
                pass
            finally:
                writer.close()
                with contextlib.suppress(ConnectionError):
                    await writer.wait_closed()

        listener = await asyncio.start_server(accept, "127.0.0.1", 0)
        async with listener:
            yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
            for task in tasks:
                if task is not None:
                    task.cancel()
            await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)

    def revoke(self) -> None:
        """Take the access tokens away, as a product does that is restarted."""
        self.accepted.clear()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lengths = [line for line in head.split("\r\n") if line.lower().startswith("content-length:")]
        body = await reader.readexactly(int(lengths[0].partition(":")[2])) if lengths else b""
        method, path, _ = head.split(" ", 2)
        self.asked.append(f"{method} {path}")
        if path == "/token":
            form = parse_qs(body.decode())
            status, told = self._token(form["refresh_token"][0])
            if self.before_token is not None:
                await self.before_token()
        elif any(f"Bearer {token}\r\n" in head for token in self.accepted):
            status, told = self.act(f"{method} {path}")
        else:
            status, told = 401, {}
        data = json.dumps(told).encode()
        writer.write(f"HTTP/1.1 {status} Told\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)
        await writer.drain()

    def _token(self, refresh: str) -> Answer:
        if refresh in self._used:
            self.is_revoked = True
        if self.is_revoked or refresh != self.refresh:
            return 400, {"error": "invalid_grant"}
        self._given += 1
        self.accepted.add(f"a-{self._given}")
        told = {"access_token": f"a-{self._given}", "expires_in": self.life}
        if self.rotates:
            self._used.add(refresh)
            self.refresh = f"r-{self._given}-canary"
            told["refresh_token"] = self.refresh
        return 200, told
