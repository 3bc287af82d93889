"""A field → the editor that it is written in. The one factory of widgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from tocsin.ui.forms.chain_editor import ChainEditor
from tocsin.ui.forms.choice_editor import ChoiceEditor, FlagEditor, SentenceEditor
from tocsin.ui.forms.condition_editor import ConditionEditor
from tocsin.ui.forms.cron_editor import CronEditor
from tocsin.ui.forms.editor import FieldEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.file_editor import FileEditor
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_editor import LineEditor, SecretEditor, SuggestEditor
from tocsin.ui.forms.object_editor import ObjectEditor
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.forms.schema_editor import SchemaEditor
from tocsin.ui.forms.text_editor import TextEditor
from tocsin.ui.forms.value_editor import ExpressionField, ValueEditor

_PLAIN: Final[Mapping[FieldKind, type[FieldEditor]]] = {
    FieldKind.MULTILINE: TextEditor,
    FieldKind.JSON: TextEditor,
    FieldKind.CHOICE: ChoiceEditor,
    FieldKind.SENTENCE: SentenceEditor,
    FieldKind.FLAG: FlagEditor,
    FieldKind.DURATION: SuggestEditor,
    FieldKind.ISO_DURATION: SuggestEditor,
    FieldKind.SECRET: SecretEditor,
    FieldKind.CRON: CronEditor,
    FieldKind.FILE: FileEditor,
}


def make_editor(field: FormField, kit: FormKit, parent: QWidget | None = None) -> FieldEditor:
    """Return the editor of a field, with its value, its accessible name and what turns it to text with values."""
    if field.kind is FieldKind.CONDITION and kit.context is not None:
        editor: FieldEditor = ConditionEditor(field, kit, make_editor, parent)
    elif field.kind is FieldKind.EXPRESSION and kit.context is not None:
        editor = ExpressionField(field, kit, parent)
    elif field.kind is FieldKind.CHAIN and kit.context is not None:
        editor = ChainEditor(field, kit, make_editor, parent)
    elif field.takes_template and kit.context is not None:
        editor = ValueEditor(field, kit, make_plain, parent)
    else:
        editor = make_plain(field, kit, parent)
    editor.show_field(field)
    return editor


def make_plain(field: FormField, kit: FormKit, parent: QWidget | None = None) -> FieldEditor:
    """Return the editor of a field's plain value."""
    match field.kind:
        case FieldKind.LIST | FieldKind.TABLE | FieldKind.MAP:
            return RowsEditor(field, kit, make_editor, parent)
        case FieldKind.SCHEMA:
            return SchemaEditor(field, kit, make_editor, parent)
        case FieldKind.OBJECT:
            return ObjectEditor(field, kit, make_editor, parent)
        case FieldKind.CHOICE if field.is_open:
            return SuggestEditor(field, kit, parent)
        case _:
            return _PLAIN.get(field.kind, LineEditor)(field, kit, parent)
