"""One row of a list, a table or a map: its cells, a grip with what can be done to it, and the way to take it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.cell import Cell
from tocsin.ui.forms.editor import MakeEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import fitted
from tocsin.ui.forms.row_order import Grip
from tocsin.ui.forms.rows import ReadRow, Row
from tocsin.ui.widgets.icon_button import TARGET, IconButton
from tocsin.ui.widgets.round_menu import RoundMenu

INLINE: Final = 2
"""Cells that stand in the row itself; the others unfold under it."""
GAP: Final = 4


_WIDE: Final = frozenset({FieldKind.CHAIN, FieldKind.CONDITION})


class RowAct(IntEnum):
    """What is wanted of a row. The value of a move is how far it goes."""

    UP = -1
    DOWN = 1
    REMOVE = 0


@dataclass(frozen=True, slots=True)
class RowRequest:
    """What a person wants of which row."""

    card: RowCard
    act: RowAct


WORDS: Final = {RowAct.UP: _("Move up"), RowAct.DOWN: _("Move down"), RowAct.REMOVE: _("Remove")}
_KEYS: Final = {Qt.Key.Key_Up: RowAct.UP, Qt.Key.Key_Down: RowAct.DOWN}


class RowCard(QWidget):
    """A row on the screen.

    Signals:
        entered: A person typed or chose something in a cell.
        left: The typing is over.
        acted: A RowRequest.
    """

    entered = Signal()
    left = Signal()
    acted = Signal(object)

    def __init__(
        self, parts: Sequence[FormField], row: Row, kit: FormKit, make: MakeEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._row = row
        self._is_new = not row
        self._cells = [self._make_cell(part, row, make) for part in parts]
        self._more = QWidget(self)
        self._grip = Grip(kit.theme, _("Move or remove this row"), self)
        self._unfold = IconButton(kit.theme, "chevron-right", _("Show more of this row"), parent=self)
        self._arrange()
        self.setFocusProxy(self._cells[0])

    @property
    def cells(self) -> Sequence[Cell]:
        """The editors of this row, in their order."""
        return self._cells

    @property
    def grip(self) -> Grip:
        """What it is held by."""
        return self._grip

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

    def _make_cell(self, part: FormField, row: Row, make: MakeEditor) -> Cell:
        cell = Cell(fitted(part, row.get(part.name)), self._kit, make, self)
        cell.entered.connect(self.entered)
        cell.left.connect(self.left)
        return cell

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        theme = self._kit.theme
        self._grip.clicked.connect(self._on_grip)
        remove = IconButton(theme, "x", _("Remove this row"), parent=self)
        remove.clicked.connect(self._on_remove)
        line.addWidget(self._grip, 0, Qt.AlignmentFlag.AlignTop)
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

    @Slot()
    def _on_remove(self) -> None:
        self.acted.emit(RowRequest(self, RowAct.REMOVE))

    @Slot()
    def _on_grip(self) -> None:
        menu = RoundMenu(self)
        for act, words in WORDS.items():
            menu.addAction(words).setData(int(act))
        menu.triggered.connect(self._on_act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, 30)))

    @Slot(QAction)
    def _on_act(self, action: QAction) -> None:
        self.acted.emit(RowRequest(self, RowAct(action.data())))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = act_of(event)
        if act is not None:
            self.acted.emit(RowRequest(self, act))
        else:
            super().keyPressEvent(event)


def act_of(event: QKeyEvent) -> RowAct | None:
    """Return where a key moves a row; None for a key that does not."""
    is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return _KEYS.get(Qt.Key(event.key())) if is_alt else None


def inline_of(parts: Sequence[FormField]) -> int:
    """Return how many cells stand in the row itself; what has rows of its own needs the width under its name."""
    return 1 if any(part.kind in _WIDE for part in parts[:INLINE]) else INLINE


def weight_of(part: FormField, parts: Sequence[FormField]) -> int:
    """Return how much of the row's width a cell takes: a name before what can hold values takes less."""
    return 3 if len(parts) > 1 and part is parts[0] and parts[1].reads_values else 5
