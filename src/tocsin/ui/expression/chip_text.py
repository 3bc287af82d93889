"""A field's text in a text document: values as objects that are painted as chips, and the way back to the text.

An object stands for one piece of the text; which one is kept here by a number in its format, so that no character of
the text ever passes through a document that might change it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from typing_extensions import override

from tocsin.ui.expression.faces import Faces
from tocsin.ui.expression.pieces import Piece, PieceKind
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.chip import ChipFace, chip_size, paint_chip

LINE: Final = 24
"""The height of a line in a paragraph with chips. Qt lays its baseline at four fifths of it."""
GAP: Final = 2
"""What is free at each side of a chip."""
CHIP_TYPE: Final = QTextFormat.ObjectTypes.UserObject.value + 1
_PIECE: Final = QTextFormat.Property.UserProperty.value + 1
_OBJECT: Final = "\ufffc"
_PLACE: Final[Callable[[object], int]] = attrgetter("place")
_START: Final[Callable[[object], int]] = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the document and the part of the text that it shows.

    Attributes:
        place: Where it begins in the document, in Qt's units (UTF-16).
        start: Where it begins in the text, in characters from 0.
        source: The characters of the text.
        piece: The piece that an object stands for; None for text and line ends.
    """

    place: int
    start: int
    source: str
    piece: Piece | None = None

    @property
    def width(self) -> int:
        """How much of the document it takes."""
        return 1 if self.piece is not None else units(self.source)


