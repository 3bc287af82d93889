"""What the rows of the table may ask (`Facts`) and do (`Commands`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tocsin.base.texts import _
from tocsin.ui.canvas.aligning import Axis, Line


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so in a window just now; every row's `when` is asked with it.

    Attributes:
        undo_label: What undo would take back, or None.
        redo_label: What redo would do again, or None.
        is_dirty: The playbook differs from its file.
        has_nodes: There is something on the canvas.
        has_selection: Something on the canvas is selected.
        selected_nodes: How many of what is selected are nodes.
        selected_lines: How many of it are lines between nodes.
        is_off: All of these nodes are turned off.
        is_loop: One node is selected, and it is a loop.
        is_action: One node is selected, and it is an action.
        has_problems: The problems list is not empty.
        is_running: A run is on, or is being started; the playbook is locked.
        is_read_only: The playbook is only looked at.
        is_paused: The run that is on starts nothing new before somebody says so.
        has_document: A playbook is in front, not the welcome page.
        has_file: It lies in a file.
        tab_count: How many tabs are open.
        has_question: Its run asks a person on the canvas.
        has_findings: A node of the run shown may have happened, failed or waits for a person.
        has_replay: A run is shown, which can be played again.
        has_lab: There is a Lab to inject alerts into.
        has_connections: Products outside the Lab can be connected.
        environment: What a run would go to, by name.
        is_compact: Nodes are drawn compact, not comfortable.
        is_minimap_wanted: The minimap shows itself when part of the playbook is out of view.
        is_node_list_shown: The node list is open.
        is_outline_shown: The outline stands where the node list was.
        is_inspector_shown: The inspector is open.
        is_dock_right: The dock opens at the right, not at the bottom.
        is_dock_maximised: The dock fills the window's middle.
    """

    undo_label: str | None = None
    redo_label: str | None = None
    is_dirty: bool = False
    has_nodes: bool = False
    has_selection: bool = False
    selected_nodes: int = 0
    selected_lines: int = 0
    is_off: bool = False
    is_loop: bool = False
    is_action: bool = False
    has_problems: bool = False
    is_running: bool = False
    is_read_only: bool = False
    is_paused: bool = False
    has_document: bool = True
    has_file: bool = False
    tab_count: int = 1
    has_question: bool = False
    has_findings: bool = False
    has_replay: bool = False
    has_lab: bool = False
    has_connections: bool = False
    environment: str = _("Lab")
    is_compact: bool = False
    is_minimap_wanted: bool = True
    is_node_list_shown: bool = True
    is_outline_shown: bool = False
    is_inspector_shown: bool = True
    is_dock_right: bool = False
    is_dock_maximised: bool = False

    @property
    def is_editable(self) -> bool:
        """The playbook may be changed."""
        return not (self.is_running or self.is_read_only)


