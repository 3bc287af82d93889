"""A few lines of text; they grow with what is written, up to six."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.forms.editor import WrittenEditor, is_undo_key
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit

MOST_LINES: Final = 6
LEAST_LINES: Final = 2
MARGIN: Final = 18
"""Border, padding and the text's own margin, above and below."""


class TextInput(QPlainTextEdit):
    """Lines of plain text.

    Signals:
        edited: A person typed.
        left: The focus went elsewhere.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_tall: bool = False) -> None:
        super().__init__(parent)
        self._is_quiet = False
        self._is_tall = is_tall
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        if not is_tall:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def text(self) -> str:
        """Return what stands here."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        self._is_quiet = True
        self.setPlainText(text)
        self._is_quiet = False

    @Slot()
    def _on_text_changed(self) -> None:
        self._fit()
        if not self._is_quiet:
            self.edited.emit()

    def _fit(self) -> None:
        if self._is_tall:
            return
        lines = max(int(self.document().size().height()), self.document().blockCount())
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > MOST_LINES else policy.ScrollBarAlwaysOff)
        shown = max(LEAST_LINES, min(lines, MOST_LINES))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + MARGIN)

    @override
    def event(self, e: QEvent) -> bool:
        return False if is_undo_key(e) else super().event(e)

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._fit()

    @override
    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        self.left.emit()


class TextEditor(WrittenEditor):
    """Several lines of words, or JSON."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._input = TextInput(self)
        self._input.setPlaceholderText(field.placeholder)
        if field.kind is FieldKind.JSON:
            self._input.setProperty("code", True)
            self._input.setFont(kit.theme.code_font())
        self._input.edited.connect(self.entered)
        self._input.left.connect(self.left)
        self._column.addWidget(self._input)
        self._adopt(self._input)

    @property
    @override
    def typed(self) -> str:
        return self._input.text()

    @override
    def _show_text(self, text: str) -> None:
        self._input.set_text(text)

    @override
    def set_inset(self, pixels: int) -> None:
        self._input.setViewportMargins(0, 0, pixels, 0)
