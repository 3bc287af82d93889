"""Draw a line from an output port to a node, by pointer or by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tocsin.base.texts import _, quoted
from tocsin.edits import Connect
from tocsin.model.playbook import Edge
from tocsin.ui.canvas.drop import AddRequest
from tocsin.ui.canvas.faces import port_words
from tocsin.ui.canvas.fits import find_misfit
from tocsin.ui.canvas.geometry import BODY_TOP, snap
from tocsin.ui.canvas.gestures.base import Connection, Gesture, Pointer, Preview

if TYPE_CHECKING:
    from tocsin.ui.canvas.scene import CanvasScene


class ConnectGesture(Gesture):
    """Follows the pointer from a port; over a node it says whether the line fits there and why not.

    A click without a drag, or a line let go on the ground, asks for a new node at that port.
    """

    def __init__(self, scene: CanvasScene, preview: Preview, start: Pointer, key: tuple[str, str]) -> None:
        self._scene = scene
        self._preview = preview
        self._source, self._port = key
        source, port = key
        self._start = scene.store.nodes[source].port_point(port)
        self._pressed = start.on_view
        self._is_drawing = False

    @override
    def move(self, pointer: Pointer) -> None:
        if not self._is_drawing and self._is_click(pointer):
            return
        if not self._is_drawing:
            self._is_drawing = True
            self._scene.show_fits(self._source, self._port)
        self._show(self._scene.store.hit(*pointer.at).node, pointer)

    @override
    def finish(self, pointer: Pointer) -> None:
        target = self._scene.store.hit(*pointer.at).node
        is_click = not self._is_drawing and self._is_click(pointer)
        self._end()
        if is_click:
            self._scene.request_add(AddRequest(self._source, self._port))
        elif target is None:
            self._scene.request_add(AddRequest(self._source, self._port, self._spot(pointer)))
        elif target != self._source:
            request_connection(self._scene, self._source, self._port, target)

    @override
    def cancel(self) -> None:
        self._end()

    def _show(self, target: str | None, pointer: Pointer) -> None:
        if target is None or target == self._source:
            self._scene.point_at(None)
            self._scene.say("")
            self._preview.show_connection(Connection(self._start, pointer.at))
            return
        show_candidate(self._scene, self._preview, (self._source, self._port, target))

    def _end(self) -> None:
        end_connecting(self._scene, self._preview)

    def _is_click(self, pointer: Pointer) -> bool:
        return (pointer.on_view - self._pressed).manhattanLength() < QApplication.startDragDistance()

    def _spot(self, pointer: Pointer) -> tuple[int, int]:
        """Return where a node's top centre goes that the line's end lies on, in the source's own graph."""
        frame = self._scene.store.nodes[self._source].frame
        x, y = self._scene.store.origin_of(frame)
        top = snap(pointer.at[1] - y)
        return snap(pointer.at[0] - x), top if frame is None else max(BODY_TOP, top)


class ConnectByKeys:
    """Draws a line without a pointer: one key chooses the port, another the target, Enter connects."""

    def __init__(self, scene: CanvasScene, preview: Preview, source: str) -> None:
        self._scene = scene
        self._preview = preview
        self._source = source
        self._ports = scene.store.nodes[source].ports
        self._port = 0
        own = scene.store.nodes[source]
        near = [entry for entry in scene.store.nodes.values() if entry.frame == own.frame and entry is not own]
        near.sort(key=lambda entry: (entry.anchor[1] < own.anchor[1], abs(entry.anchor[1] - own.anchor[1])))
        self._targets = [entry.id for entry in near if entry.has_input]
        self._target = 0
        scene.show_fits(source, self._ports[0])
        self._show()

    def next_port(self, by: int) -> None:
        """Choose another port."""
        self._port = (self._port + by) % len(self._ports)
        self._scene.show_fits(self._source, self._ports[self._port])
        self._show()

    @property
    def target(self) -> str | None:
        """Where the line would end; None where there is nothing that it could lead to."""
        return self._targets[self._target] if self._targets else None

    def next_target(self, by: int) -> None:
        """Choose another target."""
        if self._targets:
            self._target = (self._target + by) % len(self._targets)
            self._show()

    def seek(self, letter: str) -> bool:
        """Choose the next target whose title begins with a letter; tell whether there is one."""
        count = len(self._targets)
        for step in range(1, count + 1):
            title = self._scene.store.nodes[self._targets[(self._target + step) % count]].face.title
            if title.casefold().startswith(letter.casefold()):
                self.next_target(step)
                return True
        return False

    def finish(self) -> None:
        """Connect."""
        self.cancel()
        if self._targets:
            request_connection(self._scene, self._source, self._ports[self._port], self._targets[self._target])

    def cancel(self) -> None:
        """Leave everything as it was."""
        end_connecting(self._scene, self._preview)

    @staticmethod
    def can_begin(scene: CanvasScene) -> str | None:
        """Return the node that a line may begin at: the one that is selected; None when there is none."""
        nodes = scene.selected_nodes()
        one = nodes[0] if len(nodes) == 1 and not scene.locked else None
        return one if one is not None and scene.store.nodes[one].ports else None

    def _show(self) -> None:
        if self._targets:
            key = (self._source, self._ports[self._port], self._targets[self._target])
            show_candidate(self._scene, self._preview, key)


def show_candidate(scene: CanvasScene, preview: Preview, key: tuple[str, str, str]) -> None:
    """Show the line from (source, port) to a target, and say whether it fits."""
    source, port, target = key
    misfit = find_misfit(scene.store, source, port, target)
    title = scene.store.nodes[target].face.title
    name = "" if port == "out" else f" {quoted(port_words(port))}"
    hint = misfit or _("Connect{name} to “{title}”.").format(name=name, title=title)
    scene.point_at(target)
    scene.say(hint)
    start, end = scene.store.nodes[source].port_point(port), scene.store.nodes[target].anchor
    preview.show_connection(Connection(start, end, fits=misfit is None, hint=misfit or _("Connect")))


def end_connecting(scene: CanvasScene, preview: Preview) -> None:
    """Show nothing more of a line that was being drawn."""
    preview.show_connection(None)
    scene.show_fits(None)
    scene.point_at(None)
    scene.say("")


def request_connection(scene: CanvasScene, source: str, port: str, target: str) -> None:
    """Ask for the edge, or say why it may not be."""
    misfit = find_misfit(scene.store, source, port, target)
    if misfit is not None:
        scene.say(misfit)
        return
    frame = scene.store.nodes[source].frame
    scene.request_edit(Connect(frame, Edge(source=source, port=port, target=target)))
