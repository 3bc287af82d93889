import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.theme.high_contrast import high_contrast
from tocsin.ui.theme.shadow import float_shadow, node_shadow
from tocsin.ui.widgets.floating import Floating
from tocsin.ui.widgets.section import FOLD_MS, Section


@pytest.fixture
def still(wear):
    wear(Look(is_motion_reduced=True))


@pytest.fixture
def place(shown):
    made = QWidget()
    made.resize(600, 400)
    return shown(made)


@pytest.fixture
def section(shown, theme):
    window = QWidget()
    made = Section(theme, "Retry and time limit", window, is_open=False)
    made.set_content(QLabel("three tries"))
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    made.content = made.findChild(QLabel)
    made.window_kept = window
    window.resize(300, 300)
    shown(window)
    return made


def test_a_section_says_its_title_and_at_the_right_what_is_set(section):
    section.set_summary("3 tries")
    assert (section.head.text(), section.head.summary) == ("Retry and time limit", "3 tries")
    assert section.head.accessibleName() == "Retry and time limit"
    assert section.head.accessibleDescription() == "3 tries"
    assert section.head.height() == 26


def test_a_folded_section_hides_its_content(section):
    assert not section.content.isVisible()
    section.set_open(True)
    assert section.content.isVisible()


def test_a_person_folds_it_and_that_is_told(section):
    told = []
    section.opened.connect(told.append)
    section.head.click()
    section.set_open(False)
    assert told == [True]


def test_it_folds_by_space(section):
    QTest.keyClick(section.head, Qt.Key.Key_Space)
    assert section.is_open


def test_it_unfolds_in_120_ms(qtbot, section):
    assert FOLD_MS == 120
    section.head.click()
    assert section.content.maximumHeight() < section.content.sizeHint().height()
    qtbot.waitUntil(lambda: section.content.maximumHeight() > 1000)
    assert section.content.isVisible()
    section.head.click()
    qtbot.waitUntil(lambda: not section.content.isVisible())


def test_it_unfolds_at_once_where_motion_is_reduced(still, section):
    section.head.click()
    assert section.content.isVisible()
    assert section.content.maximumHeight() > 1000
    section.head.click()
    assert not section.content.isVisible()


def test_other_content_takes_the_place_of_the_first(section):
    section.set_open(True)
    section.set_content(QWidget())
    assert section.layout().count() == 2


@pytest.mark.parametrize(
    ("look", "floats", "nodes"),
    [(Look(LIGHT), (LIGHT.text, 0.14), (LIGHT.text, 0.10)), (Look(DARK), ("#000000", 0.50), ("#000000", 0.40))],
    ids=["light", "dark"],
)
def test_shadows_are_the_designs(look, floats, nodes):
    found = [
        (shadow.name().upper(), round(shadow.alphaF(), 2))
        for shadow in (float_shadow(look.tokens), node_shadow(look.tokens))
    ]
    assert found == [floats, nodes]


def test_high_contrast_throws_no_shadow():
    tokens = high_contrast(LIGHT)
    assert (float_shadow(tokens), node_shadow(tokens)) == (None, None)


def test_a_float_is_raised_rounded_and_has_a_hard_shadow_2_px_below(place, theme):
    floating = Floating(theme, "Zoom", place)
    floating.setGeometry(40, 40, 120, 40)
    floating.show()
    image = place.grab().toImage()

    def at(x, y):
        return image.pixelColor(40 + x, 40 + y).name().upper()

    shaded = QColor(LIGHT.win)
    for part in ("red", "green", "blue"):
        mixed = 0.86 * getattr(shaded, part)() + 0.14 * getattr(QColor(LIGHT.text), part)()
        assert abs(getattr(image.pixelColor(100, 79), part)() - mixed) <= 2
    assert at(60, 20) == LIGHT.raised
    assert at(60, 0) == at(0, 20) == at(60, 37) == LIGHT.line
    assert at(0, 0) == at(119, 0) == LIGHT.win
    assert floating.accessibleName() == "Zoom"
