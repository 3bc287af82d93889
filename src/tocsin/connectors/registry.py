"""Gathers the descriptions: those that are shipped, and those of the user's own folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place
from tocsin.base.resources import data_folder, resource_path
from tocsin.base.texts import _
from tocsin.connectors.catalogue_cache import find_cached, fingerprint, keep
from tocsin.connectors.errors import DuplicateConnectorError, UnknownConnectorError, UnreadableDescriptionError
from tocsin.formats import FileResult, bytes_of, read_connector, read_vocabulary
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.problems import Problem, Severity

CONNECTORS_FOLDER: Final = "connectors"
VOCABULARY_FILE: Final = "vocabulary.yaml"

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class OwnDescription:
    """A file of a user's own descriptions.

    Attributes:
        mark: What tells its content from every other, as hexadecimal SHA-256; "" where it cannot be opened.
        connector: What it describes; None where a fault keeps it from being used.
        problems: What is wrong with it, with file and line.
    """

    path: Path
    mark: str
    connector: Connector | None
    problems: tuple[Problem, ...]


def load_catalogue(
    folders: Sequence[Path] = (), *, cache: Path | None = None, is_reviewed: Callable[[str], bool] = lambda _mark: False
) -> Catalogue:
    """Return every product that is described: the shipped ones, and those of these folders that can be used.

    Sends nothing, and evaluates nothing of the descriptions.

    Args:
        folders: Where the user's own `*.yaml` are; one that is not there holds none.
        cache: The file that keeps what was read of the shipped ones for the next time, or None.
        is_reviewed: Tells by a file's mark whether the user has reviewed what is in it.

    Raises:
        UnreadableDescriptionError: A shipped file cannot be read.
    """
    shipped = _shipped(cache)
    own = {one.connector.id: one for one in read_own(folders, shipped) if one.connector is not None}
    if not own:
        return shipped
    connectors = {name: one.connector for name, one in own.items() if one.connector is not None}
    unreviewed = frozenset(name for name, one in own.items() if not is_reviewed(one.mark))
    return shipped.model_copy(update={"connectors": {**shipped.connectors, **connectors}, "unreviewed": unreviewed})


def read_own(folders: Iterable[Path], shipped: Catalogue) -> tuple[OwnDescription, ...]:
    """Return what is in a user's own folders, file by file: a faulty one takes nothing from the others.

    They may not take a shipped product's place, and are judged (`lint_own`) before they are taken.
    """
    found: list[OwnDescription] = []
    taken = dict.fromkeys(shipped.connectors, _("what comes with Tocsin"))
    for path in _paths_in(folders):
        one = read_own_file(path, shipped, taken)
        found.append(one)
        if one.connector is not None:
            taken[one.connector.id] = path.name
    return tuple(found)


def read_own_file(path: Path, shipped: Catalogue, taken: Mapping[str, str] | None = None) -> OwnDescription:
    """Return what is in a file of the user's own, and everything that keeps it from being used.

    Args:
        path: The file.
        shipped: What comes with Tocsin.
        taken: The ids that are described elsewhere, and where.
    """
    from tocsin.connectors.lint import lint_own

    try:
        data = bytes_of(path)
    except OSError as error:
        message = _("It cannot be opened: {reason}.").format(reason=error.strerror or _("it is refused"))
        return OwnDescription(path, "", None, (_fault(ErrorCode.NOT_READABLE, message, path),))
    mark, result = hashlib.sha256(data).hexdigest(), read_connector(data, str(path))
    connector, problems = result.value, list(result.problems)
    if connector is None:
        problems = problems or [_fault(ErrorCode.BAD_DESCRIPTION, _("It says nothing."), path)]
        return OwnDescription(path, mark, None, tuple(problems))
    where = (taken or {}).get(connector.id)
    if where is not None:
        twice = DuplicateConnectorError(connector.id, where, path.name)
        problems.append(replace(_fault(twice.code, twice.message, path, _line_of(data, "id")), hint=twice.hint))
    for problem in lint_own(connector, shipped.vocabulary):
        line = _line_of(data, problem.node or problem.field)
        problems.append(replace(problem, file=str(path), line=line, column=1))
    is_usable = not any(problem.severity is Severity.ERROR for problem in problems)
    return OwnDescription(path, mark, connector if is_usable else None, tuple(problems))


def read_folders(folders: Iterable[Path]) -> dict[str, Connector]:
    """Return the products that the folders' files describe, by id, in order of folder and file name.

    Raises:
        UnreadableDescriptionError: A file cannot be read.
        DuplicateConnectorError: Two files describe one product.
    """
    return _connectors_of((path.name, _bytes_of(path)) for path in _paths_in(folders))


def get_connector(catalogue: Catalogue, name: str) -> Connector:
    """Return a product's description.

    Raises:
        UnknownConnectorError: There is none; the closest name is offered.
    """
    if name not in catalogue.connectors:
        raise UnknownConnectorError(name, catalogue.connectors)
    return catalogue.connectors[name]


def _paths_in(folders: Iterable[Path]) -> Iterator[Path]:
    return (path for folder in folders for path in sorted(folder.glob("*.yaml")))


def _connectors_of(texts: Iterable[tuple[str, bytes]]) -> dict[str, Connector]:
    found: dict[str, Connector] = {}
    files: dict[str, str] = {}
    for name, data in texts:
        connector = _value_of(read_connector(data, name), name)
        if connector.id in found:
            raise DuplicateConnectorError(connector.id, files[connector.id], name)
        found[connector.id], files[connector.id] = connector, name
    return found


def _shipped(cache: Path | None) -> Catalogue:
    files = [resource_path(VOCABULARY_FILE), *_paths_in([data_folder("resources") / CONNECTORS_FOLDER])]
    texts = [(path.name, _bytes_of(path)) for path in files]
    mark = fingerprint(texts)
    kept = find_cached(cache, mark) if cache is not None else None
    if kept is not None:
        return kept
    common = _value_of(read_vocabulary(texts[0][1], texts[0][0]), texts[0][0])
    catalogue = Catalogue(connectors=_connectors_of(texts[1:]), vocabulary=common)
    if cache is not None:
        keep(cache, mark, catalogue)
    return catalogue


def _fault(code: ErrorCode, message: str, path: Path, line: int = 0) -> Problem:
    return Problem(str(code), Severity.ERROR, message, file=str(path), line=line, column=min(line, 1))


def _line_of(data: bytes, name: str) -> int:
    """Return the line where a name stands first as a key: that of an action, or of a field of the head; 0 for none."""
    key = re.compile(rf"\s*{re.escape(name.partition('.')[0])}\s*:")
    lines = data.decode("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if name and key.match(line)), 0)


def _bytes_of(path: Path) -> bytes:
    try:
        return bytes_of(path)
    except OSError as error:
        raise UnreadableDescriptionError(_("It cannot be opened."), Place(path.name)) from error


def _value_of(result: FileResult[Kind], file: str) -> Kind:
    faults = [problem for problem in result.problems if problem.severity is Severity.ERROR]
    if result.value is None or faults:
        if not faults:
            raise UnreadableDescriptionError(_("It says nothing."), Place(file))
        first = faults[0]
        raise UnreadableDescriptionError(first.message, Place(file, first.line, first.column), hint=first.hint)
    return result.value
