"""One field on the screen: its label, its editor, and one line for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.ui.forms.editors import FlagEditor, make_editor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.reading import Reading, read_text, text_of
from tocsin.ui.widgets.marks import set_mark


class FieldView(QWidget):
    """Draws a field. It reads what is typed, but decides nothing.

    Signals:
        changed: Itself, when `value` is a new, well formed one.
        left: The typing is over.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._fault = ""
        self._problem = ""
        self._editor = make_editor(field, self)
        self._error = QLabel(self)
        self._error.setProperty("role", "problem")
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setWordWrap(True)
        self._error.hide()
        self._editor.set_text(text_of(field))
        self._editor.entered.connect(self._on_entered)
        self._editor.left.connect(self._on_left)
        self._arrange()

    @property
    def field(self) -> FormField:
        """What is drawn here."""
        return self._field

    @property
    def editor(self) -> QWidget:
        """The widget that has the focus while typing."""
        return self._editor

    @property
    def value(self) -> Json:
        """What stands here, well formed or None."""
        return self._reading().value

    @property
    def fault(self) -> str:
        """What the line under the field says, or ""."""
        return self._fault or self._problem

    def show_field(self, field: FormField) -> None:
        """Show the field's value, unless what stands here says the same already."""
        is_other = field.value != self._field.value
        self._field = field
        reading = self._reading()
        if reading.fault and not is_other:
            return
        if reading.fault or reading.value != field.value:
            self._editor.set_text(text_of(field))
        self._fault = ""
        self._show_error()

    def show_fault(self, text: str) -> None:
        """Say why what was typed was not taken."""
        self._fault = text
        self._show_error()

    def show_problem(self, text: str) -> None:
        """Say what a check found here; "" for nothing."""
        self._problem = text
        self._show_error()

    def check(self) -> bool:
        """Tell whether what stands here has a fault, and say it."""
        self.show_fault(self._reading().fault)
        return bool(self._fault)

    def set_locked(self, locked: bool) -> None:
        """Let nobody type while a run is on."""
        self._editor.setEnabled(not locked)

    def _reading(self) -> Reading:
        if self._field.kind is FieldKind.FLAG:
            return Reading(True if self._editor.text() else None)
        return read_text(self._field, self._editor.text())

    @Slot(str)
    def _on_entered(self, _text: str) -> None:
        if not self._field.is_late:
            self._take()

    @Slot()
    def _on_left(self) -> None:
        if self._field.is_late:
            self._take()
        self.left.emit()

    def _take(self) -> None:
        """Read what stands here, and tell it when it is well formed and new."""
        reading = self._reading()
        self.show_fault(reading.fault)
        if not reading.fault and reading.value != self._field.value:
            self.changed.emit(self)

    def _show_error(self) -> None:
        self._error.setText(self.fault)
        self._error.setVisible(bool(self.fault))
        set_mark(self._editor, "problem", bool(self.fault))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if not isinstance(self._editor, FlagEditor):
            label = QLabel(f"{self._field.title} (required)" if self._field.required else self._field.title, self)
            label.setProperty("role", "caption")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(self._editor)
            column.addWidget(label)
        column.addWidget(self._editor)
        column.addWidget(self._error)
