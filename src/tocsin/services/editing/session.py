"""The editing session: the one owner of a document that changes. Every face edits through it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from psygnal import Signal

from tocsin.base.clock import Clock, rfc3339
from tocsin.base.texts import _
from tocsin.edits import Edit
from tocsin.formats.playbook_file import load_playbook, save_playbook
from tocsin.model.playbook import Playbook, walk_graphs
from tocsin.model.problems import Problem
from tocsin.services.editing.errors import CannotOpenError, CannotSaveError, FileChangedError, ReadOnlyError
from tocsin.services.editing.file_names import find_name_fault
from tocsin.services.editing.file_state import FileState, compare_content, content_hash, hash_of, is_protected
from tocsin.services.editing.history import LIMIT_BYTES, EditHistory, HistoryState, Step, weigh

UNTITLED = "untitled"


@dataclass(frozen=True, slots=True)
class PlaybookChanged:
    """The document is another. `edit` led to it; None when another document was opened or the file's marks were set."""

    old: Playbook
    new: Playbook
    edit: Edit | None


@dataclass(frozen=True, slots=True)
class SelectionChanged:
    """Something else is selected: ids of nodes, texts of edges."""

    selection: frozenset[str]


@dataclass(frozen=True, slots=True)
class Saved:
    """The document was written."""

    path: Path


