"""An editor of rows that are added, taken away and put in another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.forms.editor import FieldEditor, MakeEditor
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.movable_row import GAP, MovableRow, RowAct, RowRequest
from tocsin.ui.forms.row_order import RowMove, RowOrder
from tocsin.ui.widgets.link_button import LinkButton

R = TypeVar("R", bound=MovableRow)


class MovableRowsEditor(FieldEditor, Generic[R]):
    """Holds the rows and what adds one; a class of this kind says what a row is, and lays them out."""

    _add: LinkButton

    def __init__(self, field: FormField, kit: FormKit, make: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._make = make
        self._is_as_text = False
        self._cards: list[R] = []
        self._order = RowOrder(kit.theme, lambda: self._cards, self)
        self._order.moved.connect(self._on_moved)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP)
        self._column.setSpacing(GAP)

    @property
    def cards(self) -> Sequence[R]:
        """The rows, from the top."""
        return self._cards

    @property
    def add_button(self) -> QPushButton:
        """What adds a row."""
        return self._add

    @override
    def set_as_text(self, is_text: bool) -> None:
        self._is_as_text = is_text
        for card in self._cards:
            card.set_as_text(is_text)

    def _make_add(self, words: str) -> None:
        """Make what adds a row; keys reach it after what was made before."""
        self._add = LinkButton(words, self, is_in_row=True)
        self._add.clicked.connect(self._on_add)

    def _hold(self, card: R) -> None:
        """Put a row under the others."""
        card.entered.connect(self._on_entered)
        card.left.connect(self.left)
        card.acted.connect(self._on_acted)
        self._order.hold(card, card.grip)
        card.set_as_text(self._is_as_text)
        self._cards.append(card)
        self._rows.addWidget(card)
        QWidget.setTabOrder(card, self._add)

    def _clear(self) -> None:
        for card in tuple(self._cards):
            self._let_go(card)

    def _let_go(self, card: R) -> None:
        self._cards.remove(card)
        self._rows.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _move(self, place: int, to: int) -> None:
        card = self._cards.pop(place)
        self._cards.insert(to, card)
        self._rows.removeWidget(card)
        self._rows.insertWidget(to, card)

    def _tell(self) -> None:
        self._on_entered()
        self.left.emit()

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit()

    @Slot()
    def _on_add(self) -> None:
        raise NotImplementedError

    @Slot(object)
    def _on_moved(self, move: RowMove) -> None:
        self._move(self._place_of(move.row), move.place)
        self._tell()

    @Slot(object)
    def _on_acted(self, request: RowRequest) -> None:
        place = self._place_of(request.row)
        if request.act is RowAct.REMOVE:
            self._let_go(self._cards[place])
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        elif 0 <= place + request.act < len(self._cards):
            self._move(place, place + request.act)
        self._tell()

    def _place_of(self, row: QWidget) -> int:
        return next(place for place, card in enumerate(self._cards) if card is row)
