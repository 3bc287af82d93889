"""Where a float goes: beside its node, in a corner, never over what is selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

MARGIN: Final = 12
"""From a float to the canvas's edge."""
GAP: Final = 18
"""From a float to the node, or to the frame around it, that it belongs to."""
_CLEAR: Final = 6
"""A selection's ring and a port reach so far out of a node."""


def place_beside(size: QSize, around: Sequence[QRect], seen: QRect, avoid: Sequence[QRect]) -> QPoint:
    """Return the top left corner of what is shown beside a node.

    Left of it, else right of it, else at the canvas's top edge; where that would cover what is to stay visible, the
    nearest place to there that covers least of it.

    Args:
        size: Of what is shown.
        around: The node, then the frames around it from the inside out.
        seen: The canvas.
        avoid: What must not be covered.
    """
    room = seen.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    for corner in (*_beside(size, around, room), *_along_top(size, around[0], room)):
        place = QRect(corner, size)
        if room.contains(place) and _covered(place, avoid) == 0:
            return corner
    return min(_anywhere(size, room), key=lambda corner: _covered(QRect(corner, size), avoid))


def shift_for(size: QSize, around: Sequence[QRect], seen: QRect) -> int:
    """Return how far a node must go to the right for something to fit left of it and of the frames around it.

    Nothing where it fits already, or where that would push the outermost frame out of view.

    Args:
        size: Of what is shown.
        around: The node, then the frames around it from the inside out.
        seen: The canvas.
    """
    needed = MARGIN + size.width() + GAP
    left = around[-1].left() - seen.left()
    right = seen.right() - around[-1].right()
    return needed - left if left < needed <= left + right else 0


def place_in_corner(size: QSize, corners: Iterable[QPoint], avoid: Sequence[QRect]) -> QPoint:
    """Return the first of some places that covers nothing, else the one that covers least."""
    return min(corners, key=lambda corner: _covered(QRect(corner, size), avoid))


def corners_of(size: QSize, seen: QRect) -> tuple[QPoint, QPoint, QPoint, QPoint]:
    """Return where a float's top left corner is in each corner of a canvas: bottom left, bottom right, tops alike."""
    left, top = seen.left() + MARGIN, seen.top() + MARGIN
    right, bottom = (
        seen.left() + seen.width() - MARGIN - size.width(),
        seen.top() + seen.height() - MARGIN - size.height(),
    )
    return QPoint(left, bottom), QPoint(right, bottom), QPoint(left, top), QPoint(right, top)


def _beside(size: QSize, around: Sequence[QRect], room: QRect) -> Iterator[QPoint]:
    """Yield places left of the outermost frame, else of the node itself; then the same at the right."""
    middle = around[0].center().y() - size.height() // 2
    lowest = room.top() + room.height() - size.height()
    for y in (max(room.top(), min(middle, lowest)), lowest, room.top()):
        for rect in reversed(around):
            yield QPoint(rect.left() - GAP - size.width(), y)
    for y in (max(room.top(), min(middle, lowest)), lowest, room.top()):
        for rect in reversed(around):
            yield QPoint(rect.left() + rect.width() + GAP, y)


def _along_top(size: QSize, node: QRect, room: QRect) -> Iterator[QPoint]:
    rightmost = room.left() + room.width() - size.width()
    for x in (node.center().x() - size.width() // 2, room.left(), rightmost):
        yield QPoint(max(room.left(), min(x, rightmost)), room.top())


def _anywhere(size: QSize, room: QRect) -> Iterator[QPoint]:
    for down in range(9):
        for across in range(9):
            yield QPoint(
                room.left() + max(0, room.width() - size.width()) * across // 8,
                room.top() + max(0, room.height() - size.height()) * down // 8,
            )


def _covered(place: QRect, avoid: Sequence[QRect]) -> int:
    cut = (place.intersected(rect.adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)) for rect in avoid)
    return sum(rect.width() * rect.height() for rect in cut if not rect.isEmpty())
