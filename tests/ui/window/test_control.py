"""Steering a run at one step: from here, alone, with other data, pinned, or on a condition."""

import json

import pytest
from PySide6.QtWidgets import QDialog, QPushButton
from tests.ui.fakes import CREATED, RUN, finished, settled
from tests.ui.hands import SMALL, trigger
from tests.ui.history.fakes import FakeHistory, listed

from tocsin.engine.errors import OtherVersionError, PinnedInLiveError
from tocsin.engine.events import Event, EventType, RunStatus
from tocsin.engine.pins import PinnedOutput
from tocsin.formats import read_playbook
from tocsin.model.pins import pins_path
from tocsin.services.past import PastRun
from tocsin.services.pins import PinFiles
from tocsin.services.runs import StartAt
from tocsin.ui.dialogs.value_dialog import ValueDialog
from tocsin.ui.window.control_desk import IMPORTED, NO_DATA, NOT_PINNED

SCORE = {"score": 7}
WITH_DATA = (
    SMALL.replace('kind: condition\n    when: "true"', "kind: set\n    values: {score: 7}")
    .replace("look.true ->", "look ->")
    .replace("- look.false -> other\n", "")
)


@pytest.fixture
def small(tmp_path):
    """The small playbook, with a step “look” that gives data."""
    path = tmp_path / "small.yaml"
    path.write_text(WITH_DATA, encoding="utf-8")
    return path


@pytest.fixture
def ended(running, qtbot):
    """The window after the small playbook's run; its step “look” gave something."""
    running.runs.tell(CREATED, settled("start"), settled("look", output=SCORE), finished())
    qtbot.waitUntil(lambda: not running.window.documents.current.is_running)
    return running


def last(desk):
    return desk.runs.requests[-1]


def dialog(desk, name):
    return next((d for d in desk.window.findChildren(QDialog) if d.objectName() == name and d.isVisible()), None)


def choose(desk, node, action):
    desk.session.select([node])
    trigger(desk, action)


def notice(desk):
    return desk.panels.notice.text


def test_run_from_here_takes_the_data_of_the_run_that_is_shown(ended):
    choose(ended, "look", "run.from_here")
    assert last(ended).at == StartAt("look", RUN)


def test_run_from_here_says_where_data_come_from_when_no_run_is_shown(opened):
    choose(opened, "look", "run.from_here")
    assert (opened.runs.requests, notice(opened)) == ([], NO_DATA)


def test_one_node_runs_alone_with_data_or_without(opened):
    choose(opened, "look", "run.node")
    assert last(opened).at == StartAt("look", is_alone=True)


def test_one_node_runs_alone_with_the_data_that_are_shown(ended):
    choose(ended, "look", "run.node")
    assert last(ended).at == StartAt("look", RUN, is_alone=True)


@pytest.mark.parametrize("action", ["run.from_here", "run.node", "run.pin", "run.condition", "run.edit_data"])
def test_they_are_for_one_selected_node(opened, action):
    opened.session.select(["look", "ask"])
    assert not opened.window.commands.get(action).isEnabled()


def test_steps_that_are_drawn_otherwise_are_asked_about_once_more(ended, qtbot):
    ended.runs.refusal = OtherVersionError(RUN, ["start"])
    choose(ended, "look", "run.from_here")
    qtbot.waitUntil(lambda: dialog(ended, "other-version") is not None)
    ended.runs.refusal = None
    dialog(ended, "other-version").findChild(QPushButton, "use-the-data-anyway").click()
    assert last(ended).at == StartAt("look", RUN, accepts_changes=True)


def test_data_are_edited_as_json_and_nothing_else_is_taken(running, qtbot):
    running.runs.tell(CREATED, settled("look", output=SCORE))
    qtbot.waitUntil(lambda: "look" in running.window.documents.current.follower.statuses)
    choose(running, "look", "run.edit_data")
    asked = dialog(running, "edit-data")
    assert json.loads(asked.input.toPlainText()) == SCORE
    asked.input.setPlainText('{"score": ')
    assert (asked.fault, asked.enter_button.isEnabled()) == ("This is no JSON at line 1, column 11.", False)
    asked.input.setPlainText('{"score": 97}')
    asked.enter_button.click()
    assert running.runs.moved == [("edit", RUN, "look", {"score": 97})]


def test_a_pin_is_shown_taken_by_rehearsals_and_left_out_of_live_runs(ended):
    choose(ended, "look", "run.pin")
    assert ended.panels.scene.store.nodes["look"].pinned.startswith("Output of ")
    trigger(ended, "run.rehearse")
    assert [(name, pin.output) for name, pin in last(ended).pins.items()] == [("look", SCORE)]


def test_a_pin_is_written_by_hand_beginning_with_what_the_step_gave(ended):
    choose(ended, "look", "run.pin_value")
    asked = dialog(ended, "pin-output")
    assert json.loads(asked.input.toPlainText()) == SCORE
    asked.input.setPlainText('{"score": 97}')
    asked.enter_button.click()
    assert ended.panels.scene.store.nodes["look"].pinned == "Written by hand"
    trigger(ended, "run.rehearse")
    assert last(ended).pins["look"] == PinnedOutput({"score": 97})


