import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtTest import QTest

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.icon_button import IconButton
from tocsin.ui.widgets.segment import Segment
from tocsin.ui.widgets.toggle import Toggle

CHOICES = [("tree", "Tree"), ("table", "Table"), ("json", "JSON")]


@pytest.fixture
def segment(shown, theme):
    return shown(Segment(theme, CHOICES, "How the output is shown"))


def test_a_segment_is_24_px_high_and_named(segment, wear):
    assert segment.height() == 24
    assert segment.accessibleName() == "How the output is shown"
    wear(Look(scale=1.3))
    assert segment.height() == 31


def test_one_choice_holds_and_a_persons_is_told(segment):
    told = []
    segment.chosen.connect(told.append)
    assert segment.choice == "tree"
    segment.button("json").click()
    assert (segment.choice, told) == ("json", ["json"])


def test_the_whole_height_of_a_segment_can_be_hit(segment):
    for choice, y in (("json", 0), ("table", segment.height() - 1)):
        at = QPoint(segment.button(choice).geometry().center().x(), y)
        QTest.mouseClick(segment, Qt.MouseButton.LeftButton, pos=at)
        assert segment.choice == choice


def test_a_choice_that_was_set_is_not_told(segment):
    told = []
    segment.chosen.connect(told.append)
    segment.set_choice("table")
    assert (segment.choice, told) == ("table", [])


def test_arrows_choose(segment):
    segment.button("tree").setFocus()
    QTest.keyClick(segment.button("tree"), Qt.Key.Key_Right)
    assert segment.choice == "table"


def test_the_choice_that_holds_is_seen(segment, colour_at):
    segment.button("tree").clearFocus()
    held = segment.button("tree").geometry()
    other = segment.button("json").geometry()
    assert colour_at(segment, held.left() + 4, held.center().y()) == LIGHT.accent_soft
    assert colour_at(segment, other.left() + 4, other.center().y()) == LIGHT.surface
    assert colour_at(segment, 0, 12) == LIGHT.ctl


def test_other_words_for_a_choice(segment):
    segment.set_words("tree", "Tree 7")
    assert segment.button("tree").text() == "Tree 7"


def test_a_switch_is_28_by_16_after_its_words_and_can_be_hit_on_24(shown, theme, colour_at):
    toggle = shown(Toggle(theme, "Follow run"))
    assert toggle.height() == 24
    left = toggle.width() - 28
    assert [colour_at(toggle, left + 14, y) for y in (3, 4, 19, 20)] == [LIGHT.win, LIGHT.ctl, LIGHT.ctl, LIGHT.win]
    toggle.setChecked(True)
    assert colour_at(toggle, left + 4, 12) == LIGHT.accent
    assert colour_at(toggle, toggle.width() - 8, 12) == LIGHT.on_accent


def test_a_switch_is_worked_by_space_and_named(shown, theme):
    toggle = shown(Toggle(theme, "Follow run"))
    told = []
    toggle.toggled.connect(told.append)
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert (told, toggle.accessibleName()) == ([True], "Follow run")


def test_a_switch_follows_the_theme(shown, theme, wear, colour_at):
    toggle = shown(Toggle(theme, ""))
    wear(Look(DARK))
    assert colour_at(toggle, 14, 4) == DARK.ctl


def test_an_icon_button_has_a_target_of_26_px_and_says_its_key(shown, theme, wear):
    button = shown(IconButton(theme, "undo-2", "Undo", "Ctrl+Z"))
    assert (button.width(), button.height()) == (26, 26)
    assert (button.accessibleName(), button.toolTip()) == ("Undo", "Undo (Ctrl+Z)")
    wear(Look(scale=1.3))
    assert (button.width(), button.iconSize().width()) == (34, 21)


def test_an_icon_button_takes_the_themes_colours(shown, theme, wear):
    button = shown(IconButton(theme, "undo-2", "Undo"))
    light = button.icon().pixmap(16).toImage()
    wear(Look(DARK))
    assert button.icon().pixmap(16).toImage() != light


def test_an_icon_button_does_and_is_what_its_action_is(shown, theme):
    action, done = QAction(QIcon(), "&Mute"), []
    action.setCheckable(True)
    action.triggered.connect(lambda checked: done.append(checked))
    button = shown(IconButton(theme, "x", "Close"))
    button.follow(action)
    assert button.accessibleName() == "Mute"
    button.click()
    assert (done, button.isChecked()) == ([True], True)
    action.setEnabled(False)
    assert not button.isEnabled()
