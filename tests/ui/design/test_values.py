"""Fields and the values in them (visual-design.md §8 and §15), read back from the window's inspector."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from tests.ui.design.studio import column

from tocsin.ui.expression.completion_popup import CompletionPopup
from tocsin.ui.expression.editor import ExpressionEditor
from tocsin.ui.forms.value_editor import FunctionButton
from tocsin.ui.theme import DARK, LIGHT

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
ADDRESS, COMMENT = "with.address", "with.comment"


def parts(name):
    """Red, green and blue of a colour."""
    return QColor(name).getRgb()[:3]


@pytest.fixture
def block(studio):
    """The window with a node selected whose fields read values."""
    studio.select("block")
    yield studio
    studio.wear()


def field(studio, name):
    return studio.panels.inspector.find_field(name)


def frame_of(studio, name):
    """What is painted around a field's text."""
    return studio.part(f"field-{name}").parentWidget()


def longest(colours, wanted):
    """The longest run of one colour in a line of pixels."""
    best = now = 0
    for one in colours:
        now = now + 1 if one == wanted else 0
        best = max(best, now)
    return best


def test_a_field_is_30_px_high_under_its_label(block):
    frame = frame_of(block, ADDRESS)
    label = block.label("Address (required)")
    assert frame.height() == 30
    assert block.place(frame)[1] - block.place(label)[3] == 4
    assert (label.fontInfo().pixelSize(), label.fontInfo().weight()) == (12, 500)
    assert label.palette().color(label.foregroundRole()) == QColor(block.tokens.text2)


def test_its_one_function_button_is_seen_22_px_large_at_its_right_end(block):
    buttons = field(block, ADDRESS).findChildren(FunctionButton)
    reach = 1  # it can be hit farther than it is seen
    assert [one.size().toTuple() for one in buttons] == [(22 + 2 * reach, 22 + 2 * reach)]
    right, frame = block.place(buttons[0])[2] - reach, block.place(frame_of(block, ADDRESS))
    assert frame[2] - right == 4
    assert block.place(buttons[0])[1] + reach - frame[1] == 4


@BOTH
def test_a_value_is_a_chip_20_px_high_on_the_accents_soft_fill(block, tokens):
    block.wear(tokens=tokens)
    edit = block.part(f"field-{ADDRESS}")
    soft = tokens.accent_soft
    heights = [longest(column(edit, x), soft) for x in range(16, 100)]
    assert max(heights) == 20


def test_a_field_of_several_lines_has_them_24_px_apart(block):
    edit = block.part(f"field-{COMMENT}")
    document = edit.document()
    lines = [document.firstBlock().layout().lineAt(place) for place in range(2)]
    assert lines[1].y() - lines[0].y() == 24


@BOTH
def test_what_can_take_a_dragged_value_has_a_border_of_2_px(block, tokens):
    block.wear(tokens=tokens)
    frame = frame_of(block, ADDRESS)
    assert column(frame, 150)[:2] == [tokens.ctl, tokens.surface]
    frame.set_offered(True)
    found = column(frame, 150)[:3]
    frame.set_offered(False)
    assert found == [tokens.sel_line, tokens.sel_line, tokens.surface]


@BOTH
def test_what_has_the_keyboard_has_a_border_of_2_px(block, tokens):
    block.wear(tokens=tokens)
    block.activate()
    edit, frame = block.part(f"field-{ADDRESS}"), frame_of(block, ADDRESS)
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    found = column(frame, 150)[:3]
    block.view.setFocus()
    assert found == [tokens.sel_line, tokens.sel_line, tokens.surface]


@BOTH
def test_what_is_wrong_has_a_border_of_one_and_a_half_px_and_a_line_under_it(block, tokens):
    block.wear(tokens=tokens)
    view, frame = field(block, ADDRESS), frame_of(block, ADDRESS)
    view.show_problem("Address is empty.")
    first, second, third = column(frame, 150)[:3]
    line = block.label("Address is empty.")
    below = block.place(line)[1] - block.place(frame)[3]
    size, ink = line.fontInfo().pixelSize(), line.palette().color(line.foregroundRole())
    view.show_problem("")
    half = [sum(shades) / 2 for shades in zip(parts(tokens.problem), parts(tokens.surface), strict=True)]
    assert (first, third) == (tokens.problem, tokens.surface)
    assert parts(second) == pytest.approx(half, abs=3)
    assert (below >= 0, size, ink) == (True, 12, QColor(tokens.problem))


def test_the_result_follows_150_ms_after_the_last_key(block):
    editor = field(block, ADDRESS).findChild(ExpressionEditor)
    timers = [one for one in editor.findChildren(type(editor._delay)) if one.isSingleShot()]
    assert [one.interval() for one in timers] == [150]


def test_the_completion_lies_under_its_field_as_a_float(block):
    block.activate()
    edit = block.part(f"field-{COMMENT}")
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    block.settle()
    popup = next(one for one in block.window.findChildren(CompletionPopup) if one.isVisible())
    image, size = popup.grab().toImage(), popup.size()
    lined = [image.pixelColor(x, y).name().upper() for x, y in ((size.width() // 2, 0), (0, size.height() // 2))]
    corner = popup.mapToGlobal(QPoint(0, 0)).y(), frame_of(block, COMMENT).mapToGlobal(QPoint(0, 85)).y()
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    block.view.setFocus()
    block.settle()
    assert abs(corner[0] - corner[1]) <= 4
    assert set(lined) <= {block.tokens.line, block.tokens.ctl}


@BOTH
@pytest.mark.parametrize(
    ("piece", "token"),
    [('"db"', "succeeded"), ("80.0", "running"), ("reputation", "trigger"), ("size", "retrying"), (">", "text2")],
)
def test_the_parts_of_an_expression_have_the_five_colours_of_syntax(block, tokens, piece, token):
    block.wear(tokens=tokens)
    editor = field(block, ADDRESS).findChild(ExpressionEditor)
    was, wanted = editor.text(), getattr(tokens, token)
    editor.set_show_as_text(True)
    editor.set_text('{{ reputation.score > 80.0 && size("db") > 1 }}')
    edit = block.part(f"field-{ADDRESS}")
    told = {one.cursor.selectedText(): one.format.foreground().color().name().upper() for one in edit.extraSelections()}
    block.settle()
    seen = {colour for x in range(edit.width()) for colour in column(edit, x)}
    editor.set_text(was)
    editor.set_show_as_text(False)
    assert told[piece] == wanted
    assert wanted in seen
