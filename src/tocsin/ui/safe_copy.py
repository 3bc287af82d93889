"""Takes the danger out of what is copied: an address that is pasted into a chat or a ticket must not be clickable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tocsin.expressions.indicators import defang

AS_IT_IS: Final = "application/x-tocsin-as-it-is"
"""What is copied with this beside its text is for programs, such as steps as YAML, and stays as it is."""
MOST: Final = 1_000_000
"""A longer text is a file rather than something to be written to a person."""


class SafeCopy(QObject):
    """Watches what this program copies, by whatever key or menu; what comes out of a field stays as it was typed.

    Args:
        is_own: Tells whether the clipboard holds what this program copied; without it Qt is asked.
    """

    def __init__(self, parent: QObject | None = None, *, is_own: Callable[[], bool] | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._is_own = is_own or self._clipboard.ownsClipboard
        self._clipboard.dataChanged.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_own() or _is_field(QApplication.focusWidget()):
            return
        text = self._clipboard.text()
        if text and len(text) <= MOST and not self._clipboard.mimeData().hasFormat(AS_IT_IS):
            harmless = defang(text)
            if harmless != text:
                self._clipboard.setText(harmless)


def _is_field(focused: QWidget | None) -> bool:
    return isinstance(focused, QLineEdit | QPlainTextEdit | QTextEdit) and not focused.isReadOnly()
