"""What a person fills in for a connection: its fields, and the draft that comes of what was typed. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.model.catalogue import Connector
from tocsin.model.environment import Connection
from tocsin.services.connections import ConnectionRow, Draft, EnvironmentView, FieldGroup, form_of, further_fields
from tocsin.services.connections import FormField as Asked
from tocsin.ui.forms.fields import Choice, FieldKind, FormField
from tocsin.ui.forms.reading import fitted
from tocsin.ui.forms.schema_fields import field_of
from tocsin.vault import SecretState, origins_for

NEW_ENVIRONMENTS: Final = ("staging", "production")
"""What is offered where there is no environment of that name yet."""
KEPT: Final = "kept"
"""Stands in a field whose secret is kept and never read back."""
ENVIRONMENT: Final = ("environment",)
NAME: Final = ("id",)
CA_FILE: Final = ("ca_file",)
TIMEOUT: Final = ("timeout",)
LOCAL: Final = ("local_addresses",)
CLIENT_CERTIFICATE: Final = ("client_certificate",)
CLIENT_KEY: Final = ("client_key",)
PROXY: Final = ("proxy",)
CA_HELP: Final = _("The PEM file of your own authority, beside the environment's file or by its whole path.")
LOCAL_HELP: Final = _("Only for products on this computer or its link: their IP addresses, such as 127.0.0.1.")
UNREVIEWED: Final = _(
    "This description is your own and was not reviewed: all of its actions count as destructive. Look at it with "
    "“tocsin connectors review”."
)
_USABLE: Final = frozenset({SecretState.KEPT, SecretState.GIVEN})


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading.

    Attributes:
        note: What is said under the heading, or "".
        is_open: It is unfolded at first.
    """

    title: str
    fields: tuple[FormField, ...]
    note: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is filled in: a new connection of a product, or one that is there.

    Attributes:
        connector: The product.
        environments: Those there are.
        environment: The one that is meant at first.
        row: The connection that is changed; None for a new one.
        is_reviewed: The product's description came with Tocsin, or somebody here has reviewed it.
    """

    connector: Connector
    environments: Sequence[EnvironmentView] = ()
    environment: str = ""
    row: ConnectionRow | None = None
    is_reviewed: bool = True

    @property
    def name(self) -> str:
        """What it is called: its own name, or one that is free in every environment."""
        if self.row is not None:
            return self.row.id
        taken = {row.id for view in self.environments for row in view.rows}
        names = (self.connector.id, *(f"{self.connector.id}-{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)


def groups_of(occasion: Occasion) -> tuple[Group, ...]:
    """Return everything that is filled in, in the order in which one knows it."""
    asked = form_of(occasion.connector)
    connection = occasion.row.connection if occasion.row is not None else None
    where = (
        *_place_fields(occasion),
        *(_plain(one, connection.addresses if connection else {}) for one in asked if one.group is FieldGroup.ADDRESS),
    )
    options = tuple(
        _plain(one, connection.options if connection else {}) for one in asked if one.group is FieldGroup.OPTION
    )
    secrets = tuple(_secret(one, occasion.row) for one in asked if one.group is FieldGroup.SECRET)
    further = tuple(_secret(one, occasion.row) for one in further_fields())
    note = _("Kept in the vault for this address alone, and never shown again.") if secrets else ""
    groups = (
        Group(_("Where it is"), where, "" if occasion.is_reviewed else UNREVIEWED),
        Group(_("Sign-in"), secrets, note),
        Group(_("Options"), options),
        Group(
            _("Certificates and limits"),
            _limits(connection),
            is_open=connection is not None and _is_limited(connection),
        ),
        Group(
            _("Client certificate"),
            (*_client_files(connection), *further[:2]),
            is_open=connection is not None and connection.client_certificate is not None,
        ),
        Group(
            _("Proxy"),
            (_proxy(connection), *further[2:]),
            is_open=connection is not None and connection.proxy is not None,
        ),
    )
    return tuple(group for group in groups if group.fields)


def draft_of(occasion: Occasion, values: Mapping[str, Json]) -> Draft:
    """Return the draft of what was typed.

    Args:
        occasion: What is filled in.
        values: Name of a field → what stands there; what is empty may be left out.
    """
    timeout, local = values.get("timeout"), values.get("local_addresses")
    said: dict[str, Any] = {
        "connector": occasion.connector.id,
        "addresses": {name: str(text).rstrip("/") for name, text in _part(values, FieldGroup.ADDRESS).items()},
        "options": _part(values, FieldGroup.OPTION),
        **{name: values.get(name) or None for name in ("ca_file", "client_certificate", "client_key", "proxy")},
        "local_addresses": tuple(str(text) for text in local) if isinstance(local, list) else (),
    }
    connection = Connection.model_validate(said if timeout is None else {**said, "timeout": timeout})
    typed = {name: text for name, text in _part(values, FieldGroup.SECRET).items() if text not in {KEPT, "", None}}
    secrets = {name: Secret(str(text)) for name, text in typed.items()}
    environment, name = values.get("environment") or occasion.environment, values.get("id") or occasion.name
    return Draft(str(environment), str(name), connection, secrets)


def find_moved(occasion: Occasion, draft: Draft) -> tuple[str, ...]:
    """Return the fields whose secret was kept for another server than the draft has, and was not typed again."""
    row = occasion.row
    if row is None:
        return ()
    kept = (name for name, state in row.secrets.items() if state is SecretState.KEPT and name not in draft.secrets)
    return tuple(name for name in kept if origins_for(row.connection, name) != origins_for(draft.connection, name))


def _part(values: Mapping[str, Json], group: FieldGroup) -> dict[str, Json]:
    start = f"{group}."
    return {name.removeprefix(start): value for name, value in values.items() if name.startswith(start)}


def _place_fields(occasion: Occasion) -> tuple[FormField, ...]:
    """Which environment, and under which name: both stay as they are once the connection is there."""
    known = {view.id: view.title for view in occasion.environments if not view.fault}
    offered = {
        **known,
        **{
            name: _("{capitalize} (new)").format(capitalize=name.capitalize())
            for name in NEW_ENVIRONMENTS
            if name not in known
        },
    }
    if occasion.row is not None:
        offered = {occasion.row.environment: known.get(occasion.row.environment, occasion.row.environment)}
    first = occasion.environment if occasion.environment in offered else next(iter(offered))
    choices = tuple(Choice(name, title) for name, title in offered.items())
    tip = _("Playbooks and logs call the connection so. Small letters, digits, “_” and “-”.")
    named = FormField(NAME, _("Name"), FieldKind.TEXT, required=True, help=tip, value=occasion.name, is_half=True)
    place = FormField(ENVIRONMENT, _("Environment"), FieldKind.CHOICE, required=True, value=first, choices=choices)
    return (place, named) if occasion.row is None else (place,)


def _plain(asked: Asked, values: Mapping[str, Json]) -> FormField:
    place = (str(asked.group), asked.name)
    field = field_of(
        {"title": asked.title, "help": asked.help, **asked.schema},
        place,
        required=asked.is_required,
        takes_template=False,
    )
    default = "" if asked.default is None else str(asked.default)
    example = str(asked.schema["examples"][0]) if asked.group is FieldGroup.ADDRESS else default
    return fitted(replace(field, placeholder=example), values.get(asked.name))


def _secret(asked: Asked, row: ConnectionRow | None) -> FormField:
    is_kept = row is not None and row.secrets.get(asked.name) in _USABLE
    kind = FieldKind.SECRET if asked.is_hidden or is_kept else FieldKind.TEXT
    return FormField(
        (str(asked.group), asked.name),
        asked.title,
        kind,
        required=asked.is_required and not is_kept,
        help=asked.help,
        value=KEPT if is_kept else None,
    )


def _limits(connection: Connection | None) -> tuple[FormField, ...]:
    item = FormField((), _("Address"), FieldKind.ADDRESS, required=True)
    file, local = (connection.ca_file, list(connection.local_addresses) or None) if connection else (None, None)
    return (
        FormField(CA_FILE, _("File of certificates"), FieldKind.FILE, help=CA_HELP, value=file, placeholder="ca.pem"),
        FormField(
            TIMEOUT,
            _("Time limit of a request"),
            FieldKind.DURATION,
            help=_("How long an answer may take."),
            value=connection.timeout if connection else None,
        ),
        FormField(
            LOCAL,
            _("Addresses of this computer"),
            FieldKind.LIST,
            help=LOCAL_HELP,
            unit="address",
            parts=(item,),
            value=local,
        ),
    )


def _client_files(connection: Connection | None) -> tuple[FormField, FormField]:
    certificate, key = (connection.client_certificate, connection.client_key) if connection else (None, None)
    help_ = _("A PEM file, beside the environment's file or by its whole path.")
    key_help = _("Needless where the certificate's file holds the key, or the vault keeps it.")
    return (
        FormField(CLIENT_CERTIFICATE, _("Certificate"), FieldKind.FILE, help=help_, value=certificate),
        FormField(CLIENT_KEY, _("File of its key"), FieldKind.FILE, help=key_help, value=key),
    )


def _proxy(connection: Connection | None) -> FormField:
    help_ = _("Left empty, it is the system's proxy; “none” goes straight to the product.")
    value, example = connection.proxy if connection else None, "http://proxy.example.com:3128"
    return FormField(PROXY, _("Address of the proxy"), FieldKind.TEXT, help=help_, value=value, placeholder=example)


def _is_limited(connection: Connection) -> bool:
    return connection.ca_file is not None or connection.timeout is not None or bool(connection.local_addresses)
