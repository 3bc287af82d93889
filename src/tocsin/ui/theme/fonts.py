"""The two families that travel with Tocsin: Inter for words, JetBrains Mono for code (OFL, `resources/fonts`)."""

from __future__ import annotations

import logging
from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from tocsin.base.resources import resource_path

UI_FAMILY: Final = "Inter"
CODE_FAMILY: Final = "JetBrains Mono"
_FILES: Final = (
    "Inter_400Regular.ttf",
    "Inter_500Medium.ttf",
    "Inter_600SemiBold.ttf",
    "JetBrainsMono_400Regular.ttf",
)
_log = logging.getLogger("tocsin.ui.theme")


def load_fonts() -> None:
    """Make the bundled fonts known to Qt. Needs the application object; once is enough, more does no harm."""
    for name in _FILES:
        path = resource_path("fonts", name)
        if path not in _loaded():
            _loaded().add(path)
            if QFontDatabase.addApplicationFont(str(path)) < 0:
                _log.warning("The font %s cannot be read; the system's own is used.", name)


def ui_font(pixels: float = 13, weight: int = 400) -> QFont:
    """Return Inter with tabular digits. Sizes are scene or widget pixels; Qt keeps whole ones."""
    font = _font(UI_FAMILY, pixels, weight)
    font.setFeature(QFont.Tag("cv11"), 1)  # the a of one storey, as in the design's pictures
    return font


def code_font(pixels: float = 12) -> QFont:
    """Return JetBrains Mono, each character by itself: what is typed as -> is read so."""
    font = _font(CODE_FAMILY, pixels, 400)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


@cache
def _loaded() -> set[object]:
    return set()


def _font(family: str, pixels: float, weight: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
