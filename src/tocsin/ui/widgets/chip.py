"""A chip: a short word on a soft pill. One paint function, for widgets, delegates and canvas alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, Tokens, paint_icon
from tocsin.ui.widgets.plain_tip import plain_tip

HEIGHT: Final = 18
VALUE_HEIGHT: Final = 20
PADDING: Final = 7
ICON: Final = 12
GAP: Final = 4


class Tone(StrEnum):
    """What a chip speaks of; a value is a token's name where the chip is soft fill and that token's text."""

    PLAIN = "plain"
    """An edge's port: canvas fill, a border."""
    ACCENT = "accent"
    """A value or a run."""
    COUNT = "count"
    """How many there are of something that wants a look."""
    QUIET = "quiet"
    """A remark: skipped, cancelled, what needs nothing."""
    PROBLEM = "problem"
    PROD = "prod"
    ERROR_PATH = "err_path"
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    RETRYING = "retrying"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    ALREADY = "already"
    WOULD = "would"
    MAY_HAVE = "tape"
    REFUSED = "refused"
    FAILED = "failed"
    WORLD_NORMAL = "world1"
    WORLD_ODD = "world2"
    WORLD_CUT_OFF = "world3"


@dataclass(frozen=True, slots=True)
class ChipColours:
    """What a chip is painted with, as #RRGGBB; `border` is "" where there is none."""

    fill: str
    text: str
    border: str


@dataclass(frozen=True, slots=True)
class ChipFace:
    """What a chip shows.

    Attributes:
        text: The words; of a value the field's name.
        tone: The colours.
        icon: An icon's name, "" for none.
        icon_colour: A token's name, where the icon is not in the text's colour (a value's: its node's kind).
        lead: Words before the text in weight 500; only a value has them (its node's title), and is 20 high by them.
    """

    text: str
    tone: Tone = Tone.PLAIN
    icon: str = ""
    icon_colour: str = ""
    lead: str = ""


def chip_colours(tone: Tone, tokens: Tokens) -> ChipColours:
    """Return the colours of a tone. Where soft fills are off (high contrast), a border says where the chip ends."""
    bordered = {
        Tone.PLAIN: ChipColours(tokens.canvas, tokens.text, tokens.edge),
        Tone.WORLD_NORMAL: ChipColours(tokens.surface, tokens.text2, tokens.world1),
    }
    if tone in bordered:
        return bordered[tone]
    fill, text = {
        Tone.ACCENT: (tokens.accent_soft, tokens.accent_text),
        Tone.COUNT: (tokens.waiting_soft, tokens.waiting_text),
        Tone.WAITING: (tokens.waiting_soft, tokens.waiting_text),
        Tone.QUIET: (tokens.cancelled_soft, tokens.text2),
        Tone.QUEUED: (tokens.queued_soft, tokens.text2),
        Tone.MAY_HAVE: (tokens.tape_soft, tokens.text),
        Tone.REFUSED: (tokens.refused_soft, tokens.text),
        Tone.WORLD_ODD: (tokens.world2, tokens.text),
        Tone.WORLD_CUT_OFF: (tokens.world3, tokens.node),
    }.get(tone) or (str(getattr(tokens, f"{tone}_soft")), str(getattr(tokens, tone)))
    return ChipColours(fill, text, text if fill == tokens.node else "")


def chip_size(face: ChipFace, theme: Theme) -> QSize:
    """Return the size of a chip in the text size of now."""
    height = VALUE_HEIGHT if face.lead else HEIGHT
    width = theme.px(2 * PADDING) + _advance(face.text, theme, 400 if face.lead else 500)
    if face.lead:
        width += _advance(face.lead, theme, 500) + theme.px(GAP)
    if face.icon:
        width += theme.px(ICON + GAP)
    return QSize(round(width + 0.5), theme.px(height))


def paint_chip(painter: QPainter, rect: QRectF, face: ChipFace, theme: Theme) -> None:
    """Paint a chip. What does not fit is elided at the end of the text."""
    colours = chip_colours(face.tone, theme.tokens)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.fill))
    painter.setPen(QPen(QColor(colours.border), 1) if colours.border else QPen(Qt.PenStyle.NoPen))
    body = rect.adjusted(0.5, 0.5, -0.5, -0.5) if colours.border else rect
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
    inner = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
    if face.icon:
        inner = _paint_icon(painter, inner, face, theme)
    if face.lead:
        painter.setPen(QColor(colours.text))
        inner.setLeft(_paint_words(painter, inner, face.lead, (theme, 500)) + theme.px(GAP))
    painter.setPen(QColor(theme.tokens.text if face.lead else colours.text))
    _paint_words(painter, inner, face.text, (theme, 400 if face.lead else 500))
    painter.restore()


def _paint_icon(painter: QPainter, inner: QRectF, face: ChipFace, theme: Theme) -> QRectF:
    edge = theme.px(ICON)
    spot = QRectF(inner.left(), inner.center().y() - edge / 2, edge, edge)
    named = str(getattr(theme.tokens, face.icon_colour)) if face.icon_colour else ""
    paint_icon(painter, face.icon, named or chip_colours(face.tone, theme.tokens).text, spot)
    return inner.adjusted(edge + theme.px(GAP), 0, 0, 0)


def _paint_words(painter: QPainter, inner: QRectF, words: str, manner: tuple[Theme, int]) -> float:
    """Paint words at the left of `inner` and return where they end."""
    theme, weight = manner
    font = theme.font(12, weight)
    measure = QFontMetricsF(font)
    shown = measure.elidedText(words, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.setFont(font)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    return inner.left() + measure.horizontalAdvance(shown)


def _advance(words: str, theme: Theme, weight: int) -> float:
    return QFontMetricsF(theme.font(12, weight)).horizontalAdvance(words)


class Chip(QWidget):
    """A chip as a widget. It takes no focus and no click: what can be pressed is a button."""

    def __init__(self, theme: Theme, face: ChipFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = face
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.set_face(face)

    @property
    def face(self) -> ChipFace:
        """What the chip shows."""
        return self._face

    def set_face(self, face: ChipFace) -> None:
        """Show something else."""
        self._face = face
        self.setAccessibleName(f"{face.lead} {face.text}".strip())
        self.updateGeometry()
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._face, self._theme)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(2 * PADDING + ICON), self.sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and not self.toolTip() and self.width() < self.sizeHint().width():
            self.setToolTip(plain_tip(self.accessibleName()))
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self.sizeHint().height()
        top = (self.height() - height) // 2
        paint_chip(painter, QRectF(QPoint(0, top), QSize(self.width(), height)), self._face, self._theme)
        painter.end()
