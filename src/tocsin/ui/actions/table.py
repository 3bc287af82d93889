"""The table of actions. A new one is a row here and, if need be, a command in `context`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.ui.actions.context import Commands, Facts


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "File"
    EDIT = "Edit"
    VIEW = "View"
    RUN = "Run"


class Scope(StrEnum):
    """Where an action's key works. Single letters and Delete belong to the canvas alone."""

    WINDOW = "window"
    CANVAS = "canvas"


def _always(_facts: Facts) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row: what a person can tell the window to do.

    Attributes:
        id: TOPIC.VERB, stable.
        title: In menus, buttons and tooltips.
        menu: Which menu lists it.
        handler: What happens.
        keys: Its shortcuts, the first is shown.
        when: Whether it can be done now.
        icon: A name in `resources/icons`, or "".
        scope: Where its keys work.
        begins_group: A line stands above it in the menu.
        label: Its title where that depends on the facts.
    """

    id: str
    title: str
    menu: Menu
    handler: Callable[[Commands], None]
    keys: tuple[str, ...] = ()
    when: Callable[[Facts], bool] = _always
    icon: str = ""
    scope: Scope = Scope.WINDOW
    begins_group: bool = False
    label: Callable[[Facts], str] | None = None

    def title_for(self, facts: Facts) -> str:
        """Return the title as it reads now: “Undo Move 3 nodes”."""
        return self.label(facts) if self.label else self.title


def _undo_label(facts: Facts) -> str:
    return f"Undo: {facts.undo_label}" if facts.undo_label else "Undo"


def _redo_label(facts: Facts) -> str:
    return f"Redo: {facts.redo_label}" if facts.redo_label else "Redo"


def _can_delete(facts: Facts) -> bool:
    return facts.has_selection and facts.is_editable


ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("file.new", "New", Menu.FILE, lambda c: c.new_playbook(), ("Ctrl+N",), lambda f: f.is_editable),
    ActionSpec("file.open", "Open…", Menu.FILE, lambda c: c.open_playbook(), ("Ctrl+O",), lambda f: f.is_editable),
    ActionSpec("file.save", "Save", Menu.FILE, lambda c: c.save(), ("Ctrl+S",), begins_group=True),
    ActionSpec("file.save_as", "Save as…", Menu.FILE, lambda c: c.save_as(), ("Ctrl+Shift+S",)),
    ActionSpec("file.close", "Close", Menu.FILE, lambda c: c.close_window(), ("Ctrl+W",), begins_group=True),
    ActionSpec(
        "edit.undo",
        "Undo",
        Menu.EDIT,
        lambda c: c.undo(),
        ("Ctrl+Z",),
        lambda f: f.undo_label is not None and f.is_editable,
        icon="undo-2",
        label=_undo_label,
    ),
    ActionSpec(
        "edit.redo",
        "Redo",
        Menu.EDIT,
        lambda c: c.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda f: f.redo_label is not None and f.is_editable,
        icon="redo-2",
        label=_redo_label,
    ),
    ActionSpec(
        "edit.delete",
        "Delete",
        Menu.EDIT,
        lambda c: c.delete_selection(),
        ("Del", "Backspace"),
        _can_delete,
        scope=Scope.CANVAS,
        begins_group=True,
    ),
    ActionSpec("edit.rename", "Rename", Menu.EDIT, lambda c: c.rename_node(), ("F2",), _can_delete),
    ActionSpec(
        "edit.select_all",
        "Select all",
        Menu.EDIT,
        lambda c: c.select_all(),
        ("Ctrl+A",),
        lambda f: f.has_nodes,
        scope=Scope.CANVAS,
        begins_group=True,
    ),
    ActionSpec(
        "edit.select_none",
        "Select none",
        Menu.EDIT,
        lambda c: c.select_none(),
        ("Ctrl+Shift+A",),
        lambda f: f.has_selection,
        scope=Scope.CANVAS,
    ),
    ActionSpec("view.zoom_in", "Zoom in", Menu.VIEW, lambda c: c.zoom_in(), ("Ctrl+=", "Ctrl++"), icon="plus"),
    ActionSpec("view.zoom_out", "Zoom out", Menu.VIEW, lambda c: c.zoom_out(), ("Ctrl+-",), icon="minus"),
    ActionSpec("view.reset_zoom", "Zoom to 100 %", Menu.VIEW, lambda c: c.reset_zoom(), ("Ctrl+0",)),
    ActionSpec(
        "view.fit",
        "Fit all",
        Menu.VIEW,
        lambda c: c.fit_all(),
        ("F",),
        lambda f: f.has_nodes,
        icon="maximize",
        scope=Scope.CANVAS,
    ),
    ActionSpec("view.problems", "Problems", Menu.VIEW, lambda c: c.show_problems(), ("Ctrl+1",), begins_group=True),
    ActionSpec("view.run", "Run", Menu.VIEW, lambda c: c.show_run(), ("Ctrl+2",)),
    ActionSpec(
        "view.next_problem",
        "Next problem",
        Menu.VIEW,
        lambda c: c.go_to_problem(1),
        ("F4",),
        lambda f: f.has_problems,
        begins_group=True,
    ),
    ActionSpec(
        "view.previous_problem",
        "Previous problem",
        Menu.VIEW,
        lambda c: c.go_to_problem(-1),
        ("Shift+F4",),
        lambda f: f.has_problems,
    ),
    ActionSpec(
        "run.run",
        "Run in Lab",
        Menu.RUN,
        lambda c: c.run(),
        ("F5",),
        lambda f: f.has_nodes and not f.is_running,
        icon="play",
    ),
    ActionSpec(
        "run.stop", "Stop run", Menu.RUN, lambda c: c.stop(), ("Shift+F5",), lambda f: f.is_running, icon="square"
    ),
)
"""Every action, in the order of the menus (visual-design.md §12: those that exist now)."""
