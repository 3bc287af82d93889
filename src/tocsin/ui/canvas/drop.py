"""What the canvas is asked to take: what the node list drops on it, and a node after another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIME_TYPE: Final = "application/x-tocsin-node"
"""The payload is UTF-8 text that only the window understands: it names what to add."""


@dataclass(frozen=True, slots=True)
class DropRequest:
    """Something was dropped.

    Attributes:
        payload: What, as the node list wrote it.
        frame: The loop it fell into, or None.
        at: Top centre for the new node, on the grid, in that graph's coordinates.
        edge: The text of the line that it fell on, to be led through the node; None for none.
    """

    payload: str
    frame: str | None
    at: tuple[int, int]
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class AddRequest:
    """A node is to follow another.

    Attributes:
        node: The one before it.
        port: The port it is to follow.
        at: Top centre for the new node, on the grid, in that node's own graph; None for beneath it.
    """

    node: str
    port: str
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """A node is to lie somewhere, by itself.

    Attributes:
        frame: The loop it is to lie in, or None.
        at: Top centre for it, on the grid, in that graph's coordinates.
    """

    frame: str | None
    at: tuple[int, int]
