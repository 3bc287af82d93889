"""Secrets that the surroundings give, for machines where nobody types: variables, and a folder of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import groupby
from pathlib import Path
from typing import Final

from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.vault.errors import AmbiguousSecretError, UnusableVaultError

PREFIX: Final = "TOCSIN_SECRET_"
FOLDER: Final = "TOCSIN_SECRETS_DIR"
_MOST_BYTES: Final = 65_536


class GivenSecrets:
    """Secrets from outside. They count before the vault's. No address binds them: who starts Tocsin so vouches.

    Args:
        variables: `TOCSIN_SECRET_<CONNECTION>_<FIELD>` → secret.
        folder: Files `<connection>.<field>`, as containers mount them; read anew each time.
    """

    def __init__(self, variables: Mapping[str, Secret] | None = None, folder: Path | None = None) -> None:
        self._variables = dict(variables or {})
        self._folder = folder

    @classmethod
    def take(cls, environ: MutableMapping[str, str]) -> GivenSecrets:
        """Return what the variables give, and take them away, so that no child of this process inherits one."""
        names = [name for name in environ if name.startswith(PREFIX)]
        variables = {name: Secret(text) for name in names if (text := environ.pop(name))}
        folder = environ.get(FOLDER)
        return cls(variables, Path(folder) if folder else None)

    def reveal_all(self) -> Iterator[str]:
        """Yield every secret of a variable, for the redactor."""
        return (secret.reveal() for secret in self._variables.values())

    def find(self, connection: str, field: str) -> Secret | None:
        """Return the secret of a field, or None.

        Raises:
            UnusableVaultError: Its file is there and cannot be read.
        """
        known = self._variables.get(variable_of(connection, field))
        return known if known is not None else self._find_file(f"{connection}.{field}")

    def ensure_clear(self, fields: Iterable[tuple[str, str]]) -> None:
        """See that each variable is meant for one of these connections' fields only.

        Raises:
            AmbiguousSecretError: `a_b` of `c` and `b` of `c_a` would share one.
        """
        named = sorted(
            (
                variable_of(connection, field),
                _("“{field}” of “{connection}”").format(field=field, connection=connection),
            )
            for connection, field in fields
        )
        for variable, group in groupby(named, key=lambda pair: pair[0]):
            meant = [meaning for _unused, meaning in group]
            if variable in self._variables and len(meant) > 1:
                raise AmbiguousSecretError(variable, meant)

    def _find_file(self, name: str) -> Secret | None:
        if self._folder is None or Path(name).name != name:
            return None
        file = self._folder / name
        try:
            with file.open("rb") as opened:
                data = opened.read(_MOST_BYTES + 1)
            text = data.decode().removesuffix("\n").removesuffix("\r")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnusableVaultError(file, error.strerror or _("it is refused")) from error
        except UnicodeDecodeError as error:
            raise UnusableVaultError(file, _("it is no text")) from error
        if len(data) > _MOST_BYTES:
            raise UnusableVaultError(file, _("it is too long"))
        return Secret(text) if text else None


def variable_of(connection: str, field: str) -> str:
    """Return the variable that gives a field: `TOCSIN_SECRET_FW_MAIN_KEY` for `key` of `fw-main`."""
    return PREFIX + re.sub("[^A-Z0-9]", "_", f"{connection}_{field}".upper())
