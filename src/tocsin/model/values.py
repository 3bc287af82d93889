"""The base of the document's values, and the small types they share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, StringConstraints

from tocsin.base.json_types import Json


class Value(BaseModel):
    """A frozen value read from a file. Keys are checked; what others wrote goes under `x`."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, strict=True)


class Notation(StrEnum):
    """How a text field is read."""

    CEL = "cel"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Written:
    """Marks a field whose text is an expression or a template; `slots` finds fields by this mark."""

    notation: Notation


Expression = Annotated[str, Written(Notation.CEL)]
"""Bare CEL."""
ExpressionTree = Annotated[Any, Written(Notation.CEL)]
"""JSON in which every text is bare CEL, other values stand for themselves."""
TemplateText = Annotated[str, Written(Notation.TEMPLATE)]
"""Text with `{{ … }}` in it."""
TemplateTree = Annotated[Any, Written(Notation.TEMPLATE)]
"""JSON in which every text is a template (definitions.md D2b)."""
JsonValue = Annotated[Any, "Json"]
"""Any JSON, taken as it is."""
JsonSchema = Annotated[dict[str, Any], "JSON Schema 2020-12"]

DURATION: Final = re.compile(r"^([0-9]+)(ms|s|m|h|d)$")
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}

Duration = Annotated[str, StringConstraints(pattern=DURATION.pattern)]
"""A time span as text: 250ms, 30s, 5m, 4h, 1d."""
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
PlaybookId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
PortName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


Place: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from an owner to something in it, as the file spells them: ("cases", 0, "when")."""


def seconds_of(duration: str) -> float:
    """Return a duration in seconds.

    Raises:
        ValueError: The text is no duration.
    """
    match = DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(f"“{duration}” is no duration")
    return int(match.group(1)) * _SECONDS[match.group(2)]


def as_json(value: object) -> Json:
    """Give an open value of a document its JSON type."""
    return cast("Json", value)
