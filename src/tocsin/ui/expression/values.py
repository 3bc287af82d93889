"""A value that is dragged or put into a field: its path, and what is written for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData

from tocsin.expressions import ExpressionError, compile_expression
from tocsin.expressions.completion import find_whole_path
from tocsin.expressions.references import spell_path
from tocsin.expressions.values import Path

VALUE_MIME: Final = "application/x-tocsin-value"
"""The type of a value that is dragged; its data is the value's path in UTF-8, such as `alert.src_ip`."""


def value_data(root: str, path: Path) -> QMimeData:
    """Return what is dragged for the value that lies at a path of what a node gave."""
    data = QMimeData()
    data.setData(VALUE_MIME, QByteArray(spell_path(root, path).encode()))
    return data


def find_value(data: QMimeData) -> str | None:
    """Return the path that is dragged, or None. Whatever is no path is no value: drags come from anywhere."""
    if not data.hasFormat(VALUE_MIME):
        return None
    try:
        text = bytes(data.data(VALUE_MIME).data()).decode()
    except UnicodeDecodeError:
        return None
    return text if is_path(text) else None


def is_path(text: str) -> bool:
    """Tell whether a text is a path and nothing else."""
    try:
        return find_whole_path(compile_expression(text)) is not None
    except ExpressionError:
        return False


def in_braces(path: str) -> str:
    """Return what is written into a template for a path."""
    return f"{{{{ {path} }}}}"
