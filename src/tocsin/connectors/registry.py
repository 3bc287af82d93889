"""Gathers the descriptions: those that are shipped, and those of the user's own folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from tocsin.base.errors import Place
from tocsin.base.resources import data_folder, resource_path
from tocsin.base.texts import _
from tocsin.connectors.catalogue_cache import find_cached, fingerprint, keep
from tocsin.connectors.errors import DuplicateConnectorError, UnknownConnectorError, UnreadableDescriptionError
from tocsin.formats import FileResult, bytes_of, read_connector, read_vocabulary
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.problems import Severity

CONNECTORS_FOLDER: Final = "connectors"
VOCABULARY_FILE: Final = "vocabulary.yaml"

Kind = TypeVar("Kind")


def load_catalogue(folders: Sequence[Path] = (), *, cache: Path | None = None) -> Catalogue:
    """Return every product that is described: the shipped ones and those of these folders.

    Sends nothing, and evaluates nothing of the descriptions. Those of the user's own folders may not take a shipped
    one's place, and are judged (`lint_own`) before they are taken.

    Args:
        folders: Where the user's own `*.yaml` are; one that is not there holds none.
        cache: The file that keeps what was read for the next time, or None.

    Raises:
        UnreadableDescriptionError: A file cannot be read, or one of the user's own does what it may not (field.md S16),
            with its first fault and the fault's place.
        DuplicateConnectorError: Two files describe one product.
    """
    vocabulary = resource_path(VOCABULARY_FILE)
    shipped = [vocabulary, *_paths_in([data_folder("resources") / CONNECTORS_FOLDER])]
    texts = [(path.name, _bytes_of(path)) for path in (*shipped, *_paths_in(folders))]
    mark = fingerprint(texts)
    kept = find_cached(cache, mark) if cache is not None else None
    if kept is not None:
        return kept
    common = _value_of(read_vocabulary(texts[0][1], texts[0][0]), texts[0][0])
    catalogue = Catalogue(connectors=_connectors_of(texts[1:]), vocabulary=common)
    for name, data in texts[len(shipped) :]:
        _ensure_usable(_value_of(read_connector(data, name), name), name, catalogue)
    if cache is not None:
        keep(cache, mark, catalogue)
    return catalogue


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


def _ensure_usable(connector: Connector, file: str, catalogue: Catalogue) -> None:
    """Whoever wrote it, it is judged before anything of it is used; reading the shipped ones need not wait for that."""
    from tocsin.connectors.lint import lint_own

    problems = lint_own(connector, catalogue.vocabulary)
    if problems:
        first = problems[0]
        where = ".".join(part for part in (first.node or "", first.field or "") if part)
        fault = f"{where}: {first.message}" if where else first.message
        raise UnreadableDescriptionError(fault, Place(file), hint=first.hint)


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
