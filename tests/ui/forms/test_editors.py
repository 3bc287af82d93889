"""Each kind of field, typed into by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QStyleOptionComboBox
from tests.ui.forms.conftest import retype

from tocsin.ui.forms.field_view import LABEL_HEIGHT
from tocsin.ui.forms.fields import Choice, FieldKind, FormField, Numeric
from tocsin.ui.forms.line_editor import KEPT
from tocsin.ui.forms.line_input import EndButton
from tocsin.ui.theme import Look

TITLE = FormField(("title",), "Title", FieldKind.TEXT, help="What it is called.", placeholder="Block an address")
LIMIT = FormField(("limit",), "At most", FieldKind.NUMBER, numeric=Numeric.INTEGER, least=1, most=9, unit="hosts")
WAIT = FormField(("timeout",), "Time limit", FieldKind.DURATION, value="24h")
ADDRESS = FormField(("with", "ip"), "Address", FieldKind.ADDRESS, required=True)
FLAG = FormField(("stop",), "Stop all", FieldKind.FLAG)
ENDS = (Choice(None, "take it as a failure"), Choice("ask", "ask a person"))
SENTENCE = FormField(("on_uncertain",), "If it is not sure", FieldKind.SENTENCE, choices=ENDS)
SIDES = FormField(("side",), "Direction", FieldKind.CHOICE, choices=(Choice("in", "In"), Choice("both", "Both")))
NEED = FormField(
    ("need",), "Need", FieldKind.CHOICE, choices=(Choice(None, "All"), Choice("any", "Any")), is_open=True,
    numeric=Numeric.INTEGER, value="any",
)  # fmt: skip


def choose(qapp, words):
    """Choose in the menu that is open, and see it go."""
    (menu,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]
    (action,) = [action for action in menu.actions() if action.text() == words]
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_an_editor_is_30_high_and_stays_so_while_it_has_the_focus(show):
    for field in (TITLE, WAIT, SIDES, LIMIT, NEED):
        view = show(field)
        view.editor.setFocus()
        assert view.editor.height() == 30, field.name


def test_a_name_that_has_no_room_ends_in_dots(show):
    long = replace(SIDES, value="in", choices=(Choice("in", "Only what comes in from everywhere else"),))
    view = show(long)
    box, option = view.findChild(QComboBox), QStyleOptionComboBox()
    box.initStyleOption(option)
    assert option.currentText == long.choices[0].title
    view.resize(160, 200)
    box.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert box.currentText() == long.choices[0].title


def test_label_and_editor_and_error_stand_4_apart(show):
    view = show(ADDRESS)
    view.show_fault("Wrong.")
    label = next(label for label in view.findChildren(QLabel) if label.text() == "Address (required)")
    assert label.height() == LABEL_HEIGHT
    assert view.editor.mapTo(view, QPoint(0, 0)).y() == LABEL_HEIGHT + 4


def test_an_editor_has_the_name_and_the_help_of_its_field(show):
    editor = show(ADDRESS).editor
    assert (editor.accessibleName(), editor.objectName()) == ("Address (required)", "field-with.ip")
    editor = show(TITLE).editor
    assert (editor.accessibleDescription(), editor.toolTip()) == ("What it is called.", "What it is called.")
    assert editor.placeholderText() == "Block an address"


def test_every_letter_is_told_and_enter_ends_the_typing(show):
    view = show(TITLE)
    retype(view.editor, "New")
    assert view.document.values == ["N", "Ne", "New"]
    assert view.document.left == 1


def test_a_text_that_is_emptied_is_no_value(show):
    view = show(FormField(("title",), "Title", FieldKind.TEXT, value="Old"))
    retype(view.editor, "")
    assert view.document.values == [None]


def test_the_sessions_undo_is_not_the_editors(show, qapp):
    view = show(TITLE)
    retype(view.editor, "New")
    QTest.keySequence(view.editor, QKeySequence(QKeySequence.StandardKey.Undo))
    assert view.editor.text() == "New"


def test_a_number_counts_up_and_down_within_its_bounds(show):
    view = show(replace(LIMIT, value=8))
    for _ in range(3):
        QTest.keyClick(view.editor, Qt.Key.Key_Up)
    assert view.document.values == [9]
    for _ in range(20):
        QTest.keyClick(view.editor, Qt.Key.Key_Down)
    assert view.document.values[-1] == 1


def test_a_number_says_its_unit(show):
    view = show(LIMIT)
    unit = next(label for label in view.editor.findChildren(QLabel) if label.text() == "hosts")
    assert unit.isVisible()
    assert view.editor.textMargins().right() >= unit.width()


def test_a_number_out_of_bounds_is_not_taken(show):
    view = show(LIMIT)
    retype(view.editor, "12")
    assert view.document.values == [1]
    assert view.fault == "Enter 9 or less."


def test_a_duration_is_shown_in_words_and_read_in_any_form(show):
    view = show(WAIT)
    assert view.editor.text() == "24 hours"
    retype(view.editor, "PT90S")
    assert view.document.values[-1] == "90s"
    assert view.editor.text() == "90 seconds"


def test_usual_durations_are_offered_by_key_and_by_mouse(show, qapp):
    view = show(WAIT)
    QTest.keyClick(view.editor, Qt.Key.Key_Down)
    choose(qapp, "5 minutes")
    assert view.document.values == ["5m"]
    QTest.mouseClick(view.editor.findChild(EndButton), Qt.MouseButton.LeftButton)
    choose(qapp, "1 hour")
    assert (view.document.values[-1], view.editor.text()) == ("1h", "1 hour")


def test_an_open_choice_takes_what_is_offered_and_what_is_typed(show, qapp):
    view = show(NEED)
    assert view.editor.text() == "Any"
    retype(view.editor, "2")
    assert view.document.values == [2]
    QTest.keyClick(view.editor, Qt.Key.Key_Down)
    choose(qapp, "All")
    assert view.document.values == [2, None]


def test_an_address_is_refanged_when_it_is_pasted(show):
    view = show(ADDRESS)
    QGuiApplication.clipboard().setText(" 203[.]0[.]113[.]66 ")
    QTest.keySequence(view.editor, QKeySequence(QKeySequence.StandardKey.Paste))
    assert (view.editor.text(), view.document.values) == ("203.0.113.66", ["203.0.113.66"])


def test_what_is_wrong_is_marked_said_and_taken_back_by_escape(show):
    view = show(replace(ADDRESS, value="203.0.113.66"))
    retype(view.editor, "foo")
    assert "“foo” is not an address" in view.fault
    assert view.editor.property("problem") is True
    assert view.document.values == []
    QTest.keyClick(view.editor, Qt.Key.Key_Escape)
    assert (view.editor.text(), view.fault, view.editor.property("problem")) == ("203.0.113.66", "", False)


def test_a_required_field_that_is_emptied_keeps_its_value(show):
    view = show(replace(ADDRESS, value="203.0.113.66"))
    retype(view.editor, "")
    assert (view.document.values, view.fault) == ([], "This field is required.")


def test_a_flag_says_true_or_nothing(show):
    view = show(FLAG)
    QTest.keyClick(view.editor, Qt.Key.Key_Space)
    QTest.keyClick(view.editor, Qt.Key.Key_Space)
    assert view.document.values == [True, None]


def test_a_choice_is_made_by_key(show):
    view = show(replace(SIDES, value="in"))
    QTest.keyClick(view.editor, Qt.Key.Key_Down)
    assert (view.document.values, view.editor.currentText()) == (["both"], "Both")


def test_a_value_that_is_not_offered_is_shown_as_it_is(show):
    view = show(replace(SIDES, value="out"))
    assert view.editor.currentText() == "out"
    assert isinstance(view.editor, QComboBox)


def test_the_wheel_leaves_a_choice_alone_that_has_no_focus(show):
    view = show(replace(SIDES, value="in"))
    other = show(TITLE)
    other.editor.setFocus()
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    upright = False
    spot, turn, key = QPointF(5, 5), QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(spot, spot, QPoint(), turn, none, key, phase, upright)
    view.editor.clearFocus()
    QApplication.sendEvent(view.editor, wheel)
    assert view.editor.currentText() == "In"


def test_a_sentence_ends_as_it_is_chosen(show, qapp):
    view = show(SENTENCE)
    assert view.editor.text() == "If it is not sure: take it as a failure"
    QTest.keyClick(view.editor, Qt.Key.Key_Space)
    choose(qapp, "Ask a person")
    assert view.document.values == ["ask"]
    assert view.editor.accessibleName() == "If it is not sure: ask a person"


def test_a_secret_is_never_shown_and_kept_while_nothing_is_typed(show):
    view = show(FormField(("key",), "API key", FieldKind.SECRET, value="hunter2"))
    assert (view.editor.text(), view.editor.placeholderText()) == ("", KEPT)
    assert view.editor.echoMode() is QLineEdit.EchoMode.Password
    assert view.value == "hunter2"
    retype(view.editor, "new")
    assert view.document.values[-1] == "new"


def test_a_file_that_is_dropped_gives_its_path(show, tmp_path):
    view = show(FormField(("file",), "File", FieldKind.FILE))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    view.editor.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert view.document.values == [str(tmp_path / "a.txt")]


def test_lines_grow_to_six(show):
    view = show(FormField(("text",), "Text", FieldKind.MULTILINE, value="a"))
    line = view.editor.fontMetrics().lineSpacing()
    heights = []
    for count in (1, 3, 6, 9):
        view.show_field(FormField(("text",), "Text", FieldKind.MULTILINE, value="\n".join("a" * count)))
        heights.append(view.editor.height())
    assert [round((height - heights[0]) / line) for height in heights] == [0, 1, 4, 4]


def test_json_says_where_it_is_wrong_and_is_not_taken(show):
    view = show(FormField(("sample",), "Sample", FieldKind.JSON, value={"a": 1}))
    view.editor.selectAll()
    QTest.keyClicks(view.editor, "{")
    assert "line 1, column 2" in view.fault
    QTest.keyClicks(view.editor, '"a": 2}')
    assert view.document.values == [{"a": 2}]


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
def test_editors_grow_with_the_text(show, wear, scale):
    wear(Look(scale=scale))
    assert show(TITLE).editor.height() == round(28 * scale) + 2


def test_no_button_takes_enter_from_a_dialog(show):
    view = show(SENTENCE)
    assert [button.autoDefault() for button in view.findChildren(QPushButton)] == [False]
