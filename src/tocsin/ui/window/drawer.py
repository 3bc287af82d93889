"""A panel that has no room of its own, shown over the canvas for as long as it is used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.widgets.reading_order import find_stop


class Drawer(QFrame):
    """Holds one panel at the left or right edge of its place. Escape closes it, and so does going elsewhere.

    Signals:
        open_changed: Whether it is open now.
    """

    open_changed = Signal(bool)

    def __init__(self, edge: Qt.Edge, place: QWidget, handle: QWidget) -> None:
        """Make an empty, closed drawer.

        Args:
            edge: At which edge of the place it opens: left or right.
            place: Over what it lies, as high as that; a sister of the drawer.
            handle: What opens and closes it; going there is not going elsewhere.
        """
        super().__init__(place.parentWidget())
        self._edge = edge
        self._place = place
        self._handle = handle
        self._panel: QWidget | None = None
        self._width = 0
        self._came_from: QWidget | None = None
        self.setObjectName("drawer")
        self.setProperty("edge", "left" if edge is Qt.Edge.LeftEdge else "right")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        place.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()

    @property
    def is_open(self) -> bool:
        """It can be seen."""
        return not self.isHidden()

    def hold(self, panel: QWidget, width: int) -> None:
        """Take a panel in, closed; open it will be so wide."""
        self._panel, self._width = panel, width
        self._row.addWidget(panel)
        panel.show()

    def let_go(self) -> None:
        """Close, and forget the panel: it goes back to a place of its own."""
        self.close_again()
        self._panel = None

    def open(self) -> None:
        """Show the panel over the place, with the focus in it."""
        if self._panel is None or self.is_open:
            return
        self._came_from = QApplication.focusWidget()
        self._lie()
        self.show()
        self.raise_()
        first = find_stop(self._panel)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.open_changed.emit(True)

    def close_again(self) -> None:
        """Hide the panel; the focus goes back to where it came from."""
        if not self.is_open:
            return
        had_focus = self._has(QApplication.focusWidget())
        came_from, self._came_from = self._came_from, None
        self.hide()
        if had_focus and came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.open_changed.emit(False)

    def _has(self, widget: QWidget | None) -> bool:
        return widget is not None and self.isAncestorOf(widget)

    def _lie(self) -> None:
        place = self._place.geometry()
        left = place.left() if self._edge is Qt.Edge.LeftEdge else place.right() + 1 - self._width
        self.setGeometry(QRect(left, place.top(), self._width, place.height()))

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window() or self._has(new):
            return
        if new is not self._handle and not self._handle.isAncestorOf(new):
            self.close_again()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._place and event.type() is QEvent.Type.Resize and self.is_open:
            self._lie()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        else:
            super().keyPressEvent(event)
