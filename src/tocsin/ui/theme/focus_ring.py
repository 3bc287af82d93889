"""The ring around what has the keyboard: 2 px selLine with a 2 px gap, so that nothing in a control shifts for it.

One ring for the application. It is shown when the focus came by a key or from the program, not by a press of the mouse;
around a view, which is large and often has the focus from the start, only when Tab or a shortcut led there.
Inputs have a border of 2 px instead (the style sheet), menus and popups their own mark; a widget that paints its own
focus says so with the property `paintsFocus`.
"""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QSplitter,
    QTabBar,
    QTextEdit,
    QWidget,
)
from typing_extensions import override

from tocsin.ui.theme.look import Theme
from tocsin.ui.theme.redraw import redraw_with

WIDTH: Final = 2
GAP: Final = 2
RADIUS: Final = 6 + GAP + WIDTH / 2
"""Of the line's middle, outside a control's own 6."""
OWN_PROPERTY: Final = "paintsFocus"
_MARKED_OTHERWISE: Final = (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
_MOVES: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class RingFrame(QWidget):
    """The ring as a widget over its target's surroundings; the mouse does not meet it."""

    def __init__(self, theme: Theme, target: QWidget, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._target = target
        self._is_inside = over is target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        redraw_with(theme, self)
        self.follow()

    @property
    def target(self) -> QWidget:
        """What the ring is around."""
        return self._target

    def follow(self) -> None:
        """Go where the target is now."""
        if self._is_inside:
            self.setGeometry(self._target.rect())
        else:
            self.setGeometry(outer_rect(self._target, self.parentWidget() or self._target))
        self.setVisible(self._target.isVisible())
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.sel_line), WIDTH))
        middle = QRectF(self.rect()).adjusted(WIDTH / 2, WIDTH / 2, -WIDTH / 2, -WIDTH / 2)
        radius = 0 if self._is_inside else RADIUS
        painter.drawRoundedRect(middle, radius, radius)
        painter.end()


class FocusRing(QObject):
    """Lays the ring around each widget that gets the focus and needs one."""

    def __init__(self, application: QApplication, theme: Theme) -> None:
        super().__init__(application)
        self._theme = theme
        self._frame: RingFrame | None = None
        self._watched: list[QWidget] = []
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def frame(self) -> RingFrame | None:
        """The ring that can be seen, or None."""
        return self._frame if self._frame is not None and shiboken6.isValid(self._frame) else None

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._clear()
        if now is not None and needs_ring(now) and _came_by_key(now):
            chain = _chain_to_room(now)
            self._frame = RingFrame(self._theme, now, chain[-1])
            self._watched = chain[:-1] or [now]
            for widget in self._watched:
                widget.installEventFilter(self)

    def _clear(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if self.frame is not None:
            self.frame.hide()
            self.frame.deleteLater()
        self._frame = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.frame is not None:
            self.frame.follow()
        return super().eventFilter(watched, event)


def needs_ring(widget: QWidget) -> bool:
    """Tell whether a widget has no mark of its own for the focus."""
    if widget.isWindow() or isinstance(widget, _MARKED_OTHERWISE) or widget.property(OWN_PROPERTY):
        return False
    return widget.window().windowType() is not Qt.WindowType.Popup


def outer_rect(widget: QWidget, over: QWidget) -> QRect:
    """Return where the ring of a widget lies in one of its parents."""
    reach = GAP + WIDTH
    return QRect(widget.mapTo(over, QPoint(0, 0)), widget.size()).adjusted(-reach, -reach, reach, reach)


def _came_by_key(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractScrollArea):
        return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


def _chain_to_room(widget: QWidget) -> list[QWidget]:
    """The widget, then its parents up to the first in which the ring has room; of a view only itself: it is inside."""
    if isinstance(widget, QAbstractScrollArea):
        return [widget]
    chain = [widget]
    above = widget.parentWidget()
    while above is not None:
        chain.append(above)
        has_room = above.rect().contains(outer_rect(widget, above)) or _is_viewport(above)
        if above.isWindow() or (has_room and not isinstance(above, QSplitter)):  # a splitter makes each child a pane
            break
        above = above.parentWidget()
    return chain


def _is_viewport(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
