"""A few lines of text, parts of it set off. Inserted as plain text: nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QTextEdit, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme

MOST_HEIGHT: Final = 132
MARGIN: Final = 10


class PiecesView(QTextEdit):
    """As high as its text, up to a limit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces: tuple[tuple[str, bool], ...] = ()
        self.setProperty("role", "panel")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        theme.changed.connect(self._write)

    def show_pieces(self, pieces: Iterable[tuple[str, bool]]) -> None:
        """Show (text, whether it is set off), one after the other."""
        self._pieces = tuple(pieces)
        self._write()

    @Slot()
    def _write(self) -> None:
        set_off = QTextCharFormat()
        set_off.setBackground(QColor(self._theme.tokens.accent_soft))
        set_off.setForeground(QColor(self._theme.tokens.accent_text))
        self.clear()
        cursor = self.textCursor()
        for text, is_set_off in self._pieces:
            cursor.insertText(text, set_off if is_set_off else QTextCharFormat())
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(min(int(self.document().size().height()) + MARGIN, MOST_HEIGHT))

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._fit()
