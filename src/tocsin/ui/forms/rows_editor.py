"""Lists, tables and maps in rows that are added, taken away and put in another order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading
from tocsin.ui.forms.row_card import GAP, INLINE, RowAct, RowCard, RowRequest, inline_of, weight_of
from tocsin.ui.forms.row_order import RowMove, RowOrder
from tocsin.ui.forms.rows import Row, cells_of, join_rows, split_rows
from tocsin.ui.widgets.icon_button import TARGET
from tocsin.ui.widgets.plain_tip import plain_tip


class RowsEditor(FieldEditor):
    """One card a row, and a link that adds one."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._make = make
        self._is_as_text = False
        self._cards: list[RowCard] = []
        self._order = RowOrder(kit.theme, lambda: self._cards, self)
        self._order.moved.connect(self._on_moved)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP)
        self._head = self._make_head()
        self._add = QPushButton(_("Add {unit}").format(unit=field.unit or _("item")), self)
        self._add.setProperty("role", "link")
        self._add.setProperty("place", "row")
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._on_add)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._head)
        self._column.addLayout(self._rows)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._adopt(self._add)

    @property
    def cards(self) -> Sequence[RowCard]:
        """The rows, from the top."""
        return self._cards

    @property
    def add_button(self) -> QPushButton:
        """What adds a row."""
        return self._add

    @override
    def reading(self) -> Reading:
        return join_rows(self._field, [card.read() for card in self._cards])

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        rows = split_rows(field, field.value)
        if len(rows) != len(self._cards) or not all(map(RowCard.takes, self._cards, rows)):
            self._clear()
            for row in rows:
                self._append(row)
        for card, row in zip(self._cards, rows, strict=True):
            card.show_row(row)

    @override
    def confirm(self, field: FormField) -> None:
        self._field = field
        taken = [card for card in self._cards if not (read := card.read()).is_empty and not read.fault]
        for card, row in zip(taken, split_rows(field, field.value), strict=False):
            card.confirm(row)

    @override
    def set_problem(self, text: str) -> None:
        for card in self._cards:
            card.show_faults(is_shown=bool(text))

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        super().set_context(context)
        for card in self._cards:
            for cell in card.cells:
                cell.editor.set_context(context)

    @override
    def set_as_text(self, is_text: bool) -> None:
        self._is_as_text = is_text
        for card in self._cards:
            for cell in card.cells:
                cell.editor.set_as_text(is_text)

    def _make_head(self) -> QWidget:
        """The words above the cells; a list has but one and needs none."""
        head, parts = QWidget(self), cells_of(self._field)
        line = QHBoxLayout(head)
        line.setContentsMargins(TARGET + GAP, 0, (TARGET + GAP) * (2 if len(parts) > INLINE else 1), 0)
        line.setSpacing(GAP)
        for part in parts[: inline_of(parts)]:
            label = QLabel(part.title, head)
            label.setProperty("role", "hint")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setToolTip(plain_tip(part.help))
            line.addWidget(label, weight_of(part, parts))
        head.setVisible(False)
        return head

    def _show_head(self) -> None:
        self._head.setVisible(bool(self._cards) and self._field.kind is not FieldKind.LIST)

    def _append(self, row: Row) -> RowCard:
        card = RowCard(cells_of(self._field), row, self._kit, self._make, self)
        card.entered.connect(self.entered)
        card.left.connect(self.left)
        card.acted.connect(self._on_acted)
        self._order.hold(card, card.grip)
        for cell in card.cells:
            cell.editor.set_as_text(self._is_as_text)
        self._cards.append(card)
        self._rows.addWidget(card)
        self._show_head()
        QWidget.setTabOrder(card, self._add)
        return card

    def _clear(self) -> None:
        for card in self._cards:
            self._let_go(card)
        self._cards = []
        self._show_head()

    def _let_go(self, card: RowCard) -> None:
        self._rows.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _move(self, card: RowCard, place: int) -> None:
        self._cards.remove(card)
        self._cards.insert(place, card)
        self._rows.removeWidget(card)
        self._rows.insertWidget(place, card)

    @Slot(object)
    def _on_moved(self, move: RowMove) -> None:
        if isinstance(move.row, RowCard):
            self._move(move.row, move.place)
            self.entered.emit()
            self.left.emit()

    @Slot()
    def _on_add(self) -> None:
        card = self._append({})
        card.show()
        card.cells[0].editor.target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_acted(self, request: RowRequest) -> None:
        card, act = request.card, request.act
        place = self._cards.index(card)
        if act is RowAct.REMOVE:
            self._cards.remove(card)
            self._let_go(card)
            self._show_head()
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        elif 0 <= place + act < len(self._cards):
            self._move(card, place + act)
        self.entered.emit()
        self.left.emit()
