"""Wires the editing session to canvas, inspector, node list and problems."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.edits import Edit, RenameNode
from tocsin.model.layout import SNAP
from tocsin.model.playbook import walk_nodes
from tocsin.model.problems import Problem, Severity
from tocsin.services.editing import HistoryState, PlaybookChanged, SelectionChanged
from tocsin.ui.bridge import EventBridge
from tocsin.ui.canvas.drop import DropRequest
from tocsin.ui.canvas.keys import remove_selected
from tocsin.ui.hearing import Hearing
from tocsin.ui.node_list.new_nodes import add_edit, added_id
from tocsin.ui.window.document import Document
from tocsin.ui.window.panels import Panels

STEP = 24
WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class EditingDesk(QObject):
    """Requests from panels become edits; facts of the session become what the panels show.

    Signals:
        facts_changed: Something that menus, title or footer tell is another now.
        refused: A TocsinError: an edit did not fit.
    """

    facts_changed = Signal()
    refused = Signal(object)

    def __init__(self, document: Document, panels: Panels, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = document.session
        self._panels = panels
        self._found: tuple[Problem, ...] = ()
        self._hearing = Hearing()
        self._attach()
        self._hear(bridge)
        self._show_playbook()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the playbook, and what opening its file found."""
        return (*self._found, *self._session.file_problems)

    def close(self) -> None:
        """Let go of the services. The checker ends first, so that it tells nobody who is gone."""
        self._document.checker.stop()
        self._hearing.close()

    @Slot(object)
    def apply(self, edit: Edit) -> None:
        """Do an edit as a step of its own; say why when it is refused."""
        self._session.end_gesture()
        try:
            self._session.apply(edit)
        except TocsinError as error:
            self.refused.emit(error)
        self._session.end_gesture()

    def undo(self) -> None:
        """Take the last step back."""
        self._session.undo()

    def redo(self) -> None:
        """Do it again."""
        self._session.redo()

    def delete_selection(self) -> None:
        """Take the selected nodes and edges away, as one step."""
        remove_selected(self._panels.scene)

    def select_all(self) -> None:
        """Select every node."""
        self._session.select(name for name, _ in walk_nodes(self._session.playbook.graph))

    def select_none(self) -> None:
        """Select nothing."""
        self._session.select(())

    def show_node(self, name: str) -> None:
        """Select a node and bring it into view."""
        self._session.select((name,))
        if name in self._session.selection:
            self._panels.view.show_node(name)

    def set_locked(self, locked: bool) -> None:
        """Let nobody change the playbook while a run is on."""
        panels = self._panels
        for panel in (panels.scene, panels.inspector, panels.nodes, panels.problems):
            panel.set_locked(locked)

    def _attach(self) -> None:
        panels = self._panels
        panels.scene.edit_requested.connect(self.apply)
        panels.scene.selection_changed.connect(self._on_selected)
        panels.scene.open_requested.connect(self._on_opened)
        panels.scene.drop_requested.connect(self._on_dropped)
        panels.nodes.chosen.connect(self._on_chosen)
        panels.inspector.edit_requested.connect(self._on_typed)
        panels.inspector.gesture_ended.connect(self._on_gesture_ended)
        panels.problems.problem_chosen.connect(self._on_problem_chosen)
        panels.problems.problem_opened.connect(self._on_problem_opened)
        panels.problems.fix_requested.connect(self._on_fix)

    def _hear(self, bridge: EventBridge) -> None:
        self._hearing.connect(self._session.playbook_changed, self._on_playbook)
        self._hearing.connect(self._session.history_changed, self._on_history)
        self._hearing.connect(self._session.selection_changed, self._on_selection)
        self._hearing.connect(self._document.checker.problems_changed, partial(bridge.deliver, self._on_problems))

    def _show_playbook(self) -> None:
        """Show everything that the session holds, through the handlers that show changes."""
        playbook = self._session.playbook
        self._panels.scene.show_playbook(playbook, self._document.catalogue)
        self._panels.inspector.show_selection(playbook, self._session.selection)
        self._document.checker.check_soon(playbook)
        self.facts_changed.emit()

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._show_playbook()

    def _on_history(self, _state: HistoryState) -> None:
        self.facts_changed.emit()

    def _on_selection(self, change: SelectionChanged) -> None:
        self._panels.scene.set_selection(change.selection)
        self._panels.inspector.show_selection(self._session.playbook, change.selection)
        self.facts_changed.emit()

    def _on_problems(self, problems: tuple[Problem, ...]) -> None:
        self._found = problems
        worst: dict[str, Severity] = {}
        for severity in reversed(WORST_FIRST):
            worst |= {problem.node: severity for problem in self.problems if problem.severity is severity}
        worst.pop("", None)
        self._panels.scene.show_problems(worst)
        self._panels.problems.show_problems(self.problems)
        self._panels.inspector.show_problems(self.problems)
        self.facts_changed.emit()

    @Slot(object)
    def _on_selected(self, nodes: frozenset[str]) -> None:
        self._session.select(nodes)

    @Slot(str)
    def _on_opened(self, name: str) -> None:
        self._session.select((name,))
        self._panels.inspector.focus_field("title")

    @Slot(object)
    def _on_dropped(self, request: DropRequest) -> None:
        self._add(request.payload, at=request.at, frame=request.frame)

    @Slot(str)
    def _on_chosen(self, payload: str) -> None:
        self._add(payload, at=self._free_spot(), frame=None)

    @Slot(object)
    def _on_typed(self, edit: Edit) -> None:
        selected = self._session.selection
        try:
            self._session.apply(edit)
        except TocsinError as error:
            self._panels.inspector.show_refusal(f"{error.message} {error.hint}".strip())
            return
        if isinstance(edit, RenameNode) and edit.old in selected:
            self._session.select((edit.new,))

    @Slot()
    def _on_gesture_ended(self) -> None:
        self._session.end_gesture()

    @Slot(object)
    def _on_problem_chosen(self, problem: Problem) -> None:
        if problem.node:
            self.show_node(problem.node)

    @Slot(object)
    def _on_problem_opened(self, problem: Problem) -> None:
        self._on_problem_chosen(problem)
        self._panels.inspector.focus_field(problem.field or "title")

    @Slot(object)
    def _on_fix(self, problem: Problem) -> None:
        if problem.fix is not None:
            self.apply(cast("Edit", problem.fix.edit))  # every EditLike is one; `model` cannot name the edits above it

    def _free_spot(self) -> tuple[int, int]:
        """The middle of what is in view, moved down and right until nothing lies there."""
        view, taken = self._panels.view, {spot.at for spot in self._session.playbook.layout.nodes.values()}
        middle = view.mapToScene(view.viewport().rect().center())
        x, y = (round(value / SNAP) * SNAP for value in (middle.x(), middle.y()))
        while (x, y) in taken:
            x, y = x + STEP, y + STEP
        return (x, y)

    def _add(self, payload: str, *, at: tuple[int, int], frame: str | None) -> None:
        edit = add_edit(payload, self._session.playbook, self._document.catalogue, at=at, frame=frame)
        if edit is not None:
            self.apply(edit)
            self._session.select((added_id(edit),))
