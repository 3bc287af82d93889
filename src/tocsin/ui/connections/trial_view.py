"""How a test goes: a row for each step with its sign, what was found and what to do; then each action's permission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.model.catalogue import Effect
from tocsin.services.connections import ActionResult, Leave, StepResult, TrialReport, TrialStep
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.marks import paint_effect
from tocsin.ui.connections import words
from tocsin.ui.connections.labels import wrapping
from tocsin.ui.dialogs.welcome_card import plain_label
from tocsin.ui.run_dock.badge import Badge
from tocsin.ui.theme import Theme

LEAVE_LOOKS: Final = {
    Leave.ALLOWED: Look.SUCCEEDED,
    Leave.DENIED: Look.FAILED,
    Leave.FAILED: Look.FAILED,
    Leave.UNTRIED: Look.SKIPPED,
}
MARK: Final = 15
NOTHING_YET: Final = _("A test looks things up and changes nothing. It can be made before saving.")


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    Attributes:
        advice: What to do, or "".
        effect: Of an action, what it does to the world.
        is_action: It tells of an action, not of a step.
    """

    look: Look
    title: str
    words: str
    advice: str = ""
    effect: Effect = Effect.READ
    is_action: bool = False

    @property
    def spoken(self) -> str:
        """The row for those who hear the window."""
        return ". ".join(part for part in (f"{self.title}: {self.words}", self.advice) if part)


def waiting_lines() -> tuple[Line, ...]:
    """Return the rows while a test is on: what it will try."""
    first, *others = words.USUAL_STEPS
    begun = Line(Look.RUNNING, words.STEPS[first], _("Trying…"))
    return (begun, *(Line(Look.QUEUED, words.STEPS[step], _("Comes next")) for step in others))


def lines_of(report: TrialReport) -> tuple[Line, ...]:
    """Return the rows of a test that is over, with the steps that it did not come to."""
    several = len({step.address for step in report.steps if step.address}) > 1
    done = [_step_line(step, is_one_of_several=several) for step in report.steps]
    if report.failed is None:
        return (*done, *(_action_line(action) for action in report.actions))
    tried = {step.step for step in report.steps}
    left = () if TrialStep.ANSWER in tried else tuple(step for step in words.USUAL_STEPS if step not in tried)
    return (*done, *(Line(Look.SKIPPED, words.STEPS[step], _("Not tried")) for step in left))


def _step_line(step: StepResult, *, is_one_of_several: bool) -> Line:
    title = words.STEPS[step.step]
    if is_one_of_several and step.address:
        title = f"{title} · {step.address}"
    look = Look.SUCCEEDED if step.ok else Look.FAILED
    return Line(look, title, words.step_words(step), "" if step.ok else words.ADVICE[step.step])


def _action_line(action: ActionResult) -> Line:
    return Line(LEAVE_LOOKS[action.leave], action.title, words.action_words(action), "", action.effect, is_action=True)


class TrialView(QFrame):
    """The test beside the form.

    Signals:
        test_requested: Begin a test.
        cancel_requested: End the one that is on.
    """

    test_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection-trial")
        self._theme = theme
        self._is_on = False
        self._rows: list[TrialRow] = []
        self._said = wrapping(NOTHING_YET, "quiet", self)
        self.button = QPushButton(_("Test connection"), self)
        self.button.setObjectName("test-connection")
        self.button.setProperty("small", True)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_clicked)
        self._body = QWidget(self)
        self._body.setObjectName("connection-trial-body")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self._heading = plain_label(_("What this sign-in may do"), "caption", self._body)
        self._heading.hide()
        self._column.addStretch(1)
        self._arrange()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows that are shown."""
        return tuple(row.line for row in self._rows)

    @property
    def said(self) -> str:
        """How the test stands, in one sentence."""
        return self._said.text()

    @property
    def is_on(self) -> bool:
        """A test is being made."""
        return self._is_on

    def show_begun(self) -> None:
        """Show that a test is on."""
        self._show(True, _("Testing…"), waiting_lines())

    def show_report(self, report: TrialReport) -> None:
        """Show how it went."""
        self._show(False, words.short_outcome(report), lines_of(report))

    def show_ended(self, text: str) -> None:
        """Show that there is no result: it was cancelled, or could not begin."""
        self._show(False, text, ())

    def _show(self, is_on: bool, said: str, lines: tuple[Line, ...]) -> None:
        self._is_on = is_on
        self.button.setText(_("Cancel test") if is_on else _("Test again"))
        self._said.setText(said)
        self._said.setAccessibleName(said)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [TrialRow(self._theme, line, self._body) for line in lines]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
        first = next((place for place, line in enumerate(lines) if line.is_action), None)
        self._heading.setVisible(first is not None)
        if first is not None:
            self._column.insertWidget(first, self._heading)

    def _arrange(self) -> None:
        scroll = QScrollArea(self)
        scroll.setAccessibleName(_("Steps of the test"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 14, 0)
        head.addWidget(plain_label(_("Test"), "panel-title", self))
        head.addStretch(1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 0, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(scroll, 1)

    @Slot()
    def _on_clicked(self) -> None:
        (self.cancel_requested if self._is_on else self.test_requested).emit()


class TrialRow(QWidget):
    """One step, or one action."""

    def __init__(self, theme: Theme, line: Line, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self.setAccessibleName(line.spoken)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(plain_label(line.title, "panel-title", self), 1)
        if line.effect is not Effect.READ:
            head.addWidget(_Mark(theme, line.effect, self))
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addLayout(head)
        for text, role in ((line.words, "quiet"), (line.advice, "advice")):
            if text:
                column.addWidget(wrapping(text, role, self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Badge(theme, line.look, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class _Mark(QWidget):
    """What an action does to the world, as its sign."""

    def __init__(self, theme: Theme, effect: Effect, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._effect = effect
        self.setToolTip(_("Changes something") if effect is Effect.CHANGE else _("Destructive"))
        self.setFixedSize(QSize(theme.px(MARK) + 2, theme.px(MARK) + 2))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_effect(painter, centre, self._theme.px(MARK), self._effect, self._theme.tokens)
        painter.end()
