"""The one history of edits: what undo and redo walk, bounded by bytes."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from tocsin.edits import Edit, merged
from tocsin.model.playbook import Playbook

LIMIT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Where the history stands, for menus and titles.

    Attributes:
        undo_label: What undo would take back, or None when there is nothing.
        redo_label: What redo would do again, or None.
        is_dirty: The document differs from its file.
    """

    undo_label: str | None = None
    redo_label: str | None = None
    is_dirty: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One undo step: what was done, and what takes it back. Its identity is the document's state after it.

    Attributes:
        edit: What was done.
        inverse: What takes it back.
        weight: About how many bytes it holds.
    """

    edit: Edit
    inverse: Edit
    weight: int


def weigh(edit: Edit, old: Playbook, new: Playbook) -> int:
    """Return about how many bytes a step holds: what the edit says, and the tables that it had to copy.

    Everything else is shared between the documents, so the history holds one document and what its steps brought.
    """
    copied = sum(sys.getsizeof(now) for was, now in zip(_tables(old), _tables(new), strict=True) if was is not now)
    return len(repr(edit)) + copied


def _tables(playbook: Playbook) -> tuple[object, ...]:
    return (playbook.graph.nodes, playbook.graph.edges, playbook.layout.nodes, playbook.layout.bends)


class EditHistory:
    """Steps done and steps taken back. Knows no playbook: the session applies the edits.

    Every state of the document has an identity: the step that led to it, or the base from which the first step began.
    So “is this what the file holds?” is one comparison, also after undo, and after old steps were dropped.
    """

    def __init__(self, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._base: object = object()
        self._saved: object = self._base
        self._is_open = False

    @property
    def state(self) -> HistoryState:
        """What menus and titles need to know."""
        return HistoryState(
            undo_label=self._done[-1].edit.label if self._done else None,
            redo_label=self._undone[-1].edit.label if self._undone else None,
            is_dirty=self._here is not self._saved,
        )

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would do again."""
        return self._undone[-1] if self._undone else None

    def record(self, step: Step) -> None:
        """Keep a step that was done. It joins the one before it when both belong to one gesture and can be one."""
        self._undone.clear()
        before = self._done[-1] if self._done and self._is_open else None
        joined = merged(before.edit, step.edit) if before is not None else None
        if before is not None and joined is not None:
            self._done[-1] = Step(joined, before.inverse, max(before.weight, step.weight))
        else:
            self._done.append(step)
        self._is_open = True
        self._drop_oldest()

    def close_step(self) -> None:
        """End the gesture: the next edit begins a step of its own."""
        self._is_open = False

    def step_back(self) -> None:
        """Note that `next_undo` was taken back."""
        self._undone.append(self._done.pop())
        self.close_step()

    def step_forward(self) -> None:
        """Note that `next_redo` was done again."""
        self._done.append(self._undone.pop())
        self.close_step()

    def mark_saved(self) -> None:
        """The document is now as its file is."""
        self._saved = self._here
        self.close_step()

    def mark_unsaved(self) -> None:
        """No state of the document is as its file is."""
        self._saved = object()
        self.close_step()

    def clear(self) -> None:
        """Forget everything: another document is here, as its file is."""
        self._done.clear()
        self._undone.clear()
        self._base = object()
        self.mark_saved()

    @property
    def _here(self) -> object:
        return self._done[-1] if self._done else self._base

    def _drop_oldest(self) -> None:
        """Drop the oldest steps over the limit; the newest always stays."""
        weight = sum(step.weight for step in self._done)
        while weight > self._limit and len(self._done) > 1:
            dropped = self._done.pop(0)
            self._base = dropped
            weight -= dropped.weight
