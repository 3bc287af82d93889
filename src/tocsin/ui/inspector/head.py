"""The inspector's head: the tile with its effect mark, the title, what it does in words, what can be done to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.canvas.faces import Face, Family
from tocsin.ui.canvas.geometry import MARK, TILE_RADIUS
from tocsin.ui.canvas.marks import paint_disclosure, paint_effect
from tocsin.ui.forms.form_parts import SIDE
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.icon_button import IconButton

HEIGHT: Final = 54
TILE: Final = 30
ICON: Final = 13
REACH: Final = 6
"""How far a mark may reach beyond the tile."""


class TileView(QWidget):
    """The icon of a node on the tile of its kind, with what it can do to the world."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face: Face | None = None
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def face(self) -> Face | None:
        """What is shown."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Show another node's tile."""
        self._face = face
        self.update()

    def _fit(self) -> None:
        edge = self._theme.px(TILE)
        self.setFixedSize(QSize(edge + REACH, edge + 2 * REACH))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._face is None:
            return
        theme, tokens, face = self._theme, self._theme.tokens, self._face
        edge = theme.px(TILE)
        tile = QRectF(0, REACH, edge, edge)
        radius = edge / 2 if face.family is Family.HUMAN else TILE_RADIUS
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(tokens, f"{face.family}_soft")))
        painter.drawRoundedRect(tile, radius, radius)
        place = QRectF(0, 0, theme.px(ICON), theme.px(ICON))
        place.moveCenter(tile.center())
        paint_icon(painter, face.icon, getattr(tokens, face.family), place)
        paint_effect(painter, tile.bottomRight() + QPointF(-2, -3), theme.px(MARK), face.effect, tokens)
        if face.discloses:
            paint_disclosure(painter, tile.topRight() + QPointF(-2, 3), theme.px(MARK), tokens)
        painter.end()


class InspectorHead(QFrame):
    """54 px high; the title elides, with the whole in its tooltip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inspector-head")
        self._theme = theme
        self._tile = TileView(theme, self)
        self._title = ElidedLabel("", self, role="panel-title")
        self._subtitle = ElidedLabel("", self, role="quiet")
        self._buttons = QHBoxLayout()
        self._arrange()
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def title(self) -> str:
        """The headline."""
        return self._title.text()

    @property
    def subtitle(self) -> str:
        """What kind of thing it is, and what it does to the world."""
        return self._subtitle.text()

    @property
    def tile(self) -> TileView:
        """The tile."""
        return self._tile

    def show_words(self, title: str, subtitle: str, face: Face) -> None:
        """Show what is selected."""
        self._title.set_text(title)
        self._subtitle.set_text(subtitle)
        self._tile.show_face(face)

    def add_action(self, action: QAction, icon: str) -> None:
        """Offer something to do with what is selected."""
        button = IconButton(self._theme, icon, action.text(), parent=self)
        button.follow(action)
        self._buttons.addWidget(button)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.setContentsMargins(0, 2, 0, 0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addStretch(1)
        self._buttons.setSpacing(14)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE - 4, 0)
        row.setSpacing(6)
        row.addWidget(self._tile)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
