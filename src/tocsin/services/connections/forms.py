"""The form of a product's connection, from its description: a new product needs no code."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.model.catalogue import Connector
from tocsin.services.connections.values import FieldGroup, FormField


def form_of(connector: Connector) -> tuple[FormField, ...]:
    """Return what a person fills in: addresses, options, then the sign-in."""
    return (*_addresses(connector), *_options(connector), *_secrets(connector))


def _addresses(connector: Connector) -> Iterator[FormField]:
    for name, asked in connector.addresses.items():
        pattern, example = f"^({'|'.join(asked.schemes)})://", f"{asked.schemes[0]}://"
        schema = {"type": "string", "pattern": pattern, "examples": [example]}
        yield FormField(FieldGroup.ADDRESS, name, asked.title, asked.help or "", schema, asked.required)


def _options(connector: Connector) -> Iterator[FormField]:
    for name, schema in connector.options.items():
        title, help_ = str(schema.get("title", name)), str(schema.get("help", ""))
        default = schema.get("default")
        yield FormField(FieldGroup.OPTION, name, title, help_, schema, default is None, default=default)


def _secrets(connector: Connector) -> Iterator[FormField]:
    schema = {"type": "string", "minLength": 1}
    for name, asked in connector.sign_in.fields.items():
        yield FormField(
            FieldGroup.SECRET, name, asked.title, asked.help or "", schema, is_required=True, is_hidden=asked.secret
        )
