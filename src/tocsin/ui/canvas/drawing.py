"""What all items of a scene draw with."""

from __future__ import annotations

from tocsin.ui.canvas.motion import Motion
from tocsin.ui.canvas.sprites import Sprites
from tocsin.ui.theme import Tokens


class Drawing:
    """The theme's colours, the pictures made with them and what moves, shared by a scene's items.

    Attributes:
        tokens: The colours.
        sprites: Pictures of node bodies.
        motion: How far everything has moved.
    """

    def __init__(self, tokens: Tokens, motion: Motion) -> None:
        self.tokens = tokens
        self.sprites = Sprites(tokens)
        self.motion = motion

    def set_tokens(self, tokens: Tokens) -> None:
        """Take another theme."""
        self.tokens = tokens
        self.sprites.set_tokens(tokens)
