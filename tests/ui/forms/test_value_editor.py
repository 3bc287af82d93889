"""One field, plain or with values in it, and the button between."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from tests.ui.forms.conftest import retype

from tocsin.ui.expression import VALUE_MIME, value_data
from tocsin.ui.forms.drop_frame import DropFrame
from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric
from tocsin.ui.forms.value_editor import FunctionButton, ValueEditor

ADDRESS = FormField(("with", "address"), "Address", FieldKind.ADDRESS, required=True, takes_template=True)
COMMENT = FormField(("with", "comment"), "Comment", FieldKind.MULTILINE, takes_template=True)
LIMIT = FormField(("with", "limit"), "At most", FieldKind.NUMBER, numeric=Numeric.INTEGER, takes_template=True)
SIDE = FormField(
    ("with", "side"), "Direction", FieldKind.CHOICE, choices=(Choice("both", "Both"),), takes_template=True
)
WHEN = FormField(("when",), "When", FieldKind.EXPRESSION, value="alert.score > 80")


def press(view):
    QTest.mouseClick(view.findChild(FunctionButton), Qt.MouseButton.LeftButton)


def test_a_plain_value_stands_in_a_line_and_the_button_is_off(show):
    view = show(replace(ADDRESS, value="203.0.113.66"))
    assert isinstance(view.editor, QLineEdit)
    assert not view.findChild(FunctionButton).isChecked()


def test_the_button_is_seen_22_px_large_4_from_the_right_and_the_text_leaves_it_room(show):
    for field in (ADDRESS, COMMENT, SIDE):
        view = show(field)
        button = view.findChild(FunctionButton)
        assert (button.width(), button.height()) == (24, 24)
        right = button.mapTo(view, QPoint(button.width(), 0)).x()
        top = button.mapTo(view, QPoint(0, 0)).y() - view.editor.mapTo(view, QPoint(0, 0)).y()
        assert (view.width() - right, top) == (3, 3)  # it can be hit a pixel farther than it is seen
    assert show(ADDRESS).editor.textMargins().right() >= 26


def test_text_with_a_value_in_it_turns_the_field(show):
    view = show(replace(ADDRESS, value="{{ alert.src_ip }}"))
    assert isinstance(view.editor, QTextEdit)
    assert view.findChild(FunctionButton).isChecked()
    assert view.value == "{{ alert.src_ip }}"


def test_braces_typed_in_plain_text_turn_the_field_and_the_typing_goes_on(show, qapp):
    view = show(replace(COMMENT, value="Run"))
    view.editor.moveCursor(view.editor.textCursor().MoveOperation.End)
    QTest.keyClicks(view.editor, " {{ run.id }}")
    assert view.findChild(FunctionButton).isChecked() or view.value.startswith("Run {{")
    QTest.keyClicks(view.editor, "!")
    assert view.value.startswith("Run {{")


def test_the_button_turns_to_text_and_back_and_loses_nothing(show):
    view = show(replace(ADDRESS, value="203.0.113.66"))
    press(view)
    assert isinstance(view.editor, QTextEdit)
    assert view.value == "203.0.113.66"
    press(view)
    assert isinstance(view.editor, QLineEdit)
    assert (view.editor.text(), view.document.values) == ("203.0.113.66", [])


def test_a_value_that_is_switched_off_comes_back_when_it_is_switched_on_again(show):
    view = show(replace(COMMENT, value="{{ alert.src_ip }}"))
    press(view)
    assert view.document.values == [None]
    press(view)
    assert view.document.values == [None, "{{ alert.src_ip }}"]


def test_a_required_value_that_is_switched_off_stays_until_another_is_there(show):
    view = show(replace(ADDRESS, value="{{ alert.src_ip }}"))
    press(view)
    assert (view.document.values, view.fault) == ([], "This field is required.")
    retype(view.editor, "192.0.2.1")
    assert view.document.values[-1] == "192.0.2.1"


def test_a_number_and_a_choice_can_be_text_with_values_too(show):
    for field, value in ((LIMIT, 3), (SIDE, "both")):
        view = show(replace(field, value=value))
        press(view)
        assert isinstance(view.editor, QTextEdit)
        view = show(replace(field, value="{{ alert.score }}"))
        assert isinstance(view.editor, QTextEdit)
        assert view.value == "{{ alert.score }}"


def drag(view, data):
    """Hold a value over a field's editor, and let go when the caller goes on."""
    over, spot = view.findChild(ValueEditor), QPoint(20, 10)
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(spot, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(over, enter)
    yield enter.isAccepted()
    QApplication.sendEvent(over, QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, left, none))
    yield data


def drop(view, path):
    steps = drag(view, value_data(*path))
    assert next(steps)
    next(steps)


SRC_IP = ("alert", ("src_ip",))


def frame_of(view):
    return view.findChild(DropFrame)


@pytest.mark.parametrize("field", [ADDRESS, COMMENT, LIMIT, SIDE])
def test_a_field_over_which_a_value_is_held_has_a_line_of_2_px_around_it(show, theme, field):
    view = show(field)
    steps = drag(view, value_data(*SRC_IP))
    assert next(steps)
    frame = frame_of(view)
    assert (frame.isVisible(), frame.size()) == (True, view.findChild(ValueEditor).size())
    picture = view.findChild(ValueEditor).grab().toImage()
    middle = picture.height() // 2
    assert [picture.pixelColor(x, middle).name() for x in (0, 1)] == [theme.tokens.sel_line.lower()] * 2
    next(steps)
    assert not frame.isVisible()


def test_a_value_dropped_on_a_plain_field_turns_it_and_ends_the_typing(show):
    view = show(ADDRESS)
    drop(view, SRC_IP)
    assert view.value == "{{ alert.src_ip }}"
    assert view.findChild(FunctionButton).isChecked()
    assert isinstance(view.editor, QTextEdit)
    assert view.document.left


def test_a_dropped_value_takes_the_place_of_another_and_stands_among_words(show):
    view = show(replace(ADDRESS, value="203.0.113.66"))
    drop(view, SRC_IP)
    assert view.value == "{{ alert.src_ip }}"
    view = show(replace(COMMENT, value="From "))
    drop(view, SRC_IP)
    assert view.value == "From {{ alert.src_ip }}"


def test_what_cannot_be_read_there_is_not_taken(show):
    view = show(ADDRESS)
    for root in ("step", "done", "nowhere"):
        assert not next(drag(view, value_data(root, ("x",))))
    garbage = QMimeData()
    garbage.setData(VALUE_MIME, QByteArray(b"\xff\xfe"))
    assert not next(drag(view, garbage))
    assert not frame_of(view).isVisible()
    assert view.document.values == []


def test_a_value_that_is_taken_away_again_leaves_the_field_as_it_was(show):
    view = show(ADDRESS)
    next(drag(view, value_data(*SRC_IP)))
    QApplication.sendEvent(view.findChild(ValueEditor), QDragLeaveEvent())
    assert not frame_of(view).isVisible()
    assert not view.findChild(FunctionButton).isChecked()


def test_an_expression_is_always_one_and_needs_no_button(show):
    view = show(WHEN)
    assert view.findChild(FunctionButton) is None
    assert view.value == "alert.score > 80"


def test_an_editor_with_values_has_the_fields_name(show):
    view = show(replace(ADDRESS, value="{{ alert.src_ip }}"))
    assert view.editor.accessibleName() == "Address (required)"
    assert view.editor.objectName() == "field-with.address"
    assert view.findChild(FunctionButton).accessibleName() == "Use values of other steps in “Address”"
