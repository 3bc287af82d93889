"""Programs of this computer: a list of arguments, never a shell; a clean environment; bounded in time and size."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import MAX_ANSWER, Call, CallError, Progress, Told
from tocsin.connectors.protocols.xml_tree import pick

_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{0,40}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_PLACES: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin"
_RESULT: Final = "result"
_MOST_RESULT: Final = 64 * 1024 * 1024
_KEPT: Final = 64 * 1024
_NOT_STARTED: Final = {126: 403, 127: 404}


async def perform(call: Call, progress: Progress) -> Told:
    """Run a program and wait for its end.

    Takes `program` (a name, found in the system's own folders), `options`, `operands` (data, after `--`; none may
    begin with `-`), `pick` (names of XML elements of the result) and `result_option` (with it the program writes its
    result into a file; else its output is the result). Gives `{exit, out, err, picked}`, texts up to 64 KiB.
    Status 200 is exit 0, 500 any other end.

    Raises:
        CallError: It is not installed, or its result cannot be read.
        SlotError: An argument cannot be given.
    """
    program = call.text("program")
    path = _found(program)
    options, operands = _arguments(call)
    with tempfile.TemporaryDirectory(prefix="tocsin-") as folder:
        result_option = call.text("result_option", "")
        if result_option:
            options = (*options, result_option, str(Path(folder) / _RESULT))
        command = (path, *options, *(("--", *operands) if operands else ()))
        progress.sent = True
        code, out, err = await _ended(command, Path(folder))
        data = await asyncio.to_thread(_result, Path(folder)) if result_option else out
    picked = await asyncio.to_thread(pick, data, call.texts("pick")) if call.texts("pick") and data else []
    shown, told = out[:_KEPT].decode("utf-8", "replace"), err[:_KEPT].decode("utf-8", "replace")
    body: dict[str, Json] = {"exit": code, "out": shown, "err": told, "picked": picked}
    return Told(200 if code == 0 else _NOT_STARTED.get(code, 500), body, len(data))


def _found(program: str) -> str:
    if not _NAME.fullmatch(program):
        raise SlotError("a program", "is no plain name")
    path = shutil.which(program, path=None if sys.platform == "win32" else _PLACES)
    if path is None:
        raise CallError(f"{program} is not installed on this computer", Cut.UNREACHABLE)
    return path


def _arguments(call: Call) -> tuple[Sequence[str], Sequence[str]]:
    options, operands = call.texts("options"), call.texts("operands")
    for text in (*options, *operands):
        if _CONTROL.search(text):
            raise SlotError("an argument of a program", "has a control character")
    if any(text.startswith("-") or not text for text in operands):
        raise SlotError("an argument of a program", "begins with “-”, or is empty")
    return options, operands


async def _ended(command: Sequence[str], folder: Path) -> tuple[int, bytes, bytes]:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, cwd=folder, env=_environment(folder), start_new_session=True
    )
    if process.stdout is None or process.stderr is None:
        raise CallError("its output cannot be read")
    readers = [asyncio.ensure_future(_read(stream)) for stream in (process.stdout, process.stderr)]
    try:
        out, err = await asyncio.gather(*readers)
        return await process.wait(), out, err
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
        await _stop(process)


async def _read(stream: asyncio.StreamReader) -> bytes:
    data = bytearray()
    while chunk := await stream.read(64 * 1024):
        data += chunk
        if len(data) > MAX_ANSWER:
            raise CallError("the answer is too large", Cut.UNREADABLE)
    return bytes(data)


async def _stop(process: Process) -> None:
    """End a program that was not waited for, and what it started."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()  # a pipe that is not read to its end keeps asyncio waiting


def _environment(folder: Path) -> Mapping[str, str]:
    """Nothing of this process's own: it may hold secrets (field.md S10)."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ}
    return {**kept, "PATH": _PLACES, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}


def _result(folder: Path) -> bytes:
    path = folder / _RESULT
    if not path.exists():
        return b""
    if path.stat().st_size > _MOST_RESULT:
        raise CallError("the result is too large", Cut.UNREADABLE)
    return path.read_bytes()
