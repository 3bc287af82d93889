from concurrent.futures import Future

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from tests.ui.hands import double_click
from tests.unit.services.samples.places import CONTAIN
from typing_extensions import override

from tocsin.services.samples import Answers, Outcome, OutcomeKind
from tocsin.ui.expression import VALUE_MIME
from tocsin.ui.expression.context import make_context
from tocsin.ui.expression.editor import DELAY_MS, ExpressionEditor
from tocsin.ui.expression.evaluator import AnswersInPlace, Evaluator
from tocsin.ui.theme import DARK, LIGHT, Look

KEY = Qt.Key
COPY = Qt.DropAction.CopyAction
MOUSE = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def leads(editor):
    """The words of the chips that are shown."""
    return [editor._context.faces.chip(chip.piece).lead for chip in editor.focusProxy().chips.chips()]


def value(path):
    data = QMimeData()
    data.setData(VALUE_MIME, path.encode())
    return data


def test_values_are_chips_and_the_text_stays_as_it_is(field):
    editor = field("Score {{ reputation.score }} of {{ alert.src_ip }}")
    assert leads(editor) == ["Look up reputation", "SIEM alert"]
    assert editor.text() == "Score {{ reputation.score }} of {{ alert.src_ip }}"


def test_typing_is_told_at_each_key_and_setting_is_not(field, say):
    editor, told = field("a"), []
    editor.edited.connect(told.append)
    editor.set_text("b")
    say(editor, "cd")
    assert told == ["bc", "bcd"]


def test_a_value_that_is_written_out_becomes_a_chip_when_its_braces_close(field, say, press):
    editor = field("")
    say(editor, "{{ alert.user }")
    assert leads(editor) == []
    press(editor, KEY.Key_Escape)
    say(editor, "}")
    assert leads(editor) == ["SIEM alert"]
    assert editor.text() == "{{ alert.user }}"


