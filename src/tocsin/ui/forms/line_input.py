"""The line that text is typed into, with room at its right end for a unit or a chevron."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from typing_extensions import override

from tocsin.ui.expression import VALUE_MIME
from tocsin.ui.forms.editor import is_undo_key
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.plain_tip import plain_tip

EDGE: Final = 8
"""From what stands in the line to its right edge."""
CHEVRON: Final = 16
REACH: Final = 4
"""How much farther a chevron can be hit than it is seen."""
STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class LineInput(QLineEdit):
    """One line.

    Signals:
        stepped: Up or Down was pressed: 1 or -1.
        file_dropped: The path of a file.
    """

    stepped = Signal(int)
    file_dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inset = self._reach = 0
        self._end: QWidget | None = None

    def set_text(self, text: str) -> None:
        """Show a text from its beginning without telling anybody."""
        self.setText(text)
        self.setCursorPosition(0)

    def set_inset(self, pixels: int) -> None:
        """Keep room at the right for what is laid over the line."""
        self._inset = pixels
        self._arrange_end()

    def set_end(self, widget: QWidget, *, reach: int = 0) -> None:
        """Put a widget into the line, at its right end; it may reach so much farther than what is seen of it."""
        widget.setParent(self)
        self._end = widget
        self._reach = reach
        self._arrange_end()

    def _arrange_end(self) -> None:
        width = 0
        if self._end is not None:
            size = self._end.sizeHint()
            left = self.width() - EDGE + self._reach - self._inset - size.width()
            self._end.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
            width = size.width() - self._reach
        self.setTextMargins(0, 0, self._inset + width, 0)

    @override
    def event(self, arg__1: QEvent) -> bool:
        return False if is_undo_key(arg__1) else super().event(arg__1)

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(arg__1.key()), 0)
        is_plain = not arg__1.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
        if step and is_plain:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(arg__1)

    @override
    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        super().resizeEvent(arg__1)
        self._arrange_end()

    @override
    def dragEnterEvent(self, arg__1: QDragEnterEvent) -> None:
        if arg__1.mimeData().hasFormat(VALUE_MIME):
            arg__1.ignore()  # for the editor around it, which knows what to do with a value
        else:
            super().dragEnterEvent(arg__1)

    @override
    def dropEvent(self, arg__1: QDropEvent) -> None:
        files = [url.toLocalFile() for url in arg__1.mimeData().urls() if url.isLocalFile()]
        if files:
            self.file_dropped.emit(files[0])
            arg__1.acceptProposedAction()
        else:
            super().dropEvent(arg__1)


class EndButton(QToolButton):
    """Opens what a line can be filled from; by keyboard, Down in the line does the same."""

    def __init__(self, theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self.setProperty("role", "chevron")
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        edge = self._theme.px(CHEVRON)
        self.setIcon(self._theme.icon(self._icon_name, edge))
        self.setIconSize(QSize(edge, edge))

    @override
    def sizeHint(self) -> QSize:
        return self.iconSize().grownBy(QMargins(REACH, REACH, REACH, REACH))
