"""Whose unsaved work is whose: one folder a process, held by a lock that the system drops when the process ends.

A folder whose lock can be taken belongs to nobody who lives. The lock lies in the folder itself, for the folder of
locks (definitions.md D1) may be another in another session of the same person.
"""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from tocsin.base.atomic_file import PRIVATE
from tocsin.base.private_folder import make_private
from tocsin.services.recovery.drafts import SUFFIX

LOCK: Final = "lock"
OWN_SECONDS: Final = 1.0
STALE_SECONDS: Final = 24 * 60 * 60


class HeldFolder:
    """A folder of kept files, and the lock that says who may touch them.

    Args:
        path: The folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path / LOCK, mode=PRIVATE, thread_local=False)

    @property
    def files(self) -> list[Path]:
        """The kept files, in the order of their names."""
        return sorted(self.path.glob(f"*{SUFFIX}"))

    def hold(self, seconds: float = 0.0) -> bool:
        """Take the lock; False when another holds it for so long, or the folder has gone."""
        try:
            self._lock.acquire(timeout=seconds)
        except (Timeout, OSError):
            return False
        return True

    def let_go(self) -> None:
        """Give the lock back, and remove the folder when nothing is kept in it."""
        is_empty = not self.files
        self._lock.release()
        if is_empty:
            shutil.rmtree(self.path, ignore_errors=True)


class OwnFolder:
    """The folder of this process: made, and held, when something is first kept. Thread-safe.

    Args:
        root: The folder of all processes.
        name: What no other process is called.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._path = root / name
        self._held: HeldFolder | None = None
        self._guard = threading.Lock()

    @property
    def name(self) -> str:
        """What the folder is called."""
        return self._path.name

    def file_of(self, key: str) -> Path:
        """Return where a document is kept, without making anything."""
        return self._path / f"{key}{SUFFIX}"

    def ensure(self) -> None:
        """Make the folder and hold it.

        Raises:
            OSError: The disk or the permissions refuse it.
        """
        with self._guard:
            if self._held is not None and self._path.is_dir():  # somebody may have tidied up
                return
            make_private(self._path)
            held = HeldFolder(self._path)
            if not held.hold(OWN_SECONDS):
                raise OSError(f"“{self.name}” is held by another process")
            self._held = held

    def close(self) -> None:
        """Let go; what is kept stays for the next start."""
        with self._guard:
            if self._held is not None:
                self._held.let_go()
                self._held = None


def hold_left(root: Path, own: str) -> list[HeldFolder]:
    """Return the folders with kept files whose processes have ended, oldest first; they are held now.

    Args:
        root: The folder of all processes.
        own: The name of this process's folder, which is left out.
    """
    found: list[HeldFolder] = []
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    for folder in (HeldFolder(path) for path in folders if path.name != own):
        if not folder.files:
            _remove_stale(folder)
        elif folder.hold():
            found.append(folder)
    return found


def _remove_stale(folder: HeldFolder) -> None:
    """Remove an empty folder that a crash left long ago; a young one may be about to be held by its process."""
    try:
        age = time.time() - folder.path.stat().st_mtime
    except OSError:  # its process has just removed it
        return
    if age > STALE_SECONDS and folder.hold():
        folder.let_go()
