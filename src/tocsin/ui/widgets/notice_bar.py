"""A bar that says what went wrong, with its code and what to do. It waits to be closed and blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _


class NoticeBar(QFrame):
    """Shows the latest error. Texts are plain: nothing in them is read as markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice-bar")
        self.setProperty("role", "banner")
        self._text = QLabel(self)
        self._text.setObjectName("notice-text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton(self)
        close.setObjectName("close-notice")
        close.setText(_("Close"))
        close.setAccessibleName(_("Close the notice"))
        close.setToolTip(_("Close the notice"))
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._text, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; "" when it is closed."""
        return self._text.text()

    def show_error(self, error: TocsinError) -> None:
        """Say what went wrong."""
        self._text.setText(error.line)
        self._text.setAccessibleName(error.line)
        self.show()

    def show_words(self, text: str) -> None:
        """Say something that is no error."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.show()

    def clear(self) -> None:
        """Close the bar."""
        self._text.clear()
        self.hide()
