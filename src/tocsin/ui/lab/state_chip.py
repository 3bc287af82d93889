"""A state of the Lab's world as a grey pill with a glyph; one paint function for tables and the list of changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.lab.cards import Level, WorldState
from tocsin.ui.theme import Theme, Tokens, paint_icon, redraw_with
from tocsin.ui.widgets.plain_tip import plain_tip

HEIGHT: Final = 20
PADDING: Final = 7
GLYPH: Final = 12
GAP: Final = 4


@dataclass(frozen=True, slots=True)
class StateColours:
    """What a pill is painted with, as #RRGGBB; "" where nothing is painted."""

    fill: str
    border: str
    text: str


def state_colours(level: Level, tokens: Tokens) -> StateColours:
    """Return the colours of a level (visual-design.md §2.1, `world 1 / 2 / 3`)."""
    if level is Level.NORMAL:
        return StateColours("", tokens.world1, tokens.text2)
    if level is Level.ODD:
        return StateColours(tokens.world2, "", tokens.text)
    return StateColours(tokens.world3, "", tokens.node)


def state_size(state: WorldState, theme: Theme) -> QSize:
    """Return the size of a pill in the text size of now."""
    words = QFontMetricsF(theme.font(12, 500)).horizontalAdvance(state.words)
    return QSize(round(words + 0.5) + theme.px(2 * PADDING + GLYPH + GAP), theme.px(HEIGHT))


def paint_state(painter: QPainter, rect: QRectF, state: WorldState, theme: Theme) -> None:
    """Paint a pill; what does not fit is elided."""
    colours = state_colours(state.level, theme.tokens)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.fill) if colours.fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.border), 1) if colours.border else QPen(Qt.PenStyle.NoPen))
    body = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
    edge = theme.px(GLYPH)
    glyph = QRectF(rect.left() + theme.px(PADDING), rect.center().y() - edge / 2, edge, edge)
    paint_icon(painter, state.icon, colours.text, glyph)
    painter.setPen(QColor(colours.text))
    painter.setFont(theme.font(12, 500))
    words = QRectF(glyph.right() + theme.px(GAP), rect.top(), 0, rect.height())
    words.setRight(rect.right() - theme.px(PADDING) + 1)
    shown = painter.fontMetrics().elidedText(state.words, Qt.TextElideMode.ElideRight, round(words.width() + 0.5))
    painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    painter.restore()


class StateChip(QWidget):
    """A state as a widget. It takes no focus and no click."""

    def __init__(self, theme: Theme, state: WorldState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(state.words)
        self.setToolTip(plain_tip(state.words))
        redraw_with(theme, self)

    @property
    def state(self) -> WorldState:
        """What the pill says."""
        return self._state

    @override
    def sizeHint(self) -> QSize:
        return state_size(self._state, self._theme)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(2 * PADDING + GLYPH), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state(painter, QRectF(self.rect()), self._state, self._theme)
        painter.end()
