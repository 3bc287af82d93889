"""A word in passing, over the lower edge of its place, that goes by itself: what was done, and at most one way back."""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.floating import DROP, Floating
from tocsin.ui.widgets.icon_button import IconButton

STAY_MS: Final = 6000
ABOVE: Final = 16
"""From the toast to the lower edge of its place."""


class Toast(Floating):
    """One a place: the next word takes the place of the one before. The pointer on it keeps it.

    Signals:
        asked: Its action was chosen.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self._over = parent
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._action = QPushButton(self)
        self._action.setProperty("role", "link")
        self._action.setAutoDefault(False)
        self._action.clicked.connect(self._on_asked)
        self._close = IconButton(theme, "x", _("Close the message"), parent=self)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self._text)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self.hide)
        theme.changed.connect(self._place)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or said last."""
        return self._text.text()

    @property
    def action(self) -> QPushButton:
        """The way back; hidden when there is none."""
        return self._action

    def show_text(self, text: str, action: str = "") -> None:
        """Say something, aloud too; `action` is what the button says, "" for none."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setHidden(not action)
        self.setAccessibleName(text)
        self._over.removeEventFilter(self)
        self._over.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _place(self) -> None:
        place, size = self._over.size(), self.sizeHint()
        width = min(size.width(), place.width() - 2 * ABOVE)
        left, top = (place.width() - width) // 2, place.height() - size.height() - ABOVE + DROP
        self.setGeometry(left, top, width, size.height())

    def _on_asked(self) -> None:
        self.hide()
        self.asked.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        if shiboken6.isValid(self._over):  # a place that is being destroyed hides what is in it
            self._over.removeEventFilter(self)
        super().hideEvent(event)
