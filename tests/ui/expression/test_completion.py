import pytest
from PySide6.QtCore import QPoint, Qt
from tests.unit.services.samples.places import CONTAIN

from tocsin.ui.expression.completion_list import INSET, ROW
from tocsin.ui.expression.completion_popup import EMPTY, FOOTER
from tocsin.ui.expression.completion_rows import FunctionRow, HeaderRow, ValueRow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def values(editor):
    popup = editor.completer.popup
    return [row.field.path for row in popup.rows if isinstance(row, ValueRow)]


def headers(editor):
    return [(row.face.title, row.aside) for row in editor.completer.popup.rows if isinstance(row, HeaderRow)]


def functions(editor):
    return [row.info.name for row in editor.completer.popup.rows if isinstance(row, FunctionRow)]


@pytest.fixture
def all_values(field, press):
    """A field in which all values are listed."""
    editor = field("")
    press(editor, KEY.Key_Space, CTRL)
    return editor


def test_ctrl_space_lists_all_values_by_what_gives_them(all_values):
    assert headers(all_values)[:3] == [("SIEM alert", "sample"), ("Look up reputation", ""), ("Find endpoints", "")]
    assert values(all_values)[:3] == ["alert.src_ip", "alert.user", "reputation.score"]
    assert headers(all_values)[-1] == ("Functions", "")


def test_the_field_keeps_the_focus(all_values):
    assert all_values.focusProxy().hasFocus()
    assert not all_values.completer.popup.isWindow()
    assert all_values.completer.popup.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Return])
def test_tab_or_enter_inserts_the_chosen_value_as_a_chip(all_values, press, key):
    press(all_values, KEY.Key_Down)
    press(all_values, key)
    assert all_values.text() == "{{ alert.user }}"
    assert len(all_values.focusProxy().chips.chips()) == 1
    assert not all_values.completer.is_open
    assert all_values.focusProxy().hasFocus()


def test_escape_closes_and_inserts_nothing(all_values, press):
    press(all_values, KEY.Key_Escape)
    assert (all_values.completer.is_open, all_values.text()) == (False, "")


def test_going_up_from_the_first_row_leads_to_the_last(all_values, press):
    press(all_values, KEY.Key_Up)
    assert isinstance(all_values.completer.popup.current, FunctionRow)


def test_braces_open_the_list_and_letters_narrow_it(field, say):
    editor = field("")
    say(editor, "{{")
    assert editor.completer.is_open
    say(editor, " alert.u")
    assert values(editor) == ["alert.user"]


def test_a_chosen_value_closes_the_slot_that_was_begun(field, say, press):
    editor = field("")
    say(editor, "to {{ alert.u")
    press(editor, KEY.Key_Tab)
    assert editor.text() == "to {{ alert.user }}"
    assert editor.focusProxy().caret == len(editor.text())


def test_values_are_found_by_the_words_of_their_titles(field, say):
    editor = field("", is_template=False)
    say(editor, "sour")
    assert values(editor) == ["alert.src_ip"]


def test_in_a_condition_names_are_completed_as_they_are_typed(field, say, press):
    editor = field("", is_template=False)
    say(editor, "reputation.sc")
    press(editor, KEY.Key_Tab)
    say(editor, " > 8")
    assert editor.text() == "reputation.score > 8"


def test_inside_a_text_literal_nothing_is_offered(field, say):
    editor = field("", is_template=False)
    say(editor, "'al")
    assert not editor.completer.is_open


def test_in_the_plain_text_of_a_template_typing_offers_nothing(field, say):
    editor = field("")
    say(editor, "alert")
    assert not editor.completer.is_open


def test_a_function_is_inserted_with_the_caret_between_its_parentheses(field, say, press):
    editor = field("", is_template=False)
    say(editor, "defa")
    assert functions(editor) == ["defang"]
    assert "harmless to click" in editor.completer.popup.help_text
    press(editor, KEY.Key_Tab)
    assert (editor.text(), editor.focusProxy().caret) == ("defang()", 7)
    assert editor.completer.is_open


def test_behind_a_value_and_a_dot_functions_of_values_are_offered(field, say, press):
    editor = field("", is_template=False)
    say(editor, "alert.user.cont")
    assert functions(editor) == ["contains"]
    press(editor, KEY.Key_Tab)
    assert editor.text() == "alert.user.contains()"


def test_a_click_inserts_too(all_values, qtbot):
    popup = all_values.completer.popup
    view = popup.findChild(type(popup._view))
    rect = view.visualRect(popup._model.index(2, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert all_values.text() == "{{ alert.user }}"


def test_the_list_goes_with_the_focus(all_values):
    all_values.focusProxy().clearFocus()
    assert not all_values.completer.is_open


def test_where_nothing_upstream_is_known_a_run_is_offered(field, press, context_at, qtbot):
    text = "nodes: {start: {kind: trigger, event: webhook}}\n"
    editor = field("", context=context_at("start", text))
    press(editor, KEY.Key_Space, CTRL)
    popup = editor.completer.popup
    assert popup.is_empty
    assert popup.findChild(type(popup._empty)).line == EMPTY
    with qtbot.waitSignal(editor._context.evaluator.run_wanted):
        popup._empty.button.click()


def test_rows_are_as_high_as_the_design_says(all_values):
    popup = all_values.completer.popup
    rect = popup._view.visualRect(popup._model.index(1, 0))
    assert (rect.height(), INSET) == (ROW, 13) == (24, 13)
    assert popup.findChild(object, "completion-footer").height() == FOOTER == 28


def test_the_popup_lies_under_its_field(all_values):
    popup, frame = all_values.completer.popup, all_values.frame
    below = frame.mapTo(all_values.window(), QPoint(0, frame.height()))
    assert (popup.x(), popup.y() - below.y()) == (below.x(), 1)


def test_the_popup_lies_above_where_there_is_no_room_below(field, press):
    editor = field("")
    editor.window().layout().insertStretch(0, 100)
    editor.window().layout().activate()
    press(editor, KEY.Key_Space, CTRL)
    popup = editor.completer.popup
    assert popup.geometry().bottom() <= editor.frame.mapTo(editor.window(), QPoint(0, 0)).y()


def test_keys_of_the_list_are_not_taken_by_the_window(all_values, qtbot):
    from PySide6.QtGui import QShortcut

    pressed = []
    shortcut = QShortcut(KEY.Key_Escape, all_values.window())
    shortcut.activated.connect(lambda: pressed.append(True))
    qtbot.keyClick(all_values.focusProxy(), KEY.Key_Escape)
    assert (pressed, all_values.completer.is_open) == ([], False)


def test_a_playbook_that_changed_is_listed_anew(field, press, context_at):
    editor = field("")
    editor.set_context(context_at(text=CONTAIN.replace("SIEM alert", "Pasted alert")))
    press(editor, KEY.Key_Space, CTRL)
    assert headers(editor)[0][0] == "Pasted alert"
