"""The frame: it makes the panels and their desks and lets them work. What anything does is not known here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.services.editing import EditorSession
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.bridge import EventBridge
from tocsin.ui.dialogs.file_choice import FileChoice
from tocsin.ui.ports import WindowServices
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.reading_order import step_focus
from tocsin.ui.window.arrangement import Arrangement, Parts
from tocsin.ui.window.canvas_desk import CanvasDesk
from tocsin.ui.window.commands import WindowCommands
from tocsin.ui.window.desks import Desks, Place
from tocsin.ui.window.docks import PROBLEMS, Dock, usual_pages
from tocsin.ui.window.document import Document
from tocsin.ui.window.file_drop import FileDrop
from tocsin.ui.window.file_watch import FileWatch
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.front_desk import FrontDesk
from tocsin.ui.window.header import Header
from tocsin.ui.window.house import House
from tocsin.ui.window.layout_state import read_layout
from tocsin.ui.window.mark_desk import MarkDesk
from tocsin.ui.window.memory import WindowMemory, WindowState
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.open_state import state_from_json, state_to_json
from tocsin.ui.window.panels import make_canvas, make_centre, make_panels
from tocsin.ui.window.recovery_desk import RecoveryDesk
from tocsin.ui.window.stored_runs import StoredRuns


class MainWindow(QMainWindow):
    """One window with its playbooks in tabs.

    Attributes:
        panels: What is shown, part by part.
        documents: The playbooks that are open.
        desks: Who wires which panels.
        stored: What can be done with runs that are kept.
        frame: Where everything lies.
        commands: What a person can tell the window to do, as actions.
        recovery: Keeps what is unsaved; None where nothing is kept.

    Signals:
        beside_wanted: Another window shall open: with a Document of this one, or empty for None.
        quit_wanted: The program shall end.
        closed: The window was closed; nothing is unsaved in it.
    """

    beside_wanted = Signal(object)
    quit_wanted = Signal()
    closed = Signal()

    def __init__(self, services: WindowServices, bridge: EventBridge, theme: Theme, choice: FileChoice) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self._services, self._bridge, self._theme = services, bridge, theme
        self._may_close = False
        self._memory = WindowMemory(services.settings)
        self.panels = make_panels(self, services, bridge, theme)
        self.documents = OpenDocuments(self._make_document, services.make_session, self.panels.canvases, self)
        pages = usual_pages(self.panels.problems, self.panels.run, self.panels.history, self.panels.lab)
        self.dock = Dock(pages, theme, self)
        self.footer = Footer(theme, self)
        place = Place(self, self.panels, self.dock, self.documents)
        self.desks = Desks(place, services, theme, choice)
        self.stored = StoredRuns(place, self.desks, services, bridge, theme)
        self._watch = FileWatch(self.documents, services.claims, self)
        kept, settings = services.recovery, services.settings
        self.recovery = RecoveryDesk(self.documents, kept, settings, bridge, self) if kept is not None else None
        house = House(self, self.panels, self.documents, self.dock, self.footer, self.desks)
        house.stored = self.stored
        self.told = told = WindowCommands(house)
        self.commands = house.actions = ActionSet(told, theme, self)
        self.desks.dialogs.take_actions(self.commands)
        for name in ("run.pause", "run.step", "run.stop"):
            self.panels.run_bar.add_action(self.commands.get(name), has_key=name != "run.stop")
        for name, icon in (("run.node", "play-solid"), ("run.pin", "pin")):
            self.panels.inspector.add_action(self.commands.get(name), icon)
        header = Header(self.commands, theme, self)
        centre, dock = make_centre(self.panels, self), self.dock
        parts = Parts(header, self.desks.outline.side, centre, self.panels.inspector, dock, self.footer)
        self.frame = house.frame = Arrangement(self, parts, theme)
        self.frame.restore(read_layout(self._memory.first.layout))
        self.desks.arrange(self.frame, self._memory)
        self._front = FrontDesk(house)
        self._connect(told)
        self.documents.current.canvas.view.setFocus()

    def open(self, path: Path) -> None:
        """Show a file's playbook; when it has none, the notice bar says why."""
        self.desks.files.open(path)

    @property
    def open_documents(self) -> Json:
        """Which files are open and what each shows, as a plain value for `restore`."""
        return state_to_json(self.documents.state)

    @property
    def state(self) -> WindowState:
        """How the window is now, for a restart."""
        return WindowState(self.frame.state.to_json(), self.open_documents)

    def restore(self, open_documents: Json) -> None:
        """Open what was open before; files that have gone are left out, and the notice bar says so."""
        self.desks.files.restore(state_from_json(open_documents))

    def begin(self) -> None:
        """Be as the window was left, or say welcome where nothing was open."""
        self.restore(self._memory.first.open_documents)
        self.desks.greet()

    def offer_recovery(self) -> None:
        """Ask what shall become of unsaved work and of runs that a crash left, when there are any."""
        if self.recovery is not None:
            self.recovery.offer()
        self.stored.offer()

    def run(self, event: Json) -> None:
        """Run the playbook that is shown with this event."""
        self.documents.current.run(event)

    @Slot(object)
    def show_error(self, error: TocsinError) -> None:
        """Say what went wrong, without stopping anybody."""
        self.panels.notice.show_error(error)

    def let_go(self) -> None:
        """Let go of the services; the window changes no more. What is unsaved stays kept for the next start."""
        self._may_close = True
        self.desks.close()
        self.stored.close()
        self._watch.close()
        if self.recovery is not None:
            self.recovery.close()
        self.documents.close()

    def _make_document(self, session: EditorSession) -> Document:
        canvas = make_canvas(self._theme, self.panels.canvases)
        document = Document(self._services, self._bridge, canvas, self, session=session)
        CanvasDesk(document)
        MarkDesk(document, self.panels.names)
        document.refused.connect(self._on_refused)
        return document

    def _connect(self, told: WindowCommands) -> None:
        panels, files = self.panels, self.desks.files
        if self.recovery is not None:
            self.recovery.failed.connect(self.show_error)
            self.recovery.said.connect(panels.notice.show_words)
        self.desks.failed.connect(self.show_error)
        self.stored.failed.connect(self.show_error)
        files.settled.connect(panels.notice.clear)
        files.used.connect(self._memory.note_file)
        self.documents.current_changed.connect(self._on_current)
        self.desks.runs.started.connect(panels.notice.clear)
        panels.document.chosen.connect(self._on_tab_chosen)
        panels.document.close_requested.connect(self._on_close_requested)
        panels.document.new_requested.connect(told.new_playbook)
        panels.file.compare_requested.connect(files.compare)
        panels.file.reload_requested.connect(files.reload)
        panels.file.keep_requested.connect(files.keep_mine)
        panels.run.elsewhere_chosen.connect(told.go_to_question)
        self.footer.stop_pressed.connect(told.stop_everything)
        if self.desks.lab is not None:
            self.desks.lab.stop_pressed.connect(told.stop_everything)
        self.footer.count_chosen.connect(told.show_count)
        self.footer.crumb_chosen.connect(told.go_to_crumb)
        FileDrop(self).dropped.connect(files.open_all)
        told.beside_wanted.connect(self.beside_wanted)
        told.quit_wanted.connect(self.quit_wanted)

    @Slot(object)
    def _on_current(self, document: Document) -> None:
        if not self.panels.document.tabs.hasFocus():
            document.canvas.view.setFocus()  # first: what is being typed still goes where it was begun
        self.desks.show_document(document)

    @Slot(int)
    def _on_tab_chosen(self, index: int) -> None:
        self.documents.show(self.documents.all[index])

    @Slot(int)
    def _on_close_requested(self, index: int) -> None:
        self.desks.files.close_tab(self.documents.all[index])

    @Slot(object)
    def _on_refused(self, error: TocsinError) -> None:
        self.show_error(error)
        if error.code is ErrorCode.PLAYBOOK_HAS_ERRORS:
            self.dock.show_page(PROBLEMS)

    @Slot()
    def close_for_good(self) -> None:
        """Close: a person was asked about what is unsaved."""
        self._may_close = True
        self.close()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads, from the header to the footer; what stands in the body's place comes between."""
        return step_focus((*self.frame.in_order, self.centralWidget(), self.footer, self), is_forward=next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing would be lost; else ask, and close when that is answered."""
        leaving = self.desks.files.leaving
        if not self._may_close and not leaving.bring_to_front():
            leaving.when_settled(self.documents.all, self.close_for_good)
        event.setAccepted(self._may_close)
        if self._may_close:
            self._memory.keep([self.state])
            if self.recovery is not None:
                self.recovery.forget_all()
            self.closed.emit()
