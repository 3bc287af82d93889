"""The form that a question asks, in rows; or as JSON, for what rows cannot say."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.editor import MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading, read_text
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.forms.schema_rows import PARTS, find_rows, schema_of
from tocsin.ui.forms.text_editor import TextEditor
from tocsin.ui.forms.two_forms import TwoFormEditor

_TOO_RICH: Final = _("Rows cannot say this form. They ask for texts, numbers, yes or no, and one of several.")


class SchemaEditor(TwoFormEditor):
    """A row for each thing that is asked, and the JSON Schema that says the same; one of them is shown."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        table = replace(field, kind=FieldKind.TABLE, unit="question", parts=PARTS, value=None)
        self._rows = RowsEditor(table, kit, make, self)
        self._begin(TextEditor(replace(field, kind=FieldKind.JSON), kit, self), _TOO_RICH)
        for editor in (self._rows, self._text):
            editor.entered.connect(self._on_entered)
            editor.left.connect(self.left)
            self._column.addWidget(editor)
        self._column.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignRight)
        self._show(is_text=False)

    @property
    def rows(self) -> RowsEditor:
        """The rows."""
        return self._rows

    @override
    def _read_rows(self) -> Reading:
        reading = self._rows.reading()
        if reading.fault:
            return reading
        rows = [row for row in reading.value if isinstance(row, dict)] if isinstance(reading.value, list) else []
        if not rows and not self._field.required:
            return Reading()
        kept = self._field.value
        is_same = rows == find_rows(kept)
        return Reading(kept if is_same else schema_of(rows, kept))

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        rows = _rows_of(field.value)
        self._text.show_field(replace(field, kind=FieldKind.JSON))
        if rows is None or self.is_text:
            self._show(is_text=True)
        else:
            self._show_rows(rows)

    @override
    def confirm(self, field: FormField) -> None:
        self._field = field
        self._rows.confirm(replace(self._rows.field, value=_rows_of(field.value)))

    @override
    def set_problem(self, text: str) -> None:
        self._rows.set_problem(text)
        self._text.set_problem(text)

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        super().set_context(context)
        self._rows.set_context(context)

    def _show_rows(self, rows: list[Json]) -> None:
        self._rows.show_field(replace(self._rows.field, value=rows))

    def _show(self, *, is_text: bool) -> None:
        self._text.setVisible(is_text)
        self._rows.setVisible(not is_text)
        self.setFocusProxy(self._text if is_text else self._rows)
        self._fit_turn()

    @override
    def _can_be_rows(self) -> bool:
        typed = read_text(self._text.field, self._text.typed)
        return not typed.fault and _rows_of(typed.value) is not None

    @Slot()
    def _on_entered(self) -> None:
        self._fit_turn()
        self.entered.emit()

    @Slot()
    @override
    def _on_turn(self) -> None:
        reading = self.reading()
        if reading.fault:
            return
        if self.is_text:
            self._show(is_text=False)
            self._show_rows(_rows_of(reading.value) or [])
        else:
            self._text.show_field(replace(self._text.field, value=reading.value))
            self._show(is_text=True)
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)


def _rows_of(value: Json) -> list[Json] | None:
    """Return the rows of a schema; nothing said is a form without questions."""
    rows = find_rows(value) if value is not None else []
    return None if rows is None else list[Json](rows)
