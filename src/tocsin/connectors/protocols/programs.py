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
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import MAX_ANSWER, Call, CallError, Progress, Told
from tocsin.connectors.protocols.xml_tree import pick

_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]{0,40}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_PLACES: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin"
_RESULT: Final = "result"
_MOST_RESULT: Final = 64 * 1024 * 1024
_KEPT: Final = 64 * 1024
_DYING: Final = 2.0  # seconds; what runs as somebody else cannot be ended, and is left alone
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
    return Told(200 if code == 0 else _NOT_STARTED.get(code or 0, 500), body, len(data))


def _found(program: str) -> str:
    if not _NAME.fullmatch(program):
        raise SlotError(_("a program"), _("is no plain name"))
    path = shutil.which(program, path=None if sys.platform == "win32" else _PLACES)
    if path is None:
        raise CallError(_("{program} is not installed on this computer").format(program=program), Cut.UNREACHABLE)
    return path


def _arguments(call: Call) -> tuple[Sequence[str], Sequence[str]]:
    options, operands = call.texts("options"), call.texts("operands")
    for text in (*options, *operands):
        if _CONTROL.search(text):
            raise SlotError(_("an argument of a program"), _("has a control character"))
    if any(text.startswith("-") or not text for text in operands):
        raise SlotError(_("an argument of a program"), _("begins with “-”, or is empty"))
    return options, operands


class _Output(asyncio.SubprocessProtocol):
    """Gathers what a program says.

    Attributes:
        said: By the number of its file.
        over: Done when it has ended and said all; an error when it says too much.
        gone: Done when nothing of it is open here any more.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.said = {1: bytearray(), 2: bytearray()}
        self.over: asyncio.Future[None] = loop.create_future()
        self.gone: asyncio.Future[None] = loop.create_future()

    @override
    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self.said[fd] += data
        if len(self.said[fd]) > MAX_ANSWER and not self.over.done():
            self.over.set_exception(CallError(_("the answer is too large"), Cut.UNREADABLE))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set_result(None)
        if not self.over.done():
            self.over.set_result(None)


async def _ended(command: Sequence[str], folder: Path) -> tuple[int | None, bytes, bytes]:
    transport, output = await asyncio.get_running_loop().subprocess_exec(
        _Output, *command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, cwd=folder,
        env=_environment(folder), start_new_session=True,
    )  # fmt: skip
    try:
        await output.over
        return transport.get_returncode(), bytes(output.said[1]), bytes(output.said[2])
    finally:
        if not output.gone.done():
            _kill(transport.get_pid())
        transport.close()
        await asyncio.wait((output.gone,), timeout=_DYING)


def _kill(leader: int) -> None:
    """End a program that is not waited for, and what it started: that may be all that is left of it."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(leader, signal.SIGKILL)


def _environment(folder: Path) -> Mapping[str, str]:
    """Nothing of this process's own: it may hold secrets (field.md S10)."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR") if name in os.environ}
    return {**kept, "PATH": _PLACES, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}


def _result(folder: Path) -> bytes:
    path = folder / _RESULT
    if not path.exists():
        return b""
    if path.stat().st_size > _MOST_RESULT:
        raise CallError(_("the result is too large"), Cut.UNREADABLE)
    return path.read_bytes()
