"""One template as a card: its picture, its name, what it does to the world; and the legend of those marks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _, quoted
from tocsin.model.catalogue import Effect
from tocsin.services.library import ShippedPlaybook
from tocsin.ui.canvas.marks import paint_disclosure, paint_effect
from tocsin.ui.render.thumbnail import Sketch, sketch_of, thumbnail
from tocsin.ui.theme import Theme, paint_icon, redraw_with
from tocsin.ui.widgets.plain_tip import plain_tip

CARD_WIDTH: Final = 262
LEAST_CARD_WIDTH: Final = 240
MOST_CARD_WIDTH: Final = 380
PICTURE_HEIGHT: Final = 134
WORDS_HEIGHT: Final = 76
"""Under the picture, at the text size of 100 %."""
RADIUS: Final = 8
MARK: Final = 15
USE: Final = _("Use template")


class TemplateCard(QAbstractButton):
    """One template. Pressing it uses it."""

    def __init__(self, theme: Theme, shipped: ShippedPlaybook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shipped = shipped
        self._theme = theme
        self._sketch: Sketch | None = None
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None
        self.setObjectName(f"template-{shipped.id}")
        self.setAccessibleName(f"{USE} {quoted(shipped.name)}")
        self.setAccessibleDescription(
            f"{shipped.summary}. {self._facts()}, {', '.join(self._effects()) or _('reads only')}"
        )
        self.setToolTip(plain_tip(f"{shipped.name}\n{self.accessibleDescription()}"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(MOST_CARD_WIDTH)
        redraw_with(theme, self)

    def _facts(self) -> str:
        return _("{nodes} nodes · runs in Lab").format(nodes=self.shipped.nodes)

    def _effects(self) -> list[str]:
        words = {Effect.CHANGE: _("changes"), Effect.DESTRUCTIVE: _("destructive")}
        said = [words[effect] for effect in self.shipped.effects]
        return [*said, "discloses"] if self.shipped.discloses else said

    @property
    def is_lit(self) -> bool:
        """The pointer or the keyboard is on it."""
        return self.underMouse() or self.hasFocus()

    def _pixmap(self, width: int) -> QPixmap:
        """Return the picture; drawn anew only when size, colours or screen are others."""
        key = (width, self._theme.look, self.devicePixelRatioF())
        if self._picture is None or self._picture[0] != key:
            self._sketch = self._sketch or sketch_of(self.shipped.playbook)
            size = (width, PICTURE_HEIGHT)
            self._picture = (key, thumbnail(self._sketch, size, self._theme.tokens, self.devicePixelRatioF()))
        return self._picture[1]

    def _paint_words(self, painter: QPainter) -> None:
        theme, tokens = self._theme, self._theme.tokens
        left, width = 13, self.width() - 26
        top = float(PICTURE_HEIGHT + 10)
        for words, size, weight, ink, line in (
            (self.shipped.name, 13, 600, tokens.text, 17),
            (self.shipped.summary, 12, 400, tokens.text2, 18),
        ):
            painter.setFont(theme.font(size, weight))
            painter.setPen(QColor(ink))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(left, top, width, theme.px(line)), int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += theme.px(line) + 2
        line = QRectF(left, top, width, theme.px(18))
        edge = theme.px(13)
        paint_icon(painter, "network", tokens.text2, QRectF(left, line.center().y() - edge / 2, edge, edge))
        painter.setFont(theme.font(11))
        painter.setPen(QColor(tokens.text2))
        painter.drawText(line.adjusted(edge + 5, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._facts())
        self._paint_marks(painter, line)

    def _paint_marks(self, painter: QPainter, line: QRectF) -> None:
        tokens, size = self._theme.tokens, self._theme.px(MARK)
        centre = QPointF(line.right() - size / 2, line.center().y())
        if self.shipped.discloses:
            paint_disclosure(painter, centre, size, tokens)
            centre -= QPointF(size + 5, 0)
        for effect in reversed(self.shipped.effects):
            paint_effect(painter, centre, size, effect, tokens)
            centre -= QPointF(size + 5, 0)

    def _paint_use(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        font = self._theme.font(12, 500)
        width, height = QFontMetricsF(font).horizontalAdvance(USE) + 20, self._theme.px(26)
        pill = QRectF(self.width() - width - 8, 8, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, USE)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(CARD_WIDTH, PICTURE_HEIGHT + self._theme.px(WORDS_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_CARD_WIDTH, self.sizeHint().height())

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(body, RADIUS, RADIUS)
        painter.fillPath(shape, QColor(tokens.surface))
        painter.save()
        painter.setClipPath(shape)
        painter.drawPixmap(0, 0, self._pixmap(self.width()))
        painter.fillRect(QRectF(0, PICTURE_HEIGHT, self.width(), 1), QColor(tokens.line))
        painter.restore()
        self._paint_words(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.sel_line), 2) if self.is_lit else QPen(QColor(tokens.line), 1))
        inset = 0.0 if self.is_lit else -0.5
        painter.drawRoundedRect(body.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        if self.is_lit:
            self._paint_use(painter)
        painter.end()


class EffectLegend(QWidget):
    """What the marks on the cards mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Marks: changes, destructive, discloses"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        redraw_with(theme, self)

    def _parts(self) -> list[tuple[str, float]]:
        measure = QFontMetricsF(self._theme.font(12))
        return [(words, measure.horizontalAdvance(words)) for words in (_("changes"), _("destructive"), _("discloses"))]

    @override
    def sizeHint(self) -> QSize:
        mark = self._theme.px(MARK) + 4
        return QSize(round(sum(width + mark for _unused, width in self._parts()) + 2 * 14) + 1, self._theme.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, size = self._theme.tokens, self._theme.px(MARK)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        for place, (words, width) in enumerate(self._parts()):
            centre = QPointF(left + size / 2, self.height() / 2)
            if place == 2:
                paint_disclosure(painter, centre, size, tokens)
            else:
                paint_effect(painter, centre, size, (Effect.CHANGE, Effect.DESTRUCTIVE)[place], tokens)
            painter.setFont(self._theme.font(12))
            painter.setPen(QColor(tokens.text2))
            line = QRectF(left + size + 4, 0, width + 1, self.height())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), words)
            left += size + 4 + width + 14
        painter.end()
