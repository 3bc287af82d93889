"""The frame: it arranges the panels and lets the desks wire them. What anything does is not known here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget
from typing_extensions import override

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.bridge import EventBridge
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.panel_title import PanelTitle
from tocsin.ui.window.canvas_desk import CanvasDesk
from tocsin.ui.window.commands import WindowCommands
from tocsin.ui.window.document import Document
from tocsin.ui.window.editing_desk import EditingDesk
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.file_drop import FileDrop
from tocsin.ui.window.file_watch import FileWatch
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.front_desk import FrontDesk
from tocsin.ui.window.header import Header
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.open_state import state_from_json, state_to_json
from tocsin.ui.window.panels import make_canvas, make_centre, make_panels
from tocsin.ui.window.recovery_desk import RecoveryDesk
from tocsin.ui.window.run_desk import RunDesk

SIZE: Final = (1280, 800)
LEAST_SIZE: Final = (960, 600)
NODES_WIDTH: Final = 236
INSPECTOR_WIDTH: Final = 352
DOCK_HEIGHT: Final = 190


class MainWindow(QMainWindow):
    """One window with its playbooks in tabs.

    Attributes:
        panels: What is shown, part by part.
        documents: The playbooks that are open.
        commands: What a person can tell the window to do, as actions.
    """

    def __init__(self, services: WindowServices, bridge: EventBridge, theme: Theme, choice: FileChoice) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self._services, self._bridge, self._theme = services, bridge, theme
        self.panels = make_panels(self, services.catalogue, theme)
        self.documents = OpenDocuments(self._make_document, self.panels.canvases, self)
        self._dock = QTabWidget(self)
        self._footer = Footer(theme, self)
        self._files = FileDesk(self.documents, self.panels.canvases, choice, self)
        self._editing = EditingDesk(self.documents.current, self.panels, self)
        self._runs = RunDesk(self.documents.current, self.panels, self)
        self._watch = FileWatch(self.documents, self)
        self._recovery = RecoveryDesk(self.documents, services.recovery, bridge, self) if services.recovery else None
        told = WindowCommands(self, self.panels, self._dock, self.documents, self._editing, self._files)
        self.commands = ActionSet(told, theme, self)
        FrontDesk(self.documents, self.panels, self._footer, self.commands, self)
        self._may_close = False
        self._arrange(theme)
        self._connect()
        self.documents.current.canvas.view.setFocus()

    def open(self, path: Path) -> None:
        """Show a file's playbook; when it has none, the notice bar says why."""
        self._files.open(path)

    @property
    def open_documents(self) -> Json:
        """Which files are open and what each shows, as a plain value for `restore`."""
        return state_to_json(self.documents.state)

    def restore(self, open_documents: Json) -> None:
        """Open what was open before; files that have gone are left out, and the notice bar says so."""
        self._files.restore(state_from_json(open_documents))

    def offer_recovery(self) -> None:
        """Ask what shall become of unsaved work that a crash left, when there is any."""
        if self._recovery is not None:
            self._recovery.offer()

    def run(self, event: Json) -> None:
        """Run the playbook that is shown with this event."""
        self.documents.current.run(event)

    def show_error(self, error: TocsinError) -> None:
        """Say what went wrong, without stopping anybody."""
        self.panels.notice.show_error(error)

    def let_go(self) -> None:
        """Let go of the services; the window changes no more. What is unsaved stays kept for the next start."""
        self._may_close = True
        for desk in (self._editing, self._runs, self._recovery, self.documents):
            if desk is not None:
                desk.close()

    def _make_document(self) -> Document:
        document = Document(self._services, self._bridge, make_canvas(self._theme, self.panels.canvases), self)
        CanvasDesk(document)
        document.refused.connect(self._on_refused)
        return document

    def _arrange(self, theme: Theme) -> None:
        panels = self.panels
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.setMenuWidget(Header(self.commands, theme, self))
        self.setStatusBar(self._footer)
        panels.run_bar.add_action(self.commands.get("run.stop"))
        self.setCentralWidget(make_centre(panels, self))
        self._dock.setDocumentMode(True)
        self._dock.addTab(panels.problems, "Problems")
        self._dock.addTab(panels.run, "Run")
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        self._add_dock("Nodes", panels.nodes, Qt.DockWidgetArea.LeftDockWidgetArea, NODES_WIDTH)
        self._add_dock("Settings", panels.inspector, Qt.DockWidgetArea.RightDockWidgetArea, INSPECTOR_WIDTH)
        self._add_dock("Problems and run", self._dock, bottom, DOCK_HEIGHT)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)

    def _add_dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea, extent: int) -> None:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"dock-{title.lower().replace(' ', '-')}")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        is_below = area is Qt.DockWidgetArea.BottomDockWidgetArea
        dock.setTitleBarWidget(QWidget(dock) if is_below else PanelTitle(title, dock))
        self.resizeDocks([dock], [extent], Qt.Orientation.Vertical if is_below else Qt.Orientation.Horizontal)

    def _connect(self) -> None:
        panels, files = self.panels, self._files
        for desk in (files, self._recovery):
            if desk is not None:
                desk.failed.connect(self.show_error)
        files.settled.connect(panels.notice.clear)
        self.documents.current_changed.connect(self._on_current)
        self._runs.started.connect(self._on_run_started)
        panels.document.chosen.connect(self._on_tab_chosen)
        panels.document.close_requested.connect(self._on_close_requested)
        panels.document.new_requested.connect(files.new)
        panels.file.reload_requested.connect(files.reload)
        panels.file.keep_requested.connect(files.keep_mine)
        FileDrop(self).dropped.connect(files.open_all)

    @Slot(object)
    def _on_current(self, document: Document) -> None:
        if not self.panels.document.tabs.hasFocus():
            document.canvas.view.setFocus()  # first: what is being typed still goes where it was begun
        self._editing.show_document(document)
        self._runs.show_document(document)

    @Slot(int)
    def _on_tab_chosen(self, index: int) -> None:
        self.documents.show(self.documents.all[index])

    @Slot(int)
    def _on_close_requested(self, index: int) -> None:
        self._files.close_tab(self.documents.all[index])

    @Slot()
    def _on_run_started(self) -> None:
        self.panels.notice.clear()
        self._dock.setCurrentWidget(self.panels.run)

    @Slot(object)
    def _on_refused(self, error: TocsinError) -> None:
        self.show_error(error)
        if error.code is ErrorCode.PLAYBOOK_HAS_ERRORS:
            self._dock.setCurrentWidget(self.panels.problems)

    def _close_for_good(self) -> None:
        self._may_close = True
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing would be lost; else ask, and close when that is answered."""
        if not self._may_close:
            self._files.when_settled(self.documents.all, self._close_for_good)
        event.setAccepted(self._may_close)
        if self._may_close and self._recovery is not None:
            self._recovery.forget_all()
