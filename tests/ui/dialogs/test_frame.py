from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidget, QWidget
from tests.ui.history.fakes import listed

from tocsin.services.recovery import LeftDraft
from tocsin.services.settings import SettingsStore
from tocsin.ui.canvas.looks import Look
from tocsin.ui.dialogs.about import AboutDialog
from tocsin.ui.dialogs.choice import ChoiceDialog, Question, named
from tocsin.ui.dialogs.deeds import Deed, DeedList, DeedsDialog
from tocsin.ui.dialogs.frame import GAP, MARGINS, Option
from tocsin.ui.dialogs.keys_sheet import KeysSheet
from tocsin.ui.dialogs.recovery import RecoveryDialog
from tocsin.ui.dialogs.resume import ResumeDialog
from tocsin.ui.dialogs.settings.dialog import SettingsDialog
from tocsin.ui.dialogs.value_dialog import ValueDialog, ValueQuestion

LEFT = LeftDraft(Path("k.json"), "k", "Small", at=1_000_000)
QUESTION = Question("Unsaved changes", "“Small” has changes that are not saved.", "Discarding them cannot be undone.")


@pytest.fixture
def window(dressed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


@pytest.fixture
def done():
    return []


@pytest.fixture
def dialogs(window, theme, done):
    """One of each kind, by its name."""
    options = (Option("Cancel"), Option("Undo 2 changes", lambda: done.append("undone")))
    save = (Option("Cancel"), Option("Save changes", lambda: done.append("saved"), is_primary=True))
    deeds = DeedList("undo-run", "Undo all", "Take back 2 changes", (Deed("block", "fw-edge", Look.SUCCEEDED),))
    value = ValueQuestion("edit-data", "Edit the data", "“look” gave this:", "The run goes on.", "1", "Use these data")
    made = (
        ChoiceDialog("save-changes", QUESTION, save, window),
        DeedsDialog(deeds, options, theme, window),
        ValueDialog(value, lambda text: "" if text else "Nothing is there.", theme, window),
        RecoveryDialog([LEFT, LEFT], window),
        ResumeDialog([listed(218)], window),
        KeysSheet(theme, {}, window),
        AboutDialog(theme, window),
        SettingsDialog(theme, SettingsStore(), window),
    )
    return {dialog.objectName(): dialog for dialog in made}


FIRST = {
    "save-changes": "save-changes",
    "undo-run": "cancel",
    "edit-data": "cancel",
    "recovery": "recover",
    "resume": "later",
    "keys-sheet": "close",
    "about": "close",
    "settings": "close-settings",
}


def default_of(dialog):
    return [button.objectName() for button in dialog.findChildren(QPushButton) if button.isDefault()]


def test_all_stand_in_one_frame(dialogs):
    for dialog in dialogs.values():
        assert dialog.layout().contentsMargins().left() == MARGINS[0]
        assert dialog.layout().spacing() == GAP
        assert dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert dialog.windowTitle()


def test_enter_presses_the_safest_button_alone(dialogs):
    assert {name: default_of(dialog) for name, dialog in dialogs.items()} == {
        name: [button] for name, button in FIRST.items()
    }


def test_the_first_focus_is_on_the_safest_button_or_where_one_types(dialogs, qtbot):
    for name, dialog in dialogs.items():
        dialog.open()
        focus = dialog.focusWidget()
        assert focus.objectName() == FIRST[name] or focus is dialog.input


def test_titles_and_buttons_are_as_high_as_the_design_says(dialogs):
    for dialog in dialogs.values():
        dialog.open()
        titles = [label for label in dialog.findChildren(QLabel) if label.property("role") == "dialog-title"]
        assert {title.font().pixelSize() for title in titles} <= {17}
        below = [button for button in dialog.findChildren(QPushButton) if button.parent() is dialog]
        assert {button.height() for button in below} == {32}


def test_the_list_shows_the_numbers_of_runs_in_full(dialogs):
    rows = dialogs["resume"].findChild(QTreeWidget)
    assert rows.columnWidth(0) > rows.fontMetrics().horizontalAdvance("R-218") + 40


def test_escape_closes_and_does_nothing(dialogs, done, qtbot):
    for dialog in dialogs.values():
        dialog.open()
        with qtbot.waitSignal(dialog.rejected):
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert done == []


def test_words_from_outside_are_never_read_as_markup(dialogs):
    for dialog in dialogs.values():
        for label in dialog.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText


def test_an_answer_is_given_when_its_dialog_is_gone(dialogs, done):
    dialog = dialogs["save-changes"]
    dialog.open()
    dialog.finished.connect(lambda _: done.append("closed"))
    dialog.findChild(QPushButton, "save-changes").click()
    assert done == ["closed", "saved"]


def test_only_what_is_ticked_is_meant(dialogs, qtbot):
    dialog = dialogs["recovery"]
    rows = dialog.findChild(QTreeWidget)
    assert dialog.ticked == (LEFT, LEFT)
    for row in range(2):
        rows.topLevelItem(row).setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.ticked == ()
    assert not dialog.findChild(QPushButton, "recover").isEnabled()


def test_a_wrong_text_is_told_and_cannot_be_entered(dialogs, qtbot):
    dialog = dialogs["edit-data"]
    dialog.input.clear()
    assert (dialog.fault, dialog.enter_button.isEnabled()) == ("Nothing is there.", False)
    dialog.input.setPlainText("2")
    with qtbot.waitSignal(dialog.entered) as told:
        dialog.enter_button.click()
    assert told.args == ["2"]


def test_one_thing_is_named_and_several_are_counted_and_listed():
    assert named(["db-01"], "steps") == ("“db-01”", ())
    assert named(["a", "b"], "steps") == ("2 steps", ("“a”", "“b”"))
