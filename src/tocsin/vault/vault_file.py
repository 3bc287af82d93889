"""The vault's file: who keeps its key, and the sealed secrets. Read strictly, written whole or not at all.

Its own checksum tells a damaged file from a wrong key; what is secret in it, AES-GCM guards.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.vault.keys import Stretching
from tocsin.vault.origins import Origins, SecretName

VERSION: Final = 1
_KEY: Final = "tocsin_vault"
_MOST_PASSES: Final = 100
_LEAST_SALT: Final = 8
_MOST_MEMORY_KIB: Final = 1_048_576  # a file that someone else made must not take all memory


class UnreadableVaultError(ValueError):
    """The bytes are no vault. Never leaves the room."""


class NewerFormatError(ValueError):
    """The bytes are a vault of a newer version. Never leaves the room."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(str(version))


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed secret, and the servers it was typed for."""

    origins: Origins
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The master key, sealed with what a passphrase gives."""

    stretching: Stretching
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class VaultContent:
    """What the file says.

    Attributes:
        key_id: Names the master key; the keyring keeps it under this name.
        wrapping: The key itself, sealed with a passphrase; None when the keyring keeps it.
        entries: The secrets.
    """

    key_id: str
    wrapping: Wrapping | None = None
    entries: Mapping[SecretName, Entry] = field(default_factory=dict[SecretName, Entry])


def write_content(content: VaultContent) -> bytes:
    """Return the bytes of a vault's file."""
    said = {_KEY: VERSION, "key": _key_to_json(content), "secrets": _entries_to_json(content.entries)}
    return json.dumps({**said, "check": _check_of(said)}, indent=1).encode()


def read_content(data: bytes) -> VaultContent:
    """Return what a vault's file says.

    Raises:
        UnreadableVaultError: It is damaged.
        NewerFormatError: A newer version wrote it.
    """
    try:
        said: dict[str, Any] = json.loads(data)
        version = int(said[_KEY])
        is_whole = version > VERSION or said.pop("check") == _check_of(said)
        content = _content(said) if version == VERSION and is_whole else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:  # no JSON, no Base64, no keys
        raise UnreadableVaultError(str(error)) from error
    if version > VERSION:
        raise NewerFormatError(version)
    if content is None:
        raise UnreadableVaultError(_("the checksum is another"))
    return content


def _content(said: Mapping[str, Any]) -> VaultContent:
    return VaultContent(str(said["key"]["id"]), _wrapping(said["key"]), dict(_entry(one) for one in said["secrets"]))


def _check_of(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _key_to_json(content: VaultContent) -> dict[str, Any]:
    wrapping = content.wrapping
    if wrapping is None:
        return {"id": content.key_id, "kept_by": "keyring"}
    how = wrapping.stretching
    stretching = {"salt": _text(how.salt), "passes": how.passes, "lanes": how.lanes, "memory_kib": how.memory_kib}
    return {"id": content.key_id, "kept_by": "passphrase", **stretching, "wrapped": _text(wrapping.wrapped)}


def _wrapping(key: Mapping[str, Any]) -> Wrapping | None:
    if key["kept_by"] == "keyring":
        return None
    numbers = [int(key[name]) for name in ("passes", "lanes", "memory_kib")]
    how = Stretching(_bytes(key["salt"]), *numbers)
    if not (1 <= how.passes <= _MOST_PASSES and 1 <= how.lanes <= _MOST_PASSES and len(how.salt) >= _LEAST_SALT):
        raise ValueError("no such stretching")
    if not 8 * how.lanes <= how.memory_kib <= _MOST_MEMORY_KIB:  # RFC 9106 §3.1
        raise ValueError("no such memory")
    return Wrapping(how, _bytes(key["wrapped"]))


def _entries_to_json(entries: Mapping[SecretName, Entry]) -> list[dict[str, Any]]:
    return [
        {"environment": name.environment, "connection": name.connection, "field": name.field}
        | {"origins": list(entry.origins), "sealed": _text(entry.sealed)}
        for name, entry in sorted(entries.items(), key=lambda pair: pair[0])
    ]


def _entry(said: Mapping[str, Any]) -> tuple[SecretName, Entry]:
    name = SecretName(*(str(said[key]) for key in ("environment", "connection", "field")))
    return name, Entry(tuple(str(origin) for origin in said["origins"]), _bytes(said["sealed"]))


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
