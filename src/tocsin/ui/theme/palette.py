"""The palette that goes with the style sheet, for what Qt draws without asking it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from tocsin.ui.theme.tokens import Tokens


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette of a theme, for every colour group."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, tokens.win),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.panel),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.on_accent),
        (role.Link, tokens.accent_text),
        (role.LinkVisited, tokens.accent_text),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.line),
        (role.Dark, tokens.ctl),
        (role.Shadow, tokens.text),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.text3))
    return palette
