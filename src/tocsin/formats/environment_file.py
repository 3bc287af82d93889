"""Environments as files (definitions.md D4). They hold no secret."""

from __future__ import annotations

from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.formats.findings import At, FileResult, Findings, read_head, result_of
from tocsin.formats.yaml_text import read_yaml
from tocsin.model.environment import LAB, Environment
from tocsin.model.faults import parse_value

_KEY: Final = "tocsin_environment"


def read_environment(source: str | bytes, file: str) -> FileResult[Environment]:
    """Read one environment. Never raises for what the text says.

    Args:
        source: The file's text, or its bytes in UTF-8.
        file: Its name for problems.
    """
    text = read_yaml(source, file)
    found = Findings(text, file)
    data = read_head(found, text, _KEY, "an environment")
    if data is None:
        return result_of(found, None)
    environment, faults = parse_value(Environment, data)
    found.faults(faults, ())
    if environment is not None:
        _judge(found, environment)
    return result_of(found, environment)


def _judge(found: Findings, environment: Environment) -> None:
    if environment.id == LAB:
        message = f"“{LAB}” is built in, so no file can be called so."
        found.error(ErrorCode.BAD_NAME, At(("id",)), message, "Choose another id.")
    for role, connection in environment.roles.items():
        if connection not in environment.connections:
            hint = found.close_to(connection, environment.connections) or "Add it under “connections”."
            message = f"There is no connection “{connection}” here."
            found.error(ErrorCode.WRONG_VALUE, At(("roles", role)), message, hint)
