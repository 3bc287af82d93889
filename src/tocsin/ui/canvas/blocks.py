"""What is left of a node under 45 % zoom: a block in one colour, with the few signs that must not be lost (§6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.looks import STYLES, Look

_HOLLOW: Final = frozenset(
    {
        Look.QUEUED,
        Look.WAITS,
        Look.ALREADY,
        Look.WOULD,
        Look.SKIPPED,
        Look.CANCELLED,
        Look.NOT_REACHED,
        Look.OFF,
    }
)
_OF_KIND: Final = frozenset({Look.IDLE, Look.OFF})
_STRIPES: Final = {Effect.READ: 0.0, Effect.CHANGE: 1.5, Effect.DESTRUCTIVE: 4.0}


@dataclass(frozen=True, slots=True)
class Block:
    """A node from far.

    Attributes:
        colour: Token of its fill, or of its border where it is hollow.
        plain: It is nothing but a filled shape, so many can be drawn in one call.
        hollow: Only its border is drawn, with the look's dashes.
        tape: It is striped: what it did may have happened.
        dot: It tells a state, not a kind.
        stripe: Width in screen pixels of the bar at its left that says what it can do to the world.
        selected: It has the ring.
    """

    colour: str
    plain: bool
    hollow: bool
    tape: bool
    dot: bool
    stripe: float
    selected: bool


def block_of(look: Look, colour: str, effect: Effect, *, selected: bool) -> Block:
    """Return how a node looks from far; `colour` is its own while no state has one."""
    colour = colour if look in _OF_KIND else STYLES[look].colour
    hollow, tape, dot = look in _HOLLOW, look is Look.UNCERTAIN, look not in _OF_KIND
    plain = not (hollow or tape or dot or selected)
    return Block(colour, plain, hollow, tape, dot, _STRIPES[effect], selected)
