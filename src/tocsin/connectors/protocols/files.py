"""Files in a folder of this computer: never written over another, and taken back only while they are as written."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import MAX_ANSWER, Call, CallError, Progress, Told

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,110}\.(md|txt|json)")
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\..*", re.IGNORECASE)
"""Names that are no files on Windows, whatever follows them (Microsoft, “Naming Files, Paths, and Namespaces”)."""
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_USUAL: Final = 0o666


async def perform(call: Call, progress: Progress) -> Told:
    """Look at, write or remove one file.

    Takes `folder` (an absolute path; it must be there), `name` (letters, digits, `_`, `-`, and one of the endings of a
    text), to write `text`, to remove `sha256`. Gives `{exists, size, sha256}`. Status 404 is that the folder is not
    there, 409 that a file of that name holds something else, which stays as it is, 403 that this computer refuses.

    Raises:
        CallError: What has that name is no file, or too large a one.
        SlotError: An argument cannot be a folder or a name.
        OSError: The disk fails.
    """
    path = _path(call.text("folder"), call.text("name"))
    text, digest = _encoded(call.text("text", "")), call.text("sha256", "")
    progress.sent = call.verb != "look"
    try:
        match call.verb:
            case "write":
                return await asyncio.to_thread(_write, path, text)
            case "remove":
                return await asyncio.to_thread(_remove, path, digest)
            case _:
                return Told(200, _told(await asyncio.to_thread(_content, path)))
    except (FileNotFoundError, NotADirectoryError):
        return Told(404, _told(None))
    except PermissionError:
        return Told(403, _told(None))


def _path(folder: str, name: str) -> Path:
    if not Path(folder).is_absolute() or "\0" in folder:
        raise SlotError(_("a folder"), _("is no whole path"))
    if not _NAME.fullmatch(name) or _DEVICE.fullmatch(name):
        raise SlotError(_("a file's name"), _("is no plain name that ends in .md, .txt or .json"))
    return Path(folder) / name


def _encoded(text: str) -> bytes:
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise SlotError(_("the text"), _("has half a character")) from error
    if len(data) > MAX_ANSWER:
        raise SlotError(_("the text"), _("is too long"))
    return data


def _write(path: Path, data: bytes) -> Told:
    try:
        descriptor = os.open(path, _NEW, _USUAL)
    except FileExistsError:
        there = _content(path)
        return Told(200 if there == data else 409, _told(there))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # half a report would be taken for a whole one
        raise
    return Told(200, _told(data))


def _remove(path: Path, digest: str) -> Told:
    there = _content(path)
    if there is not None and hashlib.sha256(there).hexdigest() != digest:
        return Told(409, _told(there))
    path.unlink(missing_ok=True)
    return Told(200, _told(None))


def _content(path: Path) -> bytes | None:
    """Return what the file holds; None where there is none in a folder that is there. No link is followed."""
    if not path.parent.is_dir():
        raise FileNotFoundError(path.parent)
    if not os.path.lexists(path):
        return None
    if path.is_symlink() or not path.is_file():
        raise CallError(_("what has that name is no file"), Cut.UNREADABLE)
    if path.stat().st_size > MAX_ANSWER:
        raise CallError(_("the file is too large"), Cut.UNREADABLE)
    return path.read_bytes()


def _told(data: bytes | None) -> dict[str, Json]:
    digest = hashlib.sha256(data).hexdigest() if data is not None else ""
    return {"exists": data is not None, "size": len(data or b""), "sha256": digest}
