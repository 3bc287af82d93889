from datetime import UTC, datetime

from tocsin.services.lab_desk import GoalState, LabClock, LabGoal
from tocsin.ui.lab.goals_view import GoalsView
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.world_clock import WorldClock
from tocsin.ui.widgets.words import Words

NOW = datetime(2026, 11, 24, 10, 44, 20, tzinfo=UTC)


def test_each_goal_says_in_words_whether_it_is_reached(dressed, qtbot, theme):
    view = GoalsView(theme)
    qtbot.addWidget(view)
    view.show_goals(
        (
            LabGoal("It is blocked.", GoalState.REACHED),
            LabGoal("Sessions are ended.", GoalState.OPEN),
            LabGoal("Somebody said yes.", GoalState.UNKNOWN),
        )
    )
    assert view.heading == "Goals, 1 of 3 reached"
    assert [words.accessibleName() for words in view._body.findChildren(Words)] == [
        "It is blocked. Reached.",
        "Sessions are ended. Not yet.",
        "Somebody said yes. A person judges.",
    ]


def test_a_scenario_without_goals_says_so(dressed, qtbot, theme):
    view = GoalsView(theme)
    qtbot.addWidget(view)
    assert view.heading == "Goals"
    assert view.goals == ()


def test_goals_follow_the_world_live(dressed, qtbot, theme, lab, story):
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    panel.show()
    qtbot.waitUntil(lambda: panel._side.goals.heading == "Goals, 0 of 3 reached")
    story.block()
    qtbot.waitUntil(lambda: panel._side.goals.heading == "Goals, 1 of 3 reached")


def test_the_clock_tells_the_worlds_time_with_its_zone_and_how_far_it_is_ahead(dressed, qtbot, theme):
    clock = WorldClock(theme, now=lambda: NOW)
    qtbot.addWidget(clock)
    assert clock.text == ""
    clock.show_clock(LabClock(0))
    assert clock.text == "World 10:44:20 UTC 24 Nov 2026"
    clock.show_clock(LabClock(2 * 3600 + 600))
    assert clock.text == "World 12:54:20 UTC 24 Nov 2026, 2 h 10 min ahead"
    assert clock.accessibleName() == clock.text


def test_the_clock_ticks_only_while_it_is_seen(dressed, qtbot, theme):
    clock = WorldClock(theme, now=lambda: NOW)
    qtbot.addWidget(clock)
    clock.show()
    assert clock._timer.isActive()
    clock.hide()
    assert not clock._timer.isActive()


def test_ten_minutes_go_by_at_a_click(dressed, qtbot, theme, lab):
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    panel.show()
    qtbot.waitUntil(lambda: panel.look is not None)
    panel._forward.trigger()
    qtbot.waitUntil(lambda: "10 min ahead" in panel._line.clock.text)
    assert "forward 600" in lab.asked
