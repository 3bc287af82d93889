"""A value with functions applied to it: no CEL is typed, every row says what it gives, and the text is kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from tests.ui.forms.conftest import retype

from tocsin.ui.forms.chain_editor import ChainEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.rows_editor import RowsEditor
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.round_menu import RoundMenu

VALUE = FormField(("value",), "Value", FieldKind.CHAIN, required=True, takes_template=True)
TAKEN = "{{ extract_indicators(alert.src_ip).filter(i, i.type   == 'ip').map(i, i.value) }}"
VALUES = FormField(("values",), "Values", FieldKind.MAP, required=True, unit="value", parts=(replace(VALUE, place=()),))


def editor_of(view):
    return view.findChild(ChainEditor)


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(card, name):
    buttons = (one for one in card.findChildren(IconButton) if one.isVisible())
    click(next(one for one in buttons if one.accessibleName().startswith(name)))


def add(editor, words):
    """Open the list of functions by the mouse and choose one of those that fit."""
    click(editor.add_button)
    menu = next(menu for menu in editor.findChildren(RoundMenu) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    return editor.cards[-1]


def titles(editor):
    return [card.title for card in editor.cards]


def test_functions_are_shown_in_rows_and_the_text_stays_as_it_was_written(show):
    view = show(replace(VALUE, value=TAKEN))
    editor = editor_of(view)
    assert editor.source.reading().value == "{{ alert.src_ip }}"
    assert titles(editor) == ["Extract indicators", "Keep only", "Pick a field of each"]
    assert view.value == TAKEN
    assert view.document.values == []


def test_every_row_says_what_it_gives_with_sample_values(show, qtbot):
    editor = editor_of(show(replace(VALUE, value=TAKEN)))
    given = ['[{"type":"ip","value":"203.0.113.66"}]', '[{"type":"ip","value":"203.0.113.66"}]', '["203.0.113.66"]']
    qtbot.waitUntil(lambda: [card.strip.words.replace(" ", "") for card in editor.cards] == given)
    assert editor.cards[2].strip.origin == "sample"


def test_a_function_is_chosen_from_those_that_fit_and_applied(show):
    view = show(replace(VALUE, value="Seen"))
    editor = editor_of(view)
    add(editor, "Extract indicators")
    assert view.document.values == ["{{ 'Seen'.extract_indicators() }}"]
    card = add(editor, "Pick a field of each")
    assert len(view.document.values) == 1, "it waits for the field"
    retype(card.cells[0].editor.target, "value")
    assert view.document.values[-1] == "{{ 'Seen'.extract_indicators().map(x, x.value) }}"
    add(editor, "Drop duplicates")
    assert view.document.values[-1] == "{{ 'Seen'.extract_indicators().map(x, x.value).unique() }}"


def test_the_fields_of_an_item_are_offered(show):
    editor = editor_of(show(replace(VALUE, value="{{ extract_indicators(alert.src_ip) }}")))
    card = add(editor, "Pick a field of each")
    assert card.cells[0].editor.suggestions == ["type", "value"]


def test_items_are_kept_by_a_field_an_operator_and_a_value(show):
    view = show(replace(VALUE, value="{{ extract_indicators(alert.src_ip) }}"))
    editor = editor_of(view)
    card = add(editor, "Keep only")
    path, operator, value = card.test.editors
    retype(path.target, "type")
    retype(value.target, "ip")
    assert view.document.values[-1] == "{{ alert.src_ip.extract_indicators().filter(x, x.type == 'ip') }}"
    box = operator.findChild(QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert view.document.values[-1] == "{{ alert.src_ip.extract_indicators().filter(x, x.type != 'ip') }}"


def test_several_rows_are_joined_and_the_last_one_stays(show):
    view = show(replace(VALUE, value="{{ alert.list.filter(r, r.state == 'ok' && r.bad) }}"))
    (card,) = editor_of(view).cards
    assert [one.target.text() for one in card.test.editors if one.field.name == "path"] == ["state", "bad"]
    click(card.test.joiner.button("||"))
    assert view.document.values[-1] == "{{ alert.list.filter(r, r.state == 'ok' || r.bad) }}"
    click(card.test.add_button)
    assert len(view.document.values) == 1, "a row that is begun waits"
    path, _, value = card.test.editors[-3:]
    retype(path.target, "score")
    retype(value.target, "80")
    assert view.document.values[-1] == "{{ alert.list.filter(r, r.state == 'ok' || r.bad || r.score == 80) }}"
    for _ in range(2):
        press(card.test, "Remove this row")
    assert view.document.values[-1] == "{{ alert.list.filter(r, r.score == 80) }}"
    assert not [one for one in card.test.findChildren(IconButton) if one.isVisible()]


@pytest.mark.parametrize("test", ["i.a ? i.b : i.c", "(i.a || i.b) && i.c", "i.a == i.b", "size(i.a) > 1"])
def test_a_test_that_no_row_can_say_is_shown_as_text(show, test):
    view = show(replace(VALUE, value=f"{{{{ alert.list.filter(i, {test}) }}}}"))
    (card,) = editor_of(view).cards
    (text,) = card.test.editors
    assert text.typed == test
    retype(text.target, "i.a && i.b")
    assert view.document.values[-1] == "{{ alert.list.filter(i, i.a && i.b) }}"


@pytest.mark.parametrize(("text", "shown"), [("' '", " "), ("'\\n'", "\\n"), ("''", ""), ("' | '", " | ")])
def test_what_stands_between_items_is_kept_to_the_blank(show, text, shown):
    value = f"{{{{ join_text(alert.list, {text}) }}}}"
    view = show(replace(VALUE, value=value))
    (card,) = editor_of(view).cards
    assert card.cells[0].editor.typed == shown
    retype(card.cells[0].editor.target, " - ")
    assert view.document.values[-1] == "{{ alert.list.join_text(' - ') }}"
    retype(card.cells[0].editor.target, "\\t")
    assert view.document.values[-1] == '{{ alert.list.join_text("\\t") }}'


def test_alt_and_an_arrow_change_the_order_as_the_grip_does(show):
    view = show(replace(VALUE, value="{{ sort(unique(alert.list)) }}"))
    editor = editor_of(view)
    grip = editor.cards[1].findChild(IconButton)
    grip.setFocus()
    view.document.left = 0
    QTest.keyClick(grip, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert view.document.values == ["{{ alert.list.sort().unique() }}"]
    assert titles(editor) == ["Sort", "Drop duplicates"]
    assert view.document.left == 1


def test_a_function_is_taken_away_and_the_value_is_left(show):
    view = show(replace(VALUE, value="{{ size(alert.list) }}"))
    press(editor_of(view).cards[0], "Remove")
    assert view.document.values == ["{{ alert.list }}"]
    assert titles(editor_of(view)) == []


def test_text_and_functions_are_two_forms_of_one_value(show):
    view = show(replace(VALUE, value="{{ size(alert.list) }}"))
    editor = editor_of(view)
    click(editor.turn_button)
    assert (titles(editor), editor.typed) == ([], "{{ size(alert.list) }}")
    assert editor.turn_button.text() == "Edit as functions"
    click(editor.turn_button)
    assert titles(editor) == ["Count"]
    assert view.document.values == []


def test_functions_apply_to_one_value_and_the_button_says_so(show):
    editor = editor_of(show(replace(VALUE, value="Seen {{ alert.src_ip }} twice")))
    assert not editor.add_button.isEnabled()
    assert editor.add_button.toolTip().startswith("Functions apply to one value")


def test_a_text_is_a_value_that_functions_apply_to(show):
    view = show(replace(VALUE, value="https://example.com"))
    add(editor_of(view), "Defang")
    assert view.document.values == ["{{ 'https://example.com'.defang() }}"]


def test_a_time_is_moved_by_a_span_that_is_read_in_words(show):
    view = show(replace(VALUE, value="{{ now() + duration('24h') }}"))
    (card,) = editor_of(view).cards
    assert card.cells[0].editor.typed == "24 hours"
    retype(card.cells[0].editor.target, "7 days")
    assert view.document.values[-1] == "{{ now() + duration('168h') }}"


def test_values_stand_in_rows_of_name_and_value_and_the_value_has_the_width_under_its_name(show):
    view = show(replace(VALUES, value={"bad": "{{ size(alert.list) }}", "plain": "a"}))
    cards = view.findChild(RowsEditor).cards
    assert [card.cells[1].editor.cards[0].title for card in cards[:1]] == ["Count"]
    name, value = cards[0].cells
    assert value.mapTo(cards[0], value.rect().topLeft()).y() > name.geometry().bottom()
    assert value.width() > name.width()
    press(cards[0].cells[1].editor.cards[0], "Remove")
    assert view.document.values == [{"bad": "{{ alert.list }}", "plain": "a"}]


def test_what_a_problem_names_is_told_by_the_source(show):
    view = show(replace(VALUE, value="{{ size(alert.list) }}"))
    retype_all = editor_of(view).source.target
    retype_all.setFocus()
    retype_all.selectAll()
    QTest.keyClick(retype_all, Qt.Key.Key_Delete)
    assert view.fault == "This field is required."
