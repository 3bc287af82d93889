"""JSON Schema, compiled once: inputs, outputs, forms and events are checked here and nowhere else.

A late door: the library costs a tenth of a second, and is imported when the first schema is compiled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from tocsin.base.json_types import Json
from tocsin.model.canonical import canonical
from tocsin.model.quick_check import Accept, compile_accept

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_KEPT: Final = 512


@dataclass(slots=True)
class _Known:
    """A schema, kept so that its id stays its own, and what checks by it."""

    schema: Mapping[str, Any]
    accept: Accept
    validator: Draft202012Validator | None = None


_by_identity: dict[int, _Known] = {}


@dataclass(frozen=True, slots=True)
class Misfit:
    """One way in which data does not fit its schema.

    Attributes:
        place: Keys and indexes from the data's root, dotted; "" for the whole.
        message: What is wrong, for a person.
    """

    place: str
    message: str


def check_value(value: Json, schema: Mapping[str, Any]) -> tuple[Misfit, ...]:
    """Return every way in which the value does not fit, in a stable order; empty when it fits."""
    known = _known(schema)
    if known.accept(value):
        return ()
    validator: Any = known.validator  # its stubs leave iter_errors half unknown
    if validator is None:
        validator = known.validator = _validator(canonical(schema))
    errors = sorted(validator.iter_errors(value), key=lambda error: [str(part) for part in error.absolute_path])
    return tuple(Misfit(".".join(str(part) for part in error.absolute_path), error.message) for error in errors)


def find_schema_fault(schema: Mapping[str, Any]) -> str | None:
    """Return why this is no JSON Schema, or None when it is one."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return error.message
    return None


def shape_value(value: Json, schema: Mapping[str, Any]) -> Json:
    """Return the value with numbers in the schema's types: `number` gives float, `integer` gives int (engine.md 1.25).

    Only spelling is changed, never meaning: 80 becomes 80.0 where a number is wanted, 80.0 becomes 80 where an
    integer is. What does not fit is left for `check_value` to name.
    """
    kind = schema.get("type")
    if kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value) is dict or isinstance(value, Mapping):  # most are plain: asking for the protocol costs more
        properties: Mapping[str, Any] = schema.get("properties", {})
        fields = cast("Mapping[str, Json]", value)
        return {key: _shape_part(part, properties.get(key)) for key, part in fields.items()}
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        return [shape_value(part, schema["items"]) for part in value]
    return value


def _shape_part(value: Json, schema: object) -> Json:
    """A schema may also be missing, true or false, which says nothing about numbers."""
    if schema is None:
        return value
    return shape_value(value, cast("Mapping[str, Any]", schema)) if isinstance(schema, Mapping) else value


def _known(schema: Mapping[str, Any]) -> _Known:
    """Find what checks by a schema by its identity: writing it canonically costs more than checking a value."""
    kept = _by_identity.get(id(schema))
    if kept is None or kept.schema is not schema:
        if len(_by_identity) >= _KEPT:
            _by_identity.clear()
        kept = _by_identity[id(schema)] = _Known(schema, compile_accept(schema))
    return kept


@lru_cache(maxsize=_KEPT)
def _validator(schema: bytes) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)
