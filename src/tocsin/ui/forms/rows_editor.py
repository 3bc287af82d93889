"""Lists, tables and maps in rows that are added, taken away and put in another order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.editor import MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.movable_row import GAP
from tocsin.ui.forms.movable_rows import MovableRowsEditor
from tocsin.ui.forms.reading import Reading
from tocsin.ui.forms.row_card import INLINE, RowCard, inline_of, weight_of
from tocsin.ui.forms.rows import Row, cells_of, join_rows, split_rows
from tocsin.ui.widgets.icon_button import TARGET
from tocsin.ui.widgets.plain_tip import plain_tip


class RowsEditor(MovableRowsEditor[RowCard]):
    """One card a row, and a link that adds one."""

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, make, parent)
        self._head = self._make_head()
        self._make_add(_("Add {unit}").format(unit=field.unit or _("item")))
        self._column.addWidget(self._head)
        self._column.addLayout(self._rows)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._adopt(self._add)

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
        self._hold(card)
        self._show_head()
        return card

    @override
    def _let_go(self, card: RowCard) -> None:
        super()._let_go(card)
        self._show_head()

    @Slot()
    @override
    def _on_add(self) -> None:
        card = self._append({})
        card.show()
        card.cells[0].editor.target.setFocus(Qt.FocusReason.OtherFocusReason)
