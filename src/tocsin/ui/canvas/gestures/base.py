"""What every gesture is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRectF, Qt

from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.routes import Point


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is.

    Attributes:
        at: On the scene.
        on_view: On the viewport, in its pixels.
        modifiers: Keys that are held.
    """

    at: Point
    on_view: QPoint
    modifiers: Qt.KeyboardModifier

    @property
    def adds(self) -> bool:
        """The key is held that adds to a selection."""
        return bool(self.modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))


class Gesture(Protocol):
    """Something the user is in the middle of. It has begun when it exists."""

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        ...

    def finish(self, pointer: Pointer) -> None:
        """Do it."""
        ...

    def cancel(self) -> None:
        """Leave everything as it was."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """A line that is being drawn.

    Attributes:
        start: Where it begins.
        end: Where the pointer or the target port is.
        fits: It may end there; None while it is over nothing.
        hint: Why not, or what it will do.
    """

    start: Point
    end: Point
    fits: bool | None = None
    hint: str = ""


class Preview(Protocol):
    """What a view shows of a gesture above everything."""

    def show_band(self, band: QRectF | None) -> None:
        """Show a selection rectangle on the scene, or none."""
        ...

    def show_guides(self, guides: Sequence[Bounds]) -> None:
        """Show upright and level lines on the scene, or none."""
        ...

    def show_cut(self, way: Sequence[Point]) -> None:
        """Show the way of a cut, or nothing."""
        ...

    def show_connection(self, connection: Connection | None) -> None:
        """Show a line that is being drawn, or none."""
        ...
