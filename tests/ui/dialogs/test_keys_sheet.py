import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tocsin.ui.actions.canvas_keys import CANVAS_KEYS
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.dialogs.keys_sheet import KeysSheet, sheet_of
from tocsin.ui.theme import Theme


@pytest.fixture
def sheet(dressed, qtbot):
    theme, window = Theme(), QWidget()
    qtbot.addWidget(window)
    window.show()
    made = KeysSheet(theme, {"file.save": ("F12",)}, window)
    made.open()
    yield made
    window.close()


def test_every_action_with_a_key_and_every_gesture_is_on_the_sheet():
    lines = [does for group in sheet_of({}).values() for does, _ in group]
    assert set(lines) == {spec.title for spec in ACTIONS if spec.keys} | {gesture.does for gesture in CANVAS_KEYS}


def test_a_person_s_own_keys_are_on_it():
    assert ("Save", "F12") in sheet_of({"file.save": ("F12",)})["File"]
    assert "Save" not in dict(sheet_of({"file.save": ()})["File"])


def test_several_keys_of_one_action_are_all_named():
    assert dict(sheet_of({})["Edit"])["Redo"] == "Ctrl+Shift+Z or Ctrl+Y"


def test_it_shows_its_groups_and_closes(sheet, qtbot):
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"File", "Edit", "View", "Playbook", "Run", "Lab", "Help", "On the canvas"} <= set(shown)
    with qtbot.waitSignal(sheet.finished):
        qtbot.mouseClick(sheet.findChild(QPushButton), Qt.MouseButton.LeftButton)