class EditorSession:
    """One playbook, its history and its selection. No thread of its own: use it from one thread.

    Signals:
        playbook_changed: PlaybookChanged, only when the value differs.
        history_changed: HistoryState, after every edit, undo, redo, save and opening.
        selection_changed: SelectionChanged.
        saved: Saved.
    """

    playbook_changed = Signal(PlaybookChanged)
    history_changed = Signal(HistoryState)
    selection_changed = Signal(SelectionChanged)
    saved = Signal(Saved)

    def __init__(self, *, clock: Clock | None = None, limit_bytes: int = LIMIT_BYTES) -> None:
        self._clock = clock or Clock()
        self._history = EditHistory(limit_bytes=limit_bytes)
        self._playbook = Playbook(id=UNTITLED)
        self._path: Path | None = None
        self._base: str | None = None
        self._file_problems: tuple[Problem, ...] = ()
        self._selection = frozenset[str]()
        self._is_read_only = False

    @property
    def playbook(self) -> Playbook:
        """The document as it is now."""
        return self._playbook

    @property
    def path(self) -> Path | None:
        """The document's file, or None when it was never saved."""
        return self._path

    @property
    def base(self) -> str | None:
        """The hash of what the document's file held when it was last read or written; None when it was neither."""
        return self._base

    @property
    def is_untouched(self) -> bool:
        """Whether nothing would be lost with this document: it has no file, and nothing was drawn or is looked at."""
        return self._path is None and not self.is_dirty and not self._is_read_only

    @property
    def is_read_only(self) -> bool:
        """Whether the document can be looked at alone; saved to a file of its own it is one like any other."""
        return self._is_read_only

    @property
    def file_problems(self) -> tuple[Problem, ...]:
        """What opening the file found beside the playbook, such as comments that saving drops. Empty once saved."""
        return self._file_problems

    @property
    def history(self) -> HistoryState:
        """What undo and redo would do, and whether the document differs from its file."""
        return self._history.state

    @property
    def is_dirty(self) -> bool:
        """Whether the document differs from its file."""
        return self._history.state.is_dirty

    @property
    def selection(self) -> frozenset[str]:
        """What is selected: ids of nodes and texts of edges. Ids hold no blank, so the two never meet."""
        return self._selection

    def new(self) -> None:
        """Begin an empty playbook. What was not saved is gone: ask first."""
        self._base = None
        self._replace_document(Playbook(id=UNTITLED), None, ())

    def open(self, path: Path) -> None:
        """Show a file's playbook. What was not saved is gone: ask first.

        Raises:
            CannotOpenError: The file holds no playbook; this session is as it was.
        """
        base = content_hash(path)  # before it is read: what is written in between is then noticed, not overwritten
        file = load_playbook(path)
        if file.playbook is None:
            raise CannotOpenError(path.name, file.problems)
        self._base = base
        self._replace_document(file.playbook, path, tuple(file.problems))

    def recover(self, playbook: Playbook, path: Path | None, base: str | None) -> None:
        """Show unsaved work that outlived its session; it is not saved yet. What was here is gone: ask first.

        Args:
            playbook: The work.
            path: Its file, or None when it was never saved.
            base: What `base` was then.
        """
        self._base = base
        self._replace_document(playbook, path, (), is_saved=False)

    def look_at(self, playbook: Playbook) -> None:
        """Show a playbook that is no document of its own, such as what a run ran. What was here is gone: ask first."""
        self._base = None
        self._replace_document(playbook, None, (), is_read_only=True)

    def file_state(self) -> FileState:
        """Compare the file on disk with what was last read or written. Reads the file."""
        return compare_content(self._path, self._base)

    def keep_mine(self) -> None:
        """Say that the document stands, whatever the file holds now: the next save overwrites it."""
        if self._path is not None:
            self._base = content_hash(self._path)
            self._history.mark_unsaved()
            self.history_changed.emit(self._history.state)

    def save(self, path: Path | None = None) -> None:
        """Write the document to its file, or to another that is its file from then on.

        The first save marks the playbook with `uid` and `created`.

        Raises:
            CannotSaveError: It could not be written; the file and this session are as they were.
            FileChangedError: Another program has changed the document's file since.
        """
        target = path or self._path
        if target is None:
            raise ValueError("an untitled playbook needs a path")
        if target == self._path and self.file_state() is FileState.CHANGED:
            raise FileChangedError(target)
        if is_protected(target):
            raise CannotSaveError(target, _("the file is read-only"))
        fault = find_name_fault(target) if target != self._path else ""
        if fault:
            raise CannotSaveError(target, fault, hint=_("Choose another name."))
        marked = self._marked()
        try:
            self._base = hash_of(save_playbook(target, marked))
        except OSError as error:
            raise CannotSaveError(target, error.strerror or type(error).__name__) from error
        self._path, self._file_problems, self._is_read_only = target, (), False
        self._set_playbook(marked, None)
        self._history.mark_saved()
        self.saved.emit(Saved(target))
        self.history_changed.emit(self._history.state)

    def apply(self, edit: Edit) -> None:
        """Do an edit. Until `end_gesture` it joins the step before it where the two can be one.

        Raises:
            TocsinError: The edit does not fit the document; nothing changed.
            ReadOnlyError: The document is only looked at.
        """
        if self._is_read_only:
            raise ReadOnlyError(self._playbook.name or self._playbook.id)
        new = edit.apply(self._playbook)
        if new == self._playbook and new.model_dump_json() == self._playbook.model_dump_json():
            return  # equal maps may still be in another order, which a person sees
        self._history.record(Step(edit, edit.inverse(self._playbook), weigh(edit, self._playbook, new)))
        self._set_playbook(new, edit)
        self.history_changed.emit(self._history.state)

    def end_gesture(self) -> None:
        """Say that the drag or the typing is over: the next edit is an undo step of its own."""
        self._history.close_step()

    def undo(self) -> None:
        """Take the last step back; nothing when there is none."""
        step = self._history.next_undo
        if step is not None:
            self._history.step_back()
            self._set_playbook(step.inverse.apply(self._playbook), step.inverse)
            self.history_changed.emit(self._history.state)

    def redo(self) -> None:
        """Do the last step taken back again; nothing when there is none."""
        step = self._history.next_redo
        if step is not None:
            self._history.step_forward()
            self._set_playbook(step.edit.apply(self._playbook), step.edit)
            self.history_changed.emit(self._history.state)

    def select(self, names: Iterable[str]) -> None:
        """Select these nodes and edges and no others; what is not there is left out."""
        wanted = frozenset(names)
        selection = wanted & _names_in(self._playbook) if wanted else wanted
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(SelectionChanged(selection))

    def _marked(self) -> Playbook:
        playbook = self._playbook
        marks = {"uid": self._clock.new_run_id(), "created": rfc3339(self._clock.utc_micros())}
        missing = {key: value for key, value in marks.items() if getattr(playbook, key) is None}
        return playbook.model_copy(update=missing) if missing else playbook

    def _replace_document(
        self,
        playbook: Playbook,
        path: Path | None,
        problems: tuple[Problem, ...],
        *,
        is_saved: bool = True,
        is_read_only: bool = False,
    ) -> None:
        self._path, self._file_problems, self._is_read_only = path, problems, is_read_only
        self._history.clear()
        if not is_saved:
            self._history.mark_unsaved()
        self._set_playbook(playbook, None)
        self.history_changed.emit(self._history.state)

    def _set_playbook(self, playbook: Playbook, edit: Edit | None) -> None:
        old, self._playbook = self._playbook, playbook
        if old != playbook:
            self.playbook_changed.emit(PlaybookChanged(old, playbook, edit))
        self.select(self._selection)


def _names_in(playbook: Playbook) -> set[str]:
    graphs = [graph for _unused, graph in walk_graphs(playbook.graph)]
    return {name for graph in graphs for name in graph.nodes} | {edge.text for graph in graphs for edge in graph.edges}