def test_enter_on_a_selected_chip_writes_it_out_and_leaving_folds_it(field, say, press):
    editor = field("{{ alert.user }}")
    press(editor, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(editor, KEY.Key_Return)
    assert leads(editor) == []
    press(editor, KEY.Key_End)
    assert leads(editor) == ["SIEM alert"]


def chip_middle(editor):
    """Where the first chip is, in the viewport."""
    return QPoint(40, editor.focusProxy().cursorRect().center().y())


def test_a_double_click_on_a_chip_writes_it_out(field):
    editor = field("{{ alert.user }}")
    double_click(editor.focusProxy().viewport(), chip_middle(editor))
    assert leads(editor) == []
    assert editor.focusProxy().region is not None


def test_the_tooltip_of_a_chip_says_its_ids(field):
    editor = field("{{ alert.user }}")
    viewport, at = editor.focusProxy().viewport(), chip_middle(editor)
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    assert "{{ alert.user }}" in QToolTip.text()
    QToolTip.hideText()


def test_a_selected_chip_is_ringed(field, press):
    editor = field("{{ alert.user }}")
    plain = editor.grab().toImage()
    press(editor, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert editor.grab().toImage() != plain


def test_a_field_that_nobody_types_in_shows_how_it_begins(field):
    editor = field("{{ alert.user }} " * 9)
    bar = editor.focusProxy().horizontalScrollBar()
    assert bar.maximum() > 0
    editor.focusProxy().clearFocus()
    assert bar.value() == 0


def test_a_value_for_a_field_without_the_focus_stands_at_its_end(field):
    editor = field("")
    editor.focusProxy().clearFocus()
    editor.set_text("to ")
    editor.accept_value("alert.user")
    assert editor.text() == "to {{ alert.user }}"


def test_backspace_behind_a_chip_takes_all_of_it(field, press):
    editor = field("a {{ alert.user }}")
    press(editor, KEY.Key_End)
    press(editor, KEY.Key_Backspace)
    assert editor.text() == "a "


def test_show_as_text_and_back_changes_nothing_but_the_looks(field):
    editor, told = field("a {{ alert.user }}"), []
    editor.edited.connect(told.append)
    editor.set_show_as_text(True)
    assert editor.focusProxy().toPlainText() == "a {{ alert.user }}"
    editor.set_show_as_text(False)
    assert leads(editor) == ["SIEM alert"]
    assert (editor.text(), told) == ("a {{ alert.user }}", [])


def test_copied_chips_are_their_text(field, press):
    editor = field("a {{ alert.user }}")
    editor.focusProxy().selectAll()
    editor.focusProxy().copy()
    assert QGuiApplication.clipboard().text() == "a {{ alert.user }}"


def test_pasted_text_shows_its_values_and_keeps_to_its_line(field):
    editor = field("")
    QGuiApplication.clipboard().setText("a\n{{ alert.user }}")
    editor.focusProxy().paste()
    assert editor.text() == "a {{ alert.user }}"
    assert leads(editor) == ["SIEM alert"]


def test_a_value_that_is_accepted_stands_at_the_caret(field, press):
    editor = field("ab")
    press(editor, KEY.Key_Left)
    editor.accept_value("alert.src_ip")
    assert editor.text() == "a{{ alert.src_ip }}b"


def test_in_a_condition_a_value_stands_without_braces(field):
    editor = field("", is_template=False)
    editor.accept_value("alert.src_ip")
    assert editor.text() == "alert.src_ip"


def test_what_is_no_path_is_not_accepted(field):
    editor = field("")
    editor.accept_value("1 + 1")
    editor.accept_value("a }} {{ b")
    assert editor.text() == ""


def test_a_value_can_be_dropped_and_the_field_says_so_before(field):
    editor = field("x")
    viewport, data = editor.focusProxy().viewport(), value("alert.user")
    QApplication.sendEvent(viewport, QDragEnterEvent(QPoint(40, 10), COPY, data, MOUSE, NONE))
    assert (editor.frame.border.colour, editor.frame.border.width) == (LIGHT.sel_line, 2)
    QApplication.sendEvent(viewport, QDropEvent(QPointF(60, 10), COPY, data, MOUSE, NONE))
    assert editor.text() == "x{{ alert.user }}"


def test_a_value_that_cannot_be_read_here_is_not_offered(field):
    editor, data = field("x"), value("elsewhere.user")
    before = editor.frame.border
    enter = QDragEnterEvent(QPoint(40, 10), COPY, data, MOUSE, NONE)
    QApplication.sendEvent(editor.focusProxy().viewport(), enter)
    assert not enter.isAccepted()
    assert editor.frame.border == before


def test_enter_in_one_line_finishes_and_adds_no_line(field, press, qtbot):
    editor = field("a")
    with qtbot.waitSignal(editor.finished):
        press(editor, KEY.Key_Return)
    assert editor.text() == "a"


def test_enter_in_several_lines_adds_one(field, press):
    editor = field("a", is_multiline=True)
    press(editor, KEY.Key_End)
    press(editor, KEY.Key_Return)
    assert editor.text() == "a\n"


def test_leaving_finishes(field, qtbot):
    editor = field("a")
    with qtbot.waitSignal(editor.finished):
        editor.focusProxy().clearFocus()


def test_the_session_s_undo_is_left_to_the_session(field, say, press):
    editor = field("a")
    say(editor, "b")
    press(editor, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "ab"


def test_the_result_is_shown_with_where_it_comes_from(field):
    strip = field("Score {{ reputation.score }}").strip
    assert (strip.isVisible(), strip.words, strip.origin) == (True, "Score 97", "sample")
    assert strip.accessibleName() == "Result Score 97 sample"


def test_text_that_reads_nothing_has_no_result(field):
    assert not field("Score").strip.isVisible()


def test_an_address_is_copied_harmless(field, qtbot):
    strip = field("{{ alert.src_ip }}").strip
    qtbot.mouseClick(strip.copy_button, MOUSE)
    assert QGuiApplication.clipboard().text() == "203[.]0[.]113[.]66"


def test_an_error_says_where_and_is_underlined(field):
    editor = field("{{ alert.src_ip & 1 }}")
    assert editor.strip.words == "Character 17: “&” means nothing in an expression. Write “&&”."
    marks = [each for each in editor.focusProxy().extraSelections() if each.format.underlineStyle().value]
    assert [each.cursor.selectedText() for each in marks] == ["&"]


def test_the_result_follows_a_moment_after_the_last_key(field, say, qtbot):
    editor = field("{{ reputation.score }}")
    say(editor, "x")
    assert editor.strip.words == "97"
    qtbot.waitUntil(lambda: editor.strip.words == "97x", timeout=DELAY_MS * 20)


def test_what_the_form_says_already_is_not_said_twice(field):
    editor = field("{{ a & 1 }}")
    editor.set_problem("It cannot be read.")
    assert not editor.strip.isVisible()
    assert (editor.frame.border.colour, editor.frame.border.width) == (LIGHT.problem, 1.5)
    editor.set_problem(None)
    assert editor.strip.isVisible()


class Slow(AnswersInPlace):
    """Answers when the test says so."""

    def __init__(self):
        super().__init__(Answers())
        self.asked = []

    @override
    def evaluate(self, point, text, *, is_template):
        self.asked.append(Future())
        return self.asked[-1]


@pytest.fixture
def slow(catalogue, context_at):
    """A context whose answers come late, and the questions that wait for them."""
    answers = Slow()
    evaluator = Evaluator(answers, lambda call, value: call(value))
    yield make_context(context_at().point.playbook, "block", catalogue, evaluator), answers.asked
    evaluator.close()


def test_an_answer_to_an_older_question_is_not_shown(field, slow):
    context, asked = slow
    editor = field("{{ run.id }}", context=context)
    editor.set_text("{{ alert.user }}")
    asked[1].set_result(Outcome(OutcomeKind.VALUE, "new"))
    asked[0].set_result(Outcome(OutcomeKind.VALUE, "old"))
    assert editor.strip.words == "new"


def test_a_new_context_renames_chips_and_asks_again(field, context_at, qtbot):
    editor = field("{{ reputation.score }}")
    editor.set_context(context_at(text=CONTAIN.replace("Look up reputation", "Ask around")))
    assert leads(editor) == ["Ask around"]
    assert editor.focusProxy().accessibleDescription() == "Ask around Score"


def test_the_field_is_heard_by_its_name_and_with_the_words_of_its_chips(field):
    editor = field("To {{ alert.user }}")
    assert editor.focusProxy().accessibleName() == "Comment"
    assert editor.focusProxy().accessibleDescription() == "To SIEM alert User"


@pytest.mark.parametrize("text", ["", "words", "{{ alert.user }}", "a {{ alert.user }}"])
def test_one_line_is_thirty_high_whatever_is_in_it(field, text):
    editor = field(text)
    assert (editor.frame.pos(), editor.frame.height()) == (QPoint(0, 0), 30)


def test_one_line_grows_with_the_text(field, wear):
    editor = field("{{ alert.user }}")
    wear(Look(scale=1.3))
    assert editor.frame.height() == 39


def test_lines_with_chips_are_twenty_four_apart(field):
    editor = field("{{ alert.user }}\n{{ alert.user }}", is_multiline=True)
    first, last, count = editor.focusProxy().chips.line_middles()
    assert (round(last - first), count) == (24, 2)
    editor.set_text("\n".join(["x"] * 60))
    assert editor.frame.height() <= 8 * 24 + 36


def test_the_border_says_where_the_keys_go(field):
    editor = field("a")
    assert (editor.frame.border.colour, editor.frame.border.width) == (LIGHT.sel_line, 2)
    editor.focusProxy().clearFocus()
    assert (editor.frame.border.colour, editor.frame.border.width) == (LIGHT.ctl, 1)


def test_room_for_a_button_is_kept_free(field):
    editor = field("a", is_multiline=True)
    editor.set_right_inset(28)
    assert editor.focusProxy().geometry().right() < editor.width() - 28


@pytest.mark.parametrize("look", [Look(LIGHT), Look(DARK)])
def test_cel_is_coloured_as_the_design_says(field, wear, look):
    editor = field("size(alert.user) > 8 && 'a' == alert.user", is_template=False)
    wear(look)
    found = {
        each.cursor.selectedText(): each.format.foreground().color().name().upper()
        for each in editor.focusProxy().extraSelections()
    }
    tokens = look.tokens
    expected = {
        "size": tokens.retrying,
        "alert": tokens.trigger,
        "8": tokens.running,
        "'a'": tokens.succeeded,
        ">": tokens.text2,
    }
    assert {word: found[word] for word in expected} == expected


def test_data_that_looks_like_rich_text_is_shown_as_it_is(field, context_at):
    text = CONTAIN.replace("user: clerk1", 'user: "<b>x</b>"')
    editor = field("{{ alert.user }}", context=context_at(text=text))
    assert editor.strip.words == "<b>x</b>"


def test_a_field_that_goes_while_an_answer_is_on_its_way_hears_it_no_more(dressed, theme, slow):
    context, asked = slow
    editor = ExpressionEditor(theme, context, is_template=True, is_multiline=False)
    editor.set_text("{{ alert.user }}")
    editor.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    asked[0].set_result(Outcome(OutcomeKind.VALUE, "late"))
    assert not shiboken6.isValid(editor)
