"""What one row of the table of actions says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tocsin.base.texts import _
from tocsin.ui.actions.context import Commands, Facts


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = _("File")
    EDIT = _("Edit")
    VIEW = _("View")
    PLAYBOOK = _("Playbook")
    RUN = _("Run")
    LAB = _("Lab")
    HELP = _("Help")


class Scope(StrEnum):
    """Where an action's key works. Single letters and Delete belong to the canvas alone."""

    WINDOW = "window"
    CANVAS = "canvas"


def always(_facts: Facts) -> bool:
    """Say that it can be done at any time."""
    return True


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row: what a person can tell the window to do.

    Attributes:
        id: TOPIC.VERB, stable: a person's own keys name it.
        title: In menus, buttons and tooltips.
        menu: Which menu lists it.
        handler: What happens.
        keys: Its shortcuts, the first is shown.
        when: Whether it can be done now.
        icon: A name in `resources/icons`, or "".
        scope: Where its keys work.
        begins_group: A line stands above it in the menu.
        label: Its title where that depends on the facts.
        is_checked: Whether it is on now, for what is on or off; None for what is done.
    """

    id: str
    title: str
    menu: Menu
    handler: Callable[[Commands], None]
    keys: tuple[str, ...] = ()
    when: Callable[[Facts], bool] = always
    icon: str = ""
    scope: Scope = Scope.WINDOW
    begins_group: bool = False
    label: Callable[[Facts], str] | None = None
    is_checked: Callable[[Facts], bool] | None = None

    def title_for(self, facts: Facts) -> str:
        """Return the title as it reads now: “Undo Move 3 nodes”."""
        return self.label(facts) if self.label else self.title
