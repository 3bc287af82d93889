"""One row of a condition: what is looked at, what is asked of it, what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.expressions.rules import Operator, Path, Rule
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.expression.values import in_braces
from tocsin.ui.forms.choice_editor import ChoiceEditor
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading, is_template
from tocsin.ui.forms.rule_rows import is_offered, operator_field, read_value, usual_operator, value_field
from tocsin.ui.forms.value_editor import ExpressionField
from tocsin.ui.widgets.icon_button import IconButton

GAP: Final = 4
_SUBJECT: Final = FormField(("field",), _("Value to look at"), FieldKind.EXPRESSION, required=True)


class RuleCard(QWidget):
    """A row on the screen, in two lines.

    Signals:
        entered: A person typed or chose something.
        left: The typing is over.
        removed: Itself: it is to go.
    """

    entered = Signal()
    left = Signal()
    removed = Signal(object)

    def __init__(self, rule: Rule | None, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        """Make a row; None for one that a person begins."""
        super().__init__(parent)
        self._kit = kit
        self._make = make
        self._is_new = rule is None
        self._is_asked = False  # by a person, or by the document: else what is usual for the type follows the typing
        self._schema: Mapping[str, Any] = {}
        self._subject = ExpressionField(_SUBJECT, kit, self, is_template=True, is_value=True)
        self._operator = ChoiceEditor(operator_field({}, None), kit, self)
        self._value: FieldEditor | None = None
        self._line = QHBoxLayout()
        self._arrange()
        self._subject.entered.connect(self._on_subject)
        self._operator.entered.connect(self._on_operator)
        for editor in (self._subject, self._operator):
            editor.left.connect(self.left)
        self.setFocusProxy(self._subject)
        if rule is not None:
            self.show_rule(rule)

    @property
    def subject(self) -> ExpressionField:
        """Where what is looked at is written."""
        return self._subject

    @property
    def operator(self) -> ChoiceEditor:
        """Where what is asked is chosen."""
        return self._operator

    @property
    def value(self) -> FieldEditor | None:
        """Where what it is compared with is written; None beside an operator that stands alone."""
        return self._value

    @property
    def is_waiting(self) -> bool:
        """A person has begun it and it says nothing yet: it may be left out."""
        return self._is_new and isinstance(self.read(), Reading)

    def read(self) -> Rule | Reading:
        """Return what the row says, or a Reading with what is missing."""
        field, operator = self._field(), self._asked()
        if not field:
            return Reading(fault=_("Choose what to look at."))
        if operator is None:
            return Reading(fault=_("Choose what to ask of it."))
        if self._value is None:
            return Rule(field, operator)
        typed = self._value.reading()
        read = typed if typed.fault else read_value(typed.value, self._schema, operator)
        return read if isinstance(read, Reading) else Rule(field, operator, read)

    def show_rule(self, rule: Rule) -> None:
        """Show another row."""
        self._subject.show_text(in_braces(rule.field))
        self._schema = self._shape_of(rule.field)
        self._operator.show_field(operator_field(self._schema, rule.operator))
        self._show_value(value_field(self._schema, rule.operator, rule.value) if rule.operator.takes_value else None)
        self._is_new, self._is_asked = False, True

    def confirm(self) -> None:
        """Hear that the document says now what stands here."""
        self._is_new = self._is_new and isinstance(self.read(), Reading)

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from a playbook that has changed."""
        self._kit = FormKit(self._kit.theme, context)
        for editor in (self._subject, self._value):
            if editor is not None:
                editor.set_context(context)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids instead of titles, or titles again."""
        for editor in (self._subject, self._value):
            if editor is not None:
                editor.set_as_text(is_text)

    def _field(self) -> str:
        """Return what is looked at as an expression writes it; a person may write it without braces too."""
        bare = self._subject.typed.strip()
        return _inside(bare) if is_template(bare) else bare

    def _asked(self) -> Operator | None:
        chosen = self._operator.reading().value
        return Operator(chosen) if isinstance(chosen, str) else None

    def _shape_of(self, field: str) -> Mapping[str, Any]:
        context = self._kit.context
        return context.faces.shape_of(field) if context is not None else {}

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        remove = IconButton(self._kit.theme, "x", _("Remove this row"), parent=self)
        remove.clicked.connect(self._on_remove)
        first = QHBoxLayout()
        for line in (first, self._line):
            line.setSpacing(GAP)
            column.addLayout(line)
        first.addWidget(self._subject, 1)
        first.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._operator, 1, Qt.AlignmentFlag.AlignTop)
        QWidget.setTabOrder(self._operator.target, remove)

    def _show_value(self, field: FormField | None) -> None:
        """Show a value's editor, made anew where it is of another kind; none for None."""
        shown = self._value
        if shown is not None and field is not None and shown.field.shape == field.shape:
            shown.show_field(field)
            return
        if shown is not None:
            self._line.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._value = None if field is None else self._make(field, self._kit, self)
        if self._value is not None:
            self._value.entered.connect(self.entered)
            self._value.left.connect(self.left)
            self._value.target.setAccessibleName(_("Value to compare with"))
            self._line.addWidget(self._value, 1, Qt.AlignmentFlag.AlignTop)
            self._value.show()

    def _fit_value(self, operator: Operator) -> None:
        """Let the value's editor fit the operator and the type; what was typed stays."""
        field = value_field(self._schema, operator, None) if operator.takes_value else None
        typed = self._value.reading().value if self._value is not None else None
        if field is None or self._value is None or self._value.field.shape != field.shape:
            self._show_value(field)
            if self._value is not None and isinstance(typed, str):
                self._value.show_field(value_field(self._schema, operator, _read_again(typed)))

    @Slot()
    def _on_subject(self) -> None:
        """Another value is looked at: other operators may fit."""
        self._schema = self._shape_of(self._field())
        asked = self._asked() if self._is_asked else None
        is_kept = asked is not None and is_offered(self._schema, asked)
        operator = asked if asked is not None and is_kept else usual_operator(self._schema)
        self._operator.show_field(operator_field(self._schema, operator))
        self._fit_value(operator)
        self.entered.emit()

    @Slot()
    def _on_operator(self) -> None:
        operator = self._asked()
        self._is_asked = True
        if operator is not None:
            self._fit_value(operator)
        self.entered.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


def _read_again(typed: str) -> str | Path:
    return Path(_inside(typed)) if is_template(typed) else typed


def _inside(text: str) -> str:
    """Return what stands between the braces."""
    return text.strip().removeprefix("{{").removesuffix("}}").strip()
