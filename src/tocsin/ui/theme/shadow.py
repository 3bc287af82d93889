"""Shadows: no blur, the same shape a little lower. A float's lies 2 px below, a node's 1 px."""

from __future__ import annotations

from PySide6.QtGui import QColor

from tocsin.ui.theme.tokens import Tokens


def float_shadow(tokens: Tokens) -> QColor | None:
    """Return the colour of a float's shadow: text at 14 %, in the dark black at 50 %; None in high contrast."""
    return _shadow(tokens, 0.14, 0.50)


def node_shadow(tokens: Tokens) -> QColor | None:
    """Return the colour of a node's shadow: text at 10 %, in the dark black at 40 %; None in high contrast."""
    return _shadow(tokens, 0.10, 0.40)


def _shadow(tokens: Tokens, light: float, dark: float) -> QColor | None:
    if tokens.strong:
        return None
    colour = QColor("#000000" if tokens.dark else tokens.text)
    colour.setAlphaF(dark if tokens.dark else light)
    return colour
