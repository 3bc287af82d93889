from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTreeWidget
from tests.ui.connections.conftest import FakeConnections
from tests.ui.fakes import asked, finished, settled
from tests.ui.hands import SMALL, press, trigger
from tests.ui.history.fakes import FakeHistory, listed

from tocsin.engine.errors import ConnectionChangedError, NothingToUndoError
from tocsin.engine.events import Event, EventType, RunStatus
from tocsin.engine.undoing import UndoItem
from tocsin.formats import read_playbook
from tocsin.services.connections import Overview, VaultNeed
from tocsin.services.past import PastRun
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.lab.changes import LabUndo
from tocsin.ui.run_dock.answers import Answer
from tocsin.ui.window.undo_desk import undo_list
from tocsin.vault import VaultLockedError

STORED = "01890a5d-ac96-774b-bcce-000000000001"
PLAYBOOK = read_playbook(SMALL, "small.yaml").playbook
BLOCK = UndoItem("block", 1, "block", "blocked 203.0.113.66", "true", "fw-edge", "unblock_address", {})
SESSIONS = UndoItem("end", 1, "end", "ended 3 sessions", "true", "idp")
MAYBE = UndoItem("wipe", 1, "wipe", "isolated ws-0421", "unknown", "edr", "release", {})
BEGUN = Event(STORED, 1, 1_000_000, EventType.RUN_CREATED, "", {"kind": "undo", "mode": "live"})


@pytest.fixture
def history():
    run = listed(7, status=RunStatus.SUCCEEDED, changes=3, ended_at=9_000_000)
    kept = FakeHistory(runs=[run], changes={run.run: (MAYBE, SESSIONS, BLOCK)})
    kept.past[run.run] = PastRun(run, PLAYBOOK, (BEGUN,))
    return kept


@pytest.fixture
def stored(show_window, history):
    """A window with a journal of one run that changed three things."""
    desk = show_window(history=history)
    desk.runs.started = SimpleNamespace(run=STORED, program=SimpleNamespace(playbook=PLAYBOOK), before=(BEGUN,))
    return desk


def dialog(desk, name):
    return next((d for d in desk.window.findChildren(QDialog) if d.objectName() == name and d.isVisible()), None)


def wait_for(qtbot, desk, name):
    qtbot.waitUntil(lambda: dialog(desk, name) is not None)
    return dialog(desk, name)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def choose_first(desk, qtbot):
    panel = desk.panels.history
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.model.runs) == 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    return next(button for button in panel.findChildren(QPushButton) if button.text() == "Undo all…")


def undo(desk, qtbot):
    choose_first(desk, qtbot).click()
    return wait_for(qtbot, desk, "undo-run")


def test_the_list_says_what_is_taken_back_what_stays_and_what_may_have_happened(stored, qtbot):
    shown = words(undo(stored, qtbot))
    assert "Take back 2 changes, newest first" in shown
    order = ["isolated ws-0421", "ended 3 sessions", "blocked 203.0.113.66"]
    assert [text for text in shown if text in order] == order
    assert {"may have happened · release on edr", "cannot be undone", "unblock address on fw-edge"} <= set(shown)
    hint = shown[-1]
    assert "1 change cannot be undone and stays." in hint
    assert "1 may have happened" in hint


def test_the_first_focus_is_on_cancel_and_escape_takes_nothing_back(stored, qtbot):
    asked = undo(stored, qtbot)
    cancel = asked.findChild(QPushButton, "cancel")
    assert (cancel.isDefault(), asked.focusWidget() is cancel) == (True, True)
    cancel.click()
    assert stored.runs.moved == []


def test_an_undo_is_shown_as_the_run_that_it_is(stored, qtbot):
    undo(stored, qtbot)
    press(stored.window, "undo-run", "undo-2-changes")
    qtbot.waitUntil(lambda: stored.window.documents.current.is_running)
    assert stored.runs.moved == [("undo", listed(7).run, False)]
    assert stored.window.documents.current.playbook.graph == PLAYBOOK.graph
    assert stored.window.documents.current.session.is_read_only
    assert stored.panels.run.isVisible()
    stored.runs.tell(settled("start"), finished(), run=STORED)
    qtbot.waitUntil(lambda: not stored.window.documents.current.is_running)


def test_some_changes_of_a_run_are_taken_back_alone(stored, qtbot):
    stored.window.stored.undo.offer_some(LabUndo(listed(7).run, ("block",)))
    shown = words(wait_for(qtbot, stored, "undo-run"))
    assert "Take back 1 change, newest first" in shown
    assert "isolated ws-0421" not in shown
    press(stored.window, "undo-run", "undo-1-change")
    qtbot.waitUntil(lambda: bool(stored.runs.moved))
    assert stored.runs.only == frozenset({"block"})


def test_what_was_taken_back_meanwhile_is_said_so(stored, qtbot):
    with qtbot.waitSignal(stored.window.stored.undo.failed) as told:
        stored.window.stored.undo.offer_some(LabUndo(listed(7).run, ("gone",)))
    assert isinstance(told.args[0], NothingToUndoError)


def test_an_undo_can_be_rehearsed_first(stored, qtbot):
    undo(stored, qtbot)
    press(stored.window, "undo-run", "rehearse-the-undo")
    qtbot.waitUntil(lambda: bool(stored.runs.moved))
    assert stored.runs.moved == [("rehearse undo", listed(7).run, False)]


