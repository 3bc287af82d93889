"""Asks with the node picker what is added where, what takes an action's place, and where a line leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtWidgets import QApplication, QTreeView, QWidget

from tocsin.base.texts import _
from tocsin.edits import SwapAction
from tocsin.model.playbook import Kind, LoopNode
from tocsin.ui.actions.search import Findable
from tocsin.ui.canvas.drop import AddRequest, PlaceRequest
from tocsin.ui.canvas.geometry import BODY_TOP
from tocsin.ui.canvas.gestures.connect import request_connection
from tocsin.ui.canvas.room import free_place
from tocsin.ui.canvas.routes import Point
from tocsin.ui.node_list.entries import ACTION_PREFIX, sections_of
from tocsin.ui.node_list.following import count_followers
from tocsin.ui.node_list.picker import NodePicker, action_entries, fitting_entries, trigger_entries
from tocsin.ui.node_list.targets import line_entries
from tocsin.ui.theme import Theme
from tocsin.ui.window.document import Document
from tocsin.ui.window.empty_canvas import EmptyCanvas
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.panels import Panels


class PickingDesk(QObject):
    """One picker for all tabs; what is picked goes to the playbook that asked.

    Signals:
        template_wanted: A playbook that is empty shall begin with a template.
    """

    template_wanted = Signal()

    def __init__(
        self, documents: OpenDocuments, panels: Panels, theme: Theme, window: QWidget, *, has_templates: bool
    ) -> None:
        super().__init__(window)
        self._documents = documents
        self._panels = panels
        self._theme = theme
        self._window = window
        self._has_templates = has_templates
        self._sections = sections_of(documents.current.catalogue)
        self._picker: NodePicker | None = None
        self._take: Callable[[str], None] | None = None
        self._back: QTreeView | None = None
        documents.added.connect(self._on_added)
        for document in documents.all:
            self._on_added(document)

    def ask_free(self) -> None:
        """Ask for a node to lie where the canvas aims: where the pointer is, else in its middle."""
        view = self._documents.current.canvas.view
        at = view.aim()
        self._on_add_requested(view.place_at((at.x(), at.y())))

    @Slot()
    def ask_trigger(self) -> None:
        """Ask what the playbook in front shall start with; it lies in the middle of what is in view."""
        document, view = self._documents.current, self._documents.current.canvas.view
        middle = view.mapToScene(view.viewport().rect().center())
        place = view.place_at((middle.x(), middle.y()))
        self._open(document, place.at, trigger_entries(self._sections), partial(self._add_at, document, place))

    def add_note(self) -> None:
        """Put a note where the canvas aims."""
        document = self._documents.current
        at = document.canvas.view.aim()
        place = document.canvas.view.place_at((at.x(), at.y()))
        document.add(Kind.NOTE, at=place.at, frame=place.frame)

    def ask_next(self) -> None:
        """Ask for a node that follows the selected one at its first free port; for a free one where there is none.

        In a loop that has no steps it becomes the first.
        """
        scene = self._documents.current.canvas.scene
        chosen = scene.selected_nodes()
        entry = scene.store.nodes[chosen[0]] if len(chosen) == 1 else None
        ports = entry.ports if entry is not None else ()
        if entry is not None and isinstance(entry.node, LoopNode) and not entry.node.body.nodes:
            self._on_add_requested(PlaceRequest(entry.id, (0, BODY_TOP)))
            return
        if not ports:
            self.ask_free()
            return
        wired = {
            entry.edge.port
            for entry in scene.store.edges_of(chosen[0])
            if entry.edge and entry.edge.source == chosen[0]
        }
        self._on_add_requested(AddRequest(chosen[0], next((port for port in ports if port not in wired), ports[0])))

    def ask_on_line(self) -> None:
        """Ask for a node that the selected line is to lead through."""
        document = self._documents.current
        store, selection = document.canvas.scene.store, document.canvas.scene.selection()
        lines = [line for text, line in store.edges.items() if text in selection and line.edge and line.points]
        if len(lines) == 1 and not document.is_locked:
            middle = lines[0].path.pointAtPercent(0.5)
            place = document.canvas.view.place_at((middle.x(), middle.y()))
            entries = fitting_entries(self._sections, {}, follows=True)
            take = partial(self._add_on_line, document, lines[0].text, place)
            self._open(document, (middle.x(), middle.y()), entries, take)

    @Slot()
    def ask_connect(self) -> None:
        """Ask where a line leads that begins at the selected node: what it may lead to, by any of its ports."""
        document = self._documents.current
        store, chosen = document.canvas.scene.store, document.canvas.scene.selected_nodes()
        if len(chosen) != 1 or document.is_locked:
            return
        entries = line_entries(store, chosen[0])
        if entries:
            place = store.nodes[chosen[0]].anchor
            self._open(
                document, place, entries, partial(self._join, document, chosen[0]), hint=_("Find where it leads")
            )
        else:
            document.canvas.scene.say(
                _("Nothing that “{title}” could lead to is there.").format(title=store.nodes[chosen[0]].face.title)
            )

    def ask_swap(self) -> None:
        """Ask what the selected action shall do instead."""
        document = self._documents.current
        chosen = document.canvas.scene.selected_nodes()
        if len(chosen) == 1:
            place = document.canvas.scene.store.nodes[chosen[0]].anchor
            self._open(document, place, action_entries(self._sections), partial(self._swap, document, chosen[0]))

    @Slot(object)
    def _on_added(self, document: Document) -> None:
        document.add_requested.connect(self._on_add_requested)
        empty = EmptyCanvas(document, self._theme, has_templates=self._has_templates)
        empty.trigger_wanted.connect(self.ask_trigger)
        empty.template_wanted.connect(self.template_wanted)

    @Slot(object)
    def _on_add_requested(self, request: AddRequest | PlaceRequest) -> None:
        document = self._documents.current
        if document.is_locked:
            return
        store = document.canvas.scene.store
        if isinstance(request, AddRequest):
            entry = store.nodes[request.node]
            left, top = store.origin_of(entry.frame)
            x, y = entry.port_point(request.port) if request.at is None else (request.at[0] + left, request.at[1] + top)
            entries = fitting_entries(self._sections, self._usual(request), follows=True)
            self._open(document, (x, y), entries, partial(self._add_after, document, request))
        else:
            request = free_place(store, request)
            left, top = store.origin_of(request.frame)
            place = (request.at[0] + left, request.at[1] + top)
            entries = fitting_entries(self._sections, {}, follows=False)
            self._open(document, place, entries, partial(self._add_at, document, request))

    def _usual(self, request: AddRequest) -> Mapping[str, int]:
        before = self._documents.current.canvas.scene.store.nodes[request.node].node
        return count_followers(before, request.port, [document.playbook for document in self._documents.all])

    def _open(
        self,
        document: Document,
        at: Point,
        entries: Sequence[Findable],
        take: Callable[[str], None],
        hint: str = _("Find a node or action"),
    ) -> None:
        if self._picker is None:
            self._picker = NodePicker(self._theme, self._window)
            self._picker.chosen.connect(self._on_chosen)
        self._take = take
        focus = QApplication.focusWidget()
        self._back = focus if isinstance(focus, QTreeView) else None
        self._picker.set_hint(hint)
        view = document.canvas.view
        self._picker.open_at(view.viewport().mapToGlobal(view.mapFromScene(QPointF(*at))), entries)

    @Slot(str)
    def _on_chosen(self, payload: str) -> None:
        take, self._take = self._take, None
        if take is not None:
            take(payload)
            (self._back or self._documents.current.canvas.view).setFocus()

    def _add_after(self, document: Document, request: AddRequest, payload: str) -> None:
        document.add_after(payload, request)
        self._panels.nodes.note_used(payload)

    def _add_on_line(self, document: Document, line: str, request: PlaceRequest, payload: str) -> None:
        document.add(payload, at=request.at, frame=request.frame, line=line)
        self._panels.nodes.note_used(payload)

    def _add_at(self, document: Document, request: PlaceRequest, payload: str) -> None:
        document.add(payload, at=request.at, frame=request.frame)
        self._panels.nodes.note_used(payload)

    def _join(self, document: Document, source: str, payload: str) -> None:
        port, _unused, target = payload.partition(" ")
        request_connection(document.canvas.scene, source, port, target)

    def _swap(self, document: Document, node: str, payload: str) -> None:
        use = payload.removeprefix(ACTION_PREFIX)
        facts = document.catalogue.find_facts(use)
        self._panels.nodes.note_used(payload)
        document.apply(SwapAction(node, use, inputs=None if facts is None else frozenset(facts.inputs)))
