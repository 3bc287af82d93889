"""The run dock, its cards and the question of a run (visual-design.md §2.5, §9), read back from the running widgets."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListView
from tests.ui.design.studio import REACH, colour, column, radius, row
from tests.ui.fakes import CREATED, asked, settled
from tests.ui.hands import wait_for_card
from tests.ui.run_dock.conftest import Follower
from tests.ui.run_dock.rehearsals import SUBJECT as REHEARSED
from tests.ui.run_dock.rehearsals import rehearsed
from tests.ui.run_dock.stories import isolating, moment_of

from tocsin.base.clock import Clock
from tocsin.ui.run_dock.follower import RunNews
from tocsin.ui.run_dock.panel import RunPanel
from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.segment import Segment

BOTH = pytest.mark.parametrize("look", [Look(LIGHT), Look(DARK)], ids=["light", "dark"])
SIZE = (560, 826)


@pytest.fixture
def make_panel(dressed, theme, qtbot):
    """Make the run's panel, as large as in a dock at the right."""

    def make(now=0):
        panel = RunPanel(theme, clock=Clock(utc_micros=lambda: now))
        qtbot.addWidget(panel)
        panel.resize(*SIZE)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    return make


@pytest.fixture
def live(make_panel):
    """The panel while a run goes on: one host isolated, one may be, one asked about."""
    driver = isolating()
    panel = make_panel(driver.now)
    Follower(panel, driver).tell()
    return panel


@pytest.fixture
def plan(make_panel):
    """The panel after a rehearsal."""
    panel, events = make_panel(), rehearsed().events
    panel.show_run(REHEARSED, moment_of(events).progress)
    panel.show_news(RunNews(tuple(events), frozenset()))
    return panel


@pytest.fixture
def question(running, qtbot):
    """The window while a run asks."""
    running.window.resize(1440, 900)
    running.runs.tell(CREATED, settled("start"), settled("look", ports=("true",)), asked())
    return running, wait_for_card(qtbot, running.panels.view)


def bar_rect(timeline, title):
    place = next(at for at, one in enumerate(timeline.rows) if one.title == title)
    return timeline.bar_rect(place).toRect()


def names(image, x, ys):
    return [image.pixelColor(x, y).name().upper() for y in ys]


@BOTH
def test_a_row_of_the_timeline_is_22_px_high_and_its_bar_9(live, wear, look):
    wear(look)
    timeline = live.page.timeline
    rect = bar_rect(timeline, "Find hosts")
    image = timeline.viewport().grab().toImage()
    around = range(rect.center().y() - 11, rect.center().y() + 12)
    assert names(image, rect.center().x(), around).count(look.tokens.succeeded) == 9
    first, second = (timeline.row_rect(place) for place in (0, 1))
    assert second.top() - first.top() == 22


def test_a_bar_is_never_shorter_than_4_px(live):
    timeline = live.page.timeline
    rect = bar_rect(timeline, "SIEM alert")
    image = timeline.viewport().grab().toImage()
    inked = [x for x in range(rect.left() - 4, rect.left() + 14) if solid(image, x, rect.center().y())]
    assert len(inked) == 4


def solid(image, x, y):
    return image.pixelColor(x, y) == QColor(LIGHT.succeeded)


def test_the_playhead_is_2_px_wide(live):
    timeline = live.page.timeline
    image = timeline.viewport().grab().toImage()
    foot = image.height() - 3
    line = [x for x in range(image.width()) if image.pixelColor(x, foot).name().upper() == LIGHT.text]
    assert len(line) == 2


@BOTH
def test_what_may_have_happened_has_a_tape_of_6_px_on_a_card_with_corners_of_8(live, wear, qtbot, look):
    wear(look)
    (card,) = live.page.cards
    qtbot.waitUntil(lambda: card.visibleRegion().boundingRect() == card.rect() and card.height() > REACH * 2)
    tokens = look.tokens
    colours = row(card, card.height() // 2)
    assert set(colours[1:7]) <= {tokens.tape, tokens.tape_ink}
    assert colours[7] == tokens.surface
    assert {tokens.tape, tokens.tape_ink} <= set(column(card, 3))
    assert radius(card, tokens.ctl, right=True) == pytest.approx(8, abs=0.8)


def test_the_dock_has_14_px_at_its_sides(live):
    name = next(one for one in live.findChildren(QLabel) if one.isVisible() and one.text() == "Alert")
    (card,) = live.page.cards
    assert name.mapTo(live, QPoint(0, 0)).x() == 14
    assert card.mapTo(live, QPoint(0, 0)).x() == 14
    assert card.parentWidget().width() - card.geometry().right() - 1 == 14


def test_the_choice_of_tree_table_and_json_is_24_px_high(live):
    live.show_node("find")
    segment = next(one for one in live.findChildren(Segment) if one.isVisible())
    assert segment.height() == 24


def test_answers_are_26_px_high_and_equal(live):
    (card,) = live.page.cards
    assert {button.height() for button in card.options} == {26}
    assert len({colour(button, 4, 13) for button in card.options}) == 1


@BOTH
def test_what_rests_on_a_guess_has_a_hatched_bar_of_5_px(plan, wear, look):
    wear(look)
    view = plan.findChild(QListView, "plan-list")
    rect = view.visualRect(view.model().index(1, 0))
    image = view.viewport().grab().toImage()
    rows = range(rect.top() + 1, rect.bottom() - 1)
    assert all(look.tokens.would in names(image, x, rows) for x in range(5))
    assert set(names(image, 5, rows)) == {look.tokens.would_soft}


def test_the_question_is_262_px_wide_with_corners_of_8_beside_its_node(question):
    desk, card = question
    view, scene = desk.panels.view, desk.panels.scene
    node = view.mapFromScene(scene.place_of("ask")).boundingRect()
    assert card.width() == 262
    assert card.geometry().right() < node.left() or card.geometry().left() > node.right()
    assert card.geometry().top() < node.bottom()
    assert radius(card, LIGHT.waiting) == pytest.approx(8, abs=0.8)


def test_its_answers_are_equal_outlined_buttons_of_30_px_and_none_is_the_default(question):
    _, card = question
    reject, approve = (card.find_button(name) for name in ("rejected", "approved"))
    assert {one.height() for one in (reject, approve)} == {30}
    assert abs(reject.width() - approve.width()) <= 1
    assert not any(one.isDefault() or one.autoDefault() for one in (reject, approve))
    assert reject.hasFocus()
    middle = 15
    assert colour(reject, 0, middle) == colour(approve, 0, middle)
