from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tocsin.model.playbook import ConditionNode, EndNode, ForEachNode, Graph, Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.ui.window.breadcrumbs import CrumbButton, crumbs_of
from tocsin.ui.window.footer import Footer

INNER = Graph(nodes={"check": ConditionNode(when="true", title="Critical asset?")})
PLAYBOOK = Playbook(
    id="contain",
    name="Contain an address",
    graph=Graph(nodes={"hosts": ForEachNode(items="[]", body=INNER, title="For each host"), "done": EndNode()}),
)
PATH = Path("/somewhere/Containment/contain.yaml")
ERROR = Problem("TOC-C001", Severity.ERROR, "No trigger.")
WARNING = Problem("TOC-C003", Severity.WARNING, "Leads nowhere.")


@pytest.fixture
def footer(theme, qtbot):
    made = Footer(theme)
    qtbot.addWidget(made)
    made.resize(1200, made.height())
    made.show()
    made.show_document(PLAYBOOK, PATH, ["check"])
    return made


def count(footer, kind):
    return footer.findChild(QAbstractButton, f"count-{kind}")


def texts(crumbs):
    return [crumb.text for crumb in crumbs]


def test_the_path_goes_from_the_folder_over_the_frame_to_the_node():
    crumbs = crumbs_of(PLAYBOOK, PATH, ["check"])
    assert texts(crumbs) == ["Containment", "Contain an address", "For each host", "Critical asset?"]
    assert [crumb.id for crumb in crumbs] == ["folder", "playbook", "node:hosts", "node:check"]


@pytest.mark.parametrize("selection", [(), ("hosts", "done"), ("gone",)])
def test_the_path_ends_at_the_playbook_where_there_is_no_one_node(selection):
    assert texts(crumbs_of(PLAYBOOK, PATH, selection)) == ["Containment", "Contain an address"]


def test_a_playbook_without_a_file_says_so():
    assert texts(crumbs_of(PLAYBOOK, None)) == ["Not saved yet", "Contain an address"]


def test_a_part_of_the_path_that_is_pressed_is_told(footer, qtbot):
    crumbs = footer.findChildren(CrumbButton)
    with qtbot.waitSignal(footer.crumb_chosen) as told:
        qtbot.mouseClick(crumbs[2], Qt.MouseButton.LeftButton)
    assert told.args == ["node:hosts"]


def test_another_path_takes_the_place_of_the_one_before(footer):
    footer.show_document(PLAYBOOK, PATH)
    shown = [crumb.text() for crumb in footer.findChildren(CrumbButton) if crumb.isVisible()]
    assert shown == ["Containment", "Contain an address"]


def test_everything_is_counted_and_nothing_is_not(footer, qtbot):
    assert count(footer, "nodes").text() == "3 nodes"
    assert not count(footer, "problems").isVisible()
    footer.show_problems([ERROR, WARNING, WARNING])
    footer.show_run(uncertain=1, waiting=2)
    shown = [count(footer, kind).text() for kind in ("problems", "uncertain", "waiting")]
    assert shown == ["1 error, 2 warnings", "1 may have happened", "2 wait for you"]
    footer.show_run(uncertain=0, waiting=1)
    assert not count(footer, "uncertain").isVisible()
    assert count(footer, "waiting").text() == "1 waits for you"


def test_a_count_that_is_pressed_is_told(footer, qtbot):
    footer.show_problems([WARNING])
    with qtbot.waitSignal(footer.count_chosen) as told:
        qtbot.mouseClick(count(footer, "problems"), Qt.MouseButton.LeftButton)
    assert told.args == ["problems"]


def test_stop_is_as_high_as_the_bar_and_at_its_right_end(footer, qtbot):
    stop = footer.stop_button
    assert footer.height() == stop.height() == 28
    assert stop.mapTo(footer, stop.rect().topRight()).x() == footer.width() - 1 - 8
    with qtbot.waitSignal(footer.stop_pressed):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton, pos=stop.rect().topLeft())


def test_stop_is_filled_with_the_colour_of_text(footer, theme):
    assert footer.stop_button.grab().toImage().pixelColor(4, 14).name() == theme.tokens.text.lower()


def test_what_is_live_here_and_stop_are_seen_in_the_least_window(footer):
    footer.resize(960, 28)
    footer.show_problems([ERROR] * 12 + [WARNING] * 12)
    footer.show_run(uncertain=3, waiting=3)
    live = footer.findChild(object, "live-here")
    assert live.text() == "Live here: nothing armed"
    assert live.width() >= live.sizeHint().width()
    assert footer.stop_button.geometry().right() <= 960


def test_the_hint_of_a_gesture_is_shown(footer):
    footer.show_hint("Esc cancels")
    assert "Esc cancels" in footer.text
