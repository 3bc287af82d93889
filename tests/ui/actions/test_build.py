import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QMenuBar, QVBoxLayout, QWidget
from tests.ui.fakes import FakeCommands

from tocsin.ui.actions.build import ActionSet
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import Menu
from tocsin.ui.theme import DARK, Look, Theme


@pytest.fixture
def told():
    return FakeCommands()


@pytest.fixture
def theme(qapp):
    return Theme()


@pytest.fixture
def actions(told, theme):
    return ActionSet(told, theme)


def keys(action):
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in action.shortcuts()]


def test_an_action_does_its_command(actions, told):
    actions.get("view.next_problem").setEnabled(True)
    actions.get("view.next_problem").trigger()
    assert told.calls == [("go_to_problem", 1)]


def test_facts_decide_what_can_be_done_and_how_it_is_called(actions):
    actions.refresh(Facts(undo_label="Move R&D"))
    assert actions.get("edit.undo").isEnabled()
    assert actions.get("edit.undo").text() == "Undo: Move R&&D"
    assert actions.get("edit.undo").toolTip() == "Undo: Move R&D (Ctrl+Z)"
    assert not actions.get("run.stop").isEnabled()


def test_a_tick_follows_the_facts_not_the_click(actions, told):
    minimap = actions.get("view.minimap")
    assert minimap.isChecked()
    minimap.trigger()
    assert told.calls == [("toggle_minimap",)]
    assert minimap.isChecked()
    actions.refresh(Facts(is_minimap_wanted=False))
    assert not minimap.isChecked()


def test_a_person_s_own_keys_are_answered_to_and_shown(actions):
    actions.set_keys({"file.save": ("Ctrl+Alt+S", "F12")})
    assert keys(actions.get("file.save")) == ["Ctrl+Alt+S", "F12"]
    assert actions.get("file.save").toolTip() == "Save (Ctrl+Alt+S)"
    actions.set_keys({})
    assert keys(actions.get("file.save")) == ["Ctrl+S"]


def test_menus_are_filled_in_a_bar_and_in_a_menu(actions, qtbot):
    bar, menu = QMenuBar(), QMenu()
    qtbot.addWidget(bar)
    qtbot.addWidget(menu)
    for place in (bar, menu):
        actions.fill(place)
        assert [action.text() for action in place.actions()] == [str(name) for name in Menu]


def test_a_letter_is_a_command_on_the_canvas_and_a_letter_in_a_field(actions, told, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    canvas, field = QWidget(window), QLineEdit(window)
    canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(window)
    column.addWidget(canvas)
    column.addWidget(field)
    actions.attach(window, canvas)
    actions.refresh(Facts(has_nodes=True))
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F)
    assert (field.text(), told.calls) == ("f", [])
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert told.calls == [("fit_all",)]
    QTest.keyClick(field, Qt.Key.Key_F5)
    assert told.calls[-1] == ("run",)


def test_icons_follow_the_look(actions, theme):
    before = actions.get("edit.undo").icon().cacheKey()
    theme.set_look(Look(DARK))
    assert actions.get("edit.undo").icon().cacheKey() != before
