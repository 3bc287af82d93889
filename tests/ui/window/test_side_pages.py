"""Rail and strip of a narrow window: a button shows its page, and a page that comes to the front marks its button."""

import pytest
from PySide6.QtWidgets import QAbstractButton
from tests.ui.hands import trigger

from tocsin.ui.inspector.tab_row import Tab


@pytest.fixture
def narrow(opened):
    opened.window.resize(1024, 640)
    opened.window.documents.current.show_node("ask")
    return opened


def button(desk, name):
    return desk.window.findChild(QAbstractButton, f"rail-{name}")


def outline(desk):
    return desk.window.desks.outline.panel


def test_the_rail_shows_the_node_list_and_the_outline_in_one_drawer(narrow):
    button(narrow, "outline").click()
    assert (outline(narrow).isVisible(), button(narrow, "outline").isChecked()) == (True, True)
    assert narrow.window.commands.get("view.outline").isEnabled()
    button(narrow, "nodes").click()
    assert (narrow.panels.nodes.isVisible(), outline(narrow).isVisible()) == (True, False)
    assert (button(narrow, "nodes").isChecked(), button(narrow, "outline").isChecked()) == (True, False)
    button(narrow, "nodes").click()
    assert not narrow.panels.nodes.isVisible()
    assert not button(narrow, "nodes").isChecked()


def test_f3_marks_the_outlines_button(narrow):
    trigger(narrow, "view.outline")
    assert outline(narrow).isVisible()
    assert button(narrow, "outline").isChecked()


def test_the_node_lists_key_closes_the_drawer_whatever_it_shows(narrow):
    button(narrow, "outline").click()
    trigger(narrow, "view.node_list")
    assert not outline(narrow).isVisible()


@pytest.mark.parametrize("tab", Tab)
def test_the_strip_shows_settings_output_and_notes(narrow, tab):
    button(narrow, tab.name.lower()).click()
    assert narrow.panels.inspector.isVisible()
    assert narrow.panels.inspector.tabs.tab is tab
    assert button(narrow, tab.name.lower()).isChecked()
    button(narrow, tab.name.lower()).click()
    assert not narrow.panels.inspector.isVisible()


def test_a_tab_that_is_chosen_in_the_drawer_marks_its_button(narrow):
    button(narrow, "settings").click()
    narrow.panels.inspector.tabs.set_tab(Tab.NOTES)
    assert (button(narrow, "notes").isChecked(), button(narrow, "settings").isChecked()) == (True, False)
