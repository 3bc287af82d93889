"""Checks the playbook beside the editing, on a thread of its own, a moment after the last change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from psygnal import Signal

from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem

DELAY_SECONDS = 0.15
Check = Callable[[Playbook], Sequence[Problem]]


class Problems:
    """The problems of the playbook that was handed in last.

    A check that raises is a bug: it is reported by the thread's hook, ends the thread, and the next change starts a
    new one.

    Attributes:
        checked: The playbook whose problems were told last; None before the first.

    Signals:
        problems_changed: A tuple of Problem. Emitted on the checking thread, never for a playbook that is out of date.
    """

    problems_changed = Signal(tuple)

    def __init__(self, check: Check, *, delay: float = DELAY_SECONDS) -> None:
        self._check = check
        self._delay = delay
        self.checked: Playbook | None = None
        self._changed = threading.Condition()
        self._waiting: Playbook | None = None
        self._is_stopped = False
        self._thread: threading.Thread | None = None

    def check_soon(self, playbook: Playbook) -> None:
        """Check this playbook once no other has come for a moment. Returns at once."""
        with self._changed:
            if self._is_stopped:
                return
            self._waiting = playbook
            self._changed.notify()
            self._ensure_thread()

    def stop(self) -> None:
        """End the thread and wait for it; what is being checked is told no more."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _ensure_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="tocsin-checks")
            self._thread.start()

    def _work(self) -> None:
        try:
            self._check_on()
        except BaseException:
            with self._changed:  # a bug ends this thread; what has been said meanwhile and next gets another
                self._thread = None
                if self._waiting is not None and not self._is_stopped:
                    self._ensure_thread()
            raise

    def _check_on(self) -> None:
        while True:
            playbook = self._next()
            if playbook is None:
                return
            found = tuple(self._check(playbook))
            with self._changed:
                is_stale = self._waiting is not None or self._is_stopped
            if not is_stale:
                self.checked = playbook
                self.problems_changed.emit(found)

    def _next(self) -> Playbook | None:
        """Wait for a playbook that stays the newest for `delay` seconds; None when it is time to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is not None or self._is_stopped)
            while not self._is_stopped:
                if not self._changed.wait(self._delay):  # nobody spoke for a moment
                    newest, self._waiting = self._waiting, None
                    return newest
            return None
