"""Lists, tables, maps and objects, row by row."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from tests.ui.forms.conftest import retype

from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.object_editor import ObjectEditor
from tocsin.ui.forms.row_card import RowCard
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.forms.value_editor import FunctionButton
from tocsin.ui.widgets.icon_button import IconButton

TAG = FormField((), "Item", FieldKind.TEXT, required=True)
TAGS = FormField(("tags",), "Tags", FieldKind.LIST, unit="tag", value=["a", "b", "c"], parts=(TAG,))
ID = FormField(("id",), "Way out", FieldKind.TEXT, required=True, is_late=True)
WORDS = FormField(("title",), "Words", FieldKind.TEXT)
STYLE = FormField(("style",), "Look", FieldKind.TEXT)
OPTIONS = FormField(
    ("options",), "Answers", FieldKind.TABLE, unit="answer", parts=(ID, WORDS, STYLE),
    value=[{"id": "yes", "title": "Do it"}, {"id": "no"}],
)  # fmt: skip
VALUE = FormField((), "Value", FieldKind.TEXT, required=True, takes_template=True)
VALUES = FormField(("values",), "Values", FieldKind.MAP, value={"host": "{{ alert.src_ip }}", "n": 5}, parts=(VALUE,))
WHO = FormField(("who",), "Who", FieldKind.OBJECT, parts=(ID, WORDS), value={"id": "a", "kept": 1})
LABELS = FormField(("with", "labels"), "Labels", FieldKind.LIST, takes_template=True, value=["a"], parts=(TAG,))


def rows_of(view):
    return view.findChild(RowsEditor)


def lines_of(card):
    return [cell.editor.target for cell in card.cells]


def button_of(widget, name):
    return next(button for button in widget.findChildren(IconButton) if button.accessibleName().startswith(name))


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_every_row_is_shown(show):
    view = show(TAGS)
    assert [lines_of(card)[0].text() for card in rows_of(view).cards] == ["a", "b", "c"]
    assert view.value == ["a", "b", "c"]


def test_a_row_is_added_and_told_when_something_stands_in_it(show, qapp):
    view = show(TAGS)
    editor = rows_of(view)
    assert editor.add_button.text() == "Add tag"
    click(editor.add_button)
    assert view.document.values == []
    assert qapp.focusWidget() is lines_of(editor.cards[3])[0]
    QTest.keyClicks(qapp.focusWidget(), "d")
    assert view.document.values == [["a", "b", "c", "d"]]
    assert view.fault == ""


def test_a_row_is_taken_away(show):
    view = show(TAGS)
    click(button_of(rows_of(view).cards[1], "Remove"))
    assert view.document.values == [["a", "c"]]


def test_a_row_is_moved_by_key_and_by_menu(show, qapp):
    view = show(TAGS)
    first = rows_of(view).cards[0]
    QTest.keyClick(lines_of(first)[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert view.document.values[-1] == ["b", "a", "c"]
    click(button_of(first, "Move"))
    (menu,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert view.document.values[-1] == ["b", "c", "a"]


def test_the_first_row_goes_no_further_up(show):
    view = show(TAGS)
    QTest.keyClick(lines_of(rows_of(view).cards[0])[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert view.document.values == []


def test_typing_keeps_the_row_and_its_cursor(show):
    view = show(TAGS)
    line = lines_of(rows_of(view).cards[1])[0]
    line.setFocus()
    line.setCursorPosition(0)
    QTest.keyClicks(line, "xy")
    assert view.document.values == [["a", "xb", "c"], ["a", "xyb", "c"]]
    assert (lines_of(rows_of(view).cards[1])[0] is line, line.cursorPosition()) == (True, 2)


def test_a_name_that_edges_hang_on_is_taken_when_it_is_left(show):
    view = show(OPTIONS)
    line = lines_of(rows_of(view).cards[0])[0]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "approved")
    assert view.document.values == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert view.document.values == [[{"id": "approved", "title": "Do it"}, {"id": "no"}]]


def test_a_new_row_of_a_table_waits_until_it_is_complete(show):
    view = show(OPTIONS)
    editor = rows_of(view)
    click(editor.add_button)
    way, words, _ = lines_of(editor.cards[2])
    retype(words, "Later")
    assert view.document.values == []
    retype(way, "later")
    assert view.document.values == [[*OPTIONS.value, {"id": "later", "title": "Later"}]]


def test_a_cell_that_must_hold_something_says_so_and_nothing_is_lost(show):
    view = show(OPTIONS)
    line = lines_of(rows_of(view).cards[1])[0]
    retype(line, "")
    assert (view.document.values, view.fault) == ([], "Row 2: This field is required.")
    assert line.property("problem") is True
    assert lines_of(rows_of(view).cards[0])[0].property("problem") is not True


def test_more_cells_unfold(show):
    view = show(OPTIONS)
    card = rows_of(view).cards[0]
    style = lines_of(card)[2]
    assert not style.isVisible()
    click(button_of(card, "Show more"))
    assert style.isVisible()
    retype(style, "danger")
    assert view.document.values[-1][0]["style"] == "danger"


def test_a_map_shows_text_with_values_and_json_where_it_stands(show):
    view = show(VALUES)
    cards = rows_of(view).cards
    assert [cells[0].text() for cells in map(lines_of, cards)] == ["host", "n"]
    assert view.value == VALUES.value
    assert cards[1].cells[1].editor.field.kind is FieldKind.JSON
    retype(lines_of(cards[0])[0], "address")
    assert view.document.values == [{"address": "{{ alert.src_ip }}", "n": 5}]


def test_a_name_that_is_there_twice_is_refused(show):
    view = show(VALUES)
    retype(lines_of(rows_of(view).cards[0])[0], "n")
    assert (view.document.values, view.fault) == ([], "“n” is there twice.")


def test_what_the_document_says_otherwise_is_shown(show):
    view = show(TAGS)
    view.show_field(replace(TAGS, value=["x"]))
    assert [lines_of(card)[0].text() for card in rows_of(view).cards] == ["x"]


def test_an_object_shows_its_parts_and_keeps_the_rest(show):
    view = show(WHO)
    words = view.findChild(ObjectEditor).findChildren(QLineEdit)[1]
    retype(words, "W")
    assert view.document.values == [{"id": "a", "kept": 1, "title": "W"}]


def test_the_button_of_a_list_stands_beside_its_label(show):
    view = show(LABELS)
    button = view.findChild(FunctionButton)
    assert button.mapTo(view, QPoint(0, 0)).y() < 20
    assert view.width() - button.mapTo(view, QPoint(24, 0)).x() == 0


def test_every_button_of_a_row_has_a_name_and_can_be_hit(show):
    for button in show(OPTIONS).findChildren(IconButton):
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 24


def test_tab_goes_through_the_cells_of_a_row_in_their_order(show):
    view = show(OPTIONS)
    card = rows_of(view).cards[0]
    way, words, _ = lines_of(card)
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is words
    assert isinstance(card, RowCard)
