"""Words of which some are data: wrapped, painted as plain text. Nothing in them can be a link or a picture.

Data among words stands out by its weight; where everything is data nothing needs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.run_dock.question_text import Piece
from tocsin.ui.theme import Theme

SIZE: Final = 12
LINE: Final = 16
_BREAK: Final = "\u2028"
"""Unicode's line separator: where a layout breaks a line without ending the paragraph."""
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
"""A time and its zone stay in one line."""


class PiecesLabel(QWidget):
    """As high as its text in the width that it is given."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces: tuple[Piece, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme)

    @property
    def text(self) -> str:
        """The words as they are read."""
        return "".join(piece.text for piece in self._pieces)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show other words."""
        self._pieces = tuple(pieces)
        self.setAccessibleName(self.text)
        self._on_theme()

    def _lay_out(self, width: int) -> QTextLayout:
        text = self.text.replace("\n", _BREAK).replace(" UTC", f"{_NO_BREAK}UTC")
        layout = QTextLayout(text, self._theme.font(SIZE))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += self._theme.px(LINE)
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats: list[QTextLayout.FormatRange] = []
        is_mixed = not all(piece.is_data for piece in self._pieces)
        start = 0
        for piece in self._pieces:
            length = len(piece.text.encode("utf-16-le")) // 2  # Qt counts in UTF-16
            if piece.is_data and is_mixed:
                span = QTextLayout.FormatRange()
                span.start, span.length, span.format = start, length, self._data_format()  # pyright: ignore[reportAttributeAccessIssue]  stubs lack the fields
                formats.append(span)
            start += length
        return formats

    def _data_format(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFontWeight(QFont.Weight.DemiBold)
        return made

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        return self._lay_out(arg__1).lineCount() * self._theme.px(LINE)

    @override
    def sizeHint(self) -> QSize:
        widest = max(QFontMetricsF(self._theme.font(SIZE)).horizontalAdvance(line) for line in self.text.split("\n"))
        return QSize(round(widest) + 1, (self.text.count("\n") + 1) * self._theme.px(LINE))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.px(LINE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.tokens.text))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self._lay_out(self.width()).draw(painter, QPointF(0, 0))
        painter.end()
