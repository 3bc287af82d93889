"""What the menus do with the selected nodes of the playbook in front: each is one edit and one undo step."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.edits import GroupNodes, MoveNodes, Paste, SwitchNodes, UnwrapLoop, WrapNodes, excerpt_of, fresh_id
from tocsin.model.playbook import LoopNode, Playbook
from tocsin.services.editing import read_clip, write_clip
from tocsin.ui.canvas.aligning import Axis, Line, Shift, aligned, distributed
from tocsin.ui.canvas.bends import can_bend
from tocsin.ui.canvas.geometry import BODY_TOP, Density, snap
from tocsin.ui.canvas.gestures.bend import add_bend
from tocsin.ui.canvas.keys import remove_selected
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.settle import Settle
from tocsin.ui.canvas.tidying import tidied, tidied_part
from tocsin.ui.safe_copy import AS_IT_IS
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

ASIDE: Final = 24
"""How far a copy lies from what it was made of, to the right and down."""


class DrawingDesk(QObject):
    """Copies, pastes, lines up, turns off and wraps what is selected."""

    def __init__(self, documents: OpenDocuments, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._copied: tuple[str, Playbook] | None = None
        self._settle = Settle(self)
        documents.removed.connect(self._settle.finish)

    @property
    def _document(self) -> Document:
        return self._documents.current

    @property
    def _scene(self) -> CanvasScene:
        return self._document.canvas.scene

    def copy(self) -> None:
        """Put the selected nodes and the lines among them on the clipboard, as text."""
        names = self._roots()
        if names:
            text = write_clip(self._document.playbook, names, self._spots(names))
            self._copied = (text, self._excerpt(names))
            data = QMimeData()
            data.setText(text)
            data.setData(AS_IT_IS, b"")
            QGuiApplication.clipboard().setMimeData(data)

    def cut(self) -> None:
        """Copy the selected nodes, then take them away."""
        self.copy()
        remove_selected(self._scene)

    def paste(self) -> None:
        """Put what the clipboard holds under the pointer, else in the middle; say why where it holds no steps."""
        text = QGuiApplication.clipboard().text()
        try:
            excerpt = self._copied[1] if self._copied is not None and self._copied[0] == text else read_clip(text)
        except TocsinError as error:
            self._document.refused.emit(error)
            return
        at, frame = self._target()
        self._put(Paste(excerpt, at, frame))

    def duplicate(self) -> None:
        """Put a copy of the selected nodes beside them; the clipboard stays as it is."""
        names = self._roots()
        if names:
            spots, store = self._spots(names), self._scene.store
            frame = store.nodes[names[0]].frame
            left, top = store.origin_of(frame)
            across = [x for x, _unused in spots.values()]
            x, y = (min(across) + max(across)) / 2 - left, min(y for _unused, y in spots.values()) - top
            self._put(Paste(self._excerpt(names), (snap(x) + ASIDE, snap(y) + ASIDE), frame, _("Duplicate")))

    def switch(self) -> None:
        """Turn the selected nodes off; on again where all of them are off."""
        names = tuple(self._scene.selected_nodes())
        if names:
            nodes = self._scene.store.nodes
            self._document.apply(SwitchNodes(names, is_off=not all(nodes[name].node.disabled for name in names)))

    def align(self, line: Line) -> None:
        """Bring the selected nodes to one line."""
        self._shift(aligned({name: self._scene.store.nodes[name].bounds for name in self._roots()}, line))

    def distribute(self, axis: Axis) -> None:
        """Make the gaps between the selected nodes equal."""
        self._shift(distributed({name: self._scene.store.nodes[name].bounds for name in self._roots()}, axis))

    def tidy(self, density: Density) -> None:
        """Lay the selected nodes out anew where several are, else all; nodes that are held keep their places."""
        document, store = self._document, self._scene.store
        before = {name: entry.at for name, entry in store.nodes.items()}
        chosen = self._roots()
        roots = [name for name in chosen if store.nodes[name].frame == store.nodes[chosen[0]].frame]
        if len(roots) > 1:
            spots = tidied_part(document.playbook, roots, before, density)
        else:
            spots = tidied(document.playbook, density)
        self._document.apply(MoveNodes(spots, _("Tidy the layout"), straightens=True))
        if len(roots) <= 1:
            document.canvas.view.fit_all()
        self._settle.go(self._scene, document.canvas.view, before, document.catalogue)

    def bend(self) -> None:
        """Give the selected line a bend in its middle; arrows with Alt move it, Delete takes it away."""
        scene = self._scene
        lines = [name for name in scene.selection() if name in scene.store.edges]
        if len(lines) != 1 or self._document.is_locked:
            return
        edge = scene.store.edges[lines[0]]
        if can_bend(edge):
            middle = edge.path.pointAtPercent(0.5)
            add_bend(scene, edge.text, (middle.x(), middle.y()))
        else:
            scene.say(_("This line finds its own way: it is short, or leads upwards."))

    def wrap(self) -> None:
        """Put the selected nodes into a new For each, and select it."""
        names = self._roots()
        if names:
            loop = fresh_id(self._document.playbook, "for_each")
            nodes = self._scene.store.nodes
            spots = {name: one.at for name, one in nodes.items() if one.frame == nodes[names[0]].frame}
            self._document.apply(WrapNodes(tuple(names), loop, spots))
            self._select_new((loop,))

    def group(self) -> None:
        """Draw a frame around the selected nodes, and select it."""
        names = self._roots()
        if names:
            group = fresh_id(self._document.playbook, "group")
            places = [self._scene.store.nodes[name].at for name in names]
            at = (min(x for x, _unused in places), min(y for _unused, y in places))
            self._document.apply(GroupNodes(tuple(names), group, at))
            self._select_new((group,))

    def unwrap(self) -> None:
        """Take the selected loop away from around its steps, and select these."""
        for name in self._scene.selected_nodes():
            entry = self._scene.store.nodes[name]
            if isinstance(entry.node, LoopNode):
                steps = tuple(entry.node.body.nodes)
                self._document.apply(UnwrapLoop(name, entry.at))
                self._select_new(steps)
                return

    def _roots(self) -> list[str]:
        return self._scene.store.roots(self._scene.selected_nodes())

    def _spots(self, names: list[str]) -> dict[str, tuple[int, int]]:
        """Where nodes lie on the scene, so that those of several frames keep their distances."""
        anchors = {name: self._scene.store.nodes[name].anchor for name in names}
        return {name: (round(x), round(y)) for name, (x, y) in anchors.items()}

    def _excerpt(self, names: list[str]) -> Playbook:
        return excerpt_of(self._document.playbook, names, self._spots(names))

    def _put(self, paste: Paste) -> None:
        before = self._document.playbook
        names = paste.names_in(before)
        self._document.apply(paste)
        if self._document.playbook is not before:
            self._document.session.select(names[name] for name in paste.excerpt.graph.nodes)

    def _select_new(self, names: tuple[str, ...]) -> None:
        """Select what an edit brought; where it was refused nothing new is there, and the selection stays."""
        if all(name in self._scene.store.nodes for name in names):
            self._document.session.select(names)

    def _target(self) -> tuple[tuple[int, int], str | None]:
        """Return where a paste goes, in its frame: where the canvas aims, moved on until no node begins there."""
        at = self._document.canvas.view.aim()
        store = self._scene.store
        frame = store.frame_at(at.x(), at.y())
        left, top = store.origin_of(frame)
        x, y = snap(at.x() - left), snap(at.y() - top)
        y = y if frame is None else max(BODY_TOP, y)
        taken = {entry.at for entry in store.nodes.values() if entry.frame == frame}
        while (x, y) in taken:
            x, y = x + ASIDE, y + ASIDE
        return (x, y), frame

    def _shift(self, shifts: dict[str, Shift]) -> None:
        nodes = self._scene.store.nodes
        places = {name: (nodes[name].at[0] + dx, nodes[name].at[1] + dy) for name, (dx, dy) in shifts.items()}
        lowest = {name: (x, y if nodes[name].frame is None else max(BODY_TOP, y)) for name, (x, y) in places.items()}
        if lowest:
            self._document.apply(MoveNodes(lowest))
