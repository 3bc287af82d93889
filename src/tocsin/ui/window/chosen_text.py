"""What a person means by “this”: the text or the row that is selected, else what was copied."""

from __future__ import annotations

from itertools import count, takewhile

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tocsin.expressions.indicators import MAX_TEXT, extract_indicators


def chosen_text(focused: QWidget | None) -> str:
    """Return the selected text of a field, the row of a table that holds an indicator, else the clipboard's text."""
    return _selected(focused) or QGuiApplication.clipboard().text()


def _selected(focused: QWidget | None) -> str:
    match focused:
        case QLineEdit():
            return focused.selectedText()
        case QPlainTextEdit() | QTextEdit():
            return focused.textCursor().selectedText().replace("\u2029", "\n")
        case QAbstractItemView():
            text = _row_text(focused.currentIndex())
            return text if len(text) <= MAX_TEXT and extract_indicators(text) else ""
        case _:
            return ""


def _row_text(current: QModelIndex) -> str:
    cells = takewhile(QModelIndex.isValid, (current.siblingAtColumn(column) for column in count()))
    return "\n".join(str(text) for cell in cells if (text := cell.data()) is not None)