def test_a_connection_that_is_another_now_is_told_and_asked_about_once(stored, qtbot):
    stored.runs.refusals = [ConnectionChangedError("R-7", ["fw-edge"])]
    undo(stored, qtbot)
    press(stored.window, "undo-run", "undo-2-changes")
    asked = wait_for(qtbot, stored, "connection-changed")
    assert "“fw-edge” has other settings than when the run began." in words(asked)
    press(stored.window, "connection-changed", "undo-anyway")
    qtbot.waitUntil(lambda: stored.window.documents.current.is_running)
    assert [accepts for _, _, accepts in stored.runs.moved] == [False, True]


def test_where_the_vault_is_locked_its_passphrase_is_asked_for_and_the_undo_begins(show_window, history, qtbot):
    port = FakeConnections(Overview())
    desk = show_window(history=history, connections=port)
    desk.runs.started = SimpleNamespace(run=STORED, program=SimpleNamespace(playbook=PLAYBOOK), before=(BEGUN,))
    desk.runs.refusals = [VaultLockedError()]
    port.need = VaultNeed.PASSPHRASE
    undo(desk, qtbot)
    press(desk.window, "undo-run", "undo-2-changes")
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(PassphraseDialog)))
    [asked] = desk.window.findChildren(PassphraseDialog)
    asked.lines[0].setText("correct horse battery")
    asked.unlock_button.click()
    qtbot.waitUntil(lambda: desk.window.documents.current.is_running)
    assert desk.runs.moved == [("undo", listed(7).run, False)] * 2


def test_a_refused_undo_says_why(stored, qtbot):
    stored.runs.refusals = [NothingToUndoError("R-7")]
    undo(stored, qtbot)
    press(stored.window, "undo-run", "undo-2-changes")
    qtbot.waitUntil(lambda: "taken back" in stored.panels.notice.text)


def test_nothing_is_asked_where_nothing_can_be_taken_back(stored, history, qtbot):
    history.changes[listed(7).run] = (SESSIONS,)
    choose_first(stored, qtbot).click()
    qtbot.waitUntil(lambda: "taken back" in stored.panels.notice.text)
    assert dialog(stored, "undo-run") is None


def test_one_change_is_said_as_one():
    assert undo_list([BLOCK]).sentence == "Take back 1 change, newest first"
    assert "cannot be undone" not in undo_list([BLOCK]).hint


def test_the_offer_lists_what_was_left_and_later_is_the_safe_answer(stored, history, qtbot):
    history.left = [listed(8, status=RunStatus.WAITING, waiting="Isolate db-01?"), listed(9)]
    stored.window.offer_recovery()
    asked = wait_for(qtbot, stored, "resume")
    rows = asked.findChild(QTreeWidget)
    assert [rows.topLevelItem(row).text(3) for row in range(2)] == ["Asks: Isolate db-01?", "Its process ended"]
    later = asked.findChild(QPushButton, "later")
    assert (later.isDefault(), asked.focusWidget() is later) == (True, True)
    later.click()
    assert stored.runs.moved == []


def test_a_resumed_run_goes_on_with_what_it_did_before(stored, history, qtbot):
    history.left = [listed(8)]
    stored.window.offer_recovery()
    wait_for(qtbot, stored, "resume")
    press(stored.window, "resume", "resume")
    qtbot.waitUntil(lambda: stored.window.documents.current.is_running)
    assert stored.runs.moved == [("resume", listed(8).run, False)]
    assert stored.window.documents.current.follower.progress.started_at == BEGUN.at


def test_events_that_come_before_somebody_follows_are_not_lost(stored, history, qtbot):
    history.left = [listed(8)]
    stored.window.offer_recovery()
    wait_for(qtbot, stored, "resume")
    resume = stored.runs.resume

    def resume_at_once(run, **more):
        stored.runs.seq = 1
        stored.runs.tell(settled("start"), run=STORED)
        return resume(run, **more)

    stored.runs.resume = resume_at_once
    press(stored.window, "resume", "resume")
    qtbot.waitUntil(lambda: stored.window.documents.current.is_running)
    assert "start" in stored.window.documents.current.follower.statuses


def test_one_can_look_at_a_run_that_was_left(stored, history, qtbot):
    history.left = [listed(7)]
    stored.window.offer_recovery()
    wait_for(qtbot, stored, "resume")
    press(stored.window, "resume", "look-at-it")
    qtbot.waitUntil(lambda: stored.panels.run.tape is not None)
    assert stored.runs.moved == []


def test_nothing_is_asked_at_the_start_where_nothing_was_left(stored, qtbot):
    stored.window.offer_recovery()
    trigger(stored, "run.resume")
    qtbot.waitUntil(lambda: "No run can go on" in stored.panels.notice.text)
    assert dialog(stored, "resume") is None


def test_a_run_that_is_only_looked_at_cannot_be_answered(stored, history, qtbot):
    kind, path, data = asked()
    question = Event(STORED, 2, 2_000_000, EventType(kind), path, data)
    run = listed(7).run
    history.past[run] = PastRun(listed(7, status=RunStatus.WAITING), PLAYBOOK, (BEGUN, question))
    stored.panels.history.open_run(run)
    qtbot.waitUntil(lambda: bool(stored.panels.run.cards))
    stored.panels.run.answered.emit(Answer("ask?1", "approved"))
    assert "Resume it first" in stored.panels.notice.text
    assert stored.runs.answers == []
