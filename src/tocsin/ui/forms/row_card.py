"""One row of a list, a table or a map: its cells, a grip with what can be done to it, and the way to take it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.cell import Cell
from tocsin.ui.forms.editor import MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.movable_row import GAP, MovableRow
from tocsin.ui.forms.reading import fitted
from tocsin.ui.forms.row_order import Grip
from tocsin.ui.forms.rows import ReadRow, Row
from tocsin.ui.widgets.icon_button import TARGET, IconButton

INLINE: Final = 2
"""Cells that stand in the row itself; the others unfold under it."""
_WIDE: Final = frozenset({FieldKind.CHAIN, FieldKind.CONDITION})


class RowCard(MovableRow):
    """Cells side by side, and those that unfold under them."""

    def __init__(
        self, parts: Sequence[FormField], row: Row, kit: FormKit, make: MakeEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._row = row
        self._is_new = not row
        self._cells = [self._make_cell(part, row, make) for part in parts]
        self._more = QWidget(self)
        grip = self._make_grip(kit.theme, _("Move or remove this row"))
        self._unfold = IconButton(kit.theme, "chevron-right", _("Show more of this row"), parent=self)
        self._arrange(grip)
        self.setFocusProxy(self._cells[0])

    @property
    def cells(self) -> Sequence[Cell]:
        """The editors of this row, in their order."""
        return self._cells

    def read(self) -> ReadRow:
        """Return what stands in this row."""
        return ReadRow({cell.name: cell.reading() for cell in self._cells}, self._row, self._is_new)

    def takes(self, row: Row) -> bool:
        """Tell whether the cells can show another row."""
        return all(cell.takes(row.get(cell.name)) for cell in self._cells)

    def show_row(self, row: Row) -> None:
        """Show another row."""
        self.confirm(row)
        for cell in self._cells:
            cell.show_value(row.get(cell.name))

    def confirm(self, row: Row) -> None:
        """Hear that the document holds this row now."""
        self._row, self._is_new = row, False

    def show_faults(self, *, is_shown: bool) -> None:
        """Show in which cells something is wrong."""
        for cell in self._cells:
            cell.editor.set_problem(cell.reading().fault if is_shown else "")

    @override
    def set_as_text(self, is_text: bool) -> None:
        for cell in self._cells:
            cell.editor.set_as_text(is_text)

    def _make_cell(self, part: FormField, row: Row, make: MakeEditor) -> Cell:
        cell = Cell(fitted(part, row.get(part.name)), self._kit, make, self)
        cell.entered.connect(self.entered)
        cell.left.connect(self.left)
        return cell

    def _arrange(self, grip: Grip) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        remove = self._make_cross(self._kit.theme, _("Remove this row"))
        line.addWidget(grip, 0, Qt.AlignmentFlag.AlignTop)
        parts = [cell.part for cell in self._cells]
        inline = inline_of(parts)
        for cell in self._cells[:inline]:
            line.addWidget(cell, weight_of(cell.part, parts), Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self._more)
        self._fill_more()

    def _fill_more(self) -> None:
        inline = inline_of([cell.part for cell in self._cells])
        others = self._cells[inline:]
        is_folded = inline == INLINE
        self._unfold.setVisible(bool(others) and is_folded)
        self._unfold.clicked.connect(self._on_unfold)
        inner = QVBoxLayout(self._more)
        inner.setContentsMargins(self._kit.theme.px(TARGET) + GAP, 0, 0, 4)
        inner.setSpacing(8)
        for cell in others:
            if is_folded:
                cell.add_label()
            inner.addWidget(cell)
        self._more.setVisible(bool(others) and not is_folded)

    @Slot()
    def _on_unfold(self) -> None:
        is_open = self._more.isHidden()
        self._more.setVisible(is_open)
        self._unfold.set_icon("chevron-down" if is_open else "chevron-right")
        self._unfold.set_name(_("Show less of this row") if is_open else _("Show more of this row"))


def inline_of(parts: Sequence[FormField]) -> int:
    """Return how many cells stand in the row itself; what has rows of its own needs the width under its name."""
    return 1 if any(part.kind in _WIDE for part in parts[:INLINE]) else INLINE


def weight_of(part: FormField, parts: Sequence[FormField]) -> int:
    """Return how much of the row's width a cell takes: a name before what can hold values takes less."""
    return 3 if len(parts) > 1 and part is parts[0] and parts[1].reads_values else 5
