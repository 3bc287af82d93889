"""Brings the answers of a port to a widget: in Qt's thread, and only while the widget is there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tocsin.base.errors import TocsinError
from tocsin.ui.bridge import EventBridge

Result = TypeVar("Result")


class Asking(QObject):
    """Waits for futures without blocking.

    Signals:
        failed: The TocsinError that came instead of an answer.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = EventBridge(self)

    def ask(self, future: Future[Result], on_answer: Callable[[Result], None]) -> None:
        """Call `on_answer` with what the future gives. What is no TocsinError is a bug and is raised in Qt's thread."""
        future.add_done_callback(partial(self._hand_over, on_answer))

    def _hand_over(self, on_answer: Callable[[Result], None], future: Future[Result]) -> None:
        """On the thread that answers. A widget that was deleted meanwhile hears nothing."""
        if isValid(self._bridge):
            self._bridge.deliver(partial(self._on_done, on_answer), future)

    def _on_done(self, on_answer: Callable[[Result], None], future: Future[Result]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, TocsinError):
            self.failed.emit(error)
        elif error is not None:
            raise error
        else:
            on_answer(future.result())
