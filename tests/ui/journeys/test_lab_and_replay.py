"""An alert comes in, a run answers it, what it changed is looked at and taken back; the run is played again."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.ui.hands import card_on
from tests.ui.journeys.hands import click, press_keys

from tocsin.engine.moments import moment_at
from tocsin.services.lab_desk import GoalState
from tocsin.services.library import demo_path
from tocsin.ui.dialogs.deeds import DeedsDialog
from tocsin.ui.lab.cards import Level
from tocsin.ui.lab.changes_view import ChangeView
from tocsin.ui.lab.window import LabWindow
from tocsin.ui.lab.words import host_state
from tocsin.ui.run_dock.follower import RunPhase

RUN_MS = 20_000
STAYS = frozenset({"quotas", "tickets", "users"})
"""Tables in which something is left: look-ups are counted, a ticket is closed, and nothing brings a session back."""


@pytest.fixture
def desk(start):
    desk = start()
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    return desk


def lab_window():
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, LabWindow) and one.isVisible())


def open_lab(desk, qtbot):
    """Start the Lab and put it into a window of its own; return its panel."""
    panel = desk.panels.lab
    press_keys(desk, "Ctrl+Shift+L")
    qtbot.waitUntil(lambda: panel._empty.button.isVisible() or panel.look is not None)
    click(panel._empty.button)
    qtbot.waitUntil(lambda: panel.look is not None and bool(panel.scenario_title), timeout=RUN_MS)
    return panel


def button(parent, name):
    return next(one for one in parent.findChildren(QPushButton) if one.text() == name and one.isVisible())


def run_with_the_alert(desk, qtbot, panel):
    """Inject, run, and say yes to every question; return the run's id."""
    click(button(lab_window(), "Inject alert"))
    qtbot.waitUntil(lambda: desk.window.documents.current.offered is not None, timeout=RUN_MS)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    press_keys(desk, "F5")
    follower, view = desk.window.documents.current.follower, desk.panels.view
    qtbot.waitUntil(lambda: card_on(view) is not None, timeout=RUN_MS)
    click(card_on(view).find_button("rejected"))
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=RUN_MS)
    qtbot.waitUntil(lambda: panel._changes.undos is not None, timeout=RUN_MS)
    return follower.progress.run


def views(panel):
    return {view._change.title: view for view in panel._changes.findChildren(ChangeView)}


def agree(desk, qtbot, words):
    """Press this button of the question about an undo, and wait until the undo is over."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.window.findChildren(DeedsDialog)))
    dialog = next(one for one in desk.window.findChildren(DeedsDialog) if one.isVisible())
    before = desk.window.documents.current
    click(button(dialog, words))
    qtbot.waitUntil(lambda: desk.window.documents.current is not before, timeout=RUN_MS)
    follower = desk.window.documents.current.follower
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=RUN_MS)


def blocked(panel):
    return panel.look.tables["aliases"]["tocsin_block"]["entries"]


def isolated(panel):
    hosts = panel.look.tables["hosts"].values()
    return [host["name"] for host in hosts if host_state(host).level is Level.CUT_OFF]


def test_what_a_run_changed_is_seen_taken_back_one_by_one_and_then_all_of_it(desk, qtbot):
    panel = open_lab(desk, qtbot)
    before = panel.look.tables
    run = run_with_the_alert(desk, qtbot, panel)
    assert panel._changes.run == run
    assert {"Block 203.0.113.66", "End sessions of clerk1", "Isolate ws-02"} <= views(panel).keys()
    assert panel.look.goals[0].state is GoalState.REACHED
    assert views(panel)["End sessions of clerk1"].undo is None
    assert panel._board.requests.card.rows
    click(views(panel)["Block 203.0.113.66"].undo)
    agree(desk, qtbot, "Undo 1 change")
    qtbot.waitUntil(lambda: "taken back" in views(panel)["Block 203.0.113.66"].accessibleName(), timeout=RUN_MS)
    assert blocked(panel) == []
    assert isolated(panel)
    assert panel.look.goals[0].state is GoalState.OPEN
    undo_all = panel.findChild(QPushButton, "undo-changes")
    qtbot.waitUntil(undo_all.isEnabled)
    count = panel._changes._means.text().removeprefix("Undo all takes back ").split(" ")[0]
    click(undo_all)
    agree(desk, qtbot, f"Undo {count} changes")
    qtbot.waitUntil(lambda: panel._changes._means.text() == "Nothing of it can be undone any more.", timeout=RUN_MS)
    qtbot.waitUntil(lambda: isolated(panel) == [], timeout=RUN_MS)
    after = panel.look.tables
    assert {name for name in before if before[name] != after[name]} - STAYS <= {"alerts", "hosts"}


def test_a_replay_that_is_scrubbed_to_any_event_shows_that_moment_on_the_canvas_and_beside_it(desk, qtbot, tmp_path):
    panel = open_lab(desk, qtbot)
    run_with_the_alert(desk, qtbot, panel)
    run_panel, scene = desk.panels.run, desk.panels.scene
    events = run_panel.tape.events
    track = run_panel.page.scrubber.track
    for index in (1, 3, len(events) // 3, len(events) // 2, len(events) - 1, len(events)):
        track.setValue(index)
        qtbot.waitUntil(lambda index=index: run_panel.tape.wanted is None and run_panel.tape.playback.index == index)
        told = moment_at(events, index).progress
        for name in ("alert", "reputation", "block", "hosts", "ticket"):
            if name in told.statuses:
                assert scene.state_of(name) is told.status_of(name).state
        assert run_panel.moment.progress.statuses == told.statuses
    desk.choice.chosen = tmp_path / "replay.html"
    click(run_panel.page.scrubber.export_button)
    qtbot.waitUntil(desk.choice.chosen.exists, timeout=RUN_MS)
    page = desk.choice.chosen.read_text()
    assert f'max="{len(events)}"' in page
    assert "203.0.113.66" in page


def test_a_report_of_the_run_is_saved(desk, qtbot, tmp_path):
    panel = open_lab(desk, qtbot)
    run_with_the_alert(desk, qtbot, panel)
    desk.choice.chosen = tmp_path / "report.html"
    click(panel.findChild(QPushButton, "lab-report"))
    qtbot.waitUntil(desk.choice.chosen.exists, timeout=RUN_MS)
    page = desk.choice.chosen.read_text()
    assert "Block 203[.]0[.]113[.]66" in page
    assert "can be taken back" in page
