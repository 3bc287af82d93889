"""A part of a form that folds: a head with a chevron, a title and a summary at the right, and what is under it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, paint_icon

HEAD_HEIGHT: Final = 26
FOLD_MS: Final = 120
ICON: Final = 14
GAP: Final = 6
UNBOUND: Final = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX: a widget as high as it likes."""


class SectionHead(QAbstractButton):
    """The line that folds and unfolds: checked is open."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._summary = ""
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)

    @property
    def summary(self) -> str:
        """What is said at the right."""
        return self._summary

    def set_summary(self, summary: str) -> None:
        """Say at the right what is set, so that it need not be unfolded to be read."""
        if summary != self._summary:
            self._summary = summary
            self.setAccessibleDescription(summary)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        title = QFontMetrics(self._theme.font(12, 600)).horizontalAdvance(self.text())
        return QSize(title + self._theme.px(ICON + 2 * GAP), self._theme.px(HEAD_HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, edge = self._theme, self._theme.px(ICON)
        painter = QPainter(self)
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        paint_icon(painter, chevron, theme.tokens.text2, QRectF(0, (self.height() - edge) / 2, edge, edge))
        line = self.rect().adjusted(edge + theme.px(GAP), 0, 0, 0)
        painter.setPen(QColor(theme.tokens.text))
        painter.setFont(theme.font(12, 600))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(self.text()) + theme.px(2 * GAP))
        painter.setPen(QColor(theme.tokens.text2))
        painter.setFont(theme.font(12))
        shown = painter.fontMetrics().elidedText(self._summary, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class Section(QWidget):
    """A head and its content. Folds in 120 ms, at once where motion is reduced.

    Signals:
        opened: Whether a person opened (or closed) it.
    """

    opened = Signal(bool)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None, *, is_open: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head = SectionHead(theme, title, self)
        self._head.setChecked(is_open)
        self._content: QWidget | None = None
        self._fold = QVariantAnimation(self)
        self._fold.setDuration(FOLD_MS)
        self._fold.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fold.valueChanged.connect(self._on_height)
        self._fold.finished.connect(self._on_folded)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._head.clicked.connect(self._on_clicked)
        theme.changed.connect(self._on_theme_changed)

    @property
    def head(self) -> SectionHead:
        """The line that folds."""
        return self._head

    @property
    def is_open(self) -> bool:
        """The content can be seen."""
        return self._head.isChecked()

    def set_content(self, content: QWidget) -> None:
        """Put a widget under the head; the one before is let go."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content
        self._column.addWidget(content)
        content.setVisible(self.is_open)

    def set_summary(self, summary: str) -> None:
        """Say at the right of the head what is set."""
        self._head.set_summary(summary)

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold at once; tells nothing."""
        self._head.setChecked(is_open)
        self._fold.stop()
        self._on_folded()

    def _on_clicked(self, is_open: bool) -> None:
        self._glide() if not self._theme.is_motion_reduced else self._on_folded()
        self.opened.emit(is_open)

    def _glide(self) -> None:
        if self._content is None:
            return
        self._fold.stop()
        self._content.setMaximumHeight(self._content.height() if not self.is_open else 0)
        self._content.show()
        self._fold.setStartValue(self._content.maximumHeight())
        self._fold.setEndValue(self._content.sizeHint().height() if self.is_open else 0)
        self._fold.start()

    def _on_height(self, height: int) -> None:
        if self._content is not None:
            self._content.setMaximumHeight(height)

    def _on_folded(self) -> None:
        if self._content is not None:
            self._content.setVisible(self.is_open)
            self._content.setMaximumHeight(UNBOUND)

    def _on_theme_changed(self) -> None:
        self._head.updateGeometry()
        self._head.update()
