"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

PRIVATE = 0o600
_USUAL = 0o666
"""What the umask takes from; to ask for that mask is to change it, for every thread."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
PAUSES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
"""Seconds between attempts to put a file in its place: a scanner lets go of one within half a second."""
_LOOKED_AT = frozenset({5, 32})
"""ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION (Microsoft, “System Error Codes”)."""


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Replace the file's content so that a crash leaves the old or the new one, never a part.

    Writes beside the target, syncs, renames, syncs the folder. Follows a symbolic link to its target, keeps the
    permissions of a file that exists.

    Args:
        path: The file to write.
        data: Its new content.
        mode: Permissions of a new file; None means as the umask says.

    Raises:
        OSError: The disk or the permissions refuse it. The old content stands.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe, such as /dev/stdout, which no file may take the place of
        return
    target = path.resolve()
    mode = target.stat().st_mode & 0o7777 if target.exists() else mode
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(beside, _NEW, _USUAL if mode is None else PRIVATE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        _put(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _put(beside: Path, target: Path) -> None:
    """Put one file in the place of another; Windows refuses while a scanner or a sync tool looks at that one."""
    for pause in PAUSES:
        try:
            beside.replace(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _LOOKED_AT:
                raise
            time.sleep(pause)  # noqa: TID251  Windows tells nobody when the other lets go
        else:
            return
    beside.replace(target)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
