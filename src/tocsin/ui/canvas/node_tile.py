"""A node's tile as a widget, for those who speak of a node: its icon, and the marks of what it can do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.ui.canvas.faces import Face, Family
from tocsin.ui.canvas.geometry import MARK, TILE_RADIUS
from tocsin.ui.canvas.marks import paint_disclosure, paint_effect
from tocsin.ui.theme import Theme, paint_icon

LARGE: Final = 30
SMALL: Final = 20
SMALL_RADIUS: Final = 5
ICONS: Final = {LARGE: 13, SMALL: 14}
"""Edges of the tile, and of its icon on it."""
REACH: Final = 6
"""How far a mark may reach beyond a large tile; small ones have no marks."""


class NodeTile(QWidget):
    """The icon of a node on the soft ground of its kind.

    Args:
        theme: The look.
        parent: The widget around it.
        edge: LARGE, with marks, or SMALL, without.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, edge: int = LARGE) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edge = edge
        self._face: Face | None = None
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def face(self) -> Face | None:
        """What is shown."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Show another node's tile."""
        if face != self._face:
            self._face = face
            self.update()

    @property
    def _reach(self) -> int:
        return self._theme.px(REACH) if self._edge == LARGE else 0

    def _fit(self) -> None:
        edge = self._theme.px(self._edge)
        self.setFixedSize(QSize(edge + self._reach, edge + 2 * self._reach))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._face is None:
            return
        theme, tokens, face = self._theme, self._theme.tokens, self._face
        edge, icon = theme.px(self._edge), theme.px(ICONS[self._edge])
        tile = QRectF(0, self._reach, edge, edge)
        radius = edge / 2 if face.family is Family.HUMAN else TILE_RADIUS if self._reach else SMALL_RADIUS
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(tokens, f"{face.family}_soft")))
        painter.drawRoundedRect(tile, radius, radius)
        place = QRectF(0, 0, icon, icon)
        place.moveCenter(tile.center())
        paint_icon(painter, face.icon, getattr(tokens, face.family), place)
        if self._reach:
            paint_effect(painter, tile.bottomRight() + QPointF(-2, -3), theme.px(MARK), face.effect, tokens)
            if face.discloses:
                paint_disclosure(painter, tile.topRight() + QPointF(-2, 3), theme.px(MARK), tokens)
        painter.end()
