"""A row that can be moved among its like and taken away: by its grip, by keys, by its cross."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.row_order import Grip
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.round_menu import RoundMenu

GAP: Final = 4


class RowAct(IntEnum):
    """What is wanted of a row. The value of a move is how far it goes."""

    UP = -1
    DOWN = 1
    REMOVE = 0


@dataclass(frozen=True, slots=True)
class RowRequest:
    """What a person wants of which row."""

    row: MovableRow
    act: RowAct


_WORDS: Final = {RowAct.UP: _("Move up"), RowAct.DOWN: _("Move down"), RowAct.REMOVE: _("Remove")}
_KEYS: Final = {Qt.Key.Key_Up: RowAct.UP, Qt.Key.Key_Down: RowAct.DOWN}


class MovableRow(QFrame):
    """A row on the screen. It asks to be moved or removed; whoever holds it does that.

    Signals:
        entered: A person typed or chose something in it.
        left: The typing is over.
        acted: A RowRequest.
    """

    entered = Signal()
    left = Signal()
    acted = Signal(object)

    _grip: Grip

    @property
    def grip(self) -> Grip:
        """What it is held by."""
        return self._grip

    def set_as_text(self, is_text: bool) -> None:
        """Show ids instead of titles, or titles again."""
        raise NotImplementedError

    def _make_grip(self, theme: Theme, words: str) -> Grip:
        self._grip = Grip(theme, words, self)
        self._grip.clicked.connect(self._on_grip)
        return self._grip

    def _make_cross(self, theme: Theme, words: str) -> IconButton:
        cross = IconButton(theme, "x", words, parent=self)
        cross.clicked.connect(self._on_cross)
        return cross

    def _ask(self, act: RowAct) -> None:
        self.acted.emit(RowRequest(self, act))

    @Slot()
    def _on_cross(self) -> None:
        self._ask(RowAct.REMOVE)

    @Slot()
    def _on_grip(self) -> None:
        menu = RoundMenu(self)
        for act, words in _WORDS.items():
            menu.addAction(words).setData(int(act))
        menu.triggered.connect(self._on_act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._grip.mapToGlobal(QPoint(0, self._grip.height() + GAP)))

    @Slot(QAction)
    def _on_act(self, action: QAction) -> None:
        self._ask(RowAct(action.data()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        act = _KEYS.get(Qt.Key(event.key())) if is_alt else None
        if act is not None:
            self._ask(act)
        else:
            super().keyPressEvent(event)
