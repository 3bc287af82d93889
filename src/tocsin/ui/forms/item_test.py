"""Which items are kept: rows that all or any of must hold; or the test as text, for what rows cannot say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.expressions.chain_shapes import shape_of_item
from tocsin.expressions.chains import is_field_path
from tocsin.expressions.inference import JsonSchema
from tocsin.expressions.rules import Joiner, Path, Plain, Rule, Rules, read_rules, write_rules
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.item_rule import GAP, ItemRow, ItemRule
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_editor import LineEditor
from tocsin.ui.forms.reading import Reading
from tocsin.ui.widgets.link_button import LinkButton
from tocsin.ui.widgets.segment import Segment

_JOINERS: Final = ((str(Joiner.ALL), _("All of these")), (str(Joiner.ANY), _("Any of these")))
_TEXT: Final = FormField(("test",), _("Holds when"), FieldKind.TEXT, required=True)


def split_test(name: str, text: str) -> tuple[Joiner, tuple[ItemRow, ...]] | None:
    """Return how rows are joined and what they say of an item that is called so; None where rows cannot say a test."""
    rules = read_rules(text)
    if rules is None or not rules.items:
        return None
    rows = [_row(name, item) for item in rules.items]
    found = tuple(row for row in rows if row is not None)
    return (rules.joiner, found) if len(found) == len(rows) else None


class ItemTest(QWidget):
    """Rows on the screen, and a link that adds one.

    Signals:
        entered: A person typed or chose something.
        left: The typing is over.
    """

    entered = Signal()
    left = Signal()

    def __init__(
        self, said: Sequence[Plain], shape: JsonSchema, kit: FormKit, make: MakeEditor, parent: QWidget | None = None
    ) -> None:
        """Make the rows.

        Args:
            said: What an item is called, and the test; "" for one that a person begins.
            shape: The shape of the list.
            kit: The look, and where values can be read from.
            make: How the editors of values are made.
            parent: What is around it.
        """
        super().__init__(parent)
        self._name, self._written = str(said[0]), str(said[1])
        self._item, self._kit, self._make = shape_of_item(shape), kit, make
        self._is_touched = False
        self._rules: list[ItemRule] = []
        self._begun: set[ItemRule] = set()
        self._text: LineEditor | None = None
        self._joiner = Segment(kit.theme, _JOINERS, _("How the rows are joined"), self)
        self._rows = QVBoxLayout()
        self._add = LinkButton(_("Add row"), self, is_in_row=True)
        self._arrange()
        split = split_test(self._name, self._written) if self._written else (Joiner.ALL, (ItemRow(),))
        if split is None:
            self._text = self._make_text()
        else:
            self._joiner.set_choice(str(split[0]))
            for row in split[1]:
                self._append(row)
        self._fit()

    @property
    def editors(self) -> Sequence[FieldEditor]:
        """What is written into, in order."""
        return (self._text,) if self._text is not None else tuple(one for rule in self._rules for one in rule.editors)

    @property
    def joiner(self) -> Segment:
        """Where it is chosen how rows are joined."""
        return self._joiner

    @property
    def add_button(self) -> QPushButton:
        """What adds a row."""
        return self._add

    def said(self) -> tuple[Plain, ...] | Reading:
        """Return what an item is called, and the test; or a Reading with what is missing. Untouched, it stays."""
        if not self._is_touched and self._written:
            return self._name, self._written
        if self._text is not None:
            typed = self._text.typed
            return (self._name, typed) if typed.strip() else Reading(fault=_("Say which items to keep."))
        found: list[Rule] = []
        for rule in self._rules:
            read = rule.read(self._name)
            if isinstance(read, Rule):
                found.append(read)
            elif rule not in self._begun or len(self._rules) == 1:
                return read
        return self._name, write_rules(Rules(Joiner(self._joiner.choice), tuple(found)))

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from a playbook that has changed."""
        self._kit = FormKit(self._kit.theme, context)
        for rule in self._rules:
            rule.set_context(context)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids instead of titles, or titles again."""
        for rule in self._rules:
            rule.set_as_text(is_text)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._add.clicked.connect(self._on_add)
        self._joiner.chosen.connect(self._on_chosen)
        column.setSpacing(GAP)
        self._rows.setSpacing(2 * GAP)
        column.addWidget(self._joiner)
        column.addLayout(self._rows)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_text(self) -> LineEditor:
        text = LineEditor(_TEXT, self._kit, self)
        text.show_field(
            FormField(
                ("test",),
                _("Holds when, for an item “{name}”").format(name=self._name),
                FieldKind.TEXT,
                value=self._written,
            )
        )
        text.entered.connect(self._on_entered)
        text.left.connect(self.left)
        self._rows.addWidget(text)
        return text

    def _append(self, row: ItemRow) -> ItemRule:
        rule = ItemRule(row, self._item, self._kit, self._make, self)
        rule.entered.connect(self._on_entered)
        rule.left.connect(self.left)
        rule.removed.connect(self._on_removed)
        self._rules.append(rule)
        self._rows.addWidget(rule)
        QWidget.setTabOrder(rule, self._add)
        rule.show()
        return rule

    def _fit(self) -> None:
        """What joins rows is asked where there are several; the last row stays."""
        is_several = len(self._rules) > 1
        self._joiner.setVisible(is_several)
        self._add.setVisible(self._text is None)
        for rule in self._rules:
            rule.let_remove(is_offered=is_several)

    @Slot()
    def _on_entered(self) -> None:
        self._is_touched = True
        self._begun = {rule for rule in self._begun if isinstance(rule.read(self._name), Reading)}
        self.entered.emit()

    @Slot(str)
    def _on_chosen(self, _joiner: str) -> None:
        self._on_entered()
        self.left.emit()

    @Slot()
    def _on_add(self) -> None:
        rule = self._append(ItemRow())
        self._begun.add(rule)  # it waits until it says something
        self._fit()
        rule.editors[0].target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_removed(self, rule: ItemRule) -> None:
        self._rules.remove(rule)
        self._begun.discard(rule)
        self._rows.removeWidget(rule)
        rule.hide()
        rule.deleteLater()
        self._fit()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_entered()
        self.left.emit()


def _row(name: str, rule: Rule | Rules) -> ItemRow | None:
    if isinstance(rule, Rules) or (isinstance(rule.value, Path) and re.search(rf"\b{name}\b", rule.value.text)):
        return None
    if rule.field == name:
        return ItemRow("", rule)
    rest = rule.field.removeprefix(name)
    path = rest.removeprefix(".")
    is_field = rest != rule.field and rest[:1] in {".", "["} and is_field_path(path)
    return ItemRow(path, rule) if is_field else None
