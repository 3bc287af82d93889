"""Tooltips say the key that an action has now, and say another when a person changes it."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.hands import trigger

TIPS = {
    "move-dock": "Move the dock to the bottom (Ctrl+Shift+R)",
    "new-playbook": "New playbook (Ctrl+N)",
    "stop-everything": "Stops every run at once, without a question (Ctrl+Alt+.)",
    "environment": "Lab: Simulated products, nothing real (Ctrl+E)",
    "zoom_level": "Zoom to 100 % (Ctrl+0)",
    "rail-nodes": "Show the node list (Ctrl+B)",
    "rail-history": "Show the history (Ctrl+3)",
    "rail-lab": "Show the Lab (Ctrl+4)",
    "rail-settings": "Show the settings (Ctrl+I)",
    "button-edit.undo": "Undo (Ctrl+Z)",
}


def tip(desk, name):
    return desk.window.findChild(object, name).toolTip()


def zoom_tips(desk):
    bar = desk.panels.view.floats.zoom_bar
    return [button.toolTip() for button in (bar.smaller, bar.larger, bar.all)]


@pytest.mark.parametrize("name", TIPS)
def test_a_button_says_the_key_of_its_action(opened, name):
    assert tip(opened, name) == TIPS[name]


def test_the_buttons_over_every_canvas_say_theirs(opened):
    wanted = ["Zoom out (Ctrl+-)", "Zoom in (Ctrl+=)", "Fit all (F)"]
    assert zoom_tips(opened) == wanted
    trigger(opened, "file.new")
    assert zoom_tips(opened) == wanted


def test_own_keys_are_said_in_their_place_and_none_where_there_is_none(opened):
    opened.window.commands.set_keys({"file.new": ("F12",), "view.history": (), "view.zoom_out": ("Ctrl+Alt+-",)})
    assert tip(opened, "new-playbook") == "New playbook (F12)"
    assert tip(opened, "rail-history") == "Show the history"
    assert zoom_tips(opened)[0] == "Zoom out (Ctrl+Alt+-)"


def test_what_a_button_says_beside_its_key_may_change(opened):
    trigger(opened, "view.dock_right")
    assert tip(opened, "move-dock") == "Move the dock to the right (Ctrl+Shift+R)"


def test_the_key_in_the_search_of_the_node_list_leads_there(opened):
    view, nodes = opened.panels.view, opened.panels.nodes
    opened.window.resize(1440, 900)
    view.setFocus()
    assert nodes.search.key == "/"
    QTest.keyClicks(view, "/")
    assert nodes.search.hasFocus()


def test_where_the_node_list_is_folded_the_key_opens_the_picker(opened, qtbot):
    assert opened.window.width() < 1200
    opened.panels.view.setFocus()
    QTest.keyClicks(opened.panels.view, "/")
    picker = QApplication.activePopupWidget()
    assert picker is not None
    picker.close()
