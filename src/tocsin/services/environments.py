"""Finds environments by name. Only the Lab can be used yet: the others need the vault."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.model.environment import LAB, LAB_NETWORKS, Environment


class NoVaultError(TocsinError):
    """An environment whose secrets cannot be reached."""

    code = ErrorCode.NO_VAULT

    def __init__(self, environment: str) -> None:
        self.environment = environment
        super().__init__(
            f"“{environment}” cannot be used: there is no vault yet for its secrets.", hint="Use --environment lab."
        )


class KnownEnvironments:
    """The environments of this process.

    Args:
        lab: Gives the Lab's environment, and starts the Lab when it must.
    """

    def __init__(self, lab: Callable[[], Environment]) -> None:
        self._lab = lab

    def get(self, name: str, /, *, connected: bool = True) -> Environment:
        """Return the environment of that name; not `connected`, its connections may be missing and nothing is started.

        Raises:
            NoVaultError: It is not the Lab.
        """
        if name != LAB:
            raise NoVaultError(name)
        return self._lab() if connected else Environment(id=LAB, networks=LAB_NETWORKS)
