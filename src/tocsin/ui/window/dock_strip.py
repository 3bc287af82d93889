"""The strip of the dock: its pages as tabs, the first problem in words, and buttons to move and fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.theme import Theme, paint_icon, redraw_with
from tocsin.ui.widgets.chip import ChipFace, Tone, chip_size, paint_chip
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.marks import set_mark
from tocsin.ui.widgets.plain_tip import plain_tip

HEIGHT: Final = 33
PADDING: Final = 12
ICON: Final = 16
GAP: Final = 6
UNDERLINE: Final = 2
LEAST_LINE: Final = 60


class DockTab(QAbstractButton):
    """One page's tab: icon, title, and a chip that counts or says “Live”."""

    def __init__(self, icon: str, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._chip: ChipFace | None = None
        self._is_underlined = False
        self._is_short = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        redraw_with(theme, self)

    @property
    def chip(self) -> ChipFace | None:
        """What stands after the title, or None."""
        return self._chip

    def show_chip(self, chip: ChipFace | None) -> None:
        """Let a chip stand after the title."""
        self._chip = chip
        self.setAccessibleName(f"{self.text()}, {chip.text}" if chip else self.text())
        self.updateGeometry()
        self.update()

    def set_underlined(self, is_underlined: bool) -> None:
        """Mark it as the page that is seen; a folded dock shows none."""
        if is_underlined is not self._is_underlined:
            self._is_underlined = is_underlined
            self.update()

    def set_short(self, is_short: bool) -> None:
        """Show icon and chip alone; the title is in the tooltip then."""
        if is_short is self._is_short:
            return
        self._is_short = is_short
        self.setToolTip(plain_tip(self.text()) if is_short else "")
        self.updateGeometry()
        self.update()

    @property
    def whole_width(self) -> int:
        """How wide it is with its title."""
        words = QFontMetrics(self._theme.font(13, 500)).horizontalAdvance(self.text())
        return self._bare_width + GAP + words

    @property
    def _bare_width(self) -> int:
        chip = chip_size(self._chip, self._theme).width() + GAP if self._chip else 0
        return 2 * PADDING + self._theme.px(ICON) + chip

    @property
    def _font(self) -> QFont:
        return self._theme.font(13, 500 if self._is_front else 400)

    @property
    def _is_front(self) -> bool:
        return self.isChecked() and self._is_underlined

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._bare_width if self._is_short else self.whole_width, self._theme.px(HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.hover))
        colour = tokens.text if self._is_front else tokens.text2
        edge = theme.px(ICON)
        paint_icon(painter, self._icon, colour, QRectF(PADDING, (self.height() - edge) / 2, edge, edge))
        words = self.rect().adjusted(PADDING + edge + GAP, 0, 0, 0)
        painter.setPen(QColor(colour))
        painter.setFont(self._font)
        if not self._is_short:
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._chip is not None:
            size = chip_size(self._chip, theme)
            left = self.width() - PADDING - size.width()
            paint_chip(painter, QRectF(left, (self.height() - size.height()) / 2, *size.toTuple()), self._chip, theme)
        if self._is_front:
            line = self.rect().adjusted(PADDING - 2, self.height() - UNDERLINE, -PADDING + 2, 0)
            painter.fillRect(line, QColor(tokens.sel_line))
        painter.end()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # it is the strip's


