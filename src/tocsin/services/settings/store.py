"""Keeps the settings in their file: reads once, writes what changed, tells who listens."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path

from psygnal import Signal

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.private_folder import make_private
from tocsin.base.texts import _
from tocsin.formats.yaml_text import read_yaml
from tocsin.formats.yaml_writing import write_yaml
from tocsin.services.settings.document import document_of, settings_from
from tocsin.services.settings.errors import BrokenSettingsError, CannotSaveSettingsError, WrongSettingsError
from tocsin.services.settings.values import Settings, SettingsChanged


class SettingsStore:
    """The settings of this user. No thread of its own: use it from one thread.

    A file that cannot be understood is renamed, never overwritten. Before each write the file is read again, so that
    what another window set meanwhile, and keys of another version, stay.

    Signals:
        changed: SettingsChanged, only when the value differs.
    """

    changed = Signal(SettingsChanged)

    def __init__(self, path: Path | None = None) -> None:
        """Read the file; without one the usual settings hold.

        Args:
            path: `settings.yaml` in the folder for configuration; neither need exist. None keeps nothing.
        """
        self._path = path
        self._problem: TocsinError | None = None
        self._settings = Settings() if path is None else self._load(path)

    @property
    def settings(self) -> Settings:
        """What is set now."""
        return self._settings

    @property
    def problem(self) -> TocsinError | None:
        """What was wrong with the file when it was read, to be shown once; None when nothing was."""
        return self._problem

    def change(self, settings: Settings) -> None:
        """Set something else and write it down.

        Raises:
            CannotSaveSettingsError: The file could not be written. The settings hold all the same, until the end.
        """
        if settings == self._settings:
            return
        old, self._settings = self._settings, settings
        self.changed.emit(SettingsChanged(old, settings))
        if self._path is not None:
            self._save(self._path, old)

    def _load(self, path: Path) -> Settings:
        try:
            settings, faults = settings_from(_read(path))
        except BrokenSettingsError as error:
            self._problem = error
            return Settings()
        except OSError as error:
            self._problem = BrokenSettingsError(path, error.strerror or str(error), None)
            return Settings()
        if faults:
            self._problem = WrongSettingsError(path, faults)
        return settings

    def _save(self, path: Path, before: Settings) -> None:
        try:
            make_private(path.parent)
            write_atomically(path, self._text(path, before).encode(), mode=PRIVATE)
        except OSError as error:
            raise CannotSaveSettingsError(path, error.strerror or str(error)) from error

    def _text(self, path: Path, before: Settings) -> str:
        document: dict[str, Json] = {}
        try:
            document = dict(_read(path))
        except (
            BrokenSettingsError
        ):  # somebody broke it since; it was set aside, and all that is set goes into a new one
            before = Settings()
        return write_yaml(document_of(self._settings, before, document))


def _read(path: Path) -> Mapping[str, Json]:
    """Return what the file says; {} when there is none.

    Raises:
        BrokenSettingsError: It is no map of YAML; it has been renamed.
        OSError: It could not be read, or not be renamed.
    """
    try:
        source = path.read_bytes()
    except FileNotFoundError:
        return {}
    text = read_yaml(source, path.name)
    if text.problems:
        raise BrokenSettingsError(path, text.problems[0].message, _set_aside(path))
    if text.data is None:
        return {}
    if not isinstance(text.data, Mapping):
        raise BrokenSettingsError(path, _("it is no map of keys and values"), _set_aside(path))
    return text.data


def _set_aside(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.broken-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    return aside
