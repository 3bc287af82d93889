"""What a run ran is looked at: the canvas keeps pan, zoom and selection, and nothing of it can be changed."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from tests.ui.hands import SMALL, drop, trigger
from tests.ui.history.fakes import FakeHistory, listed

from tocsin.base.codes import ErrorCode
from tocsin.edits import SetField
from tocsin.engine.events import Event, EventType
from tocsin.formats import read_playbook
from tocsin.services.past import PastRun

PLAYBOOK = read_playbook(SMALL, "small.yaml").playbook
RUN = listed(7)
BEGUN = Event(RUN.run, 1, 1_000_000, EventType.RUN_CREATED, "", {"kind": "play", "mode": "live"})


@pytest.fixture
def looked(show_window, qtbot):
    """A stored run, opened in History, of a playbook that no tab shows."""
    desk = show_window(history=FakeHistory(runs=[RUN], past={RUN.run: PastRun(RUN, PLAYBOOK, (BEGUN,))}))
    desk.window.desks.history.open_run(RUN.run)
    qtbot.waitUntil(lambda: document(desk).session.is_read_only)
    return desk


def document(desk):
    return desk.window.documents.current


def test_the_tab_says_what_it_shows_and_has_nothing_to_save(looked):
    assert looked.panels.document.lock_text == "R-7, read only"
    face = looked.panels.document.tabs.faces[looked.window.documents.all.index(document(looked))]
    assert (face.is_dirty, face.tip) == (False, "What a run ran, to be looked at")


def test_an_edit_is_refused_in_words_and_changes_nothing(looked):
    document(looked).apply(SetField("ask", ("text",), "Other"))
    assert document(looked).playbook.graph == PLAYBOOK.graph
    assert looked.panels.notice.text.startswith(ErrorCode.READ_ONLY)
    assert "cannot be changed" in looked.panels.notice.text
    assert "“Save as…” makes a copy" in looked.panels.notice.text


def test_nothing_in_the_window_offers_to_change_it(looked):
    document(looked).session.select(("ask",))
    drop(looked.panels.view, "action:edr.find_endpoints", QPoint(200, 200))
    looked.panels.view.setFocus()
    QTest.keyClicks(looked.panels.view, "D")
    assert document(looked).playbook.graph == PLAYBOOK.graph
    assert not looked.panels.inspector.find_field("text").editor.isEnabled()
    commands = looked.window.commands
    for action in ("edit.delete", "edit.cut", "edit.paste", "playbook.tidy", "playbook.find", "edit.undo"):
        assert not commands.get(action).isEnabled(), action
    for action in ("edit.copy", "view.zoom_in", "file.save_as", "run.run"):
        assert commands.get(action).isEnabled(), action


def test_pan_zoom_and_selection_stay(looked):
    view = looked.panels.view
    before = view.zoom
    trigger(looked, "view.zoom_in")
    assert view.zoom > before
    trigger(looked, "edit.select_all")
    assert document(looked).session.selection


def test_saved_as_a_file_it_is_a_playbook_like_any_other(looked, tmp_path):
    looked.choice.chosen = tmp_path / "copy.yaml"
    trigger(looked, "file.save")
    assert looked.panels.document.lock_text == ""
    document(looked).apply(SetField("ask", ("text",), "Other"))
    assert document(looked).playbook.graph.nodes["ask"].text == "Other"


def test_it_is_closed_without_a_question_and_another_playbook_does_not_take_its_place(looked):
    tabs = len(looked.window.documents.all)
    trigger(looked, "file.new")
    assert len(looked.window.documents.all) == tabs + 1
    trigger(looked, "view.previous_tab")
    trigger(looked, "file.close")
    assert len(looked.window.documents.all) == tabs
