"""A named set of connections, and who plays which role (definitions.md D4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from tocsin.model.canonical import digest
from tocsin.model.values import Duration, JsonValue, Value

LAB: Final = "lab"
LAB_NETWORKS: Final = ("10.0.0.0/8",)
LAB_FOLDER: Final = "tocsin-lab-"
"""How the name of the folder begins in which a Lab keeps the files of products that are reached by files."""


TLS_KEY: Final = "tls_key"
TLS_PASSPHRASE: Final = "tls_passphrase"  # noqa: S105  a field's name
PROXY_USER: Final = "proxy_user"
PROXY_PASSWORD: Final = "proxy_password"  # noqa: S105  a field's name
FURTHER_FIELDS: Final = (TLS_KEY, TLS_PASSPHRASE, PROXY_USER, PROXY_PASSWORD)
"""Fields of secrets that a connection may have besides those of its product's sign-in; no description may use them."""
NO_PROXY: Final = "none"


class Connection(Value):
    """One configured connector. Holds no secret.

    Attributes:
        client_certificate: A PEM file with which it shows who it is in TLS.
        client_key: The PEM file of that certificate's key; without it, the vault or the certificate's file has the key.
        proxy: `http://HOST:PORT`, or `none`; without it, the system's.
        local_addresses: IP addresses of this computer, its own link or a cloud's metadata service that it may reach all
            the same; nobody reaches one that is not listed.
    """

    connector: str
    addresses: Mapping[str, str] = Field(default_factory=dict)
    options: Mapping[str, JsonValue] = Field(default_factory=dict)
    ca_file: str | None = None
    timeout: Duration | None = None
    local_addresses: tuple[str, ...] = ()
    client_certificate: str | None = None
    client_key: str | None = None
    proxy: str | None = None

    @property
    def further_fields(self) -> tuple[str, ...]:
        """The fields of FURTHER_FIELDS that it may have a secret for; none of them must have one."""
        tls = (TLS_PASSPHRASE,) if self.client_key else (TLS_KEY, TLS_PASSPHRASE)
        proxy = () if self.proxy == NO_PROXY else (PROXY_USER, PROXY_PASSWORD)
        return (*(tls if self.client_certificate else ()), *proxy)

    @property
    def revision(self) -> str:
        """Twelve hex digits that change when anything of the connection does."""
        return digest(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))[:12]


class Environment(Value):
    """Where a playbook runs. `lab` is built in and reserved.

    Attributes:
        folder: Where its file is, which its files of certificates are named from; no part of what it says.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,47}$")]
    title: str = ""
    networks: tuple[str, ...] = ()
    values: Mapping[str, JsonValue] = Field(default_factory=dict)
    roles: Mapping[str, str] = Field(default_factory=dict)
    connections: Mapping[str, Connection] = Field(default_factory=dict)
    folder: Annotated[str | None, Field(exclude=True)] = None

    @property
    def hash(self) -> str:
        """What the environment says, as a hash; pinned in every run."""
        return digest(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))
