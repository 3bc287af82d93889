"""High contrast: dividers as strong as controls, thick borders, no soft fills, no shadows. All else stays."""

from __future__ import annotations

from dataclasses import fields, replace

from tocsin.ui.theme.tokens import Tokens


def high_contrast(tokens: Tokens) -> Tokens:
    """Return a theme's tokens for high contrast. What had a soft fill has a node's, which is every card's too."""
    soft = {field.name: tokens.node for field in fields(Tokens) if field.name.endswith("_soft")}
    return replace(tokens, line=tokens.ctl, strong=True, **soft)
