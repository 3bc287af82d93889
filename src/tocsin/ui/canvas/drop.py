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
    """

    payload: str
    frame: str | None
    at: tuple[int, int]


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
