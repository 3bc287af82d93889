"""Draws a frame around nodes, for the eye: a group, which changes nothing of what runs."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.soundness import ensure
from tocsin.edits.structure import AddNode
from tocsin.edits.trees import frame_of, node_at
from tocsin.model.playbook import GroupNode, Playbook


@dataclass(frozen=True, slots=True)
class GroupNodes:
    """Puts nodes of one graph into a new group; groups among them stay beside it.

    Attributes:
        ids: The nodes.
        group: The new group's id.
        at: Where it lies in their graph once nothing is in it any more, in pixels.
    """

    ids: tuple[str, ...]
    group: str
    at: tuple[int, int]

    @property
    def label(self) -> str:
        """What it does."""
        what = f"“{self.ids[0]}”" if len(self.ids) == 1 else _("{count} nodes").format(count=len(self.ids))
        return _("Group {what}").format(what=what)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the group; refused for nodes of several frames, and where there are only groups."""
        members = tuple(name for name in self.ids if not isinstance(node_at(playbook, name), GroupNode))
        ensure(that=bool(members), message=_("A group holds nodes that are no groups."))
        frames = {frame_of(playbook, name) for name in members}
        ensure(that=len(frames) == 1, message=_("Only nodes of one frame can be grouped together."))
        return AddNode(self.group, GroupNode(nodes=members), self.at, frames.pop()).apply(playbook)

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "graph", "layout")
