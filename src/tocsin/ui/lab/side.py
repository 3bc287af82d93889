"""The left side of the Lab: the scenarios, what the world is made of, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabLook, LabScenario
from tocsin.ui.lab.failures import FailuresView
from tocsin.ui.lab.goals_view import GoalsView
from tocsin.ui.lab.words import count_of
from tocsin.ui.theme import Theme, icon_pixmap, paint_icon, redraw_with
from tocsin.ui.widgets.action_button import ActionButton
from tocsin.ui.widgets.folding_row import FoldingRow
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.words import Words

ROW: Final = 48
ROW_RADIUS: Final = 8
LINE: Final = 18
TEXT_AT: Final = 38
END: Final = 8
ICON: Final = 16
LEGEND: Final = _("Grey tells the state of the world. A bar and a chip tell what a run changed.")


class ScenarioButton(QAbstractButton):
    """One scenario: checked is the one that is played."""

    def __init__(self, theme: Theme, scenario: LabScenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.scenario = scenario
        self._facts = f"{count_of(scenario.hosts, 'host')}, {count_of(scenario.users, 'user')}"
        self.setText(scenario.title)
        self.setAccessibleName(scenario.title)
        self.setAccessibleDescription(self._facts)
        self.setToolTip(plain_tip(f"{scenario.title}: {self._facts}"))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        redraw_with(theme, self)

    def _lines(self, width: int) -> int:
        """How many lines the title takes in a row so wide: a second one where it is long, no third."""
        room = width - self._theme.px(TEXT_AT) - END
        return 1 if QFontMetrics(self._theme.font(13, 600)).horizontalAdvance(self.text()) <= room else 2

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.px(200)
        return QSize(width, self.heightForWidth(width))

    @override
    def heightForWidth(self, arg__1: int) -> int:
        return self._theme.px(ROW + (self._lines(arg__1) - 1) * LINE)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(QPen(QColor(tokens.sel_line), 1.5))
            painter.setBrush(QColor(tokens.sel))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), ROW_RADIUS, ROW_RADIUS)
        edge = theme.px(ICON)
        colour = tokens.accent_text if self.isChecked() else tokens.text2
        paint_icon(painter, self.scenario.icon, colour, QRectF(theme.px(11), (self.height() - edge) / 2, edge, edge))
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, tokens = self._theme, self._theme.tokens
        left, width, more = theme.px(TEXT_AT), self.width() - theme.px(TEXT_AT) - END, self._lines(self.width()) - 1
        painter.setFont(theme.font(13, 600 if self.isChecked() else 500))
        painter.setPen(QColor(tokens.text))
        if more:
            place = QRectF(left, theme.px(6), width, theme.px(2 * LINE))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap), self.text())
        else:
            painter.drawText(left, theme.px(6) + painter.fontMetrics().ascent(), self.text())
        painter.setFont(theme.font(11))
        painter.setPen(QColor(tokens.text2))
        shown = painter.fontMetrics().elidedText(self._facts, Qt.TextElideMode.ElideRight, width)
        painter.drawText(left, theme.px(25 + more * LINE) + painter.fontMetrics().ascent(), shown)


@dataclass(frozen=True, slots=True)
class LabActs:
    """What can be done with the world: let the alert come in, let time go by, put it back."""

    inject: QAction
    forward: QAction
    reset: QAction


class LabSide(QFrame):
    """Scenarios, goals, world, actions, failures.

    Attributes:
        goals: How far the scenario is.
        failures: What is made to fail.

    Signals:
        scenario_asked: The LabScenario that shall be played.
    """

    scenario_asked = Signal(object)

    def __init__(self, theme: Theme, acts: LabActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lab-side")
        self.setProperty("role", "panel")
        self._theme = theme
        self._playing = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._values = {name: QLabel(self) for name in (_("Seed"), _("Hosts"), _("Users"), _("Alert"), _("Products"))}
        self._inject = ActionButton(acts.inject, theme, role="primary", parent=self)
        self._reset = ActionButton(acts.reset, theme, parent=self)
        self._forward = ActionButton(acts.forward, theme, parent=self)
        self.goals = GoalsView(theme, self)
        self.failures = FailuresView(theme, self)
        self._arrange()
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def buttons(self) -> tuple[ScenarioButton, ...]:
        """The scenarios that can be chosen."""
        return tuple(button for button in self._group.buttons() if isinstance(button, ScenarioButton))

    def show_scenarios(self, scenarios: tuple[LabScenario, ...]) -> None:
        """List these scenarios."""
        for button in self.buttons:
            self._group.removeButton(button)
            button.deleteLater()
        for scenario in scenarios:
            button = ScenarioButton(self._theme, scenario, self)
            self._group.addButton(button)
            self._list.addWidget(button)
        self.show_playing(self._playing)

    def show_playing(self, scenario: str) -> None:
        """Mark the scenario that is played; "" marks none."""
        self._playing = scenario
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(button.scenario.id == scenario)
        self._group.setExclusive(True)

    def show_look(self, look: LabLook) -> None:
        """Show what the world is made of."""
        self.show_playing(look.scenario)
        self.goals.show_goals(look.goals)
        self.failures.show_faults(look.faults)
        scenario = next((one.scenario for one in self.buttons if one.scenario.id == look.scenario), None)
        facts = {
            _("Seed"): str(scenario.seed) if scenario else _("unknown"),
            _("Hosts"): str(len(look.tables.get("hosts", {}))),
            _("Users"): str(len(look.tables.get("users", {}))),
            _("Alert"): _("about {address}").format(address=scenario.address) if scenario else _("unknown"),
            _("Products"): _("{products}, on this computer").format(products=look.products),
        }
        for name, value in facts.items():
            self._values[name].setText(value)

    def _arrange(self) -> None:
        facts = QFormLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(6)
        for name, value in self._values.items():
            value.setTextFormat(Qt.TextFormat.PlainText)
            label = QLabel(name, self)
            label.setProperty("role", "quiet")
            facts.addRow(label, value)
        legend = Words(LEGEND, self)
        legend.setWordWrap(True)
        legend.setProperty("role", "hint")
        body = QWidget(self)
        body.setObjectName("lab-side-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(_heading(_("Scenario"), body))
        column.addLayout(self._list)
        column.addWidget(_rule(body))
        column.addWidget(self.goals)
        column.addWidget(_rule(body))
        column.addWidget(_heading(_("World"), body))
        column.addLayout(facts)
        column.addWidget(_rule(body))
        column.addWidget(self.failures)
        column.addWidget(_rule(body))
        column.addWidget(legend)
        column.addStretch(1)
        scroll = self._scroll = QScrollArea(self)
        scroll.setAccessibleName(_("Scenario"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._make_foot())

    def show_failures_of(self, product: str) -> None:
        """Bring the failures into sight, with a product chosen."""
        self.failures.choose(product)
        self._scroll.ensureWidgetVisible(self.failures)

    def _make_foot(self) -> QFrame:
        """What is done with the world, in sight however long the lists above are."""
        foot = QFrame(self)
        foot.setObjectName("lab-side-foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._inject)
        column.addWidget(FoldingRow((self._forward, self._reset), foot, fills=True))
        return foot

    @Slot()
    def _tint(self) -> None:
        edge = self._theme.px(ICON)
        self._inject.set_icon(QIcon(icon_pixmap("bell", self._theme.tokens.on_accent, edge, self.devicePixelRatioF())))

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.show_playing(self._playing)  # another one is marked when the Lab plays it
        if isinstance(button, ScenarioButton) and button.scenario.id != self._playing:
            self.scenario_asked.emit(button.scenario)


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "panel-title")
    return label


def _rule(parent: QWidget) -> QFrame:
    rule = QFrame(parent)
    rule.setObjectName("lab-rule")
    rule.setFixedHeight(1)
    return rule
