"""A value chosen from a tree of what other steps give: nothing is typed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tocsin.ui.expression.value_picker import PATH_ROLE, ValuePicker
from tocsin.ui.forms.condition_editor import ConditionEditor
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.value_editor import ExpressionField, FunctionButton

LEFT = Qt.MouseButton.LeftButton
IP = FormField(("with", "ip"), "Address", FieldKind.TEXT, takes_template=True)
WHEN = FormField(("when",), "When", FieldKind.CONDITION, required=True, value="alert.score > 80")


def click(button):
    QTest.mouseClick(button, LEFT)


def picker_of(view):
    return next(picker for picker in view.findChildren(ValuePicker) if picker.isVisible())


def rows_of(picker):
    """What is seen: the three columns of every row, with the path."""
    found, index = [], picker.tree.model().index(0, 0)
    while index.isValid():
        columns = tuple(index.siblingAtColumn(column).data() for column in range(3))
        found.append((*columns, index.data(PATH_ROLE)))
        index = picker.tree.indexBelow(index)
    return found


@pytest.fixture
def picker(show):
    view = show(IP)
    click(view.findChild(FunctionButton))
    picker = picker_of(view)
    picker.view = view
    return picker


def test_switching_values_on_offers_what_other_steps_give_with_type_and_sample(picker, qapp):
    assert qapp.focusWidget() is picker.search
    assert rows_of(picker)[:3] == [
        ("SIEM alert", "", "sample", ""),
        ("Source IP", "text", "203.0.113.66", "alert.src_ip"),
        ("Score", "number", "92", "alert.score"),
    ]


def test_a_press_takes_a_value_and_it_is_a_chip(picker, qapp):
    view, tree = picker.view, picker.tree
    index = tree.model().index(0, 0, tree.model().index(0, 0))
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(index).center())
    assert view.document.values[-1] == "{{ alert.src_ip }}"
    assert view.isAncestorOf(qapp.focusWidget())


def test_what_is_typed_narrows_the_tree_and_enter_takes_the_first(picker):
    view = picker.view
    QTest.keyClicks(picker.search, "alert score")
    assert [row[3] for row in rows_of(picker)] == ["", "alert.score"]
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert view.document.values[-1] == "{{ alert.score }}"


def test_the_arrows_walk_and_escape_takes_nothing(picker, qapp):
    view = picker.view
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert qapp.focusWidget() is picker.tree
    QTest.keyClick(picker.tree, Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert [value for value in view.document.values if value] == []


def test_a_row_of_a_condition_looks_at_another_value(show):
    view = show(WHEN)
    (card,) = view.findChild(ConditionEditor).box.items
    click(card.subject.pick_button)
    picker = picker_of(view)
    QTest.keyClicks(picker.search, "source ip")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert card.subject.typed == "{{ alert.src_ip }}"


def test_keys_open_the_tree_in_a_field_that_holds_a_value_already(show):
    view = show(replace(IP, value="Seen {{ alert.src_ip }}"))
    target = view.findChild(ExpressionField).target
    target.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(target, Qt.Key.Key_End)
    QTest.keyClick(target, Qt.Key.Key_Space, keys)
    picker = picker_of(view)
    QTest.keyClicks(picker.search, "score")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert view.document.values[-1] == "Seen {{ alert.src_ip }}{{ alert.score }}"


def test_a_sample_is_copied_so_that_nobody_clicks_it(picker, qapp):
    tree = picker.tree
    source = tree.model().index(0, 0)
    tree.setCurrentIndex(tree.model().index(0, 2, source))
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == "203[.]0[.]113[.]66"
    QTest.keyClick(tree, Qt.Key.Key_Escape)
