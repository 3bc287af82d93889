"""Writes environments' files: whole, and back as they were where what belongs to them could not be kept."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tocsin.base.atomic_file import write_atomically
from tocsin.base.secret import SecretUnusableError
from tocsin.base.texts import _
from tocsin.formats.environment_file import save_environment
from tocsin.model.environment import Environment
from tocsin.services.connections.errors import UnsavedEnvironmentError
from tocsin.services.environments import EnvironmentFiles


def write_environment(files: EnvironmentFiles, environment: Environment, file: str) -> Path:
    """Write an environment into the workspace of `file`; return its path.

    Raises:
        UnsavedEnvironmentError: It is refused. The old file stands.
    """
    path = files.path(environment.id, file)
    try:
        path.parent.mkdir(exist_ok=True)
        save_environment(path, environment)
    except OSError as error:
        raise UnsavedEnvironmentError(path, error.strerror or _("it is refused")) from error
    return path


@contextmanager
def kept_whole(path: Path) -> Generator[None]:
    """Put a file back as it was when the secrets that belong to it cannot be kept."""
    before = path.read_bytes() if path.is_file() else None
    try:
        yield
    except SecretUnusableError:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, before)
        raise
