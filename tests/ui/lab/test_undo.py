"""Taking back one change, all of them, and what is said where that cannot be."""

import pytest
from PySide6.QtWidgets import QPushButton
from tests.ui.lab.conftest import RUN, undo_of

from tocsin.services.lab_desk import RunStanding
from tocsin.ui.lab.changes import LabUndo, UndoState, changes_of, deeds_of, undo_state, undo_words
from tocsin.ui.lab.changes_view import ChangeView
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.run_line import THEN


@pytest.fixture
def done(story):
    """A run that blocked, isolated and wrote a ticket."""
    with story.by(RUN):
        story.block()
        story.contain("ws-03")
        story.ticket()
    return changes_of(story.look(), RUN.run)


@pytest.fixture
def shown(dressed, qtbot, theme, lab, done):
    lab.undoable = [undo_of("ticket", ""), undo_of("hosts[0]/isolate"), undo_of("block")]
    panel = LabPanel(theme, lab, you="user:local")
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: panel._changes.undos is not None)
    return panel


def views(panel):
    return {view._change.title: view for view in panel._changes.findChildren(ChangeView)}


def test_a_change_knows_the_steps_that_made_it(done):
    assert [change.paths for change in done] == [("block",), ("hosts[0]/isolate",), ("ticket",)]


def test_a_change_can_be_taken_back_cannot_or_is_already(done):
    items = [undo_of("ticket", ""), undo_of("block")]
    assert [undo_state(change, items) for change in done] == [UndoState.OPEN, UndoState.DONE, UndoState.FIXED]
    assert {undo_state(change, None) for change in done} == {UndoState.UNKNOWN}


def test_undoing_all_says_what_it_reconnects(done):
    items = [undo_of("hosts[0]/isolate"), undo_of("block"), undo_of("ticket", "")]
    assert undo_words(done, items) == "Undo all takes back 2 changes. It reconnects ws-03."
    assert undo_words(done, [undo_of("ticket", "")]) == ""


def test_the_run_is_told_in_few_words(story):
    with story.by(RUN):
        story.block()
        story.contain("ws-02")
        story.contain("ws-03")
    assert deeds_of(changes_of(story.look(), RUN.run)) == (("10:42", "1 blocked"), ("10:42", "2 isolated"))


def test_each_change_that_can_be_undone_has_its_button(shown):
    found = views(shown)
    assert {title: view.undo is not None for title, view in found.items()} == {
        "Block 203.0.113.66": True,
        "Isolate ws-03": True,
        "Create SEC-1": False,
    }
    assert found["Create SEC-1"].accessibleName().endswith("cannot be undone")
    assert found["Isolate ws-03"].undo.accessibleName() == "Undo: Isolate ws-03"


def test_one_change_is_asked_to_be_taken_back(shown, qtbot):
    with qtbot.waitSignal(shown.change_undo_requested) as told:
        views(shown)["Isolate ws-03"].undo.click()
    assert told.args == [LabUndo(RUN.run, ("hosts[0]/isolate",))]


def test_what_was_taken_back_says_so(shown, qtbot, story, lab):
    lab.undoable = [undo_of("hosts[0]/isolate")]
    story.world.add_note("a-1001", "something else changed")
    qtbot.waitUntil(lambda: views(shown)["Block 203.0.113.66"].undo is None)
    assert "taken back" in views(shown)["Block 203.0.113.66"].accessibleName()


def test_when_nothing_can_be_undone_any_more_undo_all_rests(shown, qtbot, story, lab):
    lab.undoable = [undo_of("ticket", "")]
    story.world.add_note("a-1001", "something else changed")
    undo = shown.findChild(QPushButton, "undo-changes")
    qtbot.waitUntil(lambda: not undo.isEnabled())
    assert shown._changes._means.text() == "Nothing of it can be undone any more."


def test_a_run_that_is_on_is_not_offered_to_be_undone(dressed, qtbot, theme, lab, done):
    lab.standing = RunStanding("running", "user:local", 1, None)
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: panel.look is not None)
    assert not any(asked.startswith("undos") for asked in lab.asked)
    assert all(view.undo is None for view in views(panel).values())


def test_the_line_over_the_lab_tells_the_run_and_leads_to_it(shown, qtbot):
    line = shown._line
    assert line.height() == 40
    assert line.words == "R-218 succeeded at 10:42:09 UTC in 02:08, started by you"
    assert line.deeds.split(THEN) == ["10:42 1 blocked", "10:42 1 isolated", "10:42 1 written"]
    with qtbot.waitSignal(shown.run_chosen) as told:
        line.open_button.click()
    assert told.args == [RUN.run]


def test_the_small_control_is_as_high_as_the_design_says(shown):
    assert views(shown)["Isolate ws-03"].undo.height() == 26
