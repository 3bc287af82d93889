"""The desks of a window: each wires some panels to the playbook that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from tocsin.model.problems import Problem
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.dialogs.welcome import WelcomePage
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import Theme
from tocsin.ui.window.arrangement import Arrangement
from tocsin.ui.window.connection_desk import ConnectionDesk
from tocsin.ui.window.control_desk import ControlDesk
from tocsin.ui.window.density import DensityDesk
from tocsin.ui.window.dialog_desk import DialogDesk
from tocsin.ui.window.docks import RUN, Dock
from tocsin.ui.window.document import Document
from tocsin.ui.window.drawing_desk import DrawingDesk
from tocsin.ui.window.editing_desk import EditingDesk
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.history_desk import HistoryDesk
from tocsin.ui.window.lab_desk import LabDesk
from tocsin.ui.window.memory import WindowMemory
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.outline_desk import OutlineDesk
from tocsin.ui.window.panels import Panels
from tocsin.ui.window.paper_desk import PaperDesk
from tocsin.ui.window.picking_desk import PickingDesk
from tocsin.ui.window.plan_desk import PlanDesk
from tocsin.ui.window.report_desk import Archive, ReportDesk
from tocsin.ui.window.run_desk import RunDesk
from tocsin.ui.window.side_pages import SidePages
from tocsin.ui.window.tour_desk import TourDesk
from tocsin.ui.window.welcome_desk import WelcomeDesk, stack_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where desks work.

    Attributes:
        window: Owns them, and what they open.
        panels: What they wire.
        dock: Where some of the panels are.
        documents: What they wire them to.
    """

    window: QMainWindow
    panels: Panels
    dock: Dock
    documents: OpenDocuments


class Desks(QObject):
    """Makes them, lets them follow the tabs, and takes them down.

    Signals:
        failed: A TocsinError that one of them met.
    """

    failed = Signal(object)

    def __init__(self, place: Place, services: WindowServices, theme: Theme, choice: FileChoice) -> None:
        super().__init__(place.window)
        window, panels, dock, documents = place.window, place.panels, place.dock, place.documents
        self._place = place
        self.files = FileDesk(documents, panels.canvases, choice, window)
        self.editing = EditingDesk(documents.current, panels, window)
        self.drawing = DrawingDesk(documents, window)
        self.picking = PickingDesk(documents, panels, theme, window, has_templates=services.library is not None)
        self.outline = OutlineDesk(documents, panels.nodes, theme, window)
        self.runs = RunDesk(documents.current, panels, theme, window)
        self.control = ControlDesk(documents, panels, theme, window)
        self.plans = PlanDesk(panels, documents, choice, theme, window)
        self.tour = TourDesk(documents, theme, window)
        self.paper = PaperDesk(documents, choice, panels.notice, window)
        self.reports = ReportDesk(choice, panels.notice, Archive(services.history, services.mask), window)
        self.density = DensityDesk(documents, services.settings, window)
        self.dialogs = DialogDesk(documents, theme, services.settings, window, connections=services.connections)
        self.lab = LabDesk(panels.lab, dock, theme, window) if panels.lab is not None else None
        listed = panels.history
        self.history = HistoryDesk(listed, documents, self.files, self.runs) if listed is not None else None
        library = services.library
        page = WelcomePage(theme, library, window) if library is not None else None
        self.welcome = WelcomeDesk(page, library, documents, self.files) if page and library else None
        kept = services.connections
        self.connections = ConnectionDesk(kept, documents, theme, window) if kept is not None else None
        self._explain = services.explain
        self._connect()

    def arrange(self, frame: Arrangement, memory: WindowMemory) -> None:
        """Learn where everything lies: the welcome page takes the body's place, fields come into view."""
        self.editing.take_frame(frame)
        SidePages(frame, self.outline, self._place.panels.inspector.tabs)
        if self.connections is not None:
            self.connections.take_switch(frame.header.environment)
        if self.welcome is not None:
            self.welcome.arrange(stack_of(self._place.window), memory)

    def show_document(self, document: Document) -> None:
        """Let the panels show another document."""
        self.editing.show_document(document)
        self.runs.show_document(document)

    def greet(self) -> None:
        """Say welcome where nothing is open."""
        if self.welcome is not None and all(one.session.is_untouched for one in self._place.documents.all):
            self.welcome.greet()

    def close(self) -> None:
        """Let go of the services."""
        self._place.panels.evaluator.close()
        for desk in (
            self.tour,
            self.editing,
            self.outline,
            self.runs,
            self.density,
            self.dialogs,
            self.lab,
        ):
            if desk is not None:
                desk.close()

    def _connect(self) -> None:
        self._place.panels.problems.why_requested.connect(self._on_why)
        self.runs.started.connect(self._on_run_started)
        self._place.panels.run.film_requested.connect(self.reports.keep_film)
        self.runs.form_shown.connect(self._on_run_started)
        for desk in (self.files, self.runs, self.plans, self.paper, self.reports, self.lab, self.history, self.welcome):
            if desk is not None:
                desk.failed.connect(self.failed)
        if self.lab is not None:
            self.lab.alert_came.connect(self.runs.offer)
            self.lab.report_requested.connect(self.reports.keep)
            if self.history is not None:
                self.lab.run_chosen.connect(self.history.open_run)
        self._connect_products()
        self.outline.connect_wanted.connect(self.picking.ask_connect)
        if self.welcome is not None:
            self.welcome.alert_chosen.connect(self.runs.offer)
            self.picking.template_wanted.connect(self.welcome.greet)
            self.welcome.tour_requested.connect(self._on_tour)
            if self.lab is not None:
                self.welcome.scenario_chosen.connect(self.lab.play)
        if self.history is not None:
            self.history.opened.connect(self._on_run_started)

    @Slot(object)
    def _on_why(self, problem: Problem) -> None:
        info = self._explain(problem.code)
        if info is not None:
            self.dialogs.explain(problem, info, self.editing.fix)

    def _connect_products(self) -> None:
        """Let welcome page and node list lead to a first product, where one can be connected."""
        if self.connections is None:
            return
        self.connections.failed.connect(self.failed)
        self.connections.changed.connect(self._on_connections)
        self.connections.said.connect(self._place.panels.notice.show_words)
        self._place.panels.nodes.set_connecting(True)
        self._place.panels.nodes.connect_requested.connect(self.connections.connect_product)
        if self.welcome is not None:
            self.welcome.connect_requested.connect(self.connections.connect_product)
            self.welcome.show_connected(0, 0)

    @Slot()
    def _on_connections(self) -> None:
        if self.welcome is not None and self.connections is not None:
            views = self.connections.overview.environments
            self.welcome.show_connected(sum(view.ready for view in views), sum(len(view.rows) for view in views))

    @Slot()
    def _on_tour(self) -> None:
        if self.welcome is not None:
            self.welcome.give_way()
        self.tour.begin(self._place.documents.current)

    @Slot()
    def _on_run_started(self) -> None:
        self._place.dock.show_page(RUN)
        if self.welcome is not None:
            self.welcome.give_way()
