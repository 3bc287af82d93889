"""A connection made ready for an attempt: its servers judged, its options complete, its secrets found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.base.secret import Learn, Redactor, Secret, learn_nothing
from tocsin.base.texts import _
from tocsin.connectors.addresses import Bounds, Origin, Reach, read_origin
from tocsin.connectors.client_tls import stamp_of
from tocsin.connectors.errors import ConnectionFaultError, MissingSecretError
from tocsin.connectors.exchange import ClientTls, Line
from tocsin.connectors.proxies import NOTHING, Proxy, proxies_for
from tocsin.connectors.request import new_scope
from tocsin.engine.outcomes import RequestNote
from tocsin.engine.ports import Secrets
from tocsin.expressions import Scope
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Connector
from tocsin.model.environment import PROXY_PASSWORD, PROXY_USER, TLS_KEY, TLS_PASSPHRASE
from tocsin.model.schemas import check_value, shape_value
from tocsin.model.schemes import SafeScheme


@dataclass(frozen=True, slots=True)
class Target:
    """Where a connection leads, judged; what of it does not change from attempt to attempt.

    Attributes:
        binding: The connection and its description.
        origins: Its servers by name.
        options: Every option, its own or the default.
        key: What tells this connection's revision from every other.
        ca_file: A file of certificates to trust besides the system's, or None.
        proxies: Which servers are reached through a proxy, by their origin's address.
        folder: Where its relative files are.
    """

    binding: Binding
    origins: Mapping[str, Origin]
    options: Mapping[str, Json]
    key: str
    ca_file: str | None
    proxies: Mapping[str, Proxy] = field(default_factory=dict[str, Proxy])
    folder: Path | None = None

    def file(self, name: str | None) -> str | None:
        """Return where a file of the connection is."""
        return name if name is None or self.folder is None else str(self.folder / name)


@dataclass(frozen=True, slots=True)
class OpenConnection:
    """What an attempt needs to know of its connection.

    Attributes:
        target: Where it leads.
        secrets: What was found for the fields of the sign-in.
        redactor: Knows the secrets, and what is made of them.
        further: What was found for the fields that no product asks for: the keys of proxies and certificates.
    """

    target: Target
    secrets: Mapping[str, Secret] = field(repr=False)
    redactor: Redactor
    further: Mapping[str, Secret] = field(default_factory=dict[str, Secret], repr=False)

    @property
    def id(self) -> str:
        """Its name in the environment."""
        return self.target.binding.connection_id

    @property
    def connector(self) -> Connector:
        """The product's description."""
        return self.target.binding.connector

    @property
    def key(self) -> str:
        """What tells this connection's revision from every other."""
        return self.target.key

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Its servers by name."""
        return self.target.origins

    def line(self, *, deadline: float, record: Callable[[RequestNote], None]) -> Line:
        """Return to whom requests go, until monotonic `deadline`; `record` is told of each."""
        listed = self.target.binding.connection.local_addresses
        return Line(self.key, self.target.ca_file, deadline, record, listed, self.client, self.proxies)

    @property
    def client(self) -> ClientTls | None:
        """With what it shows who it is in TLS, as its files are now."""
        connection, found = self.target.binding.connection, self.further
        certificate, key_file = (
            self.target.file(name) for name in (connection.client_certificate, connection.client_key)
        )
        if certificate is None:
            return None
        passphrase, stamp = found.get(TLS_PASSPHRASE, NOTHING), stamp_of(certificate, key_file)
        return ClientTls(certificate, key_file, found.get(TLS_KEY), passphrase, stamp)

    @property
    def proxies(self) -> Mapping[str, Proxy]:
        """Which servers are reached through a proxy, signed in there."""
        user, password = self.further.get(PROXY_USER), self.further.get(PROXY_PASSWORD)
        if user is None:
            return self.target.proxies
        return {url: proxy.signed(user, password) for url, proxy in self.target.proxies.items()}

    def scope(self) -> Scope:
        """Return a scope that knows the time, the options and the product's main address; no secret."""
        scope = new_scope()
        scope.now_micros = Clock().utc_micros()
        scope.bind("option", self.target.options)
        scope.bind("origin", self.origins["main"].url if "main" in self.origins else "")
        return scope

    def secret_scope(self) -> Scope:
        """Return a scope for the sign-in alone, which knows the secrets too."""
        scope = self.scope()
        scope.bind("secret", {name: secret.reveal() for name, secret in self.secrets.items()})
        return scope


