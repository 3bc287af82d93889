"""Gives the catalogue's titles and helps in the reader's language; what the descriptions compute and send stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar, cast

from tocsin.base.texts import ENGLISH, _, language
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.values import Value

_WORDS: Final = ("title", "help")
_VALUES: Final = frozenset({"default", "enum", "examples", "const"})
"""Keys of a schema under which values stand, not words."""

Described = TypeVar("Described", bound=Value)


def in_readers_language(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue as the reader is told of it; each text knows its English, so hashes stay."""
    if language() == ENGLISH:
        return catalogue
    return catalogue.model_copy(
        update={
            "connectors": {name: _connector(connector) for name, connector in catalogue.connectors.items()},
            "vocabulary": {name: _said(action) for name, action in catalogue.vocabulary.items()},
        }
    )


def _connector(connector: Connector) -> Connector:
    sign_in: Any = connector.sign_in
    return connector.model_copy(
        update={
            "addresses": {name: _said(address) for name, address in connector.addresses.items()},
            "options": {name: _schema(option) for name, option in connector.options.items()},
            "sign_in": sign_in.model_copy(
                update={"fields": {name: _said(field) for name, field in sign_in.fields.items()}}
            ),
            "actions": {name: _said(action) for name, action in connector.actions.items()},
        }
    )


def _said(value: Described) -> Described:
    """A described thing with its words, and those of its schemas."""
    words = {name: _(text) for name in _WORDS if isinstance(text := getattr(value, name, None), str)}
    schemas = {
        name: _schema(schema)
        for name in ("inputs", "output", "output_schema")
        if name in type(value).model_fields and (schema := getattr(value, name)) is not None
    }
    return value.model_copy(update=words | schemas)


def _schema(part: object) -> Any:  # noqa: ANN401  JSON Schema
    if isinstance(part, Mapping):
        return {
            key: _(value) if key in _WORDS and isinstance(value, str) else value if key in _VALUES else _schema(value)
            for key, value in cast("Mapping[str, object]", part).items()
        }
    if isinstance(part, list | tuple):
        return [_schema(item) for item in cast("list[object]", part)]
    return part
