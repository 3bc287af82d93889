"""Environments in a list: of each the stripe in its colour, its icon, its name, how ready it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.connections.faces import EnvironmentFace
from tocsin.ui.theme import Theme, paint_icon, redraw_with
from tocsin.ui.widgets.plain_tip import plain_tip

HEIGHT: Final = 46
RADIUS: Final = 6
BAR: Final = (8, 3)
"""Where the stripe begins, and how wide it is."""
ICON_AT: Final = 20
ICON: Final = 16
WORDS_AT: Final = 46


class EnvironmentRow(QAbstractButton):
    """Checked where its connections are the ones that are listed."""

    def __init__(self, face: EnvironmentFace, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self._theme = theme
        self.setObjectName(f"environment-{face.id}")
        self.setText(face.title)
        self.setCheckable(True)
        self.setAccessibleName(f"{face.title}: {face.line}")
        self.setToolTip(plain_tip(f"{face.title}\n{face.line}"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        redraw_with(theme, self)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(tokens.sel if self.isChecked() else tokens.hover))
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        colour = str(getattr(tokens, self.face.tone))
        painter.setBrush(QColor(colour))
        left, width = BAR
        painter.drawRoundedRect(QRectF(left, theme.px(10), width, self.height() - 2 * theme.px(10)), 1.5, 1.5)
        edge = theme.px(ICON)
        paint_icon(painter, self.face.icon, colour, QRectF(theme.px(ICON_AT), (self.height() - edge) / 2, edge, edge))
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, tokens = self._theme, self._theme.tokens
        place = self.rect().adjusted(theme.px(WORDS_AT), theme.px(6), -8, -theme.px(6))
        for text, font, ink, flag in (
            (self.face.title, theme.font(13, 500), tokens.text, Qt.AlignmentFlag.AlignTop),
            (self.face.line, theme.font(11), tokens.text2, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | flag), shown)


class EnvironmentList(QWidget):
    """One row below the other, of which one is chosen.

    Signals:
        chosen: The id of another environment that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._current = ""
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def rows(self) -> list[EnvironmentRow]:
        """The rows, in order."""
        return [button for button in self._group.buttons() if isinstance(button, EnvironmentRow)]

    def show_faces(self, faces: Iterable[EnvironmentFace], current: str) -> None:
        """List these, one of them chosen; the keyboard stays in the list if it is there."""
        had_focus = any(row.hasFocus() for row in self.rows)
        for row in self.rows:
            self._group.removeButton(row)
            row.hide()
            row.deleteLater()
        self._current = current
        for face in faces:
            row = EnvironmentRow(face, self._theme, self)
            row.setChecked(face.id == current)
            self._group.addButton(row)
            self._column.addWidget(row)
            if had_focus and row.isChecked():
                row.show()
                row.setFocus()

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, EnvironmentRow) and button.face.id != self._current:
            self.chosen.emit(button.face.id)
