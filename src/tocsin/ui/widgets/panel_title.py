"""The line above a panel that says what it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

HEIGHT: Final = 36
"""At the text size of 100 %; the style sheet's least height is the one of now."""
PADDING: Final = 12


class PanelTitle(QFrame):
    """A panel's title, 36 px high, with room at its right end for a key hint or a menu."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel-head")
        self._label = QLabel(text, self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("role", "panel-title")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(PADDING, 0, PADDING - 4, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self._label)
        self._row.addStretch(1)

    @property
    def text(self) -> str:
        """What the panel is."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._label.setText(text)

    def add_end(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(HEIGHT, self.minimumHeight()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), max(HEIGHT, self.minimumHeight()))
