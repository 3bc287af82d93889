"""Environments as files (definitions.md D4). They hold no secret."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.formats.findings import At, FileResult, Findings, read_head, result_of
from tocsin.formats.yaml_text import bytes_of, read_yaml
from tocsin.formats.yaml_writing import Flow, Writable, write_yaml
from tocsin.model.environment import LAB, Connection, Environment
from tocsin.model.faults import parse_value
from tocsin.model.schemes import SafeScheme

_KEY: Final = "tocsin_environment"
_FOLDER: Final = "folder"
_CONNECTION_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,47}")
_SAFE: Final = tuple(f"{scheme}://" for scheme in SafeScheme)


def read_environment(source: str | bytes, file: str) -> FileResult[Environment]:
    """Read one environment. Never raises for what the text says.

    Args:
        source: The file's text, or its bytes in UTF-8.
        file: Its name for problems.
    """
    text = read_yaml(source, file)
    found = Findings(text, file)
    data = read_head(found, text, _KEY, _("an environment"))
    if data is None:
        return result_of(found, None)
    if _FOLDER in data:  # a field of the value, which no file may fill
        found.error(
            ErrorCode.UNKNOWN_KEY,
            At((_FOLDER,), at_key=True),
            _("Key “{folder}” is not known here.").format(folder=_FOLDER),
        )
    environment, faults = parse_value(Environment, {key: value for key, value in data.items() if key != _FOLDER})
    found.faults(faults, ())
    if environment is not None:
        _judge(found, environment)
    return result_of(found, environment)


def load_environment(path: Path) -> FileResult[Environment]:
    """Read an environment from disk; it then knows its folder.

    Raises:
        OSError: The file cannot be read.
    """
    result = read_environment(bytes_of(path), str(path))
    if result.value is None:
        return result
    return FileResult(result.value.model_copy(update={_FOLDER: str(path.parent)}), result.problems)


def save_environment(path: Path, environment: Environment) -> None:
    """Write an environment whole or not at all; what saving loses of the old text stays beside it as `NAME.yaml~`.

    Raises:
        OSError: The disk or the permissions refuse it. The old file stands.
    """
    if path.is_file():
        old = path.read_bytes()
        text = read_yaml(old, str(path))
        if text.comments or text.problems:
            write_atomically(path.with_name(f"{path.name}~"), old)
    write_atomically(path, write_environment(environment).encode())


def write_environment(environment: Environment) -> str:
    """Return the text of an environment: one key or one connection's part a line. It reads as an equal one."""
    said: dict[str, Any] = environment.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    parts: dict[str, Writable] = {
        "networks": Flow(list(environment.networks)),
        "connections": {name: _parts(said["connections"][name]) for name in environment.connections},
    }
    return write_yaml({_KEY: 1, **{key: parts.get(key, value) for key, value in said.items()}})


def _parts(connection: Mapping[str, Json]) -> dict[str, Writable]:
    return {key: value if isinstance(value, str) else Flow(value) for key, value in connection.items()}


def _judge(found: Findings, environment: Environment) -> None:
    if environment.id == LAB:
        message = _("“{lab}” is built in, so no file can be called so.").format(lab=LAB)
        found.error(ErrorCode.BAD_NAME, At(("id",)), message, _("Choose another id."))
    for index, network in enumerate(environment.networks):
        _judge_ip(found, At(("networks", index)), network, is_network=True)
    for role, connection in environment.roles.items():
        if connection not in environment.connections:
            hint = found.close_to(connection, environment.connections) or _("Add it under “connections”.")
            message = _("There is no connection “{connection}” here.").format(connection=connection)
            found.error(ErrorCode.WRONG_VALUE, At(("roles", role)), message, hint)
    for name, connection in environment.connections.items():
        _judge_connection(found, name, connection)


def _judge_connection(found: Findings, name: str, connection: Connection) -> None:
    root = ("connections", name)
    if _CONNECTION_ID.fullmatch(name) is None:
        hint = _("Use small letters, digits, “_” and “-”, beginning with a letter, at most 48.")
        found.error(
            ErrorCode.BAD_NAME,
            At(root, at_key=True),
            _("“{name}” cannot be a connection's id.").format(name=name),
            hint,
        )
    for key, address in connection.addresses.items():
        if not address.startswith(_SAFE):
            at, hint = At((*root, "addresses", key)), _("Plain http is for the Lab only.")
            found.error(ErrorCode.WRONG_VALUE, at, _("An address must begin with {safe}").format(safe=_SAFE[0]), hint)
    for index, address in enumerate(connection.local_addresses):
        _judge_ip(found, At((*root, "local_addresses", index)), address, is_network=False)


def _judge_ip(found: Findings, at: At, text: str, *, is_network: bool) -> None:
    try:
        ipaddress.ip_network(text) if is_network else ipaddress.ip_address(text)
    except ValueError:
        what, example = ("network", "10.0.0.0/8") if is_network else (_("IP address"), "192.0.2.7")
        found.error(
            ErrorCode.WRONG_VALUE,
            at,
            _("“{text}” is no {what}.").format(text=text, what=what),
            _("Such as {example}.").format(example=example),
        )
