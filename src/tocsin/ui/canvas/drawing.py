"""What all items of a scene draw with."""

from __future__ import annotations

from tocsin.ui.canvas.sprites import Sprites
from tocsin.ui.theme import Tokens


class Drawing:
    """The theme's colours and the pictures made with them, shared by a scene's items.

    Attributes:
        tokens: The colours.
        sprites: Pictures of node bodies.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.sprites = Sprites(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take another theme."""
        self.tokens = tokens
        self.sprites.set_tokens(tokens)
