"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

PRIVATE = 0o600


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
    target = path.resolve()
    mode = target.stat().st_mode & 0o7777 if target.exists() else mode
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_usual_mode() if mode is None else mode)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
