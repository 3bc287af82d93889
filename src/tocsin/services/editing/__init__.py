"""Editing one playbook without a window: the document, its one history, its selection, opening and saving.

Faces enter here. Start reading at `session`.
"""

from tocsin.services.editing.clips import read_clip, write_clip
from tocsin.services.editing.errors import (
    CannotOpenError,
    CannotSaveError,
    FileChangedError,
    FilesGoneError,
    ReadOnlyError,
)
from tocsin.services.editing.file_names import find_conflict_copy
from tocsin.services.editing.file_state import FileState
from tocsin.services.editing.history import HistoryState
from tocsin.services.editing.session import EditorSession, PlaybookChanged, Saved, SelectionChanged

__all__ = [
    "CannotOpenError",
    "CannotSaveError",
    "EditorSession",
    "FileChangedError",
    "FileState",
    "FilesGoneError",
    "HistoryState",
    "PlaybookChanged",
    "ReadOnlyError",
    "Saved",
    "SelectionChanged",
    "find_conflict_copy",
    "read_clip",
    "write_clip",
]
