"""A condition in rows, joined by all or by any, with groups among them; or as text, for what rows cannot say."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.expressions.rules import Joiner, Rule, Rules, read_rules, write_rules
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.editor import MakeEditor
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import REQUIRED, Reading
from tocsin.ui.forms.rule_card import RuleCard
from tocsin.ui.forms.two_forms import TwoFormEditor
from tocsin.ui.forms.value_editor import ExpressionField
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.link_button import LinkButton
from tocsin.ui.widgets.segment import Segment
from tocsin.ui.widgets.words import Words

GAP: Final = 12
INDENT: Final = 10
_JOINERS: Final = ((str(Joiner.ALL), _("All of these")), (str(Joiner.ANY), _("Any of these")))
_ALWAYS: Final = _("No rows: it always holds.")
_NONE: Final = _("No rows yet.")
_TOO_RICH: Final = _("Rows cannot say this condition. Rows compare values, and join that by all or any.")


class RuleBox(QFrame):
    """Rows, how they are joined, and groups among them.

    Signals:
        entered: A person typed or chose something.
        left: The typing is over.
        removed: Itself: the group is to go.
    """

    entered = Signal()
    left = Signal()
    removed = Signal(object)

    def __init__(self, kit: FormKit, make: MakeEditor, parent: QWidget | None = None, *, is_inner: bool) -> None:
        super().__init__(parent)
        self._kit = kit
        self._make = make
        self._is_as_text = False
        self._items: list[RuleCard | RuleBox] = []
        self._joiner = Segment(kit.theme, _JOINERS, _("How the rows are joined"), self)
        self._joiner.chosen.connect(self._on_chosen)
        self._none = Words(_ALWAYS, self)
        self._rows = QVBoxLayout()
        self._add = LinkButton(_("Add row"), self, is_in_row=True)
        self._add.clicked.connect(self._on_add)
        self._group = LinkButton(_("Add group"), self, is_in_row=True)
        self._group.clicked.connect(self._on_group)
        self._foot = QHBoxLayout()
        self._arrange(is_inner=is_inner)

    @property
    def items(self) -> tuple[RuleCard | RuleBox, ...]:
        """Rows and groups, from the top."""
        return tuple(self._items)

    @property
    def joiner(self) -> Segment:
        """Where it is chosen how rows are joined."""
        return self._joiner

    @property
    def add_button(self) -> QPushButton:
        """What adds a row."""
        return self._add

    @property
    def group_button(self) -> QPushButton:
        """What adds a group of rows."""
        return self._group

    @property
    def foot(self) -> QHBoxLayout:
        """The line under the rows, where more may stand."""
        return self._foot

    @property
    def is_waiting(self) -> bool:
        """It says nothing yet and may be left out."""
        return all(item.is_waiting for item in self._items)

    def read(self) -> Rules | Reading:
        """Return what the rows say, or a Reading with what is wrong. What a person has only begun is left out."""
        found: list[Rule | Rules] = []
        for item in self._items:
            read = item.read()
            if isinstance(read, Reading):
                if not item.is_waiting:
                    return read
            elif isinstance(read, Rule) or len(read.items) > 1:
                found.append(read)
            else:
                found.extend(read.items)
        return Rules(Joiner(self._joiner.choice), tuple(found))

    def set_none(self, words: str) -> None:
        """Say other words where there are no rows."""
        self._none.setText(words)

    def show_rules(self, rules: Rules) -> None:
        """Show other rows."""
        for item in tuple(self._items):
            self._let_go(item)
        self._joiner.set_choice(str(rules.joiner))
        for item in rules.items:
            if isinstance(item, Rule):
                self._append(RuleCard(item, self._kit, self._make, self))
            else:
                self._append_group().show_rules(item)
        self._fit()

    def confirm(self) -> None:
        """Hear that the document says now what stands here."""
        for item in self._items:
            item.confirm()

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from a playbook that has changed."""
        self._kit = FormKit(self._kit.theme, context)
        for item in self._items:
            item.set_context(context)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids instead of titles, or titles again."""
        self._is_as_text = is_text
        for item in self._items:
            item.set_as_text(is_text)

    def _arrange(self, *, is_inner: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT if is_inner else 0, 0, 0, 0)
        column.setSpacing(GAP)
        self._rows.setSpacing(GAP)
        self._none.setProperty("role", "hint")
        head = QHBoxLayout()
        head.addWidget(self._joiner)
        head.addStretch(1)
        if is_inner:
            self.setProperty("role", "parts")
            remove = IconButton(self._kit.theme, "x", _("Remove this group"), parent=self)
            remove.clicked.connect(self._on_remove)
            head.addWidget(remove)
        self._group.setVisible(not is_inner)
        for button in (self._add, self._group):
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addLayout(self._rows)
        column.addLayout(self._foot)
        self._fit()

    def _append_group(self) -> RuleBox:
        box = RuleBox(self._kit, self._make, self, is_inner=True)
        self._append(box)
        return box

    def _append(self, item: RuleCard | RuleBox) -> None:
        item.entered.connect(self.entered)
        item.left.connect(self.left)
        item.removed.connect(self._on_removed)
        item.set_as_text(self._is_as_text)
        self._items.append(item)
        self._rows.addWidget(item)
        QWidget.setTabOrder(item, self._add)
        item.show()
        self._fit()

    def _let_go(self, item: RuleCard | RuleBox) -> None:
        self._items.remove(item)
        self._rows.removeWidget(item)
        item.hide()
        item.deleteLater()
        self._fit()

    def _fit(self) -> None:
        """What joins rows is asked where there are several."""
        self._joiner.setVisible(len(self._items) > 1)
        self._none.setVisible(not self._items)

    @Slot()
    def _on_add(self) -> None:
        card = RuleCard(None, self._kit, self._make, self)
        self._append(card)
        card.subject.target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_group(self) -> None:
        other = Joiner.ANY if self._joiner.choice == Joiner.ALL else Joiner.ALL
        box = self._append_group()
        box.show_rules(Rules(other))
        box.add_button.click()

    @Slot(str)
    def _on_chosen(self, _joiner: str) -> None:
        self.entered.emit()
        self.left.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)

    @Slot(object)
    def _on_removed(self, item: RuleCard | RuleBox) -> None:
        self._let_go(item)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit()
        self.left.emit()


class ConditionEditor(TwoFormEditor):
    """Rows, and the text that says the same; one of them is shown, the document holds the text."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._shown: tuple[str, Rules] | None = None
        self._box = RuleBox(kit, make, self, is_inner=False)
        self._begin(ExpressionField(field, kit, self), _TOO_RICH)
        for editor in (self._box, self._text):
            editor.entered.connect(self.entered)
            editor.left.connect(self.left)
        self._text_foot = QHBoxLayout()
        self._text_foot.addStretch(1)
        self._column.addWidget(self._box)
        self._column.addWidget(self._text)
        self._column.addLayout(self._text_foot)
        self._show(is_text=False)

    @property
    def box(self) -> RuleBox:
        """The rows."""
        return self._box

    @override
    def _read_rows(self) -> Reading:
        rules = self._box.read()
        if isinstance(rules, Reading):
            return rules
        if self._shown is not None and rules == self._shown[1]:
            return Reading(self._shown[0])  # as it was written: rows change a text only where they say something else
        if not rules.items and self._field.value is None:
            return Reading(fault=REQUIRED if self._field.required else "")
        return Reading(write_rules(rules))

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        text = field.value if isinstance(field.value, str) else ""
        rules = read_rules(text) if text else Rules()
        self._text.show_field(field)
        self._shown = (text, rules) if rules is not None and text else None
        if rules is None or self.is_text:
            self._show(is_text=True)
        else:
            self._box.show_rules(rules)
        self._box.set_none(_NONE if field.value is None and field.required else _ALWAYS)
        self._fit_turn()

    @override
    def confirm(self, field: FormField) -> None:
        self._field = field
        self._box.confirm()
        self._fit_turn()

    @override
    def set_problem(self, text: str) -> None:
        self._text.set_problem(text)

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        super().set_context(context)
        self._text.set_context(context)
        self._box.set_context(context)

    @override
    def set_as_text(self, is_text: bool) -> None:
        self._text.set_as_text(is_text)
        self._box.set_as_text(is_text)

    def _show(self, *, is_text: bool) -> None:
        self._text.setVisible(is_text)
        self._box.setVisible(not is_text)
        (self._text_foot if is_text else self._box.foot).addWidget(self._turn)
        self.setFocusProxy(self._text if is_text else self._box.add_button)
        self._fit_turn()

    @override
    def _can_be_rows(self) -> bool:
        return not self._text.typed.strip() or read_rules(self._text.typed) is not None

    @Slot()
    @override
    def _on_turn(self) -> None:
        reading = self.reading()
        value = reading.value if isinstance(reading.value, str) else ""
        if self.is_text:
            rules = read_rules(value) if value else Rules()
            if rules is not None:
                self._shown = (value, rules) if value else None
                self._box.show_rules(rules)
                self._show(is_text=False)
        elif not reading.fault or reading.fault == REQUIRED:
            self._text.show_field(replace(self._field, value=value))
            self._show(is_text=True)
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)
