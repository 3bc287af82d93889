"""Makes a film between other work, so that the window answers while a long run is drawn."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.ui.render.film import FilmStock, film_steps

SLICE_MS: Final = 12
"""So long at a stretch: less than a frame."""


class FilmWork(QObject):
    """One film in the making. It begins by itself and is gone when it is done, or with its parent.

    Signals:
        made: The page.
        failed: A TocsinError: there will be none.
    """

    made = Signal(str)
    failed = Signal(object)

    def __init__(self, stock: FilmStock, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = film_steps(stock)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    @Slot()
    def _go_on(self) -> None:
        watch = QElapsedTimer()
        watch.start()
        try:
            while watch.elapsed() < SLICE_MS:
                next(self._steps)
        except StopIteration as end:
            self._end()
            self.made.emit(end.value)
        except TocsinError as error:
            self._end()
            self.failed.emit(error)

    def _end(self) -> None:
        self._timer.stop()
        self.deleteLater()
