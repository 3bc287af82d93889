"""Wires the Lab's panel: in the dock or in a window of its own, its alerts to the playbook in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.window import LabWindow
from tocsin.ui.theme import Theme
from tocsin.ui.window.breadcrumbs import FOLDER, PLAYBOOK, Crumb
from tocsin.ui.window.docks import LAB, Dock
from tocsin.ui.window.footer import Footer

NOTHING_REAL = _("This window is the Lab: nothing real is touched")


class LabDesk(QObject):
    """Owns where the Lab's panel is shown.

    Signals:
        alert_came: The event that a run can start with.
        facts_changed: Whether a Lab runs is another now.
        failed: A TocsinError: the Lab did not do what it was asked.
        run_chosen: The id of a run to show.
        undo_requested: The id of a run whose changes shall be taken back.
        change_undo_requested: The LabUndo of one change of a run.
        report_requested: The LabReport that shall be kept.
        stop_pressed: STOP was pressed in the Lab's own window.
        footer_made: The Footer of that window.
    """

    alert_came = Signal(object)
    facts_changed = Signal()
    failed = Signal(object)
    run_chosen = Signal(str)
    undo_requested = Signal(str)
    change_undo_requested = Signal(object)
    report_requested = Signal(object)
    stop_pressed = Signal()
    footer_made = Signal(object)

    def __init__(self, panel: LabPanel, dock: Dock, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._panel = panel
        self._dock = dock
        self._theme = theme
        self._window: LabWindow | None = None
        self._footer: Footer | None = None
        self._is_running = False
        panel.alert_injected.connect(self._on_alert)
        panel.look_changed.connect(self._on_look)
        panel.failed.connect(self.failed)
        panel.run_chosen.connect(self.run_chosen)
        panel.undo_requested.connect(self.undo_requested)
        panel.change_undo_requested.connect(self.change_undo_requested)
        panel.report_requested.connect(self.report_requested)

    @property
    def is_running(self) -> bool:
        """A Lab runs, as far as the panel has seen."""
        return self._is_running

    @property
    def window(self) -> LabWindow | None:
        """The Lab's own window, while there is one."""
        return self._window

    def show(self) -> None:
        """Bring the Lab to the front, where it is."""
        if self._window is not None:
            self._window.raise_()
            self._window.activateWindow()
        else:
            self._dock.show_page(LAB)

    def play(self, scenario: str) -> None:
        """Show the Lab and let it play a scenario."""
        self.show()
        self._panel.play(scenario)

    def inject(self) -> None:
        """Let the scenario's alert come in."""
        self.show()
        self._panel.inject()

    def ask_reset(self) -> None:
        """Put the world back, after asking."""
        self.show()
        self._panel.ask_reset()

    def open_window(self) -> None:
        """Show the Lab in a window of its own."""
        if self._window is None:
            self._dock.take_widget(LAB)
            self._window = LabWindow(self._theme, self._panel)
            self._window.put_back.connect(self._on_put_back)
            self._footer = self._make_footer(self._window)
            self._window.setStatusBar(self._footer)
            self._window.show()
        self.show()

    def close(self) -> None:
        """Take the Lab's own window along."""
        if self._window is not None:
            self._window.close()

    def _make_footer(self, window: LabWindow) -> Footer:
        """What is live, and STOP, are said in every window."""
        footer = Footer(self._theme, window)
        footer.stop_pressed.connect(self.stop_pressed)
        footer.show_hint(NOTHING_REAL)
        footer.show_crumbs(self._crumbs())
        self.footer_made.emit(footer)
        return footer

    def _crumbs(self) -> tuple[Crumb, ...]:
        title = self._panel.scenario_title
        return (Crumb(FOLDER, _("Lab")), Crumb(PLAYBOOK, title)) if title else (Crumb(FOLDER, _("Lab")),)

    @Slot(object)
    def _on_put_back(self, panel: LabPanel) -> None:
        window, self._window, self._footer = self._window, None, None
        self._dock.set_widget(LAB, panel)
        if window is not None:
            window.deleteLater()

    @Slot(object)
    def _on_alert(self, event: Json) -> None:
        self.alert_came.emit(event)

    @Slot(object)
    def _on_look(self, look: LabLook | None) -> None:
        if self._footer is not None:
            self._footer.show_crumbs(self._crumbs())
        if self._is_running != (look is not None):
            self._is_running = look is not None
            self.facts_changed.emit()
