"""Texts, laid out once: a line that is drawn again costs no layout.

For files that are drawn as lines (SVG, PDF) a text can be its outlines, so that they look the same without our fonts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QStaticText,
    QTextLayout,
    QTextOption,
)

from tocsin.ui.theme import ui_font


class OutlinePainter(QPainter):
    """A painter that draws words as their outlines."""


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A text ready to be drawn. Qt's own kind forgets its font, so both are kept together.

    Attributes:
        width: Of what is drawn, in pixels.
        height: Of all its lines.
        lines: Each line's text.
    """

    text: QStaticText
    font: QFont
    width: float
    height: float
    lines: tuple[str, ...]

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw it with the painter's pen."""
        if isinstance(painter, OutlinePainter):
            painter.fillPath(self._outlines(left, top), painter.pen().color())
            return
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, top), self.text)

    def paint_amid(self, painter: QPainter, left: float, middle: float) -> None:
        """Draw it about the middle of a row."""
        self.paint(painter, left, middle - self.height / 2)

    def _outlines(self, left: float, top: float) -> QPainterPath:
        path, font = QPainterPath(), QFont(self.font)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # else they differ by what was drawn before
        path.setFillRule(Qt.FillRule.WindingFill)  # strokes of one letter may overlap
        ascent, each = QFontMetricsF(self.font).ascent(), self.height / len(self.lines)
        for row, text in enumerate(self.lines):
            path.addText(QPointF(left, top + row * each + ascent), font, text)
        return path


@lru_cache(maxsize=8192)
def line(text: str, pixels: int, weight: int, width: int) -> Laid:
    """Return one line of plain text, elided at the end where it is wider than `width` pixels."""
    flat = " ".join(text.split())
    shown = QFontMetricsF(_font(pixels, weight)).elidedText(flat, Qt.TextElideMode.ElideRight, width)
    return _laid(shown, (shown,), pixels, weight, 0)


@lru_cache(maxsize=512)
def block(text: str, pixels: int, weight: int, width: int) -> Laid:
    """Return plain text in lines of at most `width` pixels."""
    whole = text.replace("\n", "\u2028")
    return _laid(whole, _broken(whole, pixels, weight, width), pixels, weight, width)


@lru_cache(maxsize=4096)
def advance(text: str, pixels: int, weight: int) -> float:
    """Return how wide a line is."""
    return QFontMetricsF(_font(pixels, weight)).horizontalAdvance(text)


@lru_cache(maxsize=256)
def _font(pixels: int, weight: int) -> QFont:
    return ui_font(pixels, weight)


def _laid(text: str, lines: tuple[str, ...], pixels: int, weight: int, width: int) -> Laid:
    made, font = QStaticText(text), _font(pixels, weight)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    if width:
        made.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        made.setTextWidth(width)
    made.prepare(font=font)
    return Laid(made, font, made.size().width(), made.size().height(), lines)


def _broken(text: str, pixels: int, weight: int, width: int) -> tuple[str, ...]:
    """Return a text's lines as Qt breaks them."""
    layout = QTextLayout(text, _font(pixels, weight))
    layout.beginLayout()
    lines: list[str] = []
    while (part := layout.createLine()).isValid():
        part.setLineWidth(width)
        lines.append(text[part.textStart() : part.textStart() + part.textLength()].strip("\u2028"))
    layout.endLayout()
    return tuple(lines) or ("",)
