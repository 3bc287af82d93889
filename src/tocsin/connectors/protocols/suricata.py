"""Suricata on this computer: its Unix socket (docs.suricata.io, “Interacting via Unix Socket”) and its log EVE."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import MAX_ANSWER, Call, CallError, Progress, Told
from tocsin.connectors.strict_json import UnreadableError, read_json

_VERSION: Final = {"version": "0.2"}
_MOST_READ: Final = 64 * 1024 * 1024
_BLOCK: Final = 1024 * 1024


async def perform(call: Call, progress: Progress) -> Told:
    """Ask the running Suricata, or read what it wrote.

    `ask` takes `socket`, `command` and `arguments`, and gives `{return, message}`: status 200 for OK, 400 for NOK.
    `read_log` takes `path`, `event`, `address` and `limit`, and gives `{events, complete}`: the newest events of that
    kind from or to the address (any, when it is ""), newest first, out of the last 64 MiB of the file.

    Raises:
        CallError: Nobody listens at the socket, the file cannot be read, or this system has no Unix sockets.
    """
    if call.verb == "read_log":
        return await asyncio.to_thread(_read, call)
    return await _ask(call, progress)


async def _ask(call: Call, progress: Progress) -> Told:
    command, arguments = call.text("command"), call.arguments.get("arguments", {})
    if not isinstance(arguments, dict):
        raise SlotError("“arguments”", _("is no map"))
    if not hasattr(asyncio, "open_unix_connection"):
        raise CallError(_("this system has no Unix sockets"), Cut.UNREACHABLE)
    try:
        reader, writer = await asyncio.open_unix_connection(call.text("socket"), limit=MAX_ANSWER)
    except (OSError, ValueError) as error:
        raise CallError(_("nobody listens at its socket"), Cut.UNREACHABLE) from error
    try:
        await _said(reader, writer, _VERSION)
        progress.sent = True
        asked: dict[str, Json] = {"command": command}
        if call.mark:
            asked["mark"] = call.mark
        return await _said(reader, writer, {**asked, "arguments": arguments} if arguments else asked)
    finally:
        writer.close()


async def _said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Json) -> Told:
    writer.write(json.dumps(asked).encode() + b"\n")
    await writer.drain()
    try:
        line = await reader.readline()
        answer = read_json(line)
    except (ValueError, UnreadableError) as error:
        raise CallError(_("the answer cannot be read"), Cut.UNREADABLE) from error
    if not isinstance(answer, dict) or answer.get("return") not in {"OK", "NOK"}:
        raise CallError(_("the answer cannot be read"), Cut.UNREADABLE)
    return Told(200 if answer["return"] == "OK" else 400, answer, len(line))


def _read(call: Call) -> Told:
    path, event, address, limit = call.text("path"), call.text("event"), call.text("address"), call.number("limit", 100)
    found: list[Json] = []
    try:
        with Path(path).open("rb") as file:
            left = file.seek(0, os.SEEK_END)
            for line in _backwards(file, left):
                one = _event(line)
                if _is_wanted(one, event, address):
                    found.append(one)
                if len(found) == limit:
                    break
    except OSError as error:
        raise CallError(_("its log cannot be read"), Cut.UNREACHABLE) from error
    complete = len(found) < limit and left <= _MOST_READ
    return Told(200, {"events": found, "complete": complete})


def _backwards(file: IO[bytes], left: int) -> Iterator[bytes]:
    """Yield the lines of a file from its last to its first, at most `_MOST_READ` bytes of them."""
    rest, stop = b"", max(0, left - _MOST_READ)
    while left > stop:
        size = min(_BLOCK, left - stop)
        left -= size
        file.seek(left)
        lines = (file.read(size) + rest).split(b"\n")
        rest = lines[0]
        yield from reversed(lines[1:])
    if stop == 0:
        yield rest


def _event(line: bytes) -> Json:
    try:
        return cast("Json", json.loads(line)) if line else None
    except ValueError:  # the last line, while it is being written
        return None


def _is_wanted(event: Json, kind: str, address: str) -> bool:
    if not isinstance(event, dict) or event.get("event_type") != kind:
        return False
    return not address or address in (event.get("src_ip"), event.get("dest_ip"))
