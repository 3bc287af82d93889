"""Unsaved work as a value, and as the file that keeps it: JSON, the playbook in it as its own file has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tocsin.model.document import from_document, to_document
from tocsin.model.playbook import Playbook
from tocsin.services.recovery.errors import UnreadableDraftError

SUFFIX: Final = ".json"
VERSION: Final = 1
_KEY: Final = "tocsin_draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved work.

    Attributes:
        playbook: The playbook as it is drawn.
        path: Its file, or None when it was never saved.
        base: The hash of that file as the work began with it (`EditorSession.base`), or None.
    """

    playbook: Playbook
    path: Path | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class LeftDraft:
    """Unsaved work that a process left when it ended.

    Attributes:
        file: Where it is kept.
        key: What names it among the documents of a process.
        name: What the playbook is called; "" when it has no name.
        path: Its own file, or None when it was never saved.
        at: When it was kept, in UTC microseconds; 0 when that cannot be read.
    """

    file: Path
    key: str
    name: str = ""
    path: Path | None = None
    at: int = 0


def encode_draft(draft: Draft, at: int) -> bytes:
    """Return the content of the file that keeps unsaved work since `at`, in UTC microseconds."""
    said = {
        _KEY: VERSION,
        "at": at,
        "name": draft.playbook.name or "",
        "path": str(draft.path.absolute()) if draft.path else None,  # the next start may be in another folder
        "base": draft.base,
        "playbook": to_document(draft.playbook),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def describe_draft(file: Path) -> LeftDraft:
    """Return what a kept file is about; one that cannot be read has no name, but it can be thrown away."""
    try:
        said = _read(file)
        path = said["path"]
        return LeftDraft(file, file.stem, str(said["name"]), Path(path) if path else None, int(said["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return LeftDraft(file, file.stem)


def load_draft(left: LeftDraft) -> Draft:
    """Return the unsaved work that was left.

    Raises:
        UnreadableDraftError: The file is gone, or holds something else.
    """
    try:
        said = _read(left.file)
        path, base = said["path"], said["base"]
        return Draft(from_document(said["playbook"]), Path(path) if path else None, base)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableDraftError(left.file, left.name or left.key) from error


def _read(file: Path) -> Mapping[str, Any]:
    said = json.loads(file.read_bytes())
    if said[_KEY] != VERSION:
        raise ValueError(f"version {said[_KEY]} of a draft is not known here")
    return said
