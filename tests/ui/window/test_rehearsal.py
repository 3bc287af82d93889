import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from tests.ui.fakes import RUN, finished, settled
from tests.ui.hands import press, trigger

from tocsin.edits import AddNode
from tocsin.engine.events import REHEARSE
from tocsin.model.playbook import EndNode

CREATED = ("run.created", "", {"kind": "play", "mode": REHEARSE, "input": {"v": {"ip": "192.0.2.1"}}})
WOULD = {"text": "Would ask: Go on?", "options": ["approved", "rejected"]}


def said(path, would):
    kind, path, data = settled(path, ports=("approved",), summary=would["text"])
    return (kind, path, data | {"via": "predicted", "would": would, "flags": []})


@pytest.fixture
def rehearsed(opened, qtbot):
    """The window after the small playbook was rehearsed."""
    trigger(opened, "run.rehearse")
    qtbot.waitUntil(lambda: opened.panels.run_bar.isVisible())
    told = (CREATED, settled("start"), settled("look", ports=("true",)), said("ask", WOULD), settled("done"))
    opened.runs.tell(*told, finished())
    qtbot.waitUntil(lambda: not opened.window.documents.current.is_running)
    return opened


def test_f6_rehearses_and_changes_nothing(opened, qtbot):
    assert opened.window.commands.get("run.rehearse").shortcut().toString() == "F6"
    trigger(opened, "run.rehearse")
    assert [request.mode for request in opened.runs.requests] == [REHEARSE]


def test_its_button_is_left_of_run_and_not_the_primary_one(opened):
    rehearse, run = (opened.window.findChild(QPushButton, f"button-run.{name}") for name in ("rehearse", "run"))
    assert rehearse.mapTo(opened.window, rehearse.rect().topRight()).x() < run.mapTo(opened.window, run.pos()).x()
    assert (rehearse.property("role"), run.property("role")) == (None, "primary")


def test_the_bar_says_rehearsed_and_the_dock_shows_the_plan(rehearsed):
    assert "rehearsed in Lab, reads only" in rehearsed.panels.run_bar.text
    assert rehearsed.panels.run.plan.isVisible()
    assert [row.text for row in rehearsed.panels.run.plan.model.rows] == ["Would ask: Go on?"]
    assert rehearsed.window.focusWidget().text() == "Rehearse again"


def test_what_nobody_answered_is_marked_assumed_on_the_canvas(rehearsed):
    nodes = rehearsed.panels.scene.store.nodes
    assert {name for name, entry in nodes.items() if entry.assumed} == {"ask"}


def test_rehearse_again_begins_with_the_same_event(rehearsed):
    rehearsed.panels.run.plan.rehearse_requested.emit()
    assert [(request.mode, request.event) for request in rehearsed.runs.requests[1:]] == [
        (REHEARSE, {"ip": "192.0.2.1"})
    ]


def test_run_for_real_asks_once_and_enter_rehearses_again(rehearsed):
    rehearsed.panels.run.plan.run_requested.emit()
    assert len(rehearsed.runs.requests) == 1
    assert rehearsed.window.findChild(QPushButton, "rehearse-again").isDefault()
    press(rehearsed.window, "run-for-real", "run-in-lab")
    assert [(request.mode, request.event) for request in rehearsed.runs.requests[1:]] == [("live", {"ip": "192.0.2.1"})]


def test_a_plan_of_another_playbook_is_not_run(rehearsed):
    rehearsed.session.apply(AddNode("more", EndNode(), (0, 0)))
    rehearsed.panels.run.plan.run_requested.emit()
    assert "another now" in rehearsed.panels.notice.text
    rehearsed.panels.run.plan.rehearse_requested.emit()
    assert len(rehearsed.runs.requests) == 1


def test_the_plan_is_saved_to_the_file_that_is_chosen(rehearsed, tmp_path):
    rehearsed.choice.chosen = tmp_path / "plan.md"
    rehearsed.panels.run.plan.save_requested.emit()
    assert rehearsed.choice.asked == [f"plan-{RUN[:13]}.md"]
    assert "Would ask: Go on?" in rehearsed.choice.chosen.read_text(encoding="utf-8")
    assert rehearsed.panels.notice.text == "The plan is in “plan.md”."


def test_a_plan_that_cannot_be_written_is_told(rehearsed, tmp_path):
    rehearsed.choice.chosen = tmp_path / "nowhere" / "plan.md"
    rehearsed.panels.run.plan.save_requested.emit()
    assert "cannot be written" in rehearsed.panels.notice.text


def test_beside_a_plan_the_canvas_has_the_room_of_the_node_list(rehearsed, qtbot):
    window = rehearsed.window
    window.resize(1440, 900)
    assert not window.frame.is_nodes_shown
    rehearsed.panels.run_bar.close_requested.emit()
    qtbot.waitUntil(lambda: window.frame.is_nodes_shown)


def test_closing_the_plan_shows_the_playbook_as_it_is_edited(rehearsed, qtbot):
    close = next(b for b in rehearsed.panels.run_bar.findChildren(QPushButton) if b.text() == "Close plan")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not rehearsed.panels.run_bar.isVisible()
    assert "Not run yet." in [label.text() for label in rehearsed.panels.run.findChildren(QLabel)]
    assert not any(entry.assumed for entry in rehearsed.panels.scene.store.nodes.values())
