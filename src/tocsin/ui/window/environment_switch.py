"""The button that says where a run would go, and the menu that lists where it could go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget, QWidgetAction
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.connections.faces import LAB, EnvironmentFace
from tocsin.ui.theme import Theme, paint_icon
from tocsin.ui.widgets.keys import with_key
from tocsin.ui.widgets.round_menu import RoundMenu

HEIGHT: Final = 30
ICON: Final = 16
CHEVRON: Final = 14
PADDING: Final = 11
TEXT_AT: Final = 33
CHEVRON_ROOM: Final = 31
ROW_SIZE: Final = QSize(292, 44)
BAR: Final = QRectF(10, 9, 3, 26)
"""The stripe in the environment's colour, at the start of its row."""
WORDS_AT: Final = 50
ICON_AT: Final = 25
RADIUS: Final = 6
MENU_GAP: Final = 4


class EnvironmentSwitch(QToolButton):
    """Icon, name and colour of the chosen environment; a press lists all of them.

    Signals:
        environment_chosen: The id of another environment that a person chose.
    """

    environment_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._environments: tuple[EnvironmentFace, ...] = ()
        self._chosen = LAB
        self._key = ""
        self._commands: tuple[QAction, ...] = ()
        self._menu = RoundMenu(self)
        self._menu.setObjectName("environment-menu")
        self._menu.hovered.connect(self._on_hovered)
        self._menu.triggered.connect(self._on_triggered)
        self.setObjectName("environment")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.open)
        theme.changed.connect(self._fit)
        self.show_environments((LAB,), LAB.id)

    @property
    def chosen(self) -> EnvironmentFace:
        """Where a run would go."""
        return self._chosen

    @property
    def menu_of_environments(self) -> QMenu:
        """The menu that a press opens."""
        return self._menu

    def show_environments(self, environments: Sequence[EnvironmentFace], chosen: str) -> None:
        """List these, one of them chosen.

        Raises:
            StopIteration: The chosen one is not among them.
        """
        self._chosen = next(one for one in environments if one.id == chosen)
        if tuple(environments) != self._environments:  # else a row may be the one that is just being chosen
            self._environments = tuple(environments)
            self._menu.clear()
            for environment in self._environments:
                self._menu.addAction(_RowAction(environment, self._theme, self._menu))
            self._add_commands()
        for action in self._menu.actions():
            action.setChecked(action.objectName() == chosen)
        self.setAccessibleName(_("Environment: {title}").format(title=self._chosen.title))
        self.setAccessibleDescription(self._chosen.line)
        self._say()
        self._fit()

    def set_commands(self, actions: Sequence[QAction]) -> None:
        """Offer these below the environments."""
        self._commands = tuple(actions)
        self._add_commands()

    def _add_commands(self) -> None:
        """Put them last, with their pictures, which the menus of the window leave out."""
        for shown in self._menu.actions():
            if not isinstance(shown, _RowAction):
                self._menu.removeAction(shown)
                shown.deleteLater()
        if self._commands:
            self._menu.addSeparator()
        for command in self._commands:
            self._menu.addAction(command.icon(), command.text()).triggered.connect(command.trigger)

    def show_key(self, key: str) -> None:
        """Say which key does the same, in portable text; "" for none."""
        self._key = key
        self._say()

    def _say(self) -> None:
        self.setToolTip(with_key(f"{self._chosen.title}: {self._chosen.line}", self._key))

    @Slot()
    def open(self) -> None:
        """Open the menu under the button, its chosen row current."""
        below = self.mapToGlobal(QPoint(0, self.height() + MENU_GAP))
        room = self.window().mapToGlobal(QPoint(self.window().width(), 0)).x()
        below.setX(min(below.x(), room - self._menu.sizeHint().width() - MENU_GAP))
        self._add_commands()
        self._menu.popup(below)
        row = next(action for action in self._menu.actions() if action.isChecked())
        self._menu.setActiveAction(row)

    @Slot()
    def _fit(self) -> None:
        self.updateGeometry()
        self.update()

    @Slot(QAction)
    def _on_hovered(self, _action: QAction) -> None:
        for action in self._menu.actions():
            if isinstance(action, _RowAction):
                action.row.update()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        chosen = action.objectName()
        if isinstance(action, _RowAction) and chosen != self._chosen.id:
            self.environment_chosen.emit(chosen)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(13, 500)).horizontalAdvance(self._chosen.title)
        return QSize(self._theme.px(TEXT_AT + CHEVRON_ROOM) + words, self._theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, arg__1: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        colour = str(getattr(tokens, self._chosen.tone))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colour))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 0.5, RADIUS - 0.5)
        edge, small = theme.px(ICON), theme.px(CHEVRON)
        left, middle = theme.px(PADDING), self.height() / 2
        paint_icon(painter, self._chosen.icon, colour, QRectF(left, middle - edge / 2, edge, edge))
        right = self.width() - left - small
        paint_icon(painter, "chevron-down", tokens.text2, QRectF(right, middle - small / 2, small, small))
        painter.setPen(QColor(tokens.text))
        painter.setFont(theme.font(13, 500))
        words = self.rect().adjusted(theme.px(TEXT_AT), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._chosen.title)
        painter.end()


class _RowAction(QWidgetAction):
    """One environment in the menu: checked where it is the chosen one."""

    def __init__(self, environment: EnvironmentFace, theme: Theme, menu: QMenu) -> None:
        super().__init__(menu)
        self.setObjectName(environment.id)
        self.setText(environment.title)
        self.setCheckable(True)
        self.row = EnvironmentLine(environment, theme, self, menu)
        self.setDefaultWidget(self.row)


class EnvironmentLine(QWidget):
    """Paints an environment's row. The menu moves among rows and chooses; a row only looks as its action is."""

    def __init__(self, environment: EnvironmentFace, theme: Theme, action: QAction, menu: QMenu) -> None:
        super().__init__(menu)
        self._environment = environment
        self._theme = theme
        self._action = action
        self._menu = menu
        self.setMouseTracking(True)
        self.setAccessibleName(f"{environment.title}: {environment.line}")

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(ROW_SIZE.width()), self._theme.px(ROW_SIZE.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        active = cast("QAction | None", self._menu.activeAction())
        if active is self._action or (active is None and self._action.isChecked()):
            painter.setBrush(QColor(tokens.sel))
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        painter.scale(theme.scale, theme.scale)
        colour = str(getattr(tokens, self._environment.tone))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(BAR, 1.5, 1.5)
        middle = (ROW_SIZE.height() - ICON) / 2
        paint_icon(painter, self._environment.icon, colour, QRectF(ICON_AT, middle, ICON, ICON))
        right = self.width() / theme.scale
        if self._action.isChecked():
            paint_icon(painter, "check", tokens.accent_text, QRectF(right - 16 - ICON, middle, ICON, ICON))
        painter.resetTransform()
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, tokens = self._theme, self._theme.tokens
        words = self.rect().adjusted(theme.px(WORDS_AT), theme.px(5), -theme.px(40), -theme.px(5))
        painter.setPen(QColor(tokens.text))
        painter.setFont(theme.font(13, 500))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self._environment.title)
        painter.setPen(QColor(tokens.text2))
        painter.setFont(theme.font(12))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), self._environment.line)
