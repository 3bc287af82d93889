"""The protocol of Suricata's control socket: a handshake, then commands, each a line of JSON in both directions.

Beside its command a line may hold a `mark`, by which a run's change is known again. No real Suricata is sent one.

Source: docs.suricata.io/en/latest/unix-socket.html; github.com/OISF/suricata, `python/suricata/sc/suricatasc.py`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Final, cast

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request, Take
from tocsin.lab.twins.suricata import COMMAND

PROTOCOL: Final = "0.2"


class SuricataSession:
    """One connection of a client."""

    def __init__(self, take: Take) -> None:
        self._take = take

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak until the client hangs up, or begins with another version of the protocol.

        Raises:
            OSError, ValueError: The client hung up, or sent a line without an end.
        """
        greeting = _object(await reader.readuntil(b"}"))  # its own client sends this one without a line end
        if greeting.get("version") != PROTOCOL:
            await _say(writer, b'{"return":"NOK"}\n')
            return
        await _say(writer, b'{"return":"OK"}\n')
        while line := await reader.readline():
            if not line.strip():
                continue
            answer = await self._answer(_object(line))
            if answer is None:
                return
            await _say(writer, answer.content if answer.raw is not None else answer.content + b"\n")

    async def _answer(self, message: Mapping[str, Json]) -> Answer | None:
        command, arguments = message.get("command"), message.get("arguments", {})
        if not isinstance(command, str) or not isinstance(arguments, Mapping):
            return Answer(400, {"return": "NOK", "message": "command is not a string"})
        body, mark = json.dumps(arguments).encode(), message.get("mark")
        headers = {"idempotency-key": mark} if isinstance(mark, str) else {}
        return await self._take(Request(COMMAND, f"/{command}", (command,), headers=headers, body=body))


async def _say(writer: asyncio.StreamWriter, line: bytes) -> None:
    """Send a line in two pieces, as a busy socket does: who takes the first for the whole is mistaken."""
    half = len(line) // 2
    for piece in (line[:half], line[half:]):
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)


def _object(line: bytes) -> Mapping[str, Json]:
    found = json.loads(line)
    if isinstance(found, dict):
        return cast("Mapping[str, Json]", found)
    raise ValueError("no object")
