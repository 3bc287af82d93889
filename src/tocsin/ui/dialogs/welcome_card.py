"""The parts that the welcome page is made of: cards with a tile, rows that can be chosen, plain labels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, paint_icon, redraw_with
from tocsin.ui.widgets.words import Words

TILE: Final = 32
TILE_RADIUS: Final = 7
TILE_ICON: Final = 16
ROW: Final = 46
ROW_RADIUS: Final = 8


def plain_label(text: str, role: str, parent: QWidget) -> Words:
    """Return a label in which nothing is read as markup."""
    label = Words(text, parent)
    label.setProperty("role", role)
    return label


class SoftTile(QWidget):
    """An icon on a soft or a strong accent."""

    def __init__(self, theme: Theme, icon: str, sizes: tuple[int, int], parent: QWidget | None = None) -> None:
        """Make a tile.

        Args:
            theme: The look.
            icon: The icon's name.
            sizes: The edges of the tile and of its icon; a large tile is in the accent itself.
            parent: The widget around it.
        """
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._edge, self._icon_edge = sizes
        self.setFixedSize(self._edge, self._edge)
        redraw_with(theme, self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, is_large = self._theme.tokens, self._edge > TILE
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if is_large else tokens.accent_soft))
        radius = TILE_RADIUS + 3 if is_large else TILE_RADIUS
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        inset = (self._edge - self._icon_edge) / 2
        ink = tokens.on_accent if is_large else tokens.accent_text
        paint_icon(painter, self._icon, ink, QRectF(inset, inset, self._icon_edge, self._icon_edge))
        painter.end()


class WelcomeCard(QFrame):
    """A card with a tile at its left, a title and a few words; what else it holds goes into `column`.

    Attributes:
        theme: The look.
        column: Under the words.
    """

    def __init__(self, theme: Theme, icon: str, words: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "welcome-card")
        self.setAccessibleName(words[0])
        self.theme = theme
        body = plain_label(words[1], "welcome-words", self)
        body.setWordWrap(True)
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        self.column.addWidget(plain_label(words[0], "panel-title", self))
        self.column.addWidget(body)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 14)
        row.setSpacing(12)
        row.addWidget(SoftTile(theme, icon, (TILE, TILE_ICON), self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.column, 1)


class ChoiceRow(QAbstractButton):
    """A row or a small card with an icon, a name and a line under it."""

    def __init__(self, theme: Theme, icon: str, words: tuple[str, str], parent: QWidget | None = None) -> None:
        """Make a row.

        Args:
            theme: The look.
            icon: The icon's name.
            words: The name, and the line under it.
            parent: The widget around it.
        """
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._name = self._line = ""
        self._is_framed = False
        self.set_words(*words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        redraw_with(theme, self)

    def set_words(self, name: str, line: str) -> None:
        """Say this instead."""
        self._name, self._line = name, line
        self.setAccessibleName(name)
        self.setAccessibleDescription(line)
        self.update()

    def set_framed(self, is_framed: bool) -> None:
        """Draw it as a card of its own, its icon on a tile."""
        self._is_framed = is_framed
        self.updateGeometry()

    def _paint_ground(self, painter: QPainter) -> None:
        tokens, is_hovered = self._theme.tokens, self.underMouse()
        ground = tokens.hover if is_hovered else tokens.surface if self._is_framed else ""
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.line), 1) if self._is_framed else QPen(Qt.PenStyle.NoPen))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), ROW_RADIUS, ROW_RADIUS)

    def _paint_icon(self, painter: QPainter) -> float:
        """Paint the icon and return where the words begin."""
        tokens, left = self._theme.tokens, 12 if self._is_framed else 10
        if self._is_framed:
            tile = QRectF(left, (self.height() - TILE) / 2, TILE, TILE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.logic_soft))
            painter.drawRoundedRect(tile, TILE_RADIUS, TILE_RADIUS)
            inset = (TILE - TILE_ICON) / 2
            paint_icon(painter, self._icon, tokens.logic, tile.adjusted(inset, inset, -inset, -inset))
            return tile.right() + 10
        spot = QRectF(left, (self.height() - TILE_ICON) / 2, TILE_ICON, TILE_ICON)
        paint_icon(painter, self._icon, tokens.text2, spot)
        return spot.right() + 12

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(ROW) + (8 if self._is_framed else 0))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        left = self._paint_icon(painter)
        width = round(self.width() - left - 10)
        top = self.height() / 2 - theme.px(18)
        for words, font, ink in (
            (self._name, theme.font(13, 500), theme.tokens.text),
            (self._line, theme.font(11), theme.tokens.text2),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            line = QRectF(left, top, width + 1, theme.px(18))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
            top += theme.px(18)
        painter.end()
