"""Gathers the descriptions: those that are shipped, and those of the user's own folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from tocsin.base.errors import Place
from tocsin.base.resources import data_folder, resource_path
from tocsin.connectors.errors import DuplicateConnectorError, UnknownConnectorError, UnreadableDescriptionError
from tocsin.formats import MAX_BYTES, FileResult, read_connector, read_vocabulary
from tocsin.model.catalogue import Catalogue, Connector, VocabularyAction
from tocsin.model.problems import Severity

CONNECTORS_FOLDER: Final = "connectors"
VOCABULARY_FILE: Final = "vocabulary.yaml"

Kind = TypeVar("Kind")


def load_catalogue(folders: Sequence[Path] = ()) -> Catalogue:
    """Return every product that is described: the shipped ones and those of these folders.

    Sends nothing, and evaluates nothing of the descriptions.

    Args:
        folders: Where the user's own `*.yaml` are; one that is not there holds none.

    Raises:
        UnreadableDescriptionError: A file cannot be read, with its first fault and the fault's place.
        DuplicateConnectorError: Two files describe one product.
    """
    return Catalogue(
        connectors=read_folders([data_folder("resources") / CONNECTORS_FOLDER, *folders]),
        vocabulary=_read_vocabulary(resource_path(VOCABULARY_FILE)),
    )


def read_folders(folders: Iterable[Path]) -> dict[str, Connector]:
    """Return the products that the folders' files describe, by id, in order of folder and file name.

    Raises:
        UnreadableDescriptionError: A file cannot be read.
        DuplicateConnectorError: Two files describe one product.
    """
    found: dict[str, Connector] = {}
    files: dict[str, str] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
        connector = _value_of(read_connector(_bytes_of(path), path.name), path.name)
        if connector.id in found:
            raise DuplicateConnectorError(connector.id, files[connector.id], path.name)
        found[connector.id], files[connector.id] = connector, path.name
    return found


def get_connector(catalogue: Catalogue, name: str) -> Connector:
    """Return a product's description.

    Raises:
        UnknownConnectorError: There is none; the closest name is offered.
    """
    if name not in catalogue.connectors:
        raise UnknownConnectorError(name, catalogue.connectors)
    return catalogue.connectors[name]


def _read_vocabulary(path: Path) -> Mapping[str, VocabularyAction]:
    return _value_of(read_vocabulary(_bytes_of(path), path.name), path.name)


def _bytes_of(path: Path) -> bytes:
    """Return the file's bytes, one more than is allowed at most: the reader then says that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableDescriptionError("It cannot be opened.", Place(path.name)) from error


def _value_of(result: FileResult[Kind], file: str) -> Kind:
    faults = [problem for problem in result.problems if problem.severity is Severity.ERROR]
    if result.value is None or faults:
        if not faults:
            raise UnreadableDescriptionError("It says nothing.", Place(file))
        first = faults[0]
        raise UnreadableDescriptionError(first.message, Place(file, first.line, first.column), hint=first.hint)
    return result.value
