import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListView, QPushButton
from tests.ui.run_dock.rehearsals import HARMLESS, SUBJECT, rehearsed

from tocsin.engine.progress import RunProgress
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.run_dock.panel import RunPanel
from tocsin.ui.run_dock.plan_rows import HATCH, PlanDelegate
from tocsin.ui.run_dock.subject import RunSubject


def tell(panel, subject, events):
    progress = RunProgress(events[0].run)
    panel.show_run(subject, progress)
    for event in events:
        progress.apply(event)
    panel.show_news(RunNews(tuple(events), frozenset()))


@pytest.fixture
def panel(dressed, theme, qtbot):
    widget = RunPanel(theme)
    qtbot.addWidget(widget)
    widget.resize(560, 760)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def plan(panel):
    tell(panel, SUBJECT, rehearsed().events)
    return panel.plan


def button(panel, name):
    return panel.findChild(QPushButton, f"plan-{name}")


def test_a_rehearsal_is_shown_as_its_plan(panel, plan):
    assert plan.isVisible()
    assert not panel.page.isVisible()
    assert plan.text == "Rehearsal R-220: what would happen\nNothing was changed and nothing was sent out."
    assert plan.chips == ("1 read for real", "2 would change", "2 assumed", "2 skipped")
    assert [row.number for row in plan.model.rows] == [0, 1, 2, 3, 4]


def test_its_timeline_is_one_press_away_and_so_is_the_way_back(panel, plan):
    button(panel, "show-timeline").click()
    assert (panel.page.isVisible(), plan.isVisible()) == (True, False)
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Show plan").click()
    assert (panel.page.isVisible(), plan.isVisible()) == (False, True)


def test_what_hangs_on_a_guess_has_a_hatched_bar_5_px_wide(panel, plan, theme):
    view = panel.findChild(QListView, "plan-list")
    picture = view.viewport().grab().toImage()
    sure, unsure = (view.visualRect(plan.model.index(row)) for row in (0, 1))
    assert picture.pixelColor(300, unsure.bottom() - 3) == QColor(theme.tokens.would_soft)
    assert picture.pixelColor(300, sure.bottom() - 3) != QColor(theme.tokens.would_soft)
    column = {picture.pixelColor(2, y).name() for y in range(unsure.top() + 1, unsure.bottom() - 1)}
    beyond = {picture.pixelColor(HATCH, y).name() for y in range(unsure.top() + 1, unsure.bottom() - 1)}
    assert theme.tokens.would.lower() in column
    assert beyond == {theme.tokens.would_soft.lower()}
    assert HATCH == 5


def test_rows_are_as_high_as_their_words(panel, plan):
    view = panel.findChild(QListView, "plan-list")
    delegate = view.itemDelegate()
    assert isinstance(delegate, PlanDelegate)
    row = plan.model.rows[1]
    assert delegate.places(row, QRectF(0, 0, 260, 0)).height > delegate.places(row, QRectF(0, 0, 560, 0)).height


def test_a_row_that_is_chosen_shows_its_step(panel, plan, qtbot):
    view = panel.findChild(QListView, "plan-list")
    with qtbot.waitSignal(panel.node_chosen) as told:
        place = view.visualRect(plan.model.index(2)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["block"]
    plan.show_node("wipe")
    assert view.currentIndex().row() == 4


def test_the_buttons_wait_for_the_end_and_the_focus_is_on_the_safest(panel, qtbot):
    events = rehearsed().events
    tell(panel, SUBJECT, events[:-1])
    names = ("save-plan", "run-for-real", "rehearse-again")
    assert [button(panel, name).isEnabled() for name in names] == [False, False, False]
    tell(panel, SUBJECT, events)
    assert [button(panel, name).isEnabled() for name in names] == [True, True, True]
    panel.plan.take_focus()
    assert button(panel, "rehearse-again").hasFocus()


def test_a_rehearsal_without_a_step_says_that_nothing_would_change(panel):
    tell(panel, RunSubject(HARMLESS, name="R-221"), rehearsed(HARMLESS).events)
    empty = panel.plan._empty
    assert (empty.isVisible(), empty.line) == (True, "This run would change nothing.")
    assert empty.button.text() == "Run for real…"
    assert not button(panel, "run-for-real").isVisible()


def test_the_words_follow_the_name_that_comes_later(plan):
    plan.set_name("R-9")
    assert plan.text.startswith("Rehearsal R-9:")
    assert plan.head.file_name == "plan-R-9.md"
