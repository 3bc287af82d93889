"""Words as a label whose lines are as far apart as the design says; Qt's own takes that from the font."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

LINES: Final = {11: 14, 12: 16, 13: 18, 15: 20, 17: 22, 22: 28}
"""By the size of text: from the top of a line to the top of the next (visual-design.md §2.5)."""
UNBOUND: Final = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX: as wide as one likes."""
_BREAK: Final = "\u2028"
"""Unicode's line separator: where a layout breaks a line without ending the paragraph."""


def line_height(font: QFont) -> int:
    """Return how high a line of a font is, in pixels; between the design's sizes as high as body text has it."""
    size = font.pixelSize()
    return LINES.get(size) or round(size * LINES[13] / 13)


class Words(QLabel):
    """Plain text, in one line or wrapped. It cannot be selected: that needs Qt's own."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self, width: float) -> QTextLayout:
        layout = QTextLayout(self.text().replace("\n", _BREAK), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        wraps = QTextOption.WrapMode.WordWrap if self.wordWrap() else QTextOption.WrapMode.NoWrap
        option.setWrapMode(wraps)
        layout.setTextOption(option)
        height, top = line_height(self.font()), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (height - line.height()) / 2))
            top += height
        layout.endLayout()
        return layout

    @override
    def heightForWidth(self, arg__1: int) -> int:
        self.ensurePolished()  # else the font is not yet the style sheet's
        around = self.size() - self.contentsRect().size()
        lines = self._lay_out(arg__1 - around.width()).lineCount()
        return max(1, lines) * line_height(self.font()) + around.height()

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(hint.width()))

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as Qt's and as low as it is where nothing has to be wrapped, as Qt's is too."""
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(UNBOUND))

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        place = self.contentsRect()
        layout = self._lay_out(place.width())
        height = layout.lineCount() * line_height(self.font())
        spare = place.height() - height
        down = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        top = 0 if down == Qt.AlignmentFlag.AlignTop else spare if down == Qt.AlignmentFlag.AlignBottom else spare // 2
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(place.left(), place.top() + top))
        painter.end()
