"""The canvas by keys alone: walk, select, move, connect, delete, open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from tocsin.base.texts import _
from tocsin.edits import Batch, Disconnect, Edit, TakeOut
from tocsin.ui.canvas.focus import Direction, in_order, neighbour
from tocsin.ui.canvas.geometry import BIG_STEP, STEP
from tocsin.ui.canvas.gestures.base import Preview
from tocsin.ui.canvas.gestures.bend import nudge_bend, remove_bend
from tocsin.ui.canvas.gestures.connect import ConnectByKeys
from tocsin.ui.canvas.gestures.move import nudge
from tocsin.ui.canvas.scene import CanvasScene

_ARROWS: Final = {
    Qt.Key.Key_Up: (Direction.UP, 0, -1),
    Qt.Key.Key_Down: (Direction.DOWN, 0, 1),
    Qt.Key.Key_Left: (Direction.LEFT, -1, 0),
    Qt.Key.Key_Right: (Direction.RIGHT, 1, 0),
}
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DELETE: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class CanvasKeys:
    """Turns keys into selections and edits."""

    def __init__(self, scene: CanvasScene, preview: Preview, show_node: Callable[[str], None]) -> None:
        self._scene = scene
        self._preview = preview
        self._show_node = show_node
        self._connecting: ConnectByKeys | None = None

    def cancel(self) -> bool:
        """Leave what the keys had begun; tell whether there was anything."""
        connecting, self._connecting = self._connecting, None
        if connecting is not None:
            connecting.cancel()
        return connecting is not None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; tell whether it means anything here."""
        if self._connecting is not None:
            return self._press_connecting(self._connecting, event)
        arrow, move = _ARROWS.get(Qt.Key(event.key())), move_of(event)
        if move is not None:
            nudge(self._scene, *move)
            nudge_bend(self._scene, *move)
        elif arrow is not None:
            self._press_arrow(arrow[0])
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._scene.set_selection(self._scene.store.nodes)
        elif event.key() == Qt.Key.Key_Escape:
            self._scene.set_selection(())
        elif event.key() in _DELETE:
            remove_selected(self._scene)
        elif event.key() in _ENTER and (node := self._current()) is not None:
            self._scene.request_open(node)
        else:
            return self._begin_connecting(event)
        return True

    def step(self, by: int) -> bool:
        """Go to the next or previous node in the order of the flow; False beyond the ends."""
        found = in_order(self._scene.store, self._current(), by)
        if found is not None:
            self._go_to(found)
        return found is not None

    def _current(self) -> str | None:
        nodes = self._scene.selected_nodes()
        return nodes[0] if nodes else None

    def _go_to(self, node: str) -> None:
        self._scene.set_selection([node])
        self._show_node(node)

    def _press_arrow(self, direction: Direction) -> None:
        current = self._current()
        store = self._scene.store
        found = next(iter(store.nodes), None) if current is None else neighbour(store, current, direction)
        if found is not None:
            self._go_to(found)

    def _begin_connecting(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_C or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        source = ConnectByKeys.can_begin(self._scene)
        if source is not None:
            self._connecting = ConnectByKeys(self._scene, self._preview, source)
        return source is not None

    def _press_connecting(self, connecting: ConnectByKeys, event: QKeyEvent) -> bool:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and arrow[1]:
            connecting.next_port(arrow[1])
        elif arrow is not None:
            connecting.next_target(arrow[2])
            self._show_target(connecting)
        elif event.text().isalnum() and connecting.seek(event.text()):
            self._show_target(connecting)
        elif event.key() in _ENTER:
            self._connecting = None
            connecting.finish()
        else:
            self.cancel()
        return True

    def _show_target(self, connecting: ConnectByKeys) -> None:
        if connecting.target is not None:
            self._show_node(connecting.target)


def move_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Return how far a key moves what is selected, to the right and down in pixels of the scene; None for any other."""
    arrow = _ARROWS.get(Qt.Key(event.key()))
    if arrow is None or not event.modifiers() & _ALT:
        return None
    step = BIG_STEP if event.modifiers() & _SHIFT else STEP
    return arrow[1] * step, arrow[2] * step


def remove_selected(scene: CanvasScene) -> None:
    """Ask for the removal of what is selected, as one edit: edges alone, and nodes; lines through these lead on.

    Where a bend of a line is chosen, it alone goes.
    """
    store, chosen = scene.store, scene.selection()
    if scene.locked or remove_bend(scene):
        return
    nodes = store.roots(scene.selected_nodes())
    edits: list[Edit] = [
        Disconnect(entry.source.frame, entry.edge)
        for text, entry in store.edges.items()
        if text in chosen and entry.edge is not None and not {entry.edge.source, entry.edge.target} & chosen
    ]
    count = len(edits)
    if nodes:
        edits.append(TakeOut(tuple(nodes)))
    if len(edits) == 1:
        scene.request_edit(edits[0])
    elif edits:
        scene.request_edit(Batch(tuple(edits), _("Remove {count} things").format(count=count + len(nodes))))
