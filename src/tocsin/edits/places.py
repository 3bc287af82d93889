"""Edits of where things lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.edits.edit import Edit, keep
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.trees import frame_of
from tocsin.model.playbook import Layout, Playbook, Spot, parse_edge, walk_graphs

Bends = tuple[tuple[int, int], ...]
"""Pairs in a line's own graph: top and bottom of each upright run."""


@dataclass(frozen=True, slots=True)
class MoveNodes:
    """Puts nodes elsewhere in their graphs.

    Attributes:
        spots: The new places in pixels.
        said: What a person did for that, where it was no drag.
        straightens: Bends of their lines go: they were laid for a layout that is no more.
    """

    spots: Mapping[str, tuple[int, int]]
    said: str = ""
    straightens: bool = False

    @property
    def label(self) -> str:
        """What it does."""
        if self.said:
            return self.said
        return (
            _("Move “{iter}”").format(iter=next(iter(self.spots)))
            if len(self.spots) == 1
            else _("Move {count} nodes").format(count=len(self.spots))
        )

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the nodes at their new places; sizes and folds stay.

        Bends of a line go with its two ends where these go the same way; else they stay where they are.
        """
        old = playbook.layout.nodes
        spots = {
            name: old[name].model_copy(update={"at": at}) if name in old else Spot(at=at)
            for name, at in self.spots.items()
        }
        moved = _with_spots(playbook, spots)
        bends = {
            line: way
            for line, points in playbook.layout.bends.items()
            if (way := self._bends_of(playbook.layout, line, points))
        }
        if bends == playbook.layout.bends:
            return moved
        return moved.model_copy(update={"layout": moved.layout.model_copy(update={"bends": bends})})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "layout")

    def _bends_of(self, layout: Layout, line: str, bends: Bends) -> Bends:
        """Return the bends that a line has after the move; none where they go."""
        ends = parse_edge(line)
        if ends is None:
            return bends
        source, target = self._way_of(layout, ends[0]), self._way_of(layout, ends[2])
        if self.straightens and (source or target) is not None:
            return ()
        if source is None or source != target:
            return bends
        return tuple((x + source[0], y + source[1]) for x, y in bends)

    def _way_of(self, layout: Layout, node: str) -> tuple[int, int] | None:
        """Return how far a node goes; None where it stays, and where nobody knows from where it comes."""
        if node not in self.spots or node not in layout.nodes:
            return None
        (x, y), (from_x, from_y) = self.spots[node], layout.nodes[node].at
        return (x - from_x, y - from_y) if (x, y) != (from_x, from_y) else None


@dataclass(frozen=True, slots=True)
class SetSpot:
    """Sets everything about one node's place: where it lies, how large a frame is, whether it is folded or pinned."""

    node: str
    spot: Spot

    @property
    def label(self) -> str:
        """What it does."""
        return _("Arrange “{node}”").format(node=self.node)

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the node's new place."""
        return _with_spots(playbook, {self.node: self.spot})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "layout")


@dataclass(frozen=True, slots=True)
class BendLine:
    """Leads a line another way, through `bends`; none: as usual."""

    line: str
    bends: Bends

    @property
    def label(self) -> str:
        """What it does."""
        return _("Bend a line") if self.bends else _("Straighten a line")

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the line's new way.

        Raises:
            EditRefusedError: There is no such line.
        """
        if not any(edge.text == self.line for _unused, graph in walk_graphs(playbook.graph) for edge in graph.edges):
            raise EditRefusedError(_("There is no line “{line}”.").format(line=self.line))
        others = {line: bends for line, bends in playbook.layout.bends.items() if line != self.line}
        bends = {**others, self.line: self.bends} if self.bends else others
        return playbook.model_copy(update={"layout": playbook.layout.model_copy(update={"bends": bends})})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "layout")


def _with_spots(playbook: Playbook, spots: Mapping[str, Spot]) -> Playbook:
    for name in spots:
        frame_of(playbook, name)  # refuses a node that is not there
    layout = playbook.layout.model_copy(update={"nodes": {**playbook.layout.nodes, **spots}})
    return playbook.model_copy(update={"layout": layout})
