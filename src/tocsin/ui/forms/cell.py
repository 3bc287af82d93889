"""One editor inside a greater one: with its label above it in an object, without one in a row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading, fitted
from tocsin.ui.widgets.plain_tip import plain_tip

NAMED_INSIDE = frozenset({FieldKind.FLAG, FieldKind.SENTENCE})
"""Editors that say their field's title themselves."""


class Cell(QWidget):
    """A part of an object or a row.

    Signals:
        entered: A person typed or chose something; of a part that is late, that it was left.
        left: The typing is over.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, part: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._editor = make(part, kit, self)
        self._editor.entered.connect(self._on_entered)
        self._editor.left.connect(self._on_left)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._editor)
        self.setFocusProxy(self._editor)

    @property
    def name(self) -> str:
        """Which part."""
        return self._part.name

    @property
    def part(self) -> FormField:
        """The part, as it was made."""
        return self._part

    @property
    def editor(self) -> FieldEditor:
        """Where it is written."""
        return self._editor

    def add_label(self) -> None:
        """Say above the editor what it is for."""
        if self._part.kind not in NAMED_INSIDE:
            label = QLabel(self._part.label, self)
            label.setProperty("role", "caption")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setToolTip(plain_tip(self._part.help))
            self._column.insertWidget(0, label)

    def reading(self) -> Reading:
        """Return what stands here."""
        return self._editor.reading()

    def takes(self, value: Json) -> bool:
        """Tell whether this cell can show a value: its kind would stay the same."""
        return fitted(self._part, value).kind is self._editor.field.kind

    def show_value(self, value: Json) -> None:
        """Show a value, unless what stands here says the same."""
        reading = self._editor.reading()
        if reading.fault or reading.value != value:
            self._editor.show_field(fitted(self._part, value))

    @Slot()
    def _on_entered(self) -> None:
        if not self._part.is_late:
            self.entered.emit()

    @Slot()
    def _on_left(self) -> None:
        if self._part.is_late:
            self.entered.emit()
        self.left.emit()
