"""One row that items are kept by: a field of the item, what is asked of it, what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.expressions.chain_shapes import UNKNOWN
from tocsin.expressions.chains import is_field_path
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.inference import JsonSchema, schema_at
from tocsin.expressions.rules import Operator, Rule
from tocsin.expressions.texts import split_path
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.chain_words import names_of
from tocsin.ui.forms.choice_editor import ChoiceEditor
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import Choice, FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_editor import SuggestEditor
from tocsin.ui.forms.reading import Reading
from tocsin.ui.forms.rule_rows import operator_field, read_value, usual_operator, value_field
from tocsin.ui.widgets.icon_button import IconButton

GAP: Final = 4
ITSELF: Final = _("The item itself")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What a row says.

    Attributes:
        path: The field of the item; "" for the item itself.
        rule: What is asked of it; None for a row that a person begins.
    """

    path: str = ""
    rule: Rule | None = None


class ItemRule(QWidget):
    """A row on the screen, in two lines.

    Signals:
        entered: A person typed or chose something.
        left: The typing is over.
        removed: Itself: it is to go.
    """

    entered = Signal()
    left = Signal()
    removed = Signal(object)

    def __init__(
        self, row: ItemRow, item: JsonSchema, kit: FormKit, make: MakeEditor, parent: QWidget | None = None
    ) -> None:
        """Make a row.

        Args:
            row: What it says.
            item: The shape of an item.
            kit: The look, and where values can be read from.
            make: How the value's editor is made.
            parent: The test.
        """
        super().__init__(parent)
        self._item, self._kit, self._make = item, kit, make
        self._path = self._make_path(row.path)
        asked = usual_operator(self._shape) if row.rule is None else row.rule.operator
        self._operator = ChoiceEditor(operator_field(self._shape, asked), kit, self)
        self._value: FieldEditor | None = None
        self._remove = IconButton(kit.theme, "x", _("Remove this row"), parent=self)
        self._line = QHBoxLayout()
        self._arrange()
        self._show_value(row.rule)

    @property
    def editors(self) -> Sequence[FieldEditor]:
        """What is written into, in order."""
        return tuple(one for one in (self._path, self._operator, self._value) if one is not None)

    def read(self, name: str) -> Rule | Reading:
        """Return what the row says of an item that is called so, or a Reading with what is missing."""
        path, operator = self._path.typed.strip(), self._asked
        if path and not is_field_path(path):
            return Reading(fault=_("“{path}” is no field. Write it as in “host.ip”.").format(path=path))
        if operator is None:
            return Reading(fault=_("Choose what to ask of the items."))
        if not path and operator in {Operator.THERE, Operator.MISSING}:
            return Reading(fault=_("Choose the field that is there or not."))
        field = name if not path else name + path if path.startswith("[") else f"{name}.{path}"
        if self._value is None:
            return Rule(field, operator)
        typed = self._value.reading()
        read = typed if typed.fault else read_value(typed.value, self._shape, operator)
        return read if isinstance(read, Reading) else Rule(field, operator, read)

    def let_remove(self, *, is_offered: bool) -> None:
        """Offer to take the row away, or not: the last one stays."""
        self._remove.setVisible(is_offered)

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from a playbook that has changed."""
        self._kit = FormKit(self._kit.theme, context)
        if self._value is not None:
            self._value.set_context(context)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids instead of titles, or titles again."""
        if self._value is not None:
            self._value.set_as_text(is_text)

    @property
    def _asked(self) -> Operator | None:
        chosen = self._operator.reading().value
        return Operator(chosen) if isinstance(chosen, str) else None

    @property
    def _shape(self) -> Mapping[str, Any]:
        path = self._path.typed.strip()
        try:
            return schema_at(self._item, split_path(path)) or UNKNOWN if path else self._item
        except EvaluationError:
            return UNKNOWN

    def _make_path(self, path: str) -> SuggestEditor:
        field = FormField(
            ("path",),
            _("Field of the item"),
            FieldKind.CHOICE,
            value=path or None,
            choices=tuple(Choice(name, name) for name in names_of(self._item)),
            is_open=True,
            placeholder=ITSELF,
        )
        editor = SuggestEditor(field, self._kit, self)
        editor.show_field(field)
        return editor

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        first = QHBoxLayout()
        for line in (first, self._line):
            line.setSpacing(GAP)
            column.addLayout(line)
        first.addWidget(self._path, 1)
        first.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._operator, 1, Qt.AlignmentFlag.AlignTop)
        self._remove.clicked.connect(self._on_remove)
        self._path.entered.connect(self._on_path)
        self._operator.entered.connect(self._on_operator)
        for editor in (self._path, self._operator):
            editor.left.connect(self.left)

    def _show_value(self, rule: Rule | None) -> None:
        operator = self._asked
        if self._value is not None:
            self._line.removeWidget(self._value)
            self._value.hide()
            self._value.deleteLater()
            self._value = None
        if operator is None or not operator.takes_value:
            return
        field = value_field(self._shape, operator, rule.value if rule is not None else None)
        self._value = self._make(field, self._kit, self)
        self._value.target.setAccessibleName(_("Value to compare with"))
        self._value.entered.connect(self.entered)
        self._value.left.connect(self.left)
        self._line.addWidget(self._value, 1, Qt.AlignmentFlag.AlignTop)
        self._value.show()

    @Slot()
    def _on_path(self) -> None:
        """Another field is looked at: other operators may fit."""
        self._operator.show_field(operator_field(self._shape, self._asked))
        self.entered.emit()

    @Slot()
    def _on_operator(self) -> None:
        operator = self._asked
        if operator is not None and operator.takes_value is (self._value is None):
            self._show_value(None)
        self.entered.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)
