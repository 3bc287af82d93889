"""What the footer counts, and the small buttons that say it: a press leads to what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _, plural
from tocsin.model.problems import Problem, Severity
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.marks import BadgePlace, paint_badge
from tocsin.ui.theme import Theme, paint_icon, redraw_with

ICON: Final = 13
GAP: Final = 6


class CountKind(StrEnum):
    """What is counted, in the order of the footer."""

    PROBLEMS = "problems"
    NODES = "nodes"
    UNCERTAIN = "uncertain"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class CountFace:
    """What a count shows.

    Attributes:
        words: “2 warnings”; "" hides it.
        tone: The token of its words, and of its icon.
        icon: A name in `resources/icons`, or "".
        badge: The state's badge that stands in the icon's place, or None.
        weight: Of its words.
    """

    words: str = ""
    tone: str = "text2"
    icon: str = ""
    badge: Look | None = None
    weight: int = 400


def problems_face(problems: Sequence[Problem]) -> CountFace:
    """Count errors and warnings; remarks are not counted."""
    counts = Counter(problem.severity for problem in problems)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    parts = [plural("{n} error", "{n} errors", errors).format(n=errors)] if errors else []
    parts += [plural("{n} warning", "{n} warnings", warnings).format(n=warnings)] if warnings else []
    words = ", ".join(parts)
    if counts[Severity.ERROR]:
        return CountFace(words, "problem", "circle-alert", weight=500)
    return CountFace(words, "waiting_text", "triangle-alert")


def nodes_face(count: int) -> CountFace:
    """Count what is on the canvas."""
    return CountFace(plural("{n} node", "{n} nodes", count).format(n=count))


def uncertain_face(count: int) -> CountFace:
    """Count what may have happened: the loudest thing here."""
    return CountFace(
        _("{count} may have happened").format(count=count) if count else "", "text", badge=Look.UNCERTAIN, weight=500
    )


def waiting_face(count: int) -> CountFace:
    """Count the questions that wait for a person."""
    words = plural("{count} waits for you", "{count} wait for you", count).format(count=count) if count else ""
    return CountFace(words, "waiting_text", badge=Look.ASKS, weight=500)


class CountButton(QAbstractButton):
    """One count. It is not there when there is nothing to count.

    Attributes:
        kind: What is counted.
    """

    def __init__(self, kind: CountKind, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._theme = theme
        self._face = CountFace()
        self.setObjectName(f"count-{kind}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        redraw_with(theme, self)
        self.hide()

    def show_face(self, face: CountFace) -> None:
        """Show another count."""
        if face == self._face:
            return
        self._face = face
        self.setText(face.words)
        self.setAccessibleName(face.words)
        self.setVisible(bool(face.words))
        self.updateGeometry()
        self.update()

    @property
    def _lead(self) -> int:
        has_picture = bool(self._face.icon) or self._face.badge is not None
        return self._theme.px(ICON + GAP) if has_picture else 0

    @property
    def _font(self) -> QFont:
        return self._theme.font(11, self._face.weight)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font).horizontalAdvance(self.text())
        return QSize(self._lead + words + 2, self._theme.px(24))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(ICON)
        colour = str(getattr(tokens, self._face.tone))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._face.badge is not None:
            place = BadgePlace(QPointF(edge / 2, self.height() / 2), edge, on_border=False)
            paint_badge(painter, place, self._face.badge, tokens)
        elif self._face.icon:
            paint_icon(painter, self._face.icon, colour, QRectF(0, (self.height() - edge) / 2, edge, edge))
        font = self._font
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(colour))
        words = self.rect().adjusted(self._lead, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()
