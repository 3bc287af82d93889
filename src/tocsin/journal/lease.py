"""Which process runs what: a lock file for each process, held by the system, so that it never outlives it (1.19)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from filelock import FileLock, Timeout

from tocsin.base.private_folder import make_private

SUFFIX = ".lock"


class Lease:
    """This process's own lock. Its name stands at every run that the process drives.

    Args:
        folder: Where processes keep their locks.

    Raises:
        OSError: The folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = make_private(folder)
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._lock = FileLock(self._folder / f"{self.name}{SUFFIX}", mode=0o600)
        self._lock.acquire(timeout=0)

    def is_held(self, owner: str) -> bool:
        """Tell whether the process of that name lives; this one does."""
        return owner == self.name or is_held(self._folder, owner)

    def close(self) -> None:
        """Let go; what this process ran may be taken up by another."""
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)


def is_held(folder: Path, owner: str) -> bool:
    """Tell whether the process of that name lives."""
    path = folder / f"{owner}{SUFFIX}"
    if not owner or not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    path.unlink(missing_ok=True)
    return False
