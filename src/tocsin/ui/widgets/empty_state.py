"""What a place says while there is nothing in it: an icon, one line, at most one thing to do (visual-design.md §13)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.words import Words

ICON: Final = 32
MARGIN: Final = 16
GAP: Final = 8


class EmptyState(QWidget):
    """Icon 32 px in text3, one line, one action, in the middle of its place.

    Signals:
        asked: The action was chosen.
    """

    asked = Signal()

    def __init__(self, theme: Theme, icon: str, line: str, action: str = "", parent: QWidget | None = None) -> None:
        """Say a line.

        Args:
            theme: The look.
            icon: The icon's name.
            line: The words.
            action: What the button says; "" for no button.
            parent: The place.
        """
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._picture = QLabel(self)
        self._picture.setTextFormat(Qt.TextFormat.PlainText)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line = Words(parent=self)
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line.setWordWrap(True)
        self._line.setProperty("role", "quiet")
        self._button = QPushButton(self)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.asked)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addStretch(1)
        column.addWidget(self._picture)
        column.addWidget(self._line)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.set_line(line)
        self.set_action(action)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def line(self) -> str:
        """What the place says."""
        return self._line.text()

    @property
    def button(self) -> QPushButton:
        """The one action; hidden when there is none."""
        return self._button

    def set_line(self, line: str) -> None:
        """Say something else."""
        self._line.setText(line)
        self.setAccessibleName(line)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self._tint()

    def set_action(self, action: str) -> None:
        """Offer something else to do; "" offers nothing."""
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setHidden(not action)

    def _fit(self) -> None:
        """Leave the picture out, and the room above and below, where the place is too low for them."""
        line = self._line.heightForWidth(max(self.width() - 2 * MARGIN, 1))
        action = self._button.sizeHint().height() + GAP if not self._button.isHidden() else 0
        is_low = self.height() < 2 * MARGIN + self._theme.px(ICON) + GAP + line + action
        self._picture.setVisible(not is_low)
        edge = GAP // 2 if is_low else MARGIN
        self._column.setContentsMargins(MARGIN, edge, MARGIN, edge)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        colour = self._theme.tokens.text3
        self._picture.setPixmap(icon_pixmap(self._icon_name, colour, self._theme.px(ICON), ratio))
