"""Shadows: no blur, the same shape a little lower. A float's lies 2 px below, a node's 1 px."""

from __future__ import annotations

from PySide6.QtGui import QColor

from tocsin.ui.theme.look import Look


def float_shadow(look: Look) -> QColor | None:
    """Return the colour of a float's shadow: text at 14 %, in the dark black at 50 %; None in high contrast."""
    return _shadow(look, 0.14, 0.50)


def node_shadow(look: Look) -> QColor | None:
    """Return the colour of a node's shadow: text at 10 %, in the dark black at 40 %; None in high contrast."""
    return _shadow(look, 0.10, 0.40)


def _shadow(look: Look, light: float, dark: float) -> QColor | None:
    if look.is_contrast_high:
        return None
    colour = QColor("#000000" if look.tokens.dark else look.tokens.text)
    colour.setAlphaF(dark if look.tokens.dark else light)
    return colour
