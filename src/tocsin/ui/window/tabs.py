"""The tabs of the open playbooks: an icon, the name, a dot while it is not saved and a cross to close it otherwise.

They are painted here, not by the style sheet, so that nothing moves when a dot becomes a cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme, icon_pixmap

HEIGHT: Final = 36
SIDE: Final = 12
ICON: Final = 14
GAP: Final = 8
MARK: Final = 14
RIGHT: Final = 12
TARGET: Final = 24
LEAST: Final = 96
MOST: Final = 320
DOT_RADIUS: Final = 3.5
TOP_LINE: Final = 2
RING: Final = 2
ICON_NAME: Final = "network"


@dataclass(frozen=True, slots=True)
class TabFace:
    """What a tab shows.

    Attributes:
        name: What the playbook is called.
        is_dirty: It has changes that are not saved.
        tip: Where its file lies, and what its run does.
    """

    name: str
    is_dirty: bool = False
    tip: str = ""

    @property
    def spoken(self) -> str:
        """The tab as it is read aloud."""
        return _("{name}, not saved").format(name=self.name) if self.is_dirty else self.name


@dataclass(frozen=True, slots=True)
class TabMenuRequest:
    """A wish for the menu of a tab.

    Attributes:
        index: The tab's.
        at: Where the menu opens, on the screen.
    """

    index: int
    at: QPoint


class DocumentTabs(QTabBar):
    """Shows faces; what a person wants goes out by signals.

    Signals:
        chosen: The index of the tab that was pressed or walked to.
        close_requested: The index of the tab that shall be closed.
        menu_requested: A TabMenuRequest: a person wants to know what can be done with a tab.
    """

    chosen = Signal(int)
    close_requested = Signal(int)
    menu_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._faces: tuple[TabFace, ...] = ()
        self._pointed = QPointF(-1, -1)
        self.setObjectName("document-tabs")
        self.setAccessibleName(_("Playbooks"))
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.currentChanged.connect(self._on_current)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def faces(self) -> tuple[TabFace, ...]:
        """What the tabs show."""
        return self._faces

    def show_faces(self, faces: Sequence[TabFace], current: int) -> None:
        """Show these tabs, the one at `current` in front. Tells nobody: it is what is so already."""
        if tuple(faces) == self._faces and current == self.currentIndex():
            return
        blocked = self.blockSignals(True)
        self._faces = tuple(faces)
        while self.count() < len(faces):
            self.addTab("")
        while self.count() > len(faces):
            self.removeTab(self.count() - 1)
        for index, face in enumerate(faces):
            self.setTabText(index, face.name.replace("&", "&&"))  # also lays the tab out anew
            self.setTabToolTip(index, face.tip or face.name)
            self.setAccessibleTabName(index, face.spoken)
        self.setCurrentIndex(current)
        self.blockSignals(blocked)
        self.update()

    def mark_rect(self, index: int) -> QRect:
        """Return where the dot or the cross of a tab is, as large as it can be hit."""
        tab, size = self.tabRect(index), self._theme.px(MARK)
        middle = tab.right() + 1 - RIGHT - size / 2
        reach = max(TARGET, size)
        return QRect(round(middle - reach / 2), (tab.height() - reach) // 2, reach, reach)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        tokens, face, tab = self._theme.tokens, self._faces[index], self.tabRect(index)
        is_current = index == self.currentIndex()
        is_hovered = tab.contains(self._pointed.toPoint())
        ground = tokens.canvas if is_current else tokens.hover if is_hovered else tokens.win
        painter.fillRect(tab, QColor(ground))
        line = QColor(tokens.line)
        painter.fillRect(QRect(tab.right(), tab.top(), 1, tab.height()), line)
        if is_current:
            painter.fillRect(QRect(tab.left(), tab.top(), tab.width(), TOP_LINE), QColor(tokens.sel_line))
        else:
            painter.fillRect(QRect(tab.left(), tab.bottom(), tab.width(), 1), line)
        colour = tokens.text if is_current else tokens.text2
        edge = self._theme.px(ICON)
        icon = icon_pixmap(ICON_NAME, tokens.text2, edge, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(tab.left() + SIDE, tab.center().y() - edge / 2 + 0.5), icon)
        left = tab.left() + SIDE + edge + GAP
        words = QRect(left, tab.top(), self._words_width(tab.width()), tab.height())
        painter.setFont(self._theme.font(13, 500 if is_current else 400))
        painter.setPen(QColor(colour))
        text = QFontMetrics(painter.font()).elidedText(face.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        self._paint_mark(painter, index)

    def _paint_mark(self, painter: QPainter, index: int) -> None:
        """A dot while it is not saved; a cross otherwise, and where the pointer is."""
        tokens, target = self._theme.tokens, self.mark_rect(index)
        centre = QRectF(target).center()
        is_pointed = target.contains(self._pointed.toPoint())
        if is_pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.press))
            painter.drawRoundedRect(QRectF(target).adjusted(2, 2, -2, -2), 6, 6)
        if self._faces[index].is_dirty and not is_pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.text2))
            painter.drawEllipse(centre, DOT_RADIUS, DOT_RADIUS)
            return
        edge = self._theme.px(MARK)
        cross = icon_pixmap("x", tokens.text3, edge, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(centre.x() - edge / 2, centre.y() - edge / 2), cross)

    def _words_width(self, tab: int) -> int:
        return tab - SIDE - self._theme.px(ICON) - 2 * GAP - self._theme.px(MARK) - RIGHT

    @Slot(int)
    def _on_current(self, index: int) -> None:
        self.chosen.emit(index)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(13, 500))
        self.setFixedHeight(max(HEIGHT, self._theme.px(HEIGHT)))
        self.updateGeometry()
        self.update()

    # Qt's names

    @override
    def tabSizeHint(self, index: int) -> QSize:
        metrics = QFontMetrics(self._theme.font(13, 500))  # of the current tab: it is the widest
        words = metrics.horizontalAdvance(self._faces[index].name) + 1
        return QSize(min(max(LEAST, words - self._words_width(0)), MOST), self.height())

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(LEAST, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        least, all_tabs = super().minimumSizeHint(), self.sizeHint()  # the first has room for buttons to scroll by
        return least.boundedTo(QSize(all_tabs.width(), least.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._faces)):
            self._paint_tab(painter, index)
        if self.hasFocus():
            half = RING / 2
            painter.setPen(QPen(QColor(self._theme.tokens.sel_line), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(self.tabRect(self.currentIndex())).adjusted(2 + half, 4 + half, -3 - half, -2 - half)
            painter.drawRoundedRect(ring, 6, 6)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.tabAt(at)
        is_close = event.button() is Qt.MouseButton.LeftButton and index >= 0 and self.mark_rect(index).contains(at)
        if is_close or (event.button() is Qt.MouseButton.MiddleButton and index >= 0):
            self.close_requested.emit(index)
            event.accept()
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointed = event.position()
        self.update()
        super().mouseMoveEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.tabAt(event.pos())
        if index >= 0:
            at = self.mapToGlobal(self.tabRect(index).bottomLeft()) if is_key else event.globalPos()
            self.menu_requested.emit(TabMenuRequest(index, at))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = QPointF(-1, -1)
        self.update()
