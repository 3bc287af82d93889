"""What a person chose, and what the desktop says where the choice is left to it, made into a look."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from tocsin.services.settings import Appearance, Contrast, Motion, ThemeChoice
from tocsin.ui.theme.high_contrast import high_contrast
from tocsin.ui.theme.look import Look
from tocsin.ui.theme.tokens import DARK, LIGHT


@dataclass(frozen=True, slots=True)
class Desktop:
    """What the desktop asks of every program."""

    is_dark: bool = False
    is_motion_reduced: bool = False
    is_contrast_high: bool = False


def read_desktop() -> Desktop:
    """Ask Qt what the desktop wants. A desktop that says nothing of its colours is light."""
    hints = QGuiApplication.styleHints()
    # PySide6 6.9 has no accessibility hints, and 6.11 tells of contrast but not of motion.
    accessibility = getattr(hints, "accessibility", None)
    wishes = accessibility() if accessibility is not None else None
    contrast = getattr(wishes, "contrastPreference", None)
    motion = getattr(wishes, "motionPreference", None)
    return Desktop(
        is_dark=hints.colorScheme() is Qt.ColorScheme.Dark,
        is_motion_reduced=_are_animations_off() or (motion is not None and motion().name == "ReducedMotion"),
        is_contrast_high=contrast is not None and contrast().name == "HighContrast",
    )


def resolve_look(appearance: Appearance, desktop: Desktop) -> Look:
    """Return the look of a choice on a desktop."""
    is_dark = desktop.is_dark if appearance.theme is ThemeChoice.SYSTEM else appearance.theme is ThemeChoice.DARK
    is_high = appearance.contrast is Contrast.HIGH or (
        appearance.contrast is Contrast.SYSTEM and desktop.is_contrast_high
    )
    is_still = appearance.motion is Motion.REDUCED or (appearance.motion is Motion.SYSTEM and desktop.is_motion_reduced)
    tokens = DARK if is_dark else LIGHT
    return Look(
        tokens=high_contrast(tokens) if is_high else tokens,
        scale=appearance.text_size / 100,
        is_motion_reduced=is_still,
        is_contrast_high=is_high,
    )


def _are_animations_off() -> bool:
    style = QApplication.style()
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
