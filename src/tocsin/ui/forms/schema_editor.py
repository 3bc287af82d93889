"""The form that a question asks, in rows; or as JSON, for what rows cannot say."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading, read_text
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.forms.schema_rows import PARTS, find_rows, schema_of
from tocsin.ui.forms.text_editor import TextEditor

_AS_TEXT: Final = _("Edit as text")
_AS_ROWS: Final = _("Edit as rows")
_TOO_RICH: Final = _("Rows cannot say this form. They ask for texts, numbers, yes or no, and one of several.")


class SchemaEditor(FieldEditor):
    """A row for each thing that is asked, and the JSON Schema that says the same; one of them is shown."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        table = replace(field, kind=FieldKind.TABLE, unit="question", parts=PARTS, value=None)
        self._rows = RowsEditor(table, kit, make, self)
        self._text = TextEditor(replace(field, kind=FieldKind.JSON), kit, self)
        self._turn = QPushButton(self)
        self._turn.setProperty("role", "link")
        self._turn.setProperty("place", "row")
        self._turn.setAutoDefault(False)
        self._turn.clicked.connect(self._on_turn)
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

    @property
    def turn_button(self) -> QPushButton:
        """What turns rows into JSON and back."""
        return self._turn

    @property
    def is_text(self) -> bool:
        """The JSON is shown."""
        return not self._text.isHidden()

    @property
    @override
    def typed(self) -> str:
        return self._text.typed if self.is_text else ""

    @override
    def reading(self) -> Reading:
        if self.is_text:
            return self._text.reading()
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

    def _fit_turn(self) -> None:
        """Offer the other form, where it can say the same."""
        typed = read_text(self._text.field, self._text.typed)
        can_turn = not self.is_text or (not typed.fault and _rows_of(typed.value) is not None)
        self._turn.setText(_AS_ROWS if self.is_text else _AS_TEXT)
        self._turn.setEnabled(can_turn)
        self._turn.setToolTip("" if can_turn else _TOO_RICH)

    @Slot()
    def _on_entered(self) -> None:
        self._fit_turn()
        self.entered.emit()

    @Slot()
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
