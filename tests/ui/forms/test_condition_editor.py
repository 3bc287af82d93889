"""Conditions in rows: the same CEL, written without typing it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from tests.ui.forms.conftest import retype

from tocsin.ui.forms.condition_editor import ConditionEditor, RuleBox
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.rule_card import RuleCard
from tocsin.ui.widgets.icon_button import IconButton

WHEN = FormField(("when",), "When", FieldKind.CONDITION, required=True, value="alert.score >= 80")
RICH = "alert.score > 3 ? true : alert.src_ip == 'x'"


def editor_of(view):
    return view.findChild(ConditionEditor)


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(card, words):
    box = card.operator.findChild(QComboBox)
    box.setFocus()
    at = next(row for row in range(box.count()) if box.itemText(row) == words)
    while box.currentIndex() != at:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)


def write_path(card, path):
    QTest.keyClicks(card.subject.target, path)
    QTest.keyClick(card.subject.target, Qt.Key.Key_Escape)  # the completion


def test_what_is_typed_looks_for_a_value_and_enter_takes_it(show, qtbot):
    view = show(replace(WHEN, value="true"))
    box = editor_of(view).box
    click(box.add_button)
    (card,) = box.items
    QTest.keyClicks(card.subject.target, "scor")
    qtbot.waitUntil(lambda: card.subject.completer.is_open)
    QTest.keyClick(card.subject.target, Qt.Key.Key_Return)
    assert card.subject.typed == "{{ alert.score }}"
    assert card.operator.findChild(QComboBox).currentText() == "is"
    retype(card.value.target, "7")
    assert view.document.values[-1] == "alert.score == 7"


def test_a_condition_is_shown_in_rows_and_stays_as_it_was_written(show):
    view = show(replace(WHEN, value="alert.score   >= 80 && !is_internal( alert.src_ip )"))
    cards = editor_of(view).box.items
    assert [card.subject.typed for card in cards] == ["{{ alert.score }}", "{{ alert.src_ip }}"]
    assert [card.operator.findChild(QComboBox).currentText() for card in cards] == [
        "is at least",
        "is none of our addresses",
    ]
    assert view.value == "alert.score   >= 80 && !is_internal( alert.src_ip )"
    assert view.document.values == []


def test_another_operator_and_another_value_change_the_condition(show):
    view = show(WHEN)
    (card,) = editor_of(view).box.items
    choose(card, "is more than")
    assert view.document.values[-1] == "alert.score > 80"
    retype(card.value.target, "90")
    assert view.document.values[-1] == "alert.score > 90"
    choose(card, "is there")
    assert view.document.values[-1] == "has(alert.score)"
    assert card.value is None


def test_a_row_that_is_begun_says_nothing_until_it_is_complete(show, qapp):
    view = show(WHEN)
    box = editor_of(view).box
    click(box.add_button)
    card = box.items[1]
    assert qapp.focusWidget() is card.subject.target
    write_path(card, "alert.src_ip")
    assert view.document.values == []
    retype(card.value.target, "203.0.113.66")
    assert view.document.values[-1] == "alert.score >= 80 && alert.src_ip == '203.0.113.66'"
    click(box.joiner.button("||"))
    assert view.document.values[-1] == "alert.score >= 80 || alert.src_ip == '203.0.113.66'"


def test_a_group_stands_among_the_rows(show):
    view = show(WHEN)
    box = editor_of(view).box
    click(box.group_button)
    inner = box.items[1]
    assert isinstance(inner, RuleBox)
    write_path(inner.items[0], "alert.src_ip")
    retype(inner.items[0].value.target, "a")
    click(inner.add_button)
    write_path(inner.items[1], "alert.src_ip")
    retype(inner.items[1].value.target, "b")
    assert view.document.values[-1] == "alert.score >= 80 && (alert.src_ip == 'a' || alert.src_ip == 'b')"
    click(next(one for one in inner.findChildren(IconButton) if one.accessibleName() == "Remove this group"))
    assert view.document.values[-1] == "alert.score >= 80"


def test_a_row_is_taken_away_and_none_is_left(show):
    view = show(WHEN)
    (card,) = editor_of(view).box.items
    click(next(one for one in card.findChildren(IconButton) if one.accessibleName() == "Remove this row"))
    assert view.document.values == ["true"]
    assert editor_of(view).box.items == ()


def test_text_and_rows_are_two_forms_of_one_condition(show):
    view = show(WHEN)
    editor = editor_of(view)
    click(editor.turn_button)
    assert (editor.is_text, editor.typed) == (True, "alert.score >= 80")
    QTest.keyClick(editor.target, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor.target, "5")
    assert view.document.values[-1] == "alert.score >= 805"
    click(editor.turn_button)
    assert not editor.is_text
    assert [card.value.reading().value for card in editor.box.items] == ["805"]
    assert editor.turn_button.text() == "Edit as text"


def test_what_rows_cannot_say_is_shown_as_text_and_the_button_says_why(show):
    editor = editor_of(show(replace(WHEN, value=RICH)))
    assert editor.is_text
    assert editor.typed == RICH
    assert not editor.turn_button.isEnabled()
    assert editor.turn_button.toolTip().startswith("Rows cannot say this")


def test_a_value_of_another_step_is_compared_with(show):
    view = show(replace(WHEN, value="alert.score == alert.src_ip"))
    (card,) = editor_of(view).box.items
    assert isinstance(card, RuleCard)
    assert card.value.reading().value == "{{ alert.src_ip }}"
    assert view.value == "alert.score == alert.src_ip"
