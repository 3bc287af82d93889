"""A few choices side by side of which one holds, such as Tree, Table, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme

HEIGHT: Final = 24
MARGIN: Final = 2
"""From the frame to the choice that holds, its border included."""


class Segment(QFrame):
    """Exclusive buttons in one frame, 24 px high. Tab reaches the one that holds, arrows choose.

    Signals:
        chosen: The id of a choice that a person made.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """Make the buttons; the first choice holds.

        Args:
            theme: The look.
            choices: (id, words) of each, in order.
            name: What is chosen, for those who hear the window: "How the output is shown".
            parent: The widget around it.
        """
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setProperty("role", "segment")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.setSpacing(0)
        for choice, words in choices:
            row.addWidget(self._make_button(choice, words))
        self.set_choice(choices[0][0])
        self._group.buttonClicked.connect(self._on_clicked)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def choice(self) -> str:
        """The id of the choice that holds."""
        return next(choice for choice, button in self._buttons.items() if button.isChecked())

    def set_choice(self, choice: str) -> None:
        """Let another choice hold; tells nothing."""
        self._buttons[choice].setChecked(True)

    def set_words(self, choice: str, words: str) -> None:
        """Say a choice with other words, such as a new count."""
        self._buttons[choice].setText(words)

    def button(self, choice: str) -> QPushButton:
        """Return a choice's button, to switch it off or to say more in its tooltip."""
        return self._buttons[choice]

    def _make_button(self, choice: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setAutoDefault(False)
        self._group.addButton(button)
        self._buttons[choice] = button
        return button

    def _fit(self) -> None:
        height = self._theme.px(HEIGHT)
        self.setFixedHeight(height)
        for button in self._buttons.values():
            button.setFixedHeight(height - 2 * MARGIN)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.choice)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The frame's edge belongs to the choice beside it: all of the 24 px can be hit."""
        beside = self.childAt(round(event.position().x()), self.height() // 2)
        if isinstance(beside, QPushButton) and event.button() is Qt.MouseButton.LeftButton:
            beside.click()
        else:
            super().mousePressEvent(event)
