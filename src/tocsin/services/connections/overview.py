"""Environments as a whole: all of them side by side, a new one, one copied without its secrets."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from tocsin.base.secret import SecretUnusableError
from tocsin.base.texts import _
from tocsin.model.environment import LAB, Environment
from tocsin.services.connections.desk import ConnectionDesk
from tocsin.services.connections.errors import (
    BadConnectionIdError,
    EnvironmentExistsError,
    ReservedEnvironmentError,
    UnknownConnectionError,
)
from tocsin.services.connections.values import EnvironmentView, VaultNeed
from tocsin.services.connections.writing import write_environment
from tocsin.services.environments import EnvironmentFiles
from tocsin.vault import NoKeyringError, VaultLockedError, VaultState

_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,47}")
_FOREIGN: Final = re.compile(r"[^a-z0-9_]+")


def views_of(
    files: EnvironmentFiles, desk: ConnectionDesk, file: str, *, with_uses: bool = True
) -> tuple[EnvironmentView, ...]:
    """Return every environment of the workspace of `file`, those that cannot be read with the reason."""
    rows = desk.rows(file, with_uses=with_uses)
    views: list[EnvironmentView] = []
    for name, result in zip(files.names(file), files.load_all(file), strict=True):
        fault = next((f"{problem.message} {problem.hint}".strip() for problem in result.problems), "")
        if result.value is None:
            views.append(EnvironmentView(name, name.capitalize(), fault=fault or _("It cannot be read.")))
        else:
            own = tuple(row for row in rows if row.environment == name)
            views.append(EnvironmentView(name, result.value.title or name.capitalize(), own))
    return tuple(views)


def id_of(title: str) -> str:
    """Return the id that an environment of this title has.

    Raises:
        BadConnectionIdError: Nothing of the title can be an id.
        ReservedEnvironmentError: It is the Lab's.
    """
    name = _FOREIGN.sub("-", title.strip().lower()).strip("-")[:48]
    if _ID.fullmatch(name) is None:
        raise BadConnectionIdError(title)
    if name == LAB:
        raise ReservedEnvironmentError
    return name


def create(files: EnvironmentFiles, title: str, file: str, *, like: str = "") -> str:
    """Make an environment, and return its id.

    Args:
        files: The workspace's.
        title: What people call it.
        file: One in the workspace.
        like: The id of another one, whose connections and roles it gets; secrets are bound to where they were typed.

    Raises:
        EnvironmentExistsError: There is one of that name.
        TocsinError: The name is none, the other one cannot be read, or the file cannot be written.
    """
    name = id_of(title)
    if name in files.names(file):
        raise EnvironmentExistsError(name)
    new = files.get(like, file).model_copy(update={"id": name, "title": title.strip()}) if like else None
    write_environment(files, new or Environment(id=name, title=title.strip()), file)
    return name


def copy(files: EnvironmentFiles, source: str, connections: Collection[str], target: str, file: str) -> tuple[str, ...]:
    """Copy connections without their secrets; return those that were: what the target has already stays as it is.

    Raises:
        UnknownConnectionError: The source has no such connection.
        TocsinError: One of the two cannot be read, or the target not be written.
    """
    giver, taker = files.get(source, file), files.get(target, file)
    for name in connections:
        if name not in giver.connections:
            raise UnknownConnectionError(name, source, sorted(giver.connections))
    new = {name: giver.connections[name] for name in connections if name not in taker.connections}
    if new:
        kept = taker.model_copy(update={"connections": {**taker.connections, **new}})
        write_environment(files, kept, file)
    return tuple(new)


def open_or_ask(desk: ConnectionDesk) -> VaultNeed:
    """Open the vault, or make it, as far as that goes without a person; return what one must do for the rest.

    Raises:
        SecretUnusableError: It does not open for another reason than a passphrase.
    """
    try:
        desk.open_vault()
    except NoKeyringError:
        if desk.vault_state is not VaultState.ABSENT:
            raise
        return VaultNeed.NEW_PASSPHRASE
    except VaultLockedError:
        return VaultNeed.PASSPHRASE
    return VaultNeed.NOTHING


def state_of_vault(desk: ConnectionDesk) -> VaultState | None:
    """Return what can be done with the vault; None where its file cannot be read."""
    try:
        return desk.vault_state
    except SecretUnusableError:
        return None