class ChipText(QPyTextObject):
    """Shows pieces in a document, and reads them back.

    Args:
        document: The document; nothing else may fill it with objects.
        theme: The look.
        faces: What values are called.
        parent: The owner.
    """

    def __init__(self, document: QTextDocument, theme: Theme, faces: Faces, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._faces = faces
        self._pieces: list[Piece] = []
        self._stretches: tuple[Stretch, ...] | None = None
        document.documentLayout().registerHandler(CHIP_TYPE, self)
        document.contentsChange.connect(self._on_contents_changed)

    def set_faces(self, faces: Faces) -> None:
        """Call the values otherwise, and measure their chips again."""
        self._faces = faces
        self.measure_again()

    def measure_again(self) -> None:
        """Lay everything out again: sizes of text or words have changed."""
        self._document.markContentsDirty(0, self._document.characterCount())

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show these pieces and nothing else."""
        self._pieces.clear()
        self._document.clear()
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for piece in pieces:
            if piece.kind is PieceKind.PLAIN:
                cursor.insertText(piece.source, QTextCharFormat())
            elif piece.kind is PieceKind.LINE_END:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            else:
                cursor.setBlockFormat(self._line_format())
                cursor.insertText(_OBJECT, self._format_of(piece))
        cursor.endEditBlock()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The document and the text side by side; there is one at least, be it empty."""
        if self._stretches is None:
            self._stretches = tuple(self._read()) or (Stretch(0, 0, ""),)
        return self._stretches

    def text(self) -> str:
        """Return the text."""
        return "".join(stretch.source for stretch in self.stretches)

    def chips(self) -> tuple[Stretch, ...]:
        """Return the values that are shown as chips, in order."""
        return tuple(each for each in self.stretches if each.piece and each.piece.kind is PieceKind.VALUE)

    def find_chip(self, place: int) -> Stretch | None:
        """Return the object at a place of the document, or None."""
        found = self._stretch_at(place, by=_PLACE)
        return found if found.place == place and found.piece is not None else None

    def spoken(self) -> str:
        """Return the text as it is read aloud, with the words of its chips."""
        return "".join(self._faces.spoken(each.piece) if each.piece else each.source for each in self.stretches)

    def to_place(self, position: int) -> int:
        """Return where a place of the text is in the document; within a chip it is behind it."""
        found = self._stretch_at(position, by=_START)
        inside = position - found.start
        if inside <= 0 or found.piece is None:
            return found.place + units(found.source[: max(inside, 0)])
        return found.place + 1

    def to_position(self, place: int) -> int:
        """Return where a place of the document is in the text."""
        found = self._stretch_at(place, by=_PLACE)
        inside = place - found.place
        return found.start + len(found.source if inside >= found.width else _first_units(found.source, inside))

    def _stretch_at(self, value: int, *, by: Callable[[Stretch], int]) -> Stretch:
        """Return the last stretch that begins at or before a place."""
        stretches = self.stretches
        return stretches[max(bisect_right(stretches, value, key=by) - 1, 0)]

    def line_middles(self) -> tuple[float, float, int]:
        """Return the middle of the capitals in the first and the last line, from the top, and the number of lines."""
        half = QFontMetricsF(self._document.defaultFont()).capHeight() / 2
        lines: list[float] = []
        block = self._document.begin()
        while block.isValid():
            top = self._document.documentLayout().blockBoundingRect(block).top()
            layout = block.layout()
            found = (layout.lineAt(number) for number in range(layout.lineCount()))
            lines.extend(top + line.y() + line.ascent() - half for line in found)
            block = block.next()
        return (lines[0], lines[-1], len(lines)) if lines else (half, half, 1)

    def _read(self) -> Iterator[Stretch]:
        start = 0
        block = self._document.begin()
        while block.isValid():
            if block.blockNumber():
                yield Stretch(block.position() - 1, start, "\n")
                start += 1
            for stretch in self._stretches_in(block, start):
                yield stretch
                start += len(stretch.source)
            block = block.next()

    def _stretches_in(self, block: QTextBlock, start: int) -> Iterator[Stretch]:
        part = block.begin()
        while not part.atEnd():
            for stretch in self._stretches_of(part.fragment(), start):
                yield stretch
                start += len(stretch.source)
            part += 1

    def _stretches_of(self, fragment: QTextFragment, start: int) -> Iterator[Stretch]:
        if fragment.charFormat().objectType() != CHIP_TYPE:
            yield Stretch(fragment.position(), start, fragment.text())
            return
        piece = self._piece_of(fragment.charFormat())
        for place in range(fragment.position(), fragment.position() + fragment.length()):
            yield Stretch(place, start, piece.source, piece)
            start += len(piece.source)

    @Slot(int, int, int)
    def _on_contents_changed(self, _place: int, _removed: int, _added: int) -> None:
        self._stretches = None

    def _line_format(self) -> QTextBlockFormat:
        format_ = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        format_.setLineHeight(self._theme.px(LINE), fixed)
        return format_

    def _format_of(self, piece: Piece) -> QTextCharFormat:
        format_ = QTextCharFormat()
        format_.setObjectType(CHIP_TYPE)
        format_.setProperty(_PIECE, len(self._pieces))
        self._pieces.append(piece)
        return format_

    def _piece_of(self, format_: QTextFormat) -> Piece:
        return self._pieces[int(format_.property(_PIECE))]

    def _face(self, format_: QTextFormat) -> ChipFace:
        return self._faces.chip(self._piece_of(format_))

    @override
    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        size, room = chip_size(self._face(format), self._theme), doc.textWidth()
        width = size.width() + 2 * GAP
        return QSizeF(min(width, room) if room > 0 else width, size.height())

    @override
    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,
    ) -> None:
        face = self._face(format)
        height = chip_size(face, self._theme).height()
        body = QRectF(rect.x() + GAP, 0, rect.width() - 2 * GAP, height)
        middle = rect.y() + rect.height() - QFontMetricsF(self._document.defaultFont()).capHeight() / 2
        body.moveTop(round(middle - height / 2))
        paint_chip(painter, body, face, self._theme)
        if format.background().color().alpha() and format.hasProperty(QTextFormat.Property.BackgroundBrush):
            self._paint_ring(painter, body)

    def _paint_ring(self, painter: QPainter, body: QRectF) -> None:
        """Say that the chip is selected."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.sel_line), 2))
        ring = body.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.restore()


def units(text: str) -> int:
    """Return how many of Qt's units (UTF-16) a text has."""
    return len(text) + sum(char > "\uffff" for char in text)


def _first_units(text: str, count: int) -> str:
    """Return the beginning of a text that has at most so many of Qt's units."""
    end = 0
    for char in text:
        count -= units(char)
        if count < 0:
            break
        end += 1
    return text[:end]
