"""How well one colour is seen on another, after WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

from __future__ import annotations

from typing import Final

TEXT: Final = 4.5
"""The least ratio of text to what is behind it."""
MARK: Final = 3.0
"""The least ratio of a border, badge or glyph to what is beside it."""


def contrast(one: str, other: str) -> float:
    """Return the ratio of two #RRGGBB colours, from 1 (the same) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