class ProblemLine(QAbstractButton):
    """The first problem in words, for when its list is folded away: where it is, and what."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._where = ""
        self._is_error = False
        self.setObjectName("first-problem")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        redraw_with(theme, self)

    def show_line(self, where: str, what: str, *, is_error: bool) -> None:
        """Say a problem; "" twice says nothing."""
        if (where, what, is_error) == (self._where, self.text(), self._is_error):
            return
        self._where, self._is_error = where, is_error
        self.setText(what)
        self.setAccessibleName(_("First problem: {where} {what}").format(where=where, what=what).replace("  ", " "))
        self.setToolTip(plain_tip(f"{where} {what}".strip()))
        self.updateGeometry()
        self.update()

    @property
    def has_words(self) -> bool:
        """There is a problem to say."""
        return bool(self.text())

    @override
    def sizeHint(self) -> QSize:
        where = QFontMetrics(self._theme.font(12, 600)).horizontalAdvance(self._where)
        what = QFontMetrics(self._theme.font(12)).horizontalAdvance(self.text())
        return QSize(self._theme.px(ICON) + 3 * GAP + where + what, self._theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(LEAST_LINE), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        edge = theme.px(ICON)
        icon, colour = ("circle-alert", tokens.problem) if self._is_error else ("triangle-alert", tokens.waiting_text)
        paint_icon(painter, icon, colour, QRectF(0, (self.height() - edge) / 2, edge, edge))
        words = self.rect().adjusted(edge + GAP, 0, 0, 0)
        for text, token, weight in ((self._where, tokens.text, 600), (self.text(), tokens.text2, 400)):
            font = theme.font(12, weight)
            font.setUnderline(self.underMouse())
            painter.setFont(font)
            painter.setPen(QColor(token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
            words.setLeft(words.left() + painter.fontMetrics().horizontalAdvance(shown) + GAP)
        painter.end()


class DockStrip(QFrame):
    """33 px: what of the dock is always there.

    Signals:
        page_chosen: The id of the page whose tab was pressed.
        move_pressed: The dock shall go to its other side.
        fold_pressed: The dock shall fold or unfold.
        double_clicked: The dock shall fill the middle, or give it back.
    """

    page_chosen = Signal(str)
    move_pressed = Signal()
    fold_pressed = Signal()
    double_clicked = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str]], theme: Theme, parent: QWidget | None = None) -> None:
        """Make the tabs.

        Args:
            pages: The id, title and icon of each page.
            theme: The look.
            parent: The dock.
        """
        super().__init__(parent)
        self._theme = theme
        self._state: tuple[str, bool, bool] | None = None
        self.setObjectName("dock-strip")
        self._tabs = {page: DockTab(icon, title, theme, self) for page, title, icon in pages}
        self._group = QButtonGroup(self)
        self._line = ProblemLine(theme, self)
        self._move = IconButton(theme, "panel-right", _("Move the dock to the right"), parent=self)
        self._move.setObjectName("move-dock")
        self._fold = IconButton(theme, "chevron-up", _("Open the dock"), parent=self)
        self._fold.setObjectName("fold-dock")
        self._arrange()
        self._connect()
        self._on_theme_changed()

    def tab(self, page: str) -> DockTab:
        """Return a page's tab.

        Raises:
            KeyError: There is no such page.
        """
        return self._tabs[page]

    @property
    def move_button(self) -> IconButton:
        """Moves the dock to the other side."""
        return self._move

    @property
    def problem_line(self) -> ProblemLine:
        """The first problem in words."""
        return self._line

    def show_state(self, page: str, *, is_open: bool, is_right: bool) -> None:
        """Let tabs and buttons tell how the dock is."""
        self._line.setVisible(not is_open and self._line.has_words)
        if (page, is_open, is_right) == self._state:
            return
        self._state = (page, is_open, is_right)
        for name, tab in self._tabs.items():
            tab.setChecked(name == page)
            tab.set_underlined(is_open)
        self._fit_tabs()
        set_mark(self, "open", is_open)
        self._fold.set_icon("chevron-down" if is_open else "chevron-up")
        self._fold.set_name(_("Fold the dock") if is_open else _("Open the dock"))
        self._move.set_icon("panel-bottom" if is_right else "panel-right")
        self._move.set_name(_("Move the dock to the bottom") if is_right else _("Move the dock to the right"))

    def show_chip(self, page: str, tone: Tone, text: str) -> None:
        """Let a chip stand after a page's title; "" takes it away."""
        chip = ChipFace(text, tone) if text else None
        if chip != self._tabs[page].chip:
            self._tabs[page].show_chip(chip)
            self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Where the titles have no room, only the page in front says its own."""
        ends = self._move.sizeHint().width() + self._fold.sizeHint().width() + 3 * PADDING
        is_short = sum(tab.whole_width for tab in self._tabs.values()) + ends > self.width()
        for tab in self._tabs.values():
            tab.set_short(is_short and not tab.isChecked())

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, PADDING - 4, 0)
        row.setSpacing(0)
        for tab in self._tabs.values():
            self._group.addButton(tab)
            row.addWidget(tab)
        row.addSpacing(PADDING)
        row.addStretch(1)
        row.addWidget(self._line)
        row.addSpacing(8)
        row.addWidget(self._move)
        row.addSpacing(4)
        row.addWidget(self._fold)

    def _connect(self) -> None:
        self._theme.changed.connect(self._on_theme_changed)
        self._move.clicked.connect(self.move_pressed)
        self._fold.clicked.connect(self.fold_pressed)
        self._line.clicked.connect(self._on_line)
        for tab in self._tabs.values():
            tab.clicked.connect(self._on_tab)

    @Slot()
    def _on_tab(self) -> None:
        self.page_chosen.emit(next(page for page, tab in self._tabs.items() if tab is self.sender()))

    @Slot()
    def _on_line(self) -> None:
        self.page_chosen.emit(next(iter(self._tabs)))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._fit_tabs()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()
