"""A schedule with its next times, a file that is picked, names and values in another order."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from tests.ui.forms.conftest import retype

from tocsin.ui.forms.cron import USUAL
from tocsin.ui.forms.cron_editor import CronEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.file_editor import FileEditor
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.widgets.round_menu import RoundMenu

LEFT = Qt.MouseButton.LeftButton
CRON = FormField(("cron",), "Runs at", FieldKind.CRON, required=True, choices=USUAL, value="0 0 1 1 *")
FILE = FormField(("file",), "List", FieldKind.FILE)
TEXT = FormField((), "Value", FieldKind.TEXT, required=True)
PAIRS = FormField(("pairs",), "Pairs", FieldKind.MAP, unit="pair", parts=(TEXT,), value={"b": "1", "a": "2"})


def test_a_schedule_says_what_it_means_and_its_next_five_times_with_the_zone(show):
    view = show(replace(CRON, zone="Europe/Berlin"))
    editor = view.findChild(CronEditor)
    assert editor.words.endswith(", Europe/Berlin")
    assert "January" in editor.words
    assert len(editor.times) == 5
    assert all(time.endswith(" CET") and " 1 Jan " in time for time in editor.times)
    view.show_field(replace(view.field, zone="UTC"))
    assert all(time.endswith(" UTC") for time in editor.times)


def test_what_is_no_schedule_is_told_and_has_no_times(show):
    view = show(CRON)
    retype(view.editor, "0 25 * * *")
    assert view.fault.startswith("The hour, the second of the five")
    assert view.document.values == []
    assert not view.findChild(CronEditor).findChildren(RoundMenu)
    retype(view.editor, "0 5 * * *")
    assert view.document.values == ["0 5 * * *"]
    assert all(", 05:00 UTC" in time for time in view.findChild(CronEditor).times)


def test_a_usual_schedule_is_chosen_by_its_words(show):
    view = show(CRON)
    QTest.keyClick(view.editor, Qt.Key.Key_Down)
    menu = next(menu for menu in view.findChildren(RoundMenu) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == "Monday to Friday at 08:00")
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert view.document.values == ["0 8 * * 1-5"]
    assert view.editor.text() == "0 8 * * 1-5"


def test_a_file_is_picked_in_a_dialog_that_does_not_stop_the_window(show, tmp_path, qtbot):
    wanted = tmp_path / "addresses.csv"
    wanted.write_text("203.0.113.66\n")
    view = show(replace(FILE, value=str(tmp_path / "old.csv")))
    QTest.mouseClick(view.findChild(FileEditor).pick_button, LEFT)
    dialog = view.findChild(QFileDialog)
    assert dialog.directory().absolutePath() == str(tmp_path)
    dialog.selectFile(str(wanted))
    dialog.accept()
    assert view.document.values == [str(wanted)]


def test_names_and_values_are_put_in_another_order(show):
    view = show(PAIRS)
    rows = view.findChild(RowsEditor)
    grip = rows.cards[0].grip
    grip.setFocus()
    QTest.keyClick(grip, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [list(value) for value in view.document.values] == [["a", "b"]]
    view.show_field(PAIRS)
    assert [card.cells[0].editor.typed for card in rows.cards] == ["b", "a"]


def test_a_line_shows_where_a_pulled_row_would_go(show, theme):
    view = show(replace(PAIRS, value={"a": "1", "b": "2", "c": "3"}))
    rows = view.findChild(RowsEditor)
    first, _, last = rows.cards
    grip, start = first.grip, first.grip.rect().center()
    end = grip.mapFromGlobal(last.mapToGlobal(last.rect().center())) + QPoint(0, 6)
    QTest.mousePress(grip, LEFT, pos=start)
    QTest.mouseMove(grip, end)
    (line,) = [child for child in rows.children() if type(child).__name__ == "DropLine"]
    assert line.isVisible()
    assert line.geometry().top() >= last.geometry().bottom() - 2
    assert line.height() == 2
    QTest.mouseRelease(grip, LEFT, pos=end)
    assert not line.isVisible()
    assert list(view.document.values[-1]) == ["b", "c", "a"]
