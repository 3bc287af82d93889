"""Lets title, tabs, footer, dock, file notice and actions tell what is so with the playbooks of a window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Slot

from tocsin.base.texts import _
from tocsin.engine.events import REHEARSE
from tocsin.ui.canvas.pointed import MenuRequest, find_chosen
from tocsin.ui.run_dock.unsure import UNCERTAIN
from tocsin.ui.run_dock.waiting_list import line_of
from tocsin.ui.window.breadcrumbs import PLAYBOOK, Crumb
from tocsin.ui.window.canvas_menu import CanvasMenu
from tocsin.ui.window.document import Document
from tocsin.ui.window.facts import face_of_tab, facts_of, title_of
from tocsin.ui.window.file_notice import FileStanding
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.house import House
from tocsin.ui.window.key_tips import tell_canvas_keys, tell_keys, tell_stop_key
from tocsin.ui.window.tab_menu import TabMenu


class FrontDesk(QObject):
    """Shows facts, changes nothing. What the frame tells while it is being laid out is shown once, when it lies."""

    def __init__(self, house: House) -> None:
        super().__init__(house.window)
        self._house = house
        self._front: Document | None = None
        self._menu = CanvasMenu(house)
        house.panels.document.tabs.menu_requested.connect(TabMenu(house).show)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        documents = house.documents
        documents.facts_changed.connect(self._on_facts)
        documents.current_changed.connect(self._on_current)
        documents.added.connect(self._on_added)
        documents.removed.connect(self._on_facts)
        house.panels.inspector.menu_requested.connect(self._on_menu)
        house.panels.run.tape_changed.connect(self._soon.start)
        house.frame.changed.connect(self._soon.start)
        house.desks.outline.changed.connect(self._soon.start)
        if house.desks.lab is not None:
            house.desks.lab.facts_changed.connect(self._soon.start)
            house.desks.lab.footer_made.connect(self._on_lab_footer)
        if house.desks.connections is not None:
            house.desks.connections.changed.connect(self._soon.start)
            house.frame.header.environment.set_commands([house.actions.get("connections.list")])
        if house.desks.welcome is not None:
            house.desks.welcome.changed.connect(self._refresh)
        tell_keys(house)
        for document in documents.all:
            self._on_added(document)
        self._on_current(documents.current)

    @property
    def _is_welcome(self) -> bool:
        welcome = self._house.desks.welcome
        return welcome is not None and welcome.is_shown

    @Slot(object)
    def _on_added(self, document: Document) -> None:
        self._house.actions.attach(self._house.window, document.canvas.view, self._house.desks.outline.panel.tree)
        tell_canvas_keys(document.canvas.view, self._house.actions)
        document.canvas.view.menu_requested.connect(self._menu.show)
        document.file_state_changed.connect(self._on_facts)
        self._refresh()

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        pointed, _place = find_chosen(self._house.documents.current.canvas.scene)
        self._menu.show(MenuRequest(pointed, at))

    @Slot(object)
    def _on_lab_footer(self, footer: Footer) -> None:
        tell_stop_key(footer, self._house.actions)

    @Slot(object)
    def _on_current(self, document: Document) -> None:
        if self._front is not None:
            self._front.canvas.scene.hint_changed.disconnect(self._house.footer.show_hint)
        self._front = document
        document.canvas.scene.hint_changed.connect(self._house.footer.show_hint)
        self._house.footer.show_hint("")
        self._refresh()

    @Slot(object)
    def _on_facts(self, _document: Document) -> None:
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        house, documents = self._house, self._house.documents
        document = documents.current
        house.panels.document.show_tabs([face_of_tab(one) for one in documents.all], documents.all.index(document))
        house.window.setWindowTitle(title_of(document))
        house.frame.header.set_bare(self._is_welcome)
        self._show_footer(document)
        house.dock.show_problems(document.problems, document.problem_places)
        is_plan = _shows_plan(document)
        house.dock.show_live(is_live=document.is_running, is_plan=is_plan)
        house.frame.show_run_on(document.is_running or is_plan)
        copy = document.conflict_copy.name if document.conflict_copy is not None else ""
        standing = FileStanding(document.file_name, document.file_state, copy, document.others)
        house.panels.file.show_standing(standing, is_dirty=document.session.is_dirty, is_locked=document.is_running)
        house.actions.refresh(facts_of(house))

    def _show_footer(self, document: Document) -> None:
        house, footer = self._house, self._house.footer
        footer.show_document(document.playbook, document.session.path, document.session.selection)
        if self._is_welcome:
            footer.show_crumbs((Crumb(PLAYBOOK, _("Welcome")),))
        footer.show_problems(() if self._is_welcome else document.problems)
        everywhere = house.documents.all
        unsure = sum(status.uncertain for one in everywhere for status in one.follower.statuses.values())
        footer.show_run(uncertain=unsure, waiting=sum(len(one.questions) for one in everywhere))
        house.panels.run.show_elsewhere(
            [
                line_of(question, one.run_id, one.name)
                for one in everywhere
                if one is not document
                for question in one.questions
                if question.kind != UNCERTAIN
            ]
        )


def _shows_plan(document: Document) -> bool:
    """Tell whether a rehearsal is looked at: it lies as the run does that it stands for."""
    progress = document.follower.progress
    return progress is not None and progress.mode == REHEARSE
