"""The frame: it arranges the panels and lets the desks wire them. What anything does is not known here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.services.editing import Saved
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.actions.context import Facts
from tocsin.ui.bridge import EventBridge
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.hearing import Hearing
from tocsin.ui.ports import WindowServices
from tocsin.ui.run_dock.follower import RunFollower, RunPhase
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.panel_title import PanelTitle
from tocsin.ui.window.commands import WindowCommands
from tocsin.ui.window.document import Document
from tocsin.ui.window.editing_desk import EditingDesk
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.header import Header
from tocsin.ui.window.panels import make_panels
from tocsin.ui.window.run_desk import RunDesk

SIZE: Final = (1280, 800)
LEAST_SIZE: Final = (960, 600)
NODES_WIDTH: Final = 236
INSPECTOR_WIDTH: Final = 352
DOCK_HEIGHT: Final = 190


class MainWindow(QMainWindow):
    """One window with one playbook.

    Attributes:
        panels: What is shown, part by part.
        commands: What a person can tell the window to do, as actions.
    """

    def __init__(self, services: WindowServices, bridge: EventBridge, theme: Theme, choice: FileChoice) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self._document = Document(services.make_session(), services.make_problems(), services.catalogue)
        self.panels = make_panels(self, services.catalogue, theme)
        self._dock = QTabWidget(self)
        self._footer = Footer(self)
        self._files = FileDesk(self._document, choice, self)
        self._editing = EditingDesk(self._document, self.panels, bridge, self)
        follower = RunFollower(services.runs, bridge, person=services.person)
        self._runs = RunDesk(self._document, self.panels, follower, self)
        told = WindowCommands(self, self.panels, self._dock, self._editing, self._runs, self._files)
        self.commands = ActionSet(told, theme, self)
        self._hearing = Hearing()
        self._may_close = False
        self._arrange(theme)
        self._connect()
        self._refresh()

    def open(self, path: Path) -> None:
        """Show a file's playbook; when it has none, the notice bar says why."""
        self._files.open(path)

    def run(self, event: Json) -> None:
        """Run the playbook with this event."""
        self._runs.run(event)

    def show_error(self, error: TocsinError) -> None:
        """Say what went wrong, without stopping anybody."""
        self.panels.notice.show_error(error)

    def let_go(self) -> None:
        """Let go of the services; the window changes no more."""
        self._editing.close()
        self._runs.close()
        self._hearing.close()

    def _arrange(self, theme: Theme) -> None:
        panels = self.panels
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.setMenuWidget(Header(self.commands, theme, self))
        self.setStatusBar(self._footer)
        panels.run_bar.add_action(self.commands.get("run.stop"))
        self.commands.attach(self, panels.view)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (panels.document, panels.notice, panels.run_bar, panels.question):
            column.addWidget(widget)
        column.addWidget(panels.view, 1)
        self.setCentralWidget(centre)
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
        self._editing.facts_changed.connect(self._refresh)
        self._editing.refused.connect(self.show_error)
        self._files.failed.connect(self.show_error)
        self._files.opened.connect(self._on_opened)
        self._runs.phase_changed.connect(self._on_phase)
        self._runs.follower.refused.connect(self._on_run_refused)
        self.panels.scene.hint_changed.connect(self._footer.show_hint)
        self.panels.run.node_chosen.connect(self._editing.show_node)
        self.panels.question.node_requested.connect(self._editing.show_node)
        self._hearing.connect(self._document.session.saved, self._on_saved)

    @Slot()
    def _refresh(self) -> None:
        """Let title, footer and actions tell what is so now."""
        session, problems = self._document.session, self._editing.problems
        history = session.history
        self.setWindowTitle(f"{self._document.name}{' •' if history.is_dirty else ''} — Tocsin")
        self.panels.document.show_document(self._document.name, is_dirty=history.is_dirty)
        self._footer.show_document(session.playbook, session.path)
        self._footer.show_problems(problems)
        self._dock.setTabText(0, f"Problems ({len(problems)})" if problems else "Problems")
        self.commands.refresh(
            Facts(
                undo_label=history.undo_label,
                redo_label=history.redo_label,
                is_dirty=history.is_dirty,
                has_nodes=bool(session.playbook.graph.nodes),
                has_selection=bool(session.selection),
                has_problems=bool(problems),
                is_running=self._runs.is_on,
            )
        )

    @Slot()
    def _on_shown(self) -> None:
        self.panels.view.fit_all()
        self.panels.view.setFocus()

    @Slot()
    def _on_opened(self) -> None:
        self.panels.notice.clear()
        self.panels.view.fit_all()
        self._refresh()

    def _on_saved(self, _saved: Saved) -> None:
        self.panels.notice.clear()

    @Slot(object)
    def _on_phase(self, phase: RunPhase) -> None:
        self._editing.set_locked(self._runs.is_on)
        if phase is RunPhase.STARTING:
            self.panels.notice.clear()
            self._dock.setCurrentWidget(self.panels.run)
        self._refresh()

    @Slot(object)
    def _on_run_refused(self, error: TocsinError) -> None:
        self.show_error(error)
        self.panels.question.allow_answer()
        if error.code is ErrorCode.PLAYBOOK_HAS_ERRORS:
            self._dock.setCurrentWidget(self.panels.problems)

    def _close_for_good(self) -> None:
        self._may_close = True
        self.close()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Show the whole playbook, once the panels have left the canvas its room."""
        super().showEvent(event)
        QTimer.singleShot(0, self._on_shown)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing is unsaved; else ask, and close when that is answered."""
        if self._may_close or not self._document.session.is_dirty:
            event.accept()
            return
        event.ignore()
        self._files.when_settled(self._close_for_good)
