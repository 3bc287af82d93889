"""The keys in the settings, with real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.dialogs.found_list import FOUND_ROLE
from tocsin.ui.dialogs.settings.dialog import KEYS, SettingsDialog

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot, over, theme, store):
    dialog = SettingsDialog(theme, store, over)
    dialog.show_page(KEYS)
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog.keys


def rows(page):
    model = page.list.model()
    return [model.index(row, 0).data(FOUND_ROLE) for row in range(model.rowCount())]


def record(page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    page.recorder.setFocus()
    page.recorder.click()
    QTest.keyClick(page.recorder, key, modifiers)


def test_every_action_of_the_table_is_listed_with_its_keys(page):
    assert [row.id for row in rows(page)] == [spec.id for spec in ACTIONS]
    assert next(row.keys for row in rows(page) if row.id == "file.save") == "Ctrl+S"


def test_an_action_is_found_by_its_name_and_by_its_key(page):
    page.search.setText("save as")
    assert rows(page)[0].id == "file.save_as"
    page.search.setText("ctrl shift s")
    assert "file.save_as" in [row.id for row in rows(page)]


def test_a_recorded_key_is_set_at_once(page, store):
    page.choose("file.save")
    record(page, Qt.Key.Key_S, CTRL_ALT)
    assert store.settings.shortcuts == {"file.save": "Ctrl+Alt+S"}
    row = next(row for row in rows(page) if row.id == "file.save")
    assert (row.keys, row.group) == ("Ctrl+Alt+S", "File · yours")
    assert page.reset.isEnabled()


def test_a_key_that_is_somebody_s_is_named_and_can_be_taken_over(page, store, qtbot):
    page.choose("file.save")
    record(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert (page.said, store.settings.shortcuts) == ("Ctrl+N: This is the key of “New playbook”.", {})
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert store.settings.shortcuts == {"file.save": "Ctrl+N", "file.new": ""}
    assert page.said == ""


def test_a_letter_alone_is_refused(page, store):
    page.choose("file.save")
    record(page, Qt.Key.Key_X)
    assert page.said == "X: A letter alone is for typing. Hold Ctrl or Alt with it."
    assert not page.take.isVisible()


def test_escape_ends_the_recording_and_nothing_else(page, store):
    page.choose("file.save")
    record(page, Qt.Key.Key_Escape)
    assert (page.recorder.isChecked(), page.isVisible(), store.settings.shortcuts) == (False, True, {})


def test_one_key_or_all_can_be_reset(page, store, qtbot):
    for action, key in (("file.save", Qt.Key.Key_S), ("file.open", Qt.Key.Key_O)):
        page.choose(action)
        record(page, key, CTRL_ALT)
    qtbot.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert store.settings.shortcuts == {"file.save": "Ctrl+Alt+S"}
    qtbot.mouseClick(page.reset_all, Qt.MouseButton.LeftButton)
    assert store.settings.shortcuts == {}
    assert not page.reset_all.isEnabled()


def test_an_action_can_have_no_key(page, store, qtbot):
    page.choose("file.save")
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert store.settings.shortcuts == {"file.save": ""}
    assert not page.clear.isEnabled()
