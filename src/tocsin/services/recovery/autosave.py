"""Keeps unsaved work on disk beside the editing: on a thread of its own, at most once a second."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from psygnal import Signal

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.clock import Clock
from tocsin.services.recovery.drafts import Draft, encode_draft
from tocsin.services.recovery.errors import CannotKeepError
from tocsin.services.recovery.folders import OwnFolder

PERIOD_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Kept:
    """What shall be on disk: the work, and when it was handed in."""

    draft: Draft
    at: int


class Autosave:
    """Writes what was handed in last, each document to its own file, whole or not at all.

    A change is on disk at the latest `period` seconds after it was handed in. What the disk refuses is tried again
    with the next period.

    Signals:
        failed: CannotKeepError, once until it works again. Emitted on the writing thread.
    """

    failed = Signal(CannotKeepError)

    def __init__(self, folder: OwnFolder, *, clock: Clock, period: float = PERIOD_SECONDS) -> None:
        self._folder = folder
        self._clock = clock
        self._period = period
        self._changed = threading.Condition()
        self._waiting: dict[str, _Kept | None] = {}
        self._refused: dict[str, _Kept | None] = {}
        self._is_hurried = False
        self._is_writing = False
        self._is_closed = False
        self._has_failed = False
        self._next_at = 0.0
        self._thread: threading.Thread | None = None

    def set_period(self, period: float) -> None:
        """Write so many seconds apart from now on."""
        with self._changed:
            self._next_at += period - self._period
            self._period = period
            self._changed.notify_all()

    def keep(self, key: str, draft: Draft) -> None:
        """Have this on disk soon. Returns at once."""
        self._put(key, _Kept(draft, self._clock.utc_micros()), is_hurried=False)

    def drop(self, key: str) -> None:
        """Have nothing of this document on disk any more: it was saved, or its changes were given up."""
        self._put(key, None, is_hurried=True)

    def flush(self) -> None:
        """Return when all that was handed in is on disk, or was refused."""
        with self._changed:
            self._is_hurried = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._waiting and not self._is_writing)

    def close(self) -> None:
        """Write what is left and end the thread; what is handed in later is not kept."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _put(self, key: str, kept: _Kept | None, *, is_hurried: bool) -> None:
        with self._changed:
            if self._is_closed:
                return
            self._waiting[key] = kept
            self._is_hurried |= is_hurried
            self._changed.notify_all()
            self._ensure_thread()

    def _ensure_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="tocsin-autosave")
            self._thread.start()

    def _work(self) -> None:
        try:
            self._write_on()
        except BaseException:
            with self._changed:  # a bug ends this thread; what comes next gets another
                self._thread, self._is_writing = None, False
                if self._waiting and not self._is_closed:
                    self._ensure_thread()
                self._changed.notify_all()
            raise

    def _write_on(self) -> None:
        while True:
            batch = self._next_batch()
            if not batch:
                return
            refused = {key: kept for key, kept in batch.items() if not self._do(key, kept)}
            with self._changed:
                self._refused, self._is_writing = refused, False
                self._next_at = self._clock.monotonic() + self._period
                self._changed.notify_all()

    def _next_batch(self) -> dict[str, _Kept | None]:
        """Wait for work and for its time; nothing when it is time to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._refused or self._is_closed)
            while not self._is_hurried and not self._is_closed:
                pause = self._next_at - self._clock.monotonic()
                if pause <= 0:
                    break
                self._changed.wait(pause)
            batch = self._waiting if self._is_closed else self._refused | self._waiting
            self._waiting, self._refused = {}, {}
            self._is_writing, self._is_hurried = bool(batch), False
            return batch

    def _do(self, key: str, kept: _Kept | None) -> bool:
        """Bring one document's file up to date; tell whether the disk took it."""
        try:
            if kept is None:
                self._folder.file_of(key).unlink(missing_ok=True)
            else:
                self._folder.ensure()
                write_atomically(self._folder.file_of(key), encode_draft(kept.draft, kept.at), mode=PRIVATE)
        except OSError as error:
            self._tell(error)
            return False
        self._has_failed = False
        return True

    def _tell(self, error: OSError) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(CannotKeepError(error.strerror or str(error)))
