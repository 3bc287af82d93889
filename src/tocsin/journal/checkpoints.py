"""Copies the log into the file beside the runs, on a thread with a connection of its own (engine.md §4 (c)).

Inline, every few thousand commits one would take tens of milliseconds, in the middle of the engine's loop. PASSIVE
takes what no reader needs any more, and waits for nobody. Only a log that has become very large, because somebody
writes without a pause, is worth a short one.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Final

LOG_BYTES: Final = 16 * 1024 * 1024
"""So much is written between two checkpoints."""
LARGE_LOG: Final = 8
"""So many times that, and the log is begun anew even if the writer waits for it, up to `PATIENCE_SECONDS`."""
PATIENCE_SECONDS: Final = 0.1
LOOK_SECONDS: Final = 0.1
IDLE_SECONDS: Final = 2.0
"""After so long without a commit the rest is copied too, so that the log is empty when nothing happens."""

_log = logging.getLogger("tocsin.journal")


class Checkpoints:
    """The thread. It sleeps until something is written, and begins with the first commit.

    Args:
        path: The journal's file; its writer leaves checkpoints to this and lets the log shrink (`prepare`).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wal = path.with_name(f"{path.name}-wal")
        self._written = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._copied = 0

    def note_commit(self) -> None:
        """Something was written. On the writer's thread; costs next to nothing."""
        if not self._written.is_set():
            self._written.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tocsin-checkpoints")
                self._thread.start()

    def close(self) -> None:
        """End the thread; a checkpoint under way is waited for. Before the writer closes, which copies the rest."""
        self._ended.set()
        self._written.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None, timeout=PATIENCE_SECONDS)) as connection:
                self._follow(connection)
        except sqlite3.Error as error:
            _log.error("no checkpoints: %s", error)

    def _follow(self, connection: sqlite3.Connection) -> None:
        is_behind = False
        while not self._ended.is_set():
            if not self._written.wait(IDLE_SECONDS if is_behind else None):
                self._copy(connection)
                is_behind = False
                continue
            self._written.clear()
            is_behind = True
            self._ended.wait(LOOK_SECONDS)
            size = self._log_size()
            if size < self._copied:
                self._copied = 0  # the writer began the log anew
            if size - self._copied >= LOG_BYTES:
                self._copy(connection)

    def _copy(self, connection: sqlite3.Connection) -> None:
        size = self._log_size()
        mode = "passive" if size < LARGE_LOG * LOG_BYTES else "restart"
        try:
            connection.execute(f"pragma wal_checkpoint({mode})").fetchone()
        except sqlite3.Error as error:
            _log.warning("a checkpoint failed and is tried again: %s", error)
        self._copied = size

    def _log_size(self) -> int:
        try:
            return self._wal.stat().st_size
        except OSError:
            return 0


def prepare(writer: sqlite3.Connection) -> None:
    """Let a writer leave checkpoints to the thread, and cut the log when it begins anew, so that its size counts."""
    writer.execute("pragma wal_autocheckpoint=0")
    writer.execute("pragma journal_size_limit=0")
