"""What the table of actions tells a window to do, handed on to its desks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from tocsin.base.texts import _, quoted
from tocsin.ui.canvas.aligning import Axis, Line
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.run_dock.findings import next_finding
from tocsin.ui.run_dock.waiting_list import WaitingLine
from tocsin.ui.window.breadcrumbs import FOLDER, NODE
from tocsin.ui.window.chosen_text import chosen_text
from tocsin.ui.window.docks import HISTORY, PROBLEMS, RUN
from tocsin.ui.window.document import Document
from tocsin.ui.window.facts import counted_findings, facts_of, findings_of
from tocsin.ui.window.file_commands import FileCommands
from tocsin.ui.window.footer_counts import CountKind


class WindowCommands(FileCommands):
    """The window's `actions.context.Commands`, and what its footer asks for."""

    @property
    def _view(self) -> CanvasView:
        return self._document.canvas.view

    # editing

    def undo(self) -> None:
        """Take the last step back."""
        self._house.desks.editing.undo()

    def redo(self) -> None:
        """Do it again."""
        self._house.desks.editing.redo()

    def delete_selection(self) -> None:
        """Take the selected nodes away."""
        self._house.desks.editing.delete_selection()

    def select_all(self) -> None:
        """Select every node."""
        self._house.desks.editing.select_all()

    def select_none(self) -> None:
        """Select nothing."""
        self._house.desks.editing.select_none()

    def rename_node(self) -> None:
        """Put the cursor into the selected node's title."""
        self._house.desks.editing.focus_field("title")

    def find_node_to_add(self) -> None:
        """Search the node list where it is open; else ask for a node to add where the pointer is."""
        nodes = self._house.panels.nodes
        if nodes.isVisible():
            nodes.focus_search()
        else:
            self._house.desks.picking.ask_free()

    def add_node(self) -> None:
        """Ask for a node that follows the selected one."""
        self._house.desks.picking.ask_next()

    def connect_nodes(self) -> None:
        """Ask where a line leads that begins at the selected node."""
        self._house.desks.picking.ask_connect()

    def add_note(self) -> None:
        """Put a note where the canvas aims."""
        self._house.desks.picking.add_note()

    def add_on_line(self) -> None:
        """Ask for a node that the selected line is to lead through."""
        self._house.desks.picking.ask_on_line()

    def swap_action(self) -> None:
        """Ask what the selected action shall do instead."""
        self._house.desks.picking.ask_swap()

    def cut(self) -> None:
        """Put the selected nodes on the clipboard and take them away."""
        self._house.desks.drawing.cut()

    def copy(self) -> None:
        """Put the selected nodes on the clipboard."""
        self._house.desks.drawing.copy()

    def paste(self) -> None:
        """Put the nodes that the clipboard holds on the canvas."""
        self._house.desks.drawing.paste()

    def duplicate(self) -> None:
        """Put a copy of the selected nodes beside them."""
        self._house.desks.drawing.duplicate()

    def switch_nodes(self) -> None:
        """Turn the selected nodes off, or on again."""
        self._house.desks.drawing.switch()

    def align(self, line: Line) -> None:
        """Bring the selected nodes to one line."""
        self._house.desks.drawing.align(line)

    def distribute(self, axis: Axis) -> None:
        """Make the gaps between the selected nodes equal."""
        self._house.desks.drawing.distribute(axis)

    def wrap_nodes(self) -> None:
        """Put the selected nodes into a For each."""
        self._house.desks.drawing.wrap()

    def group_nodes(self) -> None:
        """Draw a frame around the selected nodes."""
        self._house.desks.drawing.group()

    def unwrap_loop(self) -> None:
        """Take the selected loop away from around its steps."""
        self._house.desks.drawing.unwrap()

    def tidy_layout(self) -> None:
        """Lay the selected nodes out anew where several are, else all, as one step."""
        self._house.desks.drawing.tidy(self._house.desks.density.density)

    def bend_line(self) -> None:
        """Give the selected line a bend in its middle."""
        self._house.desks.drawing.bend()

    # the canvas

    def zoom_in(self) -> None:
        """Show the canvas larger."""
        self._view.zoom_in()

    def zoom_out(self) -> None:
        """Show the canvas smaller."""
        self._view.zoom_out()

    def reset_zoom(self) -> None:
        """Show the canvas at 100 %."""
        self._view.reset_zoom()

    def fit_all(self) -> None:
        """Show the whole playbook."""
        self._view.fit_all()

    def fit_selection(self) -> None:
        """Show what is selected as large as it can be."""
        self._view.fit_selection()

    def set_compact(self, is_compact: bool) -> None:
        """Draw nodes smaller, or with more room."""
        self._house.desks.density.choose(Density.COMPACT if is_compact else Density.COMFORTABLE)

    def toggle_minimap(self) -> None:
        """Let the minimap show itself where it helps, or never."""
        floats = self._view.floats
        floats.set_minimap_wanted(not floats.is_minimap_wanted)

    # runs

    def run(self) -> None:
        """Run the playbook in the chosen environment; ask first what it begins with where that is not known."""
        self._house.desks.runs.run()

    def run_with(self) -> None:
        """Ask what the run begins with, even where its trigger has a sample."""
        self._house.desks.runs.run_with()

    def run_on_chosen(self) -> None:
        """Ask what the run begins with, filled in from what is selected or was copied."""
        self._house.desks.runs.run_on(chosen_text(QApplication.focusWidget()))

    def rehearse(self) -> None:
        """Rehearse the playbook; ask first what it begins with where that is not known."""
        self._house.desks.runs.rehearse()

    def step(self) -> None:
        """Let one step of a paused run start; pause one that is on; begin one that is to be stepped through."""
        follower = self._document.follower
        if not self._document.is_running:
            self._house.desks.runs.run(is_stepping=True)
        elif follower.is_paused:
            follower.go_on(one_step=True)
        else:
            follower.pause()

    def pause(self) -> None:
        """Pause the run, or let it go on."""
        follower = self._document.follower
        if follower.is_paused:
            follower.go_on()
        else:
            follower.pause()

    def export_replay(self) -> None:
        """Ask for a file and write a page to it that plays the run that is shown again."""
        tape = self._house.panels.run.tape
        if tape is not None:
            self._house.desks.reports.keep_film(tape)

    def resume_runs(self) -> None:
        """Offer the runs that a process which is gone has left."""
        self._house.stored.offer(is_asked_for=True)

    def toggle_breakpoint(self) -> None:
        """Let runs pause before the selected nodes, or no more."""
        document = self._document
        document.breakpoints.toggle(document.session.selection, document.playbook)

    def run_from_here(self) -> None:
        """Run from the selected step on, with the data of the run that is shown."""
        self._house.desks.control.run_from(is_alone=False)

    def run_node(self) -> None:
        """Run the selected step alone."""
        self._house.desks.control.run_from(is_alone=True)

    def edit_data(self) -> None:
        """Ask what the selected step of the run that is on shall have given."""
        self._house.desks.control.ask_data()

    def toggle_pin(self) -> None:
        """Let the selected step give in rehearsals what it gave in the run that is shown, or be done again."""
        self._house.desks.control.toggle_pin()

    def pin_value(self) -> None:
        """Ask what the selected node gives in rehearsals."""
        self._house.desks.control.ask_pin()

    def set_condition(self) -> None:
        """Ask when runs pause before the selected step."""
        self._house.desks.control.ask_condition()

    def stop(self) -> None:
        """Stop the run."""
        self._document.follower.stop()

    def answer_question(self, approves: bool, /) -> None:
        """Approve what is asked on the canvas, where that can be done now; or give the answer that does least."""
        self._house.desks.runs.answer_question(approves=approves)

    @Slot()
    def stop_everything(self) -> None:
        """Stop every run of every window, and say what that means."""
        running = [document for document in self.everywhere() if document.is_running]
        for document in running:
            document.follower.stop()
        self._house.panels.notice.show_words(_stop_words(running))

    def open_environments(self) -> None:
        """Open the menu of environments."""
        self._house.frame.header.environment.open()

    def connect_product(self) -> None:
        """Let a product be picked, filled in, tested and kept."""
        if self._house.desks.connections is not None:
            self._house.desks.connections.connect_product()

    def show_connections(self) -> None:
        """Show every environment with its connections."""
        if self._house.desks.connections is not None:
            self._house.desks.connections.show_environments()

    def make_environment(self) -> None:
        """Ask for a new environment."""
        if self._house.desks.connections is not None:
            self._house.desks.connections.ask_environment()

    def unlock_vault(self) -> None:
        """Open the vault, after asking for its passphrase where only that opens it."""
        if self._house.desks.connections is not None:
            self._house.desks.connections.unlock_vault()

    def lock_vault(self) -> None:
        """Forget the vault's key."""
        if self._house.desks.connections is not None:
            self._house.desks.connections.lock_vault()

    def fix_problem(self) -> None:
        """Mend the current problem in one step, or go to the next one that can be mended so."""
        self.show_problems()
        self._house.panels.problems.fix_current()

    def go_to_problem(self, step: int) -> None:
        """Show the next problem (1) or the one before (-1)."""
        self.show_problems()
        self._house.panels.problems.go(step)

    def go_to_finding(self, step: int) -> None:
        """Show the next step (1) of a run that is not sure, failed or waits, or the one before (-1), in any tab."""
        self._go_to(findings_of(self._tabs_from_here()), step)

    def _go_to(self, found: Sequence[tuple[Document, str]], step: int) -> None:
        selected = next(iter(self._document.session.selection), "")
        wanted = next_finding(found, (self._document, selected), step)
        if wanted is not None:
            document, node = wanted
            self._house.documents.show(document)
            document.show_node(node)

    def _tabs_from_here(self) -> list[Document]:
        """Return every document, the one in front first."""
        tabs = self._house.documents.all
        place = tabs.index(self._document)
        return [*tabs[place:], *tabs[:place]]

    @Slot(object)
    def go_to_question(self, line: WaitingLine) -> None:
        """Show the tab that asks, and the card of the question."""
        document = next((one for one in self._house.documents.all if one.run_id == line.run), None)
        if document is not None:
            self._house.documents.show(document)
            self._house.desks.runs.show_question(line.ask)

    # what is shown

    def show_problems(self) -> None:
        """Bring the problems list to the front."""
        self._house.dock.show_page(PROBLEMS)

    def show_run(self) -> None:
        """Bring the run to the front."""
        self._house.dock.show_page(RUN)

    def show_history(self) -> None:
        """Bring the runs that were to the front."""
        self._house.dock.show_page(HISTORY)

    def show_lab(self) -> None:
        """Bring the Lab to the front."""
        if self._house.desks.lab is not None:
            self._house.desks.lab.show()

    def move_dock(self) -> None:
        """Open the dock at the other side."""
        self._house.dock.move_over()

    def maximise_dock(self) -> None:
        """Let the dock fill the window's middle, or give it back."""
        self._house.dock.toggle_maximised()

    def toggle_node_list(self) -> None:
        """Open or fold the node list."""
        self._house.frame.toggle_nodes()

    def toggle_outline(self) -> None:
        """Show the outline in the node list's place, or give it back."""
        if not self._house.desks.outline.is_shown:
            self._house.frame.reveal_nodes()
        self._house.desks.outline.toggle()
        self._house.actions.refresh(facts_of(self._house))

    def toggle_inspector(self) -> None:
        """Open or fold the inspector."""
        self._house.frame.toggle_inspector()

    def find_in_playbook(self) -> None:
        """Let a person go to a node by its name or by a text that stands in it."""
        self._house.desks.dialogs.open_find()

    def open_palette(self) -> None:
        """Go to a node or do an action by a few letters."""
        self._house.desks.dialogs.open_palette()

    # the Lab

    def inject_alert(self) -> None:
        """Let the scenario's alert come in."""
        if self._house.desks.lab is not None:
            self._house.desks.lab.inject()

    def reset_lab(self) -> None:
        """Put the Lab's world back, after asking."""
        if self._house.desks.lab is not None:
            self._house.desks.lab.ask_reset()

    def open_lab_window(self) -> None:
        """Show the Lab in a window of its own."""
        if self._house.desks.lab is not None:
            self._house.desks.lab.open_window()

    # help

    def show_help(self) -> None:
        """Explain the problem or the step that has the focus, else show every key."""
        if not self._house.panels.problems.explain_focused():
            self._house.desks.dialogs.open_help()

    def show_keys(self) -> None:
        """Show every key."""
        self._house.desks.dialogs.open_keys()

    def show_welcome(self) -> None:
        """Show what one can begin with."""
        if self._house.desks.welcome is not None:
            self._house.desks.welcome.greet()

    def show_settings(self) -> None:
        """Show the settings."""
        self._house.desks.dialogs.open_settings()

    def show_about(self) -> None:
        """Say what Tocsin is."""
        self._house.desks.dialogs.open_about()

    # the footer

    @Slot(str)
    def show_count(self, kind: str) -> None:
        """Show what the footer counts."""
        if kind == CountKind.PROBLEMS:
            self.show_problems()
        elif kind == CountKind.NODES:
            self.fit_all()
        else:
            self._go_to(counted_findings(self._tabs_from_here(), CountKind(kind)), 1)
            self.show_run()

    @Slot(str)
    def go_to_crumb(self, crumb: str) -> None:
        """Show what a part of the path names."""
        if crumb.startswith(NODE):
            self._document.show_node(crumb.removeprefix(NODE))
        elif crumb == FOLDER:
            self.open_folder()
        else:
            self.select_none()
            self.fit_all()


def _stop_words(running: list[Document]) -> str:
    if not running:
        return _("STOP: nothing was running. Nothing is armed here.")
    names = quoted(*(document.name for document in running))
    unsure = sum(status.uncertain for document in running for status in document.follower.statuses.values())
    sure = _(" {unsure} may have happened: see the run.").format(unsure=unsure) if unsure else ""
    return _("STOP: {names} start nothing more. What is under way ends and is recorded.{sure}").format(
        names=names, sure=sure
    )
