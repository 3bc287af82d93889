"""A line to search with: a glass at the left, the key that leads here at the right while it is empty."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.key_hint import key_hint_width, paint_key_hint
from tocsin.ui.widgets.keys import native_key

HEIGHT: Final = 30
ICON: Final = 14
LEFT: Final = 10
GAP: Final = 7


class SearchField(QLineEdit):
    """A QLineEdit, 30 px high. Escape empties it first; only an empty one lets Escape through."""

    def __init__(self, theme: Theme, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        """Make an empty field.

        Args:
            theme: The look.
            placeholder: What can be found; the accessible name too.
            key: The key that leads here, in portable text; `show_key` tells another.
            parent: The widget around it.
        """
        super().__init__(parent)
        self._theme = theme
        self._key = native_key(key)
        self.set_hint(placeholder)
        self.setProperty("role", "search")
        self.textChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def set_hint(self, words: str) -> None:
        """Say in the empty field, and to those who hear the window, what can be found."""
        self.setPlaceholderText(words)
        self.setAccessibleName(words)

    @property
    def key(self) -> str:
        """The key that leads here, as this machine writes it."""
        return self._key

    def show_key(self, key: str) -> None:
        """Say which key leads here, in portable text; "" for none."""
        self._key = native_key(key)
        self._fit()

    @property
    def _is_key_shown(self) -> bool:
        return bool(self._key) and not self.text()

    def _fit(self) -> None:
        """Keep the text clear of what is drawn beside it; the style sheet's own padding counts from the border."""
        self.setFixedHeight(self._theme.px(HEIGHT))
        right = key_hint_width(self._key, self._theme) if self._is_key_shown else 0
        self.setTextMargins(self._theme.px(ICON) + GAP - 1, 0, right, 0)
        self.update()

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(arg__1)

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        painter = QPainter(self)
        edge = self._theme.px(ICON)
        paint_icon(painter, "search", self._theme.tokens.text2, QRectF(LEFT, (self.height() - edge) / 2, edge, edge))
        if self._is_key_shown:
            width = key_hint_width(self._key, self._theme)
            hint = QRect(self.width() - width - LEFT, 0, width, self.height())
            paint_key_hint(painter, hint, self._key, self._theme)
        painter.end()
