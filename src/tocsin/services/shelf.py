"""Where the playbooks are that others call: the workspace of a file, then what is shipped (definitions.md D1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tocsin.engine.errors import HasErrorsError
from tocsin.formats.playbook_file import PlaybookFile, load_playbook
from tocsin.formats.yaml_text import bytes_of
from tocsin.model.errors import SameIdError
from tocsin.model.pins import is_pins_file
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Severity

MARKER: Final = "tocsin-workspace.yaml"
_PLAYBOOKS: Final = "playbooks"


class Shelf:
    """The playbooks that a file can call. What was found once is not read again.

    Args:
        file: The file that calls; None for a playbook that has none yet: it can call what is shipped.
        shipped: The files that are shipped.
    """

    def __init__(self, file: Path | None, shipped: Iterable[Path]) -> None:
        self._folder = workspace_of(file) if file is not None else None
        self._shipped = tuple(shipped)
        self._found: dict[str, Playbook | None] = {}

    def find(self, name: str) -> Playbook | None:
        """Return the playbook of this id: from the workspace, else of those shipped, else None.

        Raises:
            SameIdError: Two files of one place have it.
            HasErrorsError: Its file cannot be read as a playbook.
        """
        if name not in self._found:
            own = _files_in(self._folder) if self._folder is not None else ()
            self._found[name] = _find_in(own, name) or _find_in(self._shipped, name)
        return self._found[name]


def workspace_of(file: Path) -> Path:
    """Return the nearest folder upwards that is marked as a workspace, else the file's own."""
    own = file.absolute().parent
    return next((folder for folder in (own, *own.parents) if (folder / MARKER).is_file()), own)


def _files_in(folder: Path) -> Iterator[Path]:
    for files in (folder.glob("*.yaml"), (folder / _PLAYBOOKS).rglob("*.yaml")):
        yield from sorted(path for path in files if not is_pins_file(path))


def _find_in(files: Iterable[Path], name: str) -> Playbook | None:
    """Return the playbook of an id; the files that cannot have it are not parsed."""
    loaded = [load_playbook(path) for path in files if _may_be(path, name)]
    named = [file for file in loaded if file.playbook is None or file.playbook.id == name]
    if len(named) > 1:
        raise SameIdError(name, [file.file for file in named])
    return _playbook_in(named[0], name) if named else None


def _may_be(path: Path, name: str) -> bool:
    try:
        text = bytes_of(path) if path.is_file() else b""  # to open a pipe would wait for whoever writes into it
    except OSError:
        return False
    return re.search(rb"(?m)^[{ ]*[\"']?id[\"']?:\s*[\"']?" + name.encode() + rb"[\"']?\s*([#,}]|$)", text) is not None


def _playbook_in(file: PlaybookFile, name: str) -> Playbook:
    errors = [problem for problem in file.problems if problem.severity is Severity.ERROR]
    if file.playbook is None or errors:
        raise HasErrorsError(name, file.problems)
    return file.playbook