class Commands(Protocol):
    """What a window does when told. Each returns at once; questions are asked without blocking."""

    def new_playbook(self) -> None:
        """Begin an empty playbook."""
        ...

    def take_tour(self) -> None:
        """Go through the tour with an empty playbook."""
        ...

    def open_playbook(self) -> None:
        """Ask for a file and show it."""
        ...

    def paste_alert(self) -> None:
        """Look for playbooks that fit the alert on the clipboard."""
        ...

    def save(self) -> None:
        """Write the playbook to its file; ask for one when it has none."""
        ...

    def save_as(self) -> None:
        """Ask for a file and write the playbook to it."""
        ...

    def export_documentation(self) -> None:
        """Ask for a file and write the playbook's documentation to it."""
        ...

    def export_picture(self) -> None:
        """Ask for a file and draw the playbook into it."""
        ...

    def close_tab(self) -> None:
        """Close the playbook in front, after asking about unsaved changes."""
        ...

    def close_other_tabs(self) -> None:
        """Close all playbooks but the one in front, after asking about unsaved changes."""
        ...

    def copy_path(self) -> None:
        """Put where the playbook's file lies on the clipboard."""
        ...

    def open_folder(self) -> None:
        """Show the folder of the playbook's file."""
        ...

    def open_window(self) -> None:
        """Open another window, with nothing in it."""
        ...

    def move_to_window(self) -> None:
        """Let the playbook in front go on in a window of its own."""
        ...

    def close_window(self) -> None:
        """Close the window, after asking about unsaved changes."""
        ...

    def quit(self) -> None:
        """End the program, after asking about unsaved changes in all windows."""
        ...

    def go_to_tab(self, step: int, /) -> None:
        """Show the next tab (1) or the one before (-1); round the end."""
        ...

    def undo(self) -> None:
        """Take the last step back."""
        ...

    def redo(self) -> None:
        """Do it again."""
        ...

    def delete_selection(self) -> None:
        """Take the selected nodes away."""
        ...

    def select_all(self) -> None:
        """Select every node."""
        ...

    def select_none(self) -> None:
        """Select nothing."""
        ...

    def cut(self) -> None:
        """Put the selected nodes on the clipboard and take them away."""
        ...

    def copy(self) -> None:
        """Put the selected nodes on the clipboard."""
        ...

    def paste(self) -> None:
        """Put the nodes that the clipboard holds on the canvas."""
        ...

    def duplicate(self) -> None:
        """Put a copy of the selected nodes beside them."""
        ...

    def switch_nodes(self) -> None:
        """Turn the selected nodes off, or on again."""
        ...

    def align(self, line: Line, /) -> None:
        """Bring the selected nodes to one line."""
        ...

    def distribute(self, axis: Axis, /) -> None:
        """Make the gaps between the selected nodes equal."""
        ...

    def wrap_nodes(self) -> None:
        """Put the selected nodes into a For each."""
        ...

    def group_nodes(self) -> None:
        """Draw a frame around the selected nodes."""
        ...

    def unwrap_loop(self) -> None:
        """Take the selected loop away from around its steps."""
        ...

    def swap_action(self) -> None:
        """Ask what the selected action shall do instead."""
        ...

    def add_node(self) -> None:
        """Ask for a node that follows the selected one."""
        ...

    def connect_nodes(self) -> None:
        """Ask where a line leads that begins at the selected node."""
        ...

    def add_note(self) -> None:
        """Put a note where the canvas aims."""
        ...

    def add_on_line(self) -> None:
        """Ask for a node that the selected line is to lead through."""
        ...

    def rename_node(self) -> None:
        """Put the cursor into the selected node's title."""
        ...

    def zoom_in(self) -> None:
        """Show the canvas larger."""
        ...

    def zoom_out(self) -> None:
        """Show the canvas smaller."""
        ...

    def reset_zoom(self) -> None:
        """Show the canvas at 100 %."""
        ...

    def fit_all(self) -> None:
        """Show the whole playbook."""
        ...

    def fit_selection(self) -> None:
        """Show what is selected, as large as it goes."""
        ...

    def set_compact(self, is_compact: bool, /) -> None:
        """Draw nodes compact, or comfortable."""
        ...

    def toggle_minimap(self) -> None:
        """Let the minimap show itself, or not."""
        ...

    def find_node_to_add(self) -> None:
        """Search the node list where it is open; else ask for a node to add where the pointer is."""
        ...

    def tidy_layout(self) -> None:
        """Lay the selected nodes out anew where several are, else all, as one step."""
        ...

    def bend_line(self) -> None:
        """Give the selected line a bend in its middle."""
        ...

    def go_to_problem(self, step: int, /) -> None:
        """Show the next problem (1) or the one before (-1)."""
        ...

    def fix_problem(self) -> None:
        """Mend the current problem in one step, or go to the next one that can be mended so."""
        ...

    def go_to_finding(self, step: int, /) -> None:
        """Show the next node (1) or the one before (-1) that may have happened, failed or waits."""
        ...

    def run(self) -> None:
        """Run the playbook in the chosen environment."""
        ...

    def run_with(self) -> None:
        """Ask what the run begins with, then run."""
        ...

    def run_on_chosen(self) -> None:
        """Ask what a run begins with, filled in from what is selected or was copied."""
        ...

    def rehearse(self) -> None:
        """Rehearse the playbook: read for real, change nothing."""
        ...

    def step(self) -> None:
        """Let one step of a paused run start; pause one that is on; begin one that is to be stepped through."""
        ...

    def pause(self) -> None:
        """Pause the run, or let it go on."""
        ...

    def export_replay(self) -> None:
        """Ask for a file and write a page to it that plays the run that is shown again."""
        ...

    def resume_runs(self) -> None:
        """Offer the runs that can go on though their process has ended."""
        ...

    def toggle_breakpoint(self) -> None:
        """Let runs pause before the selected nodes, or no more."""
        ...

    def run_from_here(self) -> None:
        """Run from the selected node on, with the data of the run that is shown."""
        ...

    def run_node(self) -> None:
        """Run the selected node alone."""
        ...

    def edit_data(self) -> None:
        """Ask what the selected node of the run that is on shall have given."""
        ...

    def toggle_pin(self) -> None:
        """Pin what the selected node gave in the run that is shown, for rehearsals; or unpin it."""
        ...

    def pin_value(self) -> None:
        """Ask what the selected node gives in rehearsals."""
        ...

    def set_condition(self) -> None:
        """Ask when runs pause before the selected node."""
        ...

    def stop(self) -> None:
        """Stop the run."""
        ...

    def answer_question(self, approves: bool, /) -> None:
        """Approve what is asked on the canvas, where that can be done now; or give the answer that does least."""
        ...

    def stop_everything(self) -> None:
        """Stop every run at once, without a question."""
        ...

    def open_environments(self) -> None:
        """Open the environment menu."""
        ...

    def connect_product(self) -> None:
        """Let a product be picked, filled in, tested and kept."""
        ...

    def show_connections(self) -> None:
        """Show every environment with its connections."""
        ...

    def make_environment(self) -> None:
        """Ask for a new environment."""
        ...

    def unlock_vault(self) -> None:
        """Open the vault, after asking for its passphrase where only that opens it."""
        ...

    def lock_vault(self) -> None:
        """Forget the vault's key."""
        ...

    def show_problems(self) -> None:
        """Bring the problems list to the front."""
        ...

    def show_run(self) -> None:
        """Bring the run to the front."""
        ...

    def show_history(self) -> None:
        """Bring the runs that were to the front."""
        ...

    def show_lab(self) -> None:
        """Bring the Lab to the front."""
        ...

    def move_dock(self) -> None:
        """Put the dock to the right, or back to the bottom."""
        ...

    def maximise_dock(self) -> None:
        """Let the dock fill the window's middle, or give it back."""
        ...

    def toggle_node_list(self) -> None:
        """Open or fold the node list."""
        ...

    def toggle_outline(self) -> None:
        """Show the outline in the node list's place, or give it back."""
        ...

    def toggle_inspector(self) -> None:
        """Open or fold the inspector."""
        ...

    def find_in_playbook(self) -> None:
        """Let a person go to a node by its name or by a text that stands in it."""
        ...

    def open_palette(self) -> None:
        """Open the command palette."""
        ...

    def inject_alert(self) -> None:
        """Let an alert come in, in the Lab."""
        ...

    def reset_lab(self) -> None:
        """Give the Lab its first state back, after a question."""
        ...

    def open_lab_window(self) -> None:
        """Show the Lab in a window of its own, or bring it back into the dock."""
        ...

    def show_help(self) -> None:
        """Help with what has the focus: explain the problem, or the step; else show every key."""
        ...

    def show_keys(self) -> None:
        """Show every key."""
        ...

    def show_welcome(self) -> None:
        """Show the welcome page."""
        ...

    def show_settings(self) -> None:
        """Show the settings."""
        ...

    def show_about(self) -> None:
        """Say which version this is, and what it is made of."""
        ...
