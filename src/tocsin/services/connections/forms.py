"""The form of a product's connection, from its description: a new product needs no code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.model.catalogue import Connector
from tocsin.model.environment import PROXY_PASSWORD, PROXY_USER, TLS_KEY, TLS_PASSPHRASE
from tocsin.model.values import JsonSchema
from tocsin.services.connections.values import FieldGroup, FormField

_TEXT: Final[JsonSchema] = {"type": "string", "minLength": 1}


def form_of(connector: Connector) -> tuple[FormField, ...]:
    """Return what a person fills in: addresses, options, then the sign-in."""
    return (*_addresses(connector), *_options(connector), *_secrets(connector))


def further_fields() -> tuple[FormField, ...]:
    """Return the secrets that every connection may have, whatever its product: for its certificate, and for a proxy."""
    from_file = _("The key in PEM form, where it is not to lie in a file.")
    named = (
        (TLS_KEY, _("Key of the client certificate"), from_file, True),
        (TLS_PASSPHRASE, _("Passphrase of that key"), _("Only for a key that is encrypted."), True),
        (PROXY_USER, _("User at the proxy"), _("Only for a proxy that wants a sign-in."), False),
        (PROXY_PASSWORD, _("Password at the proxy"), "", True),
    )
    return tuple(
        FormField(FieldGroup.SECRET, name, title, help_, _TEXT, is_required=False, is_hidden=is_hidden)
        for name, title, help_, is_hidden in named
    )


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
    for name, asked in connector.sign_in.fields.items():
        yield FormField(
            FieldGroup.SECRET, name, asked.title, asked.help or "", _TEXT, is_required=True, is_hidden=asked.secret
        )
