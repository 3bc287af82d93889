"""The bar at the top: menus, undo and redo, search, the environment, rehearse and run."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QMenuBar, QSizePolicy, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.theme import Theme, icon, icon_pixmap, paint_icon, redraw_with
from tocsin.ui.theme.icons import EDGE
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.key_hint import key_hint_width, paint_key_hint
from tocsin.ui.widgets.round_menu import RoundMenu
from tocsin.ui.window.environment_switch import EnvironmentSwitch

HEIGHT: Final = 48
CONTROL: Final = 30
SEARCH_WIDTH: Final = 176
WIDE_SEARCH: Final = 260
SEARCH_WORDS: Final = _("Search")
WIDE_WORDS: Final = _("Search or run a command")
MARK: Final = 20


class Header(QFrame):
    """Everything that works on the whole playbook.

    Attributes:
        environment: Where a run would go.
    """

    def __init__(self, actions: ActionSet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("header")
        self._mark = QLabel(self)
        self._mark.setAccessibleName("Tocsin")
        self._bar = QMenuBar(self)
        self._bar.setNativeMenuBar(sys.platform == "darwin")
        self._bar.setAccessibleName(_("Menus"))
        actions.fill(self._bar)
        self._menu = RoundMenu(self)
        self._menu.setObjectName("menu-of-menus")
        actions.fill(self._menu)
        self._menus = IconButton(theme, "menu", _("Open the menus"), parent=self)
        self._menus.setObjectName("button-menus")
        self._menus.clicked.connect(self._on_menus)
        self._line = QFrame(self)
        self._undo, self._redo = (self._follower(actions.get(f"edit.{name}"), f"{name}-2") for name in ("undo", "redo"))
        self._search = SearchButton(actions.get("view.palette"), theme, self)
        self._find = self._follower(actions.get("view.palette"), "search")
        self.environment = EnvironmentSwitch(theme, self)
        self._rehearse = ActionButton(actions.get("run.rehearse"), theme, parent=self)
        self._run = ActionButton(actions.get("run.run"), theme, role="primary", parent=self)
        self._arrange()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_narrow(False)

    @property
    def is_narrow(self) -> bool:
        """The menus are folded into one button, the search field into another."""
        return self._menus.isVisibleTo(self)

    def set_narrow(self, is_narrow: bool) -> None:
        """Fold menus and search into buttons, or unfold them."""
        for wide in (self._bar, self._search):
            wide.setVisible(not is_narrow)
        for small in (self._menus, self._find):
            small.setVisible(is_narrow)

    def set_bare(self, is_bare: bool) -> None:
        """Leave out what works on a playbook, while there is none; the search has its room."""
        for part in (self._line, self._undo, self._redo, self._rehearse, self._run):
            part.setVisible(not is_bare)
        self._search.set_wide(is_bare)

    def _arrange(self) -> None:
        self._line.setObjectName("header-line")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self._mark, self._bar, self._menus, self._line, self._undo, self._redo, self._find):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._search)
        row.addStretch(1)
        row.addWidget(self.environment)
        row.addSpacing(8)
        row.addWidget(self._rehearse)
        row.addWidget(self._run)

    def _follower(self, action: QAction, icon_name: str) -> IconButton:
        button = IconButton(self._theme, icon_name, action.text(), parent=self)
        button.setObjectName(f"button-{action.objectName()}")
        button.follow(action)
        return button

    @Slot()
    def _on_menus(self) -> None:
        self._menu.popup(self._menus.mapToGlobal(QPoint(0, self._menus.height() + 4)))

    @Slot()
    def _on_theme_changed(self) -> None:
        tokens = self._theme.tokens
        self.setFixedHeight(self._theme.px(HEIGHT))
        mark = self._theme.px(MARK)
        self._mark.setPixmap(icon_pixmap("bell", tokens.accent_text, mark, self.devicePixelRatioF()))
        on_accent = replace(tokens, text2=tokens.on_accent, ctl=tokens.text3)
        self._run.set_icon(icon("play-solid", on_accent, self._theme.px(EDGE)))


class SearchButton(QAbstractButton):
    """Looks like a field to search in and opens the command palette, which is one."""

    def __init__(self, action: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._theme = theme
        self.setObjectName("header-search")
        self._width = SEARCH_WIDTH
        self.setText(SEARCH_WORDS)
        self.setAccessibleName(_("Search nodes and commands"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        action.changed.connect(self._on_action_changed)
        redraw_with(theme, self)
        self._on_action_changed()

    @Slot()
    def _on_clicked(self) -> None:
        self._action.trigger()

    def set_wide(self, is_wide: bool) -> None:
        """Say more of what can be searched, in more room."""
        self._width = WIDE_SEARCH if is_wide else SEARCH_WIDTH
        self.setText(WIDE_WORDS if is_wide else SEARCH_WORDS)
        self.updateGeometry()

    @property
    def key(self) -> str:
        """The key that does the same, as this machine writes it: “Ctrl K”."""
        native = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return native.replace("+", " ").strip()

    @Slot()
    def _on_action_changed(self) -> None:
        self.setToolTip(self._action.toolTip())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._width), self._theme.px(CONTROL))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.ctl))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5.5, 5.5)
        edge = theme.px(16)
        paint_icon(painter, "search", tokens.text2, QRectF(theme.px(10), (self.height() - edge) / 2, edge, edge))
        words = self.rect().adjusted(theme.px(32), 0, 0, 0)
        painter.setPen(QColor(tokens.text3))
        painter.setFont(theme.font(13))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.key:
            hint = self.rect()
            hint.setLeft(hint.right() - theme.px(10) - key_hint_width(self.key, theme))
            hint.setRight(hint.right() - theme.px(10))
            paint_key_hint(painter, hint, self.key, theme)
        painter.end()
