"""The widgets that fields are typed into, all with one face: `text`, `set_text`, and two signals."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from tocsin.ui.forms.fields import FieldKind, FormField

MOST_LINES = 6
MARGIN = 20  # border, padding and the text's own margin, above and below


class LineEditor(QLineEdit):
    """One line.

    Signals:
        entered: The text, at every key.
        left: The typing is over.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(field.placeholder)
        self.textEdited.connect(self.entered)
        self.editingFinished.connect(self.left)

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        self.setText(text)

    @override
    def event(self, arg__1: QEvent) -> bool:
        return False if _is_undo_key(arg__1) else super().event(arg__1)


class TextEditor(QPlainTextEdit):
    """A few lines; it grows with its text, up to six.

    Signals:
        entered: The text, at every key.
        left: The typing is over.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_quiet = False
        self.setUndoRedoEnabled(False)
        self.setPlaceholderText(field.placeholder)
        self.setTabChangesFocus(True)
        if field.kind in {FieldKind.EXPRESSION, FieldKind.JSON}:
            self.setProperty("code", True)
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
            self.entered.emit(self.text())

    def _fit(self) -> None:
        lines = self._wrapped_lines()
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > MOST_LINES else policy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * min(lines, MOST_LINES) + MARGIN)

    def _wrapped_lines(self) -> int:
        return max(int(self.document().size().height()), self.document().blockCount())

    @override
    def event(self, e: QEvent) -> bool:
        return False if _is_undo_key(e) else super().event(e)

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._fit()

    @override
    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        self.left.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())


class ChoiceEditor(QComboBox):
    """One of several; other values may be typed where the field says so.

    Signals:
        entered: The words of what was chosen, or what was typed.
        left: The choice is made.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = [choice.title for choice in field.choices]
        self._empty_title = next((choice.title for choice in field.choices if choice.value is None), "")
        self._title_by_value = {str(choice.value): choice.title for choice in field.choices if choice.value is not None}
        self.addItems(self._titles)
        self.setEditable(field.is_open)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textActivated.connect(self._on_chosen)
        line = self.lineEdit()
        if field.is_open and line is not None:  # pyright: ignore[reportUnnecessaryComparison]  None when not editable
            line.textEdited.connect(self.entered)
            line.editingFinished.connect(self.left)

    def text(self) -> str:
        """Return the words that stand here."""
        return self.currentText()

    def set_text(self, text: str) -> None:
        """Show a value without telling anybody."""
        title = self._title_by_value.get(text, text) if text else self._empty_title
        index = self._titles.index(title) if title in self._titles else -1
        self.setCurrentIndex(index)
        if index < 0 and self.isEditable():
            self.setEditText(text)

    @Slot(str)
    def _on_chosen(self, title: str) -> None:
        self.entered.emit(title)
        self.left.emit()

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        """Scroll the form, not the value, unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(e)
        else:
            e.ignore()


class FlagEditor(QCheckBox):
    """Yes or no.

    Signals:
        entered: "true", or "" for no.
        left: At once after it.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field.title, parent)
        self.clicked.connect(self._on_clicked)

    @override
    def text(self) -> str:
        """Return "true", or "" for no: the value, as of every editor. Qt itself never asks for the label here."""
        return "true" if self.isChecked() else ""

    def set_text(self, text: str) -> None:
        """Show a value without telling anybody."""
        self.setChecked(text == "true")

    @Slot(bool)
    def _on_clicked(self, _checked: bool) -> None:
        self.entered.emit(self.text())
        self.left.emit()


def _is_undo_key(event: QEvent) -> bool:
    """There is one history, the session's: an editor that kept the key would take back letters behind its back."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    if is_undo:
        event.ignore()
    return is_undo


Editor: TypeAlias = LineEditor | TextEditor | ChoiceEditor | FlagEditor

_LONG = frozenset({FieldKind.MULTILINE, FieldKind.EXPRESSION, FieldKind.TEMPLATE, FieldKind.JSON})


def make_editor(field: FormField, parent: QWidget | None = None) -> Editor:
    """Return the widget for a field, empty and with its accessible name."""
    if field.kind is FieldKind.FLAG:
        editor: Editor = FlagEditor(field, parent)
    elif field.kind is FieldKind.CHOICE:
        editor = ChoiceEditor(field, parent)
    elif field.kind in _LONG:
        editor = TextEditor(field, parent)
    else:
        editor = LineEditor(field, parent)
    editor.setObjectName(f"field-{field.name}")
    editor.setAccessibleName(field.title)
    editor.setAccessibleDescription(field.help)
    editor.setToolTip(field.help)
    return editor