def test_what_cannot_be_pinned_is_told(opened):
    choose(opened, "ask", "run.pin_value")
    assert (dialog(opened, "pin-output"), notice(opened)) == (None, NOT_PINNED)


def test_a_live_run_is_asked_for_with_the_pins_so_that_it_is_refused(ended, qtbot):
    choose(ended, "look", "run.pin")
    ended.runs.refusal = PinnedInLiveError(["look"])
    trigger(ended, "run.run")
    assert (last(ended).mode, list(last(ended).pins)) == ("live", ["look"])
    qtbot.waitUntil(lambda: "A live run takes no pinned outputs, and “look” would be pinned." in notice(ended))


@pytest.fixture
def reopened(show_window, small):
    """The small playbook in a window that keeps pins beside files; again in another one each time it is called."""

    def open_again():
        desk = show_window(pins=PinFiles())
        desk.window.open(small)
        return desk

    return open_again


def test_pins_are_kept_beside_the_file_and_are_there_when_it_is_opened_again(reopened, small):
    document = reopened().window.documents.current
    document.pins.pin("look", PinnedOutput(SCORE, source="R-7"))
    assert PinFiles().load(small, "small") == {"look": PinnedOutput(SCORE, source="R-7")}
    again = reopened()
    assert again.panels.scene.store.nodes["look"].pinned == "Output of R-7"
    again.window.documents.current.pins.unpin("look")
    assert not pins_path(small, "small").exists()


def test_pins_go_along_when_the_playbook_is_saved_elsewhere(reopened, small, tmp_path):
    document = reopened().window.documents.current
    document.pins.pin("look", PinnedOutput(SCORE))
    elsewhere = tmp_path / "other" / "copy.yaml"
    elsewhere.parent.mkdir()
    document.session.save(elsewhere)
    assert PinFiles().load(elsewhere, "small") == PinFiles().load(small, "small") == {"look": PinnedOutput(SCORE)}
    assert document.pins.words == {"look": "Written by hand"}


def test_pins_that_cannot_be_read_are_left_alone_and_stop_a_rehearsal(reopened, small):
    pins_path(small, "small").write_text("tocsin_pins: 1\npins: [3]\n")
    desk = reopened()
    document = desk.window.documents.current
    document.pins.pin("look", PinnedOutput(SCORE))
    assert pins_path(small, "small").read_text().endswith("[3]\n")
    trigger(desk, "run.rehearse")
    assert desk.runs.requests == []
    assert "The pins beside the playbook cannot be used." in notice(desk)


def test_a_pin_is_taken_away_by_the_same_key(ended):
    choose(ended, "look", "run.pin")
    choose(ended, "look", "run.pin")
    assert ended.panels.scene.store.nodes["look"].pinned is None


def test_questions_and_what_gave_nothing_are_not_pinned(ended):
    for node in ("ask", "start"):
        choose(ended, node, "run.pin")
        assert ended.panels.scene.store.nodes[node].pinned is None
    assert last(ended).pins == {}


def test_a_breakpoint_has_a_condition_that_must_compile(opened):
    choose(opened, "ask", "run.condition")
    asked = opened.window.findChild(ValueDialog, "breakpoint-condition")
    asked.input.setPlainText("look.score >")
    assert asked.fault
    assert not asked.enter_button.isEnabled()
    asked.input.setPlainText("look.score > 3 ")
    asked.enter_button.click()
    assert opened.panels.scene.store.nodes["ask"].stops
    trigger(opened, "run.run")
    assert last(opened).breakpoints == {"ask": "look.score > 3"}


def test_an_imported_run_is_neither_undone_nor_used(show_window, small, qtbot):
    run = listed(7, status=RunStatus.SUCCEEDED, changes=1, ended_at=9_000_000, is_imported=True)
    events = (
        Event(run.run, 1, 1_000_000, EventType.RUN_CREATED, "", {"kind": "play", "mode": "live"}),
        Event(run.run, 2, 2_000_000, EventType.RUN_FINISHED, "", {"status": "succeeded", "error": None}),
    )
    history = FakeHistory(runs=[run])
    history.past[run.run] = PastRun(run, read_playbook(small.read_text(), "small.yaml").playbook, events)
    desk = show_window(history=history)
    desk.window.open(small)
    panel = desk.panels.history
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.model.runs) == 1)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert not any(b.isVisibleTo(panel) for b in panel.findChildren(QPushButton) if b.text() == "Undo all…")
    panel.open_run(run.run)
    qtbot.waitUntil(lambda: desk.panels.run.is_imported)
    assert not desk.panels.run.page.undo_button.isVisibleTo(desk.panels.run.page)
    choose(desk, "look", "run.from_here")
    assert (desk.runs.requests, notice(desk)) == ([], IMPORTED)


def test_pins_of_nodes_that_are_gone_are_not_taken(ended):
    pins = ended.window.documents.current.pins
    pins.pin("gone", PinnedOutput({}))
    assert pins.in_playbook(ended.session.playbook) == {}
