"""Edits of where things lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.edits.edit import Edit, keep
from tocsin.edits.trees import frame_of
from tocsin.model.playbook import Playbook, Spot


@dataclass(frozen=True, slots=True)
class MoveNodes:
    """Puts nodes elsewhere in their graphs; `spots` has the new places in pixels."""

    spots: Mapping[str, tuple[int, int]]

    @property
    def label(self) -> str:
        """What it does."""
        return f"Move “{next(iter(self.spots))}”" if len(self.spots) == 1 else f"Move {len(self.spots)} nodes"

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with the nodes at their new places; sizes and folds stay."""
        old = playbook.layout.nodes
        spots = {
            name: old[name].model_copy(update={"at": at}) if name in old else Spot(at=at)
            for name, at in self.spots.items()
        }
        return _with_spots(playbook, spots)

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


def _with_spots(playbook: Playbook, spots: Mapping[str, Spot]) -> Playbook:
    for name in spots:
        frame_of(playbook, name)  # refuses a node that is not there
    layout = playbook.layout.model_copy(update={"nodes": {**playbook.layout.nodes, **spots}})
    return playbook.model_copy(update={"layout": layout})