def judge_target(binding: Binding, *, reach: Reach, folder: Path | None = None) -> Target:
    """Judge a connection's addresses and options. Sends nothing, looks no name up.

    Args:
        binding: The connection and its description.
        reach: Where the environment may go.
        folder: Where a relative file of certificates is.

    Raises:
        ConnectionFaultError: An address or option is missing or not allowed.
    """
    connection, connector = binding.connection, binding.connector
    for name, asked in connector.addresses.items():
        if asked.required and name not in connection.addresses:
            raise ConnectionFaultError(f"addresses.{name}", _("is missing"), hint=_("Open the connection and add it."))
    asked_for: dict[str, Collection[str]] = {name: asked.schemes for name, asked in connector.addresses.items()}
    if reach is Reach.LAB:  # it plays what is done on this computer, too, and has a server for that
        asked_for = {**dict.fromkeys(connection.addresses, (SafeScheme.HTTPS,)), **asked_for}
    known = {name: text for name, text in connection.addresses.items() if name in asked_for}
    ca_file, listed = connection.ca_file, connection.local_addresses
    origins = {name: read_origin(name, text, Bounds(reach, asked_for[name], listed)) for name, text in known.items()}
    return Target(
        binding=binding,
        origins=origins,
        options=_options(binding),
        key=f"{binding.connection_id} {connection.revision}",
        ca_file=ca_file if ca_file is None or folder is None else str(folder / ca_file),
        proxies=proxies_for(origins, connection.proxy, listed) if reach is Reach.OUTSIDE else {},
        folder=folder,
    )


def open_connection(
    target: Target, secrets: Secrets, *, learn: Learn = learn_nothing, before: OpenConnection | None = None
) -> OpenConnection:
    """Find a connection's secrets; each time anew, so that one that was taken away is not used again.

    Args:
        target: Where it leads.
        secrets: Where they are found.
        learn: Is told them, and what is made of them on the way.
        before: What was opened the last time: it goes on being used while nothing changed.

    Raises:
        MissingSecretError: A field of the sign-in has no secret.
    """
    fields = target.binding.connector.sign_in.fields
    found = find_secrets(target.binding, secrets)
    further = find_further(target, secrets)
    if before is not None and before.target is target and (before.secrets, before.further) == (found, further):
        return before
    redactor = Redactor(tell=learn)
    redactor.learn(found[name].reveal() for name, asked in fields.items() if asked.secret)
    redactor.learn(secret.reveal() for name, secret in further.items() if name != PROXY_USER)
    opened = OpenConnection(target, found, redactor, further)
    for proxy in opened.proxies.values():
        redactor.learn((proxy.password.reveal(), proxy.sign_in.removeprefix("Basic ")) if proxy.user else ())
    return opened


def find_secrets(binding: Binding, secrets: Secrets) -> dict[str, Secret]:
    """Return what is found for each field of a connection's sign-in.

    Raises:
        MissingSecretError: A field has no secret.
        SecretUnusableError: One is kept, and cannot be used.
    """
    return {name: _secret(binding, secrets, name) for name in binding.connector.sign_in.fields}


def find_further(target: Target, secrets: Secrets) -> dict[str, Secret]:
    """Return what is found for the fields that no product asks for, as far as the connection uses them now.

    Raises:
        SecretUnusableError: One is kept, and cannot be used.
    """
    binding, found = target.binding, dict[str, Secret]()
    for name in binding.connection.further_fields:
        if name not in {PROXY_USER, PROXY_PASSWORD} or target.proxies:
            secret = secrets.find(binding.connection_id, binding.connection, name)
            if secret is not None:
                found[name] = secret
    return found


def _secret(binding: Binding, secrets: Secrets, name: str) -> Secret:
    secret = secrets.find(binding.connection_id, binding.connection, name)
    if secret is None:
        raise MissingSecretError(binding.connection_id, name)
    return secret


def _options(binding: Binding) -> dict[str, Json]:
    options: dict[str, Json] = {}
    for name, schema in binding.connector.options.items():
        value: Json = binding.connection.options.get(name, schema.get("default"))
        if value is None:
            raise ConnectionFaultError(f"options.{name}", _("is missing"), hint=_("Open the connection and add it."))
        options[name] = shape_value(value, schema)
        misfits = check_value(options[name], schema)
        if misfits:
            raise ConnectionFaultError(f"options.{name}", _("does not have the form that the product wants"))
    return options
