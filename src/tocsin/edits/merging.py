"""Which edits are one gesture: a drag in many moves, a text typed letter by letter."""

from __future__ import annotations

from tocsin.edits.edit import Edit
from tocsin.edits.fields import SetField, SetHead
from tocsin.edits.places import MoveNodes, SetSpot


def merged(earlier: Edit, later: Edit) -> Edit | None:
    """Return one edit that does what both do, or None when they are two steps of the history.

    The inverse of the earlier one takes both back. Whether so much time lies between them that a person would call it
    two is for the history to say.
    """
    match earlier, later:
        case MoveNodes(), MoveNodes():
            same = earlier.spots.keys() == later.spots.keys()
        case SetSpot(), SetSpot():
            same = earlier.node == later.node
        case SetField(value=str()), SetField(value=str()):
            same = (earlier.node, earlier.place) == (later.node, later.place)
        case SetHead(value=str()), SetHead(value=str()):
            same = earlier.place == later.place
        case _:
            same = False
    return later if same else None
