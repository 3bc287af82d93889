"""What the rows of the table may ask (`Facts`) and do (`Commands`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so in a window just now; every row's `when` is asked with it.

    Attributes:
        undo_label: What undo would take back, or None.
        redo_label: What redo would do again, or None.
        is_dirty: The playbook differs from its file.
        has_nodes: There is something on the canvas.
        has_selection: Something on the canvas is selected.
        has_problems: The problems list is not empty.
        is_running: A run is on, or is being started; the playbook is locked.
    """

    undo_label: str | None = None
    redo_label: str | None = None
    is_dirty: bool = False
    has_nodes: bool = False
    has_selection: bool = False
    has_problems: bool = False
    is_running: bool = False

    @property
    def is_editable(self) -> bool:
        """The playbook may be changed."""
        return not self.is_running


class Commands(Protocol):
    """What a window does when told. Each returns at once; questions are asked without blocking."""

    def new_playbook(self) -> None:
        """Begin an empty playbook, after asking about unsaved changes."""
        ...

    def open_playbook(self) -> None:
        """Ask for a file and show it, after asking about unsaved changes."""
        ...

    def save(self) -> None:
        """Write the playbook to its file; ask for one when it has none."""
        ...

    def save_as(self) -> None:
        """Ask for a file and write the playbook to it."""
        ...

    def close_window(self) -> None:
        """Close, after asking about unsaved changes."""
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

    def go_to_problem(self, step: int, /) -> None:
        """Show the next problem (1) or the one before (-1)."""
        ...

    def run(self) -> None:
        """Run the playbook in the Lab."""
        ...

    def stop(self) -> None:
        """Stop the run."""
        ...

    def show_problems(self) -> None:
        """Bring the problems list to the front."""
        ...

    def show_run(self) -> None:
        """Bring the run to the front."""
        ...
