import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tocsin.services.settings import Appearance, Contrast, Motion, TextSize, ThemeChoice
from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.theme.choice import Desktop, read_desktop, resolve_look
from tocsin.ui.theme.high_contrast import high_contrast

QUIET, LOUD = Desktop(), Desktop(is_dark=True, is_motion_reduced=True, is_contrast_high=True)


@pytest.mark.parametrize(
    ("theme", "desktop", "tokens"),
    [
        (ThemeChoice.SYSTEM, Desktop(), LIGHT),
        (ThemeChoice.SYSTEM, Desktop(is_dark=True), DARK),
        (ThemeChoice.LIGHT, Desktop(is_dark=True), LIGHT),
        (ThemeChoice.DARK, Desktop(), DARK),
    ],
)
def test_the_desktop_chooses_the_theme_only_where_it_is_asked(theme, desktop, tokens):
    assert resolve_look(Appearance(theme=theme), desktop).tokens is tokens


@pytest.mark.parametrize(
    ("motion", "desktop", "is_reduced"),
    [
        (Motion.SYSTEM, QUIET, False),
        (Motion.SYSTEM, LOUD, True),
        (Motion.REDUCED, QUIET, True),
        (Motion.FULL, LOUD, False),
    ],
)
def test_motion_is_the_desktops_unless_it_was_chosen(motion, desktop, is_reduced):
    assert resolve_look(Appearance(motion=motion), desktop).is_motion_reduced is is_reduced


@pytest.mark.parametrize(
    ("contrast", "desktop", "is_high"),
    [
        (Contrast.SYSTEM, QUIET, False),
        (Contrast.SYSTEM, LOUD, True),
        (Contrast.HIGH, QUIET, True),
        (Contrast.NORMAL, LOUD, False),
    ],
)
def test_contrast_is_the_desktops_unless_it_was_chosen(contrast, desktop, is_high):
    look = resolve_look(Appearance(theme=ThemeChoice.LIGHT, contrast=contrast), desktop)
    assert (look.is_contrast_high, look.tokens) == (is_high, high_contrast(LIGHT) if is_high else LIGHT)


@pytest.mark.parametrize(("size", "scale"), [(TextSize.NORMAL, 1), (TextSize.LARGE, 1.15), (TextSize.LARGEST, 1.3)])
def test_the_text_size_is_a_scale(size, scale):
    assert resolve_look(Appearance(text_size=size), QUIET).scale == scale


def test_what_nobody_chose_is_the_look_as_designed():
    assert resolve_look(Appearance(), QUIET) == Look()


def test_a_desktop_that_says_nothing_is_light(qapp):
    assert QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Unknown
    assert read_desktop() == Desktop()
