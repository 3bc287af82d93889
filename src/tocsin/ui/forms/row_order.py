"""Rows in another order: the grip that is pulled, and the line that shows where its row would go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme, redraw_with
from tocsin.ui.widgets.icon_button import IconButton

LINE: Final = 2


class Grip(IconButton):
    """Holds a row: a click asks what to do with it, a pull moves it, Escape lets it go where it was.

    Signals:
        pulled: Where the pointer is, in global coordinates, while a person pulls.
        dropped: Where the pointer was let go.
        released: The pull is over without a move.
    """

    pulled = Signal(QPoint)
    dropped = Signal(QPoint)
    released = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "grip-vertical", _("{name} (Alt+Up, Alt+Down)").format(name=name), parent=parent)
        self._pressed_at: QPoint | None = None
        self._is_pulled = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def mousePressEvent(self, arg__1: QMouseEvent) -> None:
        super().mousePressEvent(arg__1)
        if arg__1.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = arg__1.globalPosition().toPoint()

    @override
    def mouseMoveEvent(self, arg__1: QMouseEvent) -> None:
        at, begun = arg__1.globalPosition().toPoint(), self._pressed_at
        if begun is None:
            super().mouseMoveEvent(arg__1)
            return
        if self._is_pulled or (at - begun).manhattanLength() >= QApplication.startDragDistance():
            self._is_pulled = True
            self.setDown(False)
            self.pulled.emit(at)

    @override
    def mouseReleaseEvent(self, arg__1: QMouseEvent) -> None:
        was_pulled, self._is_pulled, self._pressed_at = self._is_pulled, False, None
        if was_pulled:
            self.dropped.emit(arg__1.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(arg__1)

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Alt and an arrow are the row's, where a button would hand the focus on."""
        if self._is_pulled and arg__1.key() == Qt.Key.Key_Escape:
            self._is_pulled, self._pressed_at = False, None
            self.released.emit()
        elif arg__1.modifiers() == Qt.KeyboardModifier.AltModifier:
            arg__1.ignore()
        else:
            super().keyPressEvent(arg__1)


class DropLine(QWidget):
    """Lies over the rows between which one would go."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        redraw_with(theme, self)

    def show_for(self, rows: Sequence[QWidget], place: int) -> None:
        """Show that a row would be the one at a place, counted without itself."""
        row = rows[min(place, len(rows) - 1)]
        edge = row.geometry().top() if place < len(rows) else row.geometry().bottom() + 1
        self.setGeometry(row.x(), max(edge - LINE, 0), row.width(), LINE)
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.sel_line))
        painter.end()


def place_at(others: Sequence[QWidget], at: QPoint) -> int:
    """Return where a row would go among the others: behind those whose middle is above a global point."""
    return sum(1 for row in others if row.mapToGlobal(row.rect().center()).y() < at.y())


@dataclass(frozen=True, slots=True)
class RowMove:
    """A row, and which it is to be, counted without itself."""

    row: QWidget
    place: int


class RowOrder(QObject):
    """Hears the grips of some rows and shows where a row would go.

    Signals:
        moved: A RowMove, when a row is let go at another place.
    """

    moved = Signal(object)

    def __init__(self, theme: Theme, rows: Callable[[], Sequence[QWidget]], parent: QWidget) -> None:
        """Begin to hear.

        Args:
            theme: The look.
            rows: Gives the rows as they are now, from the top.
            parent: What they lie in.
        """
        super().__init__(parent)
        self._rows = rows
        self._line = DropLine(theme, parent)

    def hold(self, row: QWidget, grip: Grip) -> None:
        """Let a row be pulled by its grip."""
        grip.pulled.connect(partial(self._on_pulled, row))
        grip.dropped.connect(partial(self._on_dropped, row))
        grip.released.connect(self._on_released)

    def _on_released(self) -> None:
        self._line.hide()

    def _on_pulled(self, row: QWidget, at: QPoint) -> None:
        rows = list(self._rows())
        others = [other for other in rows if other is not row]
        place = place_at(others, at)
        if rows.index(row) == place:
            self._line.hide()
        else:
            self._line.show_for(others, place)

    def _on_dropped(self, row: QWidget, at: QPoint) -> None:
        self._line.hide()
        rows = list(self._rows())
        place = place_at([other for other in rows if other is not row], at)
        if rows.index(row) != place:
            self.moved.emit(RowMove(row, place))
