"""The order in which one reads what a window shows, and Tab goes through it.

Qt's own chain is the order in which widgets were made, which panels that move from place to place do not keep. It is
not walked either: PySide makes each widget of it, once asked for, a child of the one before in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QSplitter, QStackedWidget, QWidget


def step_focus(parts: Iterable[QWidget | None], *, is_forward: bool) -> bool:
    """Move the focus to the next stop or the one before, round the ends; tell whether there is one.

    Args:
        parts: What is gone through, in order; what is around others comes after them, and is gone through without them.
        is_forward: As Tab, not as Shift+Tab.
    """
    order = [part for part in parts if part is not None]
    stop = next((widget for widget in _following(order, is_forward=is_forward) if is_stop(widget)), None)
    if stop is None:
        return False
    stop.setFocus(Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason)
    return True


def find_stop(part: QWidget) -> QWidget | None:
    """Return the first thing in a part that Tab would stop at, or None."""
    return next((widget for widget in _widgets_in(part, []) if is_stop(widget)), None)


def is_stop(widget: QWidget) -> bool:
    """Tell whether Tab stops at a widget that can be seen."""
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    proxy: QWidget | None = widget.focusProxy()
    return takes_tab and proxy is None and widget.isEnabled() and not widget.size().isEmpty()


def _following(parts: list[QWidget], *, is_forward: bool) -> Iterator[QWidget]:
    """Yield what comes after the focus, part by part, and at last what comes before it in its own part."""
    focus = QApplication.focusWidget()
    home = next((at for at, part in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))), 0)
    own = _in_turn(parts[home], parts, is_forward=is_forward)
    begun = _place_of(focus, own)
    yield from own[begun + 1 :]
    others = (*parts[home + 1 :], *parts[:home]) if is_forward else (*parts[:home][::-1], *parts[home + 1 :][::-1])
    for part in others:
        yield from _in_turn(part, parts, is_forward=is_forward)
    yield from own[:begun]


def _in_turn(part: QWidget, parts: list[QWidget], *, is_forward: bool) -> list[QWidget]:
    found = list(_widgets_in(part, parts))
    return found if is_forward else found[::-1]


def _place_of(widget: QWidget | None, order: list[QWidget]) -> int:
    """Return where a widget is, or the nearest around it that is there; -1 for before them all."""
    while widget is not None:
        if widget in order:
            return order.index(widget)
        widget = widget.parentWidget()
    return -1


def _widgets_in(widget: QWidget, others: list[QWidget]) -> Iterator[QWidget]:
    if widget.isVisible():
        yield widget
        for child in _children_of(widget):
            if child not in others:
                yield from _widgets_in(child, others)


def _children_of(widget: QWidget) -> Iterable[QWidget]:
    """What a layout places, as it places it; then what lies over that, from the top."""
    if isinstance(widget, QSplitter):
        return filter(None, map(widget.widget, range(widget.count())))
    if isinstance(widget, QStackedWidget):
        return filter(None, (widget.currentWidget(),))
    layout: QLayout | None = widget.layout()
    placed = list(_placed_by(layout)) if layout is not None else []
    others = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child not in placed and not child.isWindow()
    ]
    return [*placed, *sorted(others, key=lambda child: (child.y(), child.x()))]


def _placed_by(layout: QLayoutItem) -> Iterator[QWidget]:
    if not isinstance(layout, QLayout):  # PySide may know a spacer, long gone, by the same address
        return
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None and (widget := item.widget()) is not None:
            yield widget
        elif item is not None and (inner := item.layout()) is not None:
            yield from _placed_by(inner)
