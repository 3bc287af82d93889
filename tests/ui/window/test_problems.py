from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from tests.ui.hands import codes, trigger

from tocsin.checks import CHECKS
from tocsin.edits import SetField
from tocsin.model.problems import CheckCode
from tocsin.ui.problems.explanation import ExplanationDialog

TWO = """
tocsin: 1
id: two
nodes:
  start: {kind: trigger, event: manual}
  look: {kind: condition, when: "true"}
edges: [start -> look]
"""


def shown_in(window):
    return window.findChildren(ExplanationDialog)


def open_small(desk, small, qtbot):
    desk.window.open(small)
    qtbot.waitUntil(lambda: "TOC-C046" in codes(desk))


def test_a_key_goes_to_what_can_be_mended_and_mends_it_as_one_step(desk, small, qtbot):
    open_small(desk, small, qtbot)
    before = desk.session.playbook
    trigger(desk, "view.fix_problem")
    trigger(desk, "view.fix_problem")
    qtbot.waitUntil(lambda: "TOC-C046" not in codes(desk))
    assert desk.session.playbook.graph.nodes["ask"].expires == "4h"
    trigger(desk, "edit.undo")
    assert desk.session.playbook == before


def test_of_two_problems_at_one_node_the_one_that_was_chosen_is_mended(desk, tmp_path, qtbot):
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    desk.window.open(path)
    qtbot.waitUntil(lambda: len(codes(desk)) == 2)
    desk.panels.problems.go(1)
    desk.panels.problems.go(1)
    trigger(desk, "view.fix_problem")
    qtbot.waitUntil(lambda: len(codes(desk)) == 1)
    assert [edge.text for edge in desk.session.playbook.graph.edges] == ["start -> look", "look.true -> look_true"]


def test_why_opens_the_explanation_and_its_button_mends(show_window, small, qtbot):
    desk = show_window(explain=lambda code: CHECKS[CheckCode(code)])
    open_small(desk, small, qtbot)
    desk.panels.problems.go(1)
    QTest.mouseClick(desk.panels.problems.findChild(QPushButton, "why-problem"), Qt.MouseButton.LeftButton)
    (dialog,) = shown_in(desk.window)
    assert dialog.windowTitle() == "TOC-C046 Waits for ever"
    QTest.mouseClick(dialog.fix, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "TOC-C046" not in codes(desk))


def test_without_an_explanation_nothing_opens(desk, small, qtbot):
    open_small(desk, small, qtbot)
    desk.panels.problems.go(1)
    desk.panels.problems.why_requested.emit(desk.panels.problems.current)
    assert shown_in(desk.window) == []


def test_what_tells_the_places_is_made_once_for_a_playbook(opened):
    document = opened.window.documents.current
    places = document.problem_places
    assert document.problem_places is places
    document.apply(SetField("ask", ("title",), "Another title"))
    assert document.problem_places is not places
