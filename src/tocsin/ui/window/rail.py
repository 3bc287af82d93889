"""A folded panel as a narrow column of buttons: the node list's rail, the inspector's strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tocsin.ui.theme import Theme
from tocsin.ui.widgets.icon_button import IconButton

GAP: Final = 10


@dataclass(frozen=True, slots=True)
class RailItem:
    """One button.

    Attributes:
        id: What is told when it is pressed.
        name: What it does, a verb and an object.
        icon: A name in `resources/icons`.
        action: The id of the action that does the same, or "".
    """

    id: str
    name: str
    icon: str
    action: str = ""


class Rail(QFrame):
    """Buttons, one below the other.

    Signals:
        pressed: The id of the button that was pressed.
    """

    pressed = Signal(str)

    def __init__(self, items: Sequence[RailItem], width: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = width
        self._items = tuple(items)
        self._buttons = {item.id: IconButton(theme, item.icon, item.name, parent=self) for item in items}
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.setSpacing(GAP)
        for name, button in self._buttons.items():
            button.setObjectName(f"rail-{name}")
            button.setCheckable(True)
            button.clicked.connect(self._on_clicked)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def first(self) -> str:
        """The id of the button at the top."""
        return self._items[0].id

    @property
    def keyed(self) -> dict[str, IconButton]:
        """The buttons that stand for an action, by its id."""
        return {item.action: self._buttons[item.id] for item in self._items if item.action}

    def show_current(self, item: str) -> None:
        """Mark the button whose panel is open; "" marks none."""
        for name, button in self._buttons.items():
            button.setChecked(name == item)

    @Slot()
    def _on_clicked(self) -> None:
        name = next(name for name, button in self._buttons.items() if button is self.sender())
        self._buttons[name].setChecked(not self._buttons[name].isChecked())  # whoever hears it says what is open
        self.pressed.emit(name)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._theme.px(self._width))
