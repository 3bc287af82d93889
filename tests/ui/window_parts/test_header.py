import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QMenuBar

from tocsin.ui.actions.context import Facts
from tocsin.ui.connections.faces import LAB, EnvironmentFace
from tocsin.ui.theme import DARK, Look
from tocsin.ui.window.environment_switch import EnvironmentSwitch
from tocsin.ui.window.header import Header

STAGING = EnvironmentFace("staging", "Staging", "6 of 8 connections ready", "server", "env_other")


@pytest.fixture
def header(actions, theme, qtbot):
    made = Header(actions, theme)
    qtbot.addWidget(made)
    made.resize(1440, made.height())
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def switch(theme, qtbot):
    made = EnvironmentSwitch(theme)
    qtbot.addWidget(made)
    made.show_environments((LAB, STAGING), "lab")
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.menu_of_environments.close()


def button(header, name):
    return header.findChild(QAbstractButton, name)


def test_the_bar_and_its_controls_are_as_high_as_designed(header):
    assert header.height() == 48
    assert button(header, "header-search").size().toTuple() == (176, 30)
    assert header.environment.height() == 30
    assert button(header, "button-run.run").height() == 30


def test_the_menus_fold_into_one_button_and_the_search_into_another(header):
    bar = header.findChild(QMenuBar)
    assert (bar.isVisible(), button(header, "button-menus").isVisible()) == (True, False)
    header.set_narrow(True)
    assert (bar.isVisible(), button(header, "button-menus").isVisible()) == (False, True)
    assert button(header, "button-view.palette").isVisible()
    assert not button(header, "header-search").isVisible()


def test_the_folded_menus_open_as_one_menu(header, qtbot):
    header.set_narrow(True)
    qtbot.mouseClick(button(header, "button-menus"), Qt.MouseButton.LeftButton)
    menu = header.findChild(QMenu, "menu-of-menus")
    assert menu.isVisible()
    assert [action.text() for action in menu.actions()][:3] == ["File", "Edit", "View"]
    menu.close()


def test_the_search_field_opens_the_command_palette_and_shows_its_key(header, told, qtbot):
    search = button(header, "header-search")
    assert search.key == "Ctrl K"
    qtbot.mouseClick(search, Qt.MouseButton.LeftButton)
    assert told.calls == [("open_palette",)]


def test_undo_is_as_its_action_is(header, actions, told, qtbot):
    undo = button(header, "button-edit.undo")
    assert not undo.isEnabled()
    actions.refresh(Facts(undo_label="Move 3 nodes"))
    assert undo.isEnabled()
    assert undo.toolTip() == "Undo: Move 3 nodes (Ctrl+Z)"
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert told.calls == [("undo",)]


def test_the_environment_says_its_name_and_how_ready_it_is(switch):
    assert switch.chosen is LAB
    assert switch.accessibleName() == "Environment: Lab"
    assert switch.toolTip() == "Lab: Simulated products, nothing real"


def test_the_menu_lists_every_environment_and_ticks_the_chosen_one(switch):
    switch.open()
    rows = switch.menu_of_environments.actions()
    assert [(row.text(), row.isChecked()) for row in rows] == [("Lab", True), ("Staging", False)]
    assert switch.menu_of_environments.activeAction() is rows[0]
    assert rows[0].defaultWidget().height() == 44


def test_another_environment_is_chosen_by_keys(switch, qtbot):
    switch.open()
    with qtbot.waitSignal(switch.environment_chosen) as told:
        QTest.keyClick(switch.menu_of_environments, Qt.Key.Key_Down)
        QTest.keyClick(switch.menu_of_environments, Qt.Key.Key_Return)
    assert told.args == ["staging"]


def test_another_environment_is_chosen_by_a_press(switch, qtbot):
    switch.open()
    menu = switch.menu_of_environments
    row = menu.actions()[1].defaultWidget()
    with qtbot.waitSignal(switch.environment_chosen) as told:
        QTest.mouseMove(menu, row.geometry().center() + QPoint(1, 1))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=row.geometry().center())
    assert told.args == ["staging"]


def test_the_chosen_one_is_not_told_again(switch, qtbot):
    switch.open()
    with qtbot.assertNotEmitted(switch.environment_chosen):
        QTest.keyClick(switch.menu_of_environments, Qt.Key.Key_Return)


def test_the_window_says_what_was_chosen(switch):
    switch.show_environments((LAB, STAGING), "staging")
    assert switch.accessibleName() == "Environment: Staging"


def test_the_button_is_in_the_environment_s_colour_in_every_look(switch, theme):
    light = switch.grab().toImage().pixelColor(0, 15).name()
    theme.set_look(Look(DARK))
    assert light == "#2f6f9f"
    assert switch.grab().toImage().pixelColor(0, 15).name() == "#6fb3e3"
