"""What an edit is, and the two kinds that serve all others: several as one, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tocsin.model.playbook import Playbook


class Edit(Protocol):
    """A change of a playbook as a value. It knows no window: the history, the command line and fixes share it."""

    @property
    def label(self) -> str:
        """What it does, for the Undo menu: “Move 3 nodes”."""
        ...

    def apply(self, playbook: Playbook, /) -> Playbook:
        """Return the changed playbook; the given one stays as it is.

        Raises:
            EditRefusedError: The result could not be saved and loaded again.
        """
        ...

    def inverse(self, playbook: Playbook, /) -> Edit:
        """Return the edit that takes this one back, given the playbook before it is applied."""
        ...


@dataclass(frozen=True, slots=True)
class Restore:
    """Puts parts of a playbook back as they were.

    Playbooks are frozen, so the old part is the exact way back, order included, and costs no copy. Parts that an edit
    does not touch are not held: what else happened to them meanwhile stays.

    Attributes:
        label: What it takes back.
        parts: Field of `Playbook` → its value.
    """

    label: str
    parts: Mapping[str, object]

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook with these parts."""
        return playbook.model_copy(update=dict(self.parts))

    def inverse(self, playbook: Playbook) -> Edit:
        """Return what puts today's parts back."""
        return keep(playbook, self.label, *self.parts)


def keep(playbook: Playbook, label: str, *parts: str) -> Restore:
    """Return the edit that brings these parts of the playbook back."""
    return Restore(label, {part: getattr(playbook, part) for part in parts})


@dataclass(frozen=True, slots=True)
class Batch:
    """Several edits as one step of the history: all of them happen, or none."""

    edits: tuple[Edit, ...]
    label: str

    def apply(self, playbook: Playbook) -> Playbook:
        """Return the playbook after all edits, one after the other."""
        for edit in self.edits:
            playbook = edit.apply(playbook)
        return playbook

    def inverse(self, playbook: Playbook) -> Edit:
        """Return the inverses, last one first."""
        inverses: list[Edit] = []
        for edit in self.edits:
            inverses.append(edit.inverse(playbook))
            playbook = edit.apply(playbook)
        return Batch(tuple(reversed(inverses)), self.label)
