"""The node picker: a few letters, and the node is where it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.model.playbook import Node, TriggerNode
from tocsin.model.ports import has_input
from tocsin.ui.actions.search import Findable
from tocsin.ui.dialogs.command_palette import CommandPalette
from tocsin.ui.node_list.entries import ACTION_PREFIX, Entry, Section
from tocsin.ui.node_list.new_nodes import find_new_node
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.search_field import SearchField

WIDTH: Final = 320
HEIGHT: Final = 336
USUAL: Final = _("Usual next")


class NodePicker(CommandPalette):
    """A popup beside a place on the canvas. `chosen` tells the payload of what was picked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._look = theme
        self._canvas = parent
        self._corner = QPoint()
        self.setObjectName("node-picker")
        self.setAccessibleName(_("Node picker"))
        for search in self.findChildren(SearchField):
            search.setPlaceholderText(_("Find a node or action"))
            search.setAccessibleName(_("Find a node or action"))

    def open_at(self, place: QPoint, entries: Sequence[Findable]) -> None:
        """Show itself with its corner at a place of the screen, within the window.

        Args:
            place: In global pixels.
            entries: What can be picked, best first.
        """
        self._corner = place
        self.open_with(entries)

    @override
    def place(self) -> None:
        self.resize(self._look.px(WIDTH), self._look.px(HEIGHT))
        window, wanted = self._canvas.window(), self._corner
        least = window.mapToGlobal(QPoint(0, 0))
        most = window.mapToGlobal(QPoint(window.width() - self.width(), window.height() - self.height()))
        self.move(max(least.x(), min(wanted.x(), most.x())), max(least.y(), min(wanted.y(), most.y())))


def fitting_entries(sections: Iterable[Section], usual: Mapping[str, int], *, follows: bool) -> tuple[Findable, ...]:
    """Return what a picker offers: what usually comes there first, then the order of the node list.

    Args:
        sections: Of the node list.
        usual: Payload → how often it came after such a node.
        follows: It must have an input, for a line leads to it.
    """
    found = [
        (entry.payload, _findable(entry, section.title))
        for section in sections
        for entry in section.entries
        if _fits(find_new_node(entry.payload), follows=follows)
    ]
    found.sort(key=lambda pair: -usual.get(pair[0], 0))
    return tuple(one if not usual.get(payload) else replace(one, group=USUAL) for payload, one in found)


def action_entries(sections: Iterable[Section]) -> tuple[Findable, ...]:
    """Return the actions alone: what an action can be swapped for."""
    return tuple(one for one in fitting_entries(sections, {}, follows=True) if one.id.startswith(ACTION_PREFIX))


def trigger_entries(sections: Iterable[Section]) -> tuple[Findable, ...]:
    """Return the triggers alone: what a playbook can start with."""
    found = fitting_entries(sections, {}, follows=False)
    return tuple(one for one in found if isinstance(find_new_node(one.id), TriggerNode))


def _findable(entry: Entry, group: str) -> Findable:
    return Findable(entry.payload, entry.title, group, entry.tip, entry.icon, entry.tone, also=entry.also)


def _fits(node: Node | None, *, follows: bool) -> bool:
    return node is not None and (has_input(node) or not follows)
