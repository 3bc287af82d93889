"""An object: its parts one under the other, behind a line that shows where it begins and ends."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.cell import Cell
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading, fitted
from tocsin.ui.forms.rows import Row, join_object


class ObjectEditor(FieldEditor):
    """Parts by name. What no part shows stays as it is."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._make = make
        self._kept: Row = {}
        self._cells: list[Cell] = []
        self._frame = QFrame(self)
        self._frame.setProperty("role", "parts")
        self._inner = QVBoxLayout(self._frame)
        self._inner.setContentsMargins(10, 0, 0, 0)
        self._inner.setSpacing(8)
        self._column.addWidget(self._frame)
        self._build({})

    @override
    def reading(self) -> Reading:
        return join_object(self._field, {cell.name: cell.reading() for cell in self._cells}, self._kept)

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self._kept = field.value if isinstance(field.value, Mapping) else {}
        if not all(cell.takes(self._kept.get(cell.name)) for cell in self._cells):
            self._build(self._kept)
        for cell in self._cells:
            cell.show_value(self._kept.get(cell.name))

    @override
    def confirm(self, field: FormField) -> None:
        self._field = field
        self._kept = field.value if isinstance(field.value, Mapping) else {}

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        super().set_context(context)
        for cell in self._cells:
            cell.editor.set_context(context)

    @override
    def set_as_text(self, is_text: bool) -> None:
        for cell in self._cells:
            cell.editor.set_as_text(is_text)

    @override
    def set_problem(self, text: str) -> None:
        for cell in self._cells:
            cell.editor.set_problem(cell.reading().fault if text else "")

    def _build(self, values: Mapping[str, Json]) -> None:
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = [self._make_cell(part, values.get(part.name)) for part in self._field.parts]
        if self._cells:
            self.setFocusProxy(self._cells[0])

    def _make_cell(self, part: FormField, value: Json) -> Cell:
        cell = Cell(fitted(part, value), self._kit, self._make, self._frame)
        cell.add_label()
        cell.entered.connect(self.entered)
        cell.left.connect(self.left)
        self._inner.addWidget(cell)
        return cell
