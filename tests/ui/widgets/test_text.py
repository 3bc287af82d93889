import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.key_hint import KeyHint
from tocsin.ui.widgets.panel_title import PanelTitle
from tocsin.ui.widgets.search_field import SearchField
from tocsin.ui.widgets.words import Words

LONG = "A name that is a good deal longer than what there is room for"


def test_a_long_name_is_elided_at_its_end_and_said_whole_in_the_tooltip(shown):
    label = shown(ElidedLabel(LONG))
    label.resize(120, 20)
    assert label.shown.endswith("…")
    assert LONG.startswith(label.shown.removesuffix("…"))
    assert (label.text(), label.toolTip()) == (LONG, LONG)


def test_a_name_that_fits_has_no_tooltip(shown):
    label = shown(ElidedLabel("short"))
    assert (label.shown, label.toolTip()) == ("short", "")


def test_a_label_can_become_narrower_than_its_text(shown):
    assert shown(ElidedLabel(LONG)).minimumSizeHint().width() < 40


def test_names_are_plain_text(shown):
    label = shown(ElidedLabel("<b>bold</b>"))
    label.resize(300, 20)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.shown == "<b>bold</b>"


@pytest.fixture
def field(shown, theme):
    return shown(SearchField(theme, "Find a node or action", "/"))


def test_a_search_field_is_30_px_high_and_named(field, wear):
    assert (field.height(), field.accessibleName()) == (30, "Find a node or action")
    wear(Look(scale=1.15))
    assert field.height() == 34


def test_its_text_stands_clear_of_the_icon_and_of_the_key(field):
    assert (field.textMargins().left(), field.textMargins().right()) == (20, 16)
    field.setText("block")
    assert field.textMargins().right() == 0


def test_its_icon_is_at_the_left_and_the_key_at_the_right(field):
    field.clearFocus()
    image, middle = field.grab().toImage(), field.height() // 2
    darkest = [min(image.pixelColor(x, y).lightness() for y in range(8, 22)) for x in range(4, 30)]
    inked = [x for x, lightness in enumerate(darkest, 4) if lightness < 160]
    assert (min(inked) - 10, 24 - max(inked)) == (1, 3)  # the drawing within its 14 px
    assert image.pixelColor(field.width() - 10 - 16, middle).name().upper() == LIGHT.line


def test_escape_empties_it_first(field):
    field.setText("block")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_key_is_a_frame_of_18_px_with_the_key_as_name(shown, theme, wear, colour_at):
    hint = shown(KeyHint(theme, "Ctrl K"))
    assert (hint.sizeHint().height(), hint.accessibleName()) == (18, "Ctrl K")
    hint.resize(hint.sizeHint())
    assert colour_at(hint, 0, 9) == LIGHT.line
    wear(Look(DARK))
    assert colour_at(hint, 0, 9) == DARK.line


@pytest.fixture
def empty(shown, theme):
    return shown(EmptyState(theme, "search", "No node or action matches “foo”.", "Connect a product"))


def test_an_empty_place_says_one_line_and_offers_one_action(empty):
    asked = []
    empty.asked.connect(lambda: asked.append(1))
    assert empty.accessibleName() == empty.line == "No node or action matches “foo”."
    empty.button.click()
    assert asked == [1]


def test_an_empty_place_without_an_action_has_no_button(shown, theme):
    place = shown(EmptyState(theme, "check", "No problems. This playbook can run."))
    assert place.button.isHidden()
    place.set_action("Rehearse")
    assert (place.button.isHidden(), place.button.text()) == (False, "Rehearse")


def test_its_icon_is_32_px_in_text3(empty, wear):
    picture = empty.layout().itemAt(1).widget()

    def colours():
        image = picture.pixmap().toImage()
        spots = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        return {spot.name().upper() for spot in spots if spot.alpha() == 255}

    assert picture.pixmap().width() == 32
    assert colours() == {LIGHT.text3}
    wear(Look(scale=1.15))
    assert picture.pixmap().width() == 37


@pytest.mark.parametrize(("scale", "height"), [(1.0, 36), (1.15, 41), (1.3, 47)])
def test_a_panels_title_grows_with_the_text_size(shown, wear, scale, height):
    wear(Look(scale=scale))
    title = shown(PanelTitle("Nodes"))
    assert (title.sizeHint().height(), title.height()) == (height, height)


def test_a_panels_title_is_36_px_high_and_has_room_at_its_end(shown, theme):
    title = shown(PanelTitle("Nodes"))
    hint = KeyHint(theme, "F3")
    title.add_end(hint)
    assert title.sizeHint().height() == 36
    title.resize(200, 36)
    title.layout().activate()
    assert hint.geometry().right() > 180


@pytest.fixture
def words(shown):
    made = Words(f"{LONG}. {LONG}.")
    made.setWordWrap(True)
    return shown(made)


def test_wrapped_words_are_as_high_as_their_lines_and_can_be_as_low_as_one(words):
    assert words.heightForWidth(200) % 18 == 0
    assert words.heightForWidth(120) > words.heightForWidth(400) > 18
    assert words.minimumSizeHint().height() == 18


def test_words_that_nobody_wraps_are_one_line_of_their_own_text(shown):
    words = shown(Words("<b>bold</b>"))
    assert (words.textFormat(), words.sizeHint().height()) == (Qt.TextFormat.PlainText, 18)
    words.setText("one\ntwo")
    assert words.sizeHint().height() == 36


def test_words_stand_where_their_alignment_says(shown):
    words = shown(Words("I"))
    words.resize(60, 60)
    found = {}
    for name in ("AlignTop", "AlignVCenter", "AlignBottom"):
        words.setAlignment(Qt.AlignmentFlag[name])
        image = words.grab().toImage()
        ground = image.pixel(59, 0)
        found[name] = next(y for y in range(60) if any(image.pixel(x, y) != ground for x in range(10)))
    assert found["AlignTop"] < 18 < found["AlignVCenter"] < found["AlignBottom"]
