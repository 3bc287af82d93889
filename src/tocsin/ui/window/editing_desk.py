"""Wires the shared panels of editing, which are node list, inspector and problems, to the playbook that is shown."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QTreeView, QWidget

from tocsin.base.errors import TocsinError
from tocsin.edits import Edit, RenameNode
from tocsin.model.playbook import walk_nodes
from tocsin.model.problems import Problem
from tocsin.services.editing import PlaybookChanged, SelectionChanged
from tocsin.ui.canvas.drop import PlaceRequest
from tocsin.ui.canvas.geometry import snap
from tocsin.ui.canvas.keys import remove_selected
from tocsin.ui.canvas.room import free_place
from tocsin.ui.hearing import Hearing
from tocsin.ui.inspector.uses import Use
from tocsin.ui.window.arrangement import Arrangement
from tocsin.ui.window.document import Document
from tocsin.ui.window.panels import Panels


class EditingDesk(QObject):
    """Requests of panels become edits of the document that is shown; its facts become what the panels show."""

    def __init__(self, document: Document, panels: Panels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._document = document
        self._frame: Arrangement | None = None
        self._to_fix: Problem | None = None
        self._came_from: QWidget | None = None
        self._hearing = Hearing()
        panels.nodes.chosen.connect(self._on_chosen)
        panels.inspector.edit_requested.connect(self._on_typed)
        panels.inspector.gesture_ended.connect(self._on_gesture_ended)
        panels.inspector.use_chosen.connect(self._on_use_chosen)
        panels.inspector.dismissed.connect(self._on_dismissed)
        panels.problems.problem_chosen.connect(self._on_problem_chosen)
        panels.problems.problem_opened.connect(self._on_problem_opened)
        panels.problems.fix_requested.connect(self.fix)
        self._attach()

    @Slot(object)
    def show_document(self, document: Document) -> None:
        """Let the panels show another document."""
        self._detach()
        self._document = document
        self._attach()

    def close(self) -> None:
        """Let go of the services."""
        self._hearing.close()

    def take_frame(self, frame: Arrangement) -> None:
        """Learn where the inspector lies, so that a field that is asked for can be seen."""
        self._frame = frame

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field of the inspector, folded or not."""
        if self._frame is not None:
            self._frame.reveal_inspector()
        self._panels.inspector.focus_field(name)

    def undo(self) -> None:
        """Take the last step back."""
        self._document.session.undo()

    def redo(self) -> None:
        """Do it again."""
        self._document.session.redo()

    def delete_selection(self) -> None:
        """Take the selected nodes and edges away, as one step."""
        remove_selected(self._document.canvas.scene)

    def select_all(self) -> None:
        """Select every node."""
        self._document.session.select(name for name, _ in walk_nodes(self._document.playbook.graph))

    def select_none(self) -> None:
        """Select nothing."""
        self._document.session.select(())

    @Slot(object)
    def fix(self, problem: Problem) -> None:
        """Mend it as it stands now: a fix that was made for the playbook of a moment ago may fit it no more."""
        if self._document.is_locked:
            return
        if self._document.is_checked:
            self._fix_same(problem, self._document.problems)
        else:
            self._to_fix = problem

    def _attach(self) -> None:
        """Connect, then show what there is through the handlers that show changes."""
        document, session = self._document, self._document.session
        self._to_fix = None
        document.problems_changed.connect(self._on_problems)
        document.settings_requested.connect(self._on_settings_requested)
        document.lock_changed.connect(self._on_lock)
        self._hearing.connect(session.playbook_changed, self._on_playbook)
        self._hearing.connect(session.selection_changed, self._on_selection)
        self._show_selection()
        self._on_problems(document.problems)
        self._on_lock()

    def _detach(self) -> None:
        document = self._document
        document.session.end_gesture()  # what was being typed is a step of its own
        document.problems_changed.disconnect(self._on_problems)
        document.settings_requested.disconnect(self._on_settings_requested)
        document.lock_changed.disconnect(self._on_lock)
        self._hearing.close()

    def _show_selection(self) -> None:
        session = self._document.session
        self._panels.inspector.show_selection(session.playbook, session.selection)

    def _on_playbook(self, _change: PlaybookChanged) -> None:
        self._show_selection()

    def _on_selection(self, _change: SelectionChanged) -> None:
        self._show_selection()

    @Slot(object)
    def _on_problems(self, problems: tuple[Problem, ...]) -> None:
        self._panels.problems.show_problems(problems, self._document.problem_places)
        self._panels.inspector.show_problems(problems)
        asked, self._to_fix = self._to_fix, None
        if asked is not None:
            self._fix_same(asked, problems)

    @Slot()
    def _on_lock(self) -> None:
        """Let nobody change the playbook while a run is on, or what is only looked at."""
        for panel in (self._panels.inspector, self._panels.nodes, self._panels.problems):
            panel.set_locked(self._document.is_locked)

    @Slot(str)
    def _on_settings_requested(self, _name: str) -> None:
        focus = QApplication.focusWidget()
        self._came_from = focus if isinstance(focus, QTreeView) else None
        if self._frame is not None:
            self._frame.reveal_inspector()
        self._panels.inspector.focus_first()

    @Slot()
    def _on_dismissed(self) -> None:
        """Give the keyboard back to the canvas, or to the tree where the node was opened."""
        back = self._came_from if self._came_from is not None and self._came_from.isVisible() else None
        (back or self._document.canvas.view).setFocus()

    @Slot(str)
    def _on_chosen(self, payload: str) -> None:
        self._document.add(payload, at=self._free_spot())
        self._panels.nodes.note_used(payload)
        self._document.canvas.view.setFocus()

    @Slot(object)
    def _on_typed(self, edit: Edit) -> None:
        session = self._document.session
        selected = session.selection
        try:
            session.apply(edit)
        except TocsinError as error:
            self._panels.inspector.show_refusal(f"{error.message} {error.hint}".strip())
            return
        if isinstance(edit, RenameNode) and edit.old in selected:
            session.select((edit.new,))

    @Slot()
    def _on_gesture_ended(self) -> None:
        self._document.session.end_gesture()

    @Slot(object)
    def _on_use_chosen(self, use: Use) -> None:
        """Go to a field that reads the node; the playbook's own shows when nothing is selected."""
        if use.node:
            self._document.show_node(use.node)
        else:
            self._document.session.select(())
        self.focus_field(use.field)

    @Slot(object)
    def _on_problem_chosen(self, problem: Problem) -> None:
        if problem.node:
            self._document.show_node(problem.node)

    @Slot(object)
    def _on_problem_opened(self, problem: Problem) -> None:
        self._on_problem_chosen(problem)
        self.focus_field(problem.field or "title")

    def _fix_same(self, asked: Problem, problems: tuple[Problem, ...]) -> None:
        same = [one for one in problems if (one.code, one.node, one.field) == (asked.code, asked.node, asked.field)]
        same.sort(key=lambda one: one.message != asked.message)  # a node may leave several branches unwired
        fix = next((one.fix for one in same if one.fix is not None), None)
        if fix is not None:
            # every EditLike is an Edit; `model` cannot name the edits above it
            self._document.apply(cast("Edit", fix.edit))

    def _free_spot(self) -> tuple[int, int]:
        """The middle of what is in view, or below what lies there."""
        canvas = self._document.canvas
        middle = canvas.view.mapToScene(canvas.view.viewport().rect().center())
        wanted = PlaceRequest(None, (snap(middle.x()), snap(middle.y())))
        return free_place(canvas.scene.store, wanted).at
