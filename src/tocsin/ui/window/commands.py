"""What the table of actions tells a window to do, handed on to its desks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QTabWidget, QWidget

from tocsin.ui.window.editing_desk import EditingDesk
from tocsin.ui.window.file_desk import FileDesk
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.panels import Panels


@dataclass(frozen=True, slots=True)
class WindowCommands:
    """The window's `actions.context.Commands`."""

    window: QWidget
    panels: Panels
    dock: QTabWidget
    documents: OpenDocuments
    editing: EditingDesk
    files: FileDesk

    def new_playbook(self) -> None:
        """Begin an empty playbook."""
        self.files.new()

    def open_playbook(self) -> None:
        """Ask for a file and show it."""
        self.files.ask_and_open()

    def save(self) -> None:
        """Write the playbook to its file; ask for one when it has none."""
        self.files.save()

    def save_as(self) -> None:
        """Ask for a file and write the playbook to it."""
        self.files.save_as()

    def close_tab(self) -> None:
        """Close the playbook in front, after asking about its run and its unsaved changes."""
        self.files.close_tab(self.documents.current)

    def go_to_tab(self, step: int) -> None:
        """Show the next tab (1) or the one before (-1); round the end."""
        self.documents.show_next(step)

    def close_window(self) -> None:
        """Close, after asking about unsaved changes."""
        self.window.close()

    def undo(self) -> None:
        """Take the last step back."""
        self.editing.undo()

    def redo(self) -> None:
        """Do it again."""
        self.editing.redo()

    def delete_selection(self) -> None:
        """Take the selected nodes away."""
        self.editing.delete_selection()

    def select_all(self) -> None:
        """Select every node."""
        self.editing.select_all()

    def select_none(self) -> None:
        """Select nothing."""
        self.editing.select_none()

    def rename_node(self) -> None:
        """Put the cursor into the selected node's title."""
        self.panels.inspector.focus_field("title")

    def zoom_in(self) -> None:
        """Show the canvas larger."""
        self.panels.view.zoom_in()

    def zoom_out(self) -> None:
        """Show the canvas smaller."""
        self.panels.view.zoom_out()

    def reset_zoom(self) -> None:
        """Show the canvas at 100 %."""
        self.panels.view.reset_zoom()

    def fit_all(self) -> None:
        """Show the whole playbook."""
        self.panels.view.fit_all()

    def go_to_problem(self, step: int) -> None:
        """Show the next problem (1) or the one before (-1)."""
        self.show_problems()
        self.panels.problems.go(step)

    def run(self) -> None:
        """Run the playbook in the Lab."""
        self.documents.current.run()

    def stop(self) -> None:
        """Stop the run."""
        self.documents.current.follower.stop()

    def show_problems(self) -> None:
        """Bring the problems list to the front."""
        self.dock.setCurrentWidget(self.panels.problems)

    def show_run(self) -> None:
        """Bring the run to the front."""
        self.dock.setCurrentWidget(self.panels.run)
