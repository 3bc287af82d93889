"""Edits of where things lie."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from tocsin.edits.edit import Edit, keep
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.trees import frame_of
from tocsin.model.playbook import Playbook, Spot, walk_graphs


@dataclass(frozen=True, slots=True)
class MoveNodes:
    """Puts nodes elsewhere in their graphs; `spots` has the new places in pixels, `said` what a person did for that."""

    spots: Mapping[str, tuple[int, int]]
    said: str = ""

    @property
    def label(self) -> str:
        """What it does."""
        if self.said:
            return self.said
        return f"Move “{next(iter(self.spots))}”" if len(self.spots) == 1 else f"Move {len(self.spots)} nodes"

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the nodes at their new places; sizes and folds stay, bends of their edges go."""
        old = playbook.layout.nodes
        spots = {
            name: old[name].model_copy(update={"at": at}) if name in old else Spot(at=at)
            for name, at in self.spots.items()
        }
        return _without_bends(_with_spots(playbook, spots), self.spots)

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "layout")


@dataclass(frozen=True, slots=True)
class SetSpot:
    """Sets everything about one node's place: where it lies, how large a frame is, whether it is folded or pinned."""

    node: str
    spot: Spot

    @property
    def label(self) -> str:
        """What it does."""
        return f"Arrange “{self.node}”"

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the node's new place."""
        return _with_spots(playbook, {self.node: self.spot})

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the way back."""
        return keep(playbook, self.label, "layout")


@dataclass(frozen=True, slots=True)
class BendLine:
    """Leads a line another way: `bends` are pairs, top and bottom of each upright run, in its graph; none: as usual."""

    line: str
    bends: tuple[tuple[int, int], ...]

    @property
    def label(self) -> str:
        """What it does."""
        return "Bend a line" if self.bends else "Straighten a line"

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the line's new way.

        Raises:
            EditRefusedError: There is no such line.
        """
        if not any(edge.text == self.line for _, graph in walk_graphs(playbook.graph) for edge in graph.edges):
            raise EditRefusedError(f"There is no line “{self.line}”.")
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


def _without_bends(playbook: Playbook, moved: Container[str]) -> Playbook:
    """Bends were laid for where the ends lay; they say nothing about another place."""
    bends = playbook.layout.bends
    stale = {
        edge.text
        for _, graph in walk_graphs(playbook.graph)
        for edge in graph.edges
        if edge.text in bends and (edge.source in moved or edge.target in moved)
    }
    if not stale:
        return playbook
    kept = {text: points for text, points in bends.items() if text not in stale}
    return playbook.model_copy(update={"layout": playbook.layout.model_copy(update={"bends": kept})})
