"""A named set of connections, and who plays which role (definitions.md D4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from tocsin.model.canonical import digest
from tocsin.model.values import Duration, JsonValue, Value

LAB: Final = "lab"
LAB_NETWORKS: Final = ("10.0.0.0/8",)


class Connection(Value):
    """One configured connector. Holds no secret."""

    connector: str
    addresses: Mapping[str, str] = Field(default_factory=dict)
    options: Mapping[str, JsonValue] = Field(default_factory=dict)
    ca_file: str | None = None
    timeout: Duration | None = None

    @property
    def revision(self) -> str:
        """Twelve hex digits that change when anything of the connection does."""
        return digest(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))[:12]


class Environment(Value):
    """Where a playbook runs. `lab` is built in and reserved."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,47}$")]
    title: str = ""
    networks: tuple[str, ...] = ()
    values: Mapping[str, JsonValue] = Field(default_factory=dict)
    roles: Mapping[str, str] = Field(default_factory=dict)
    connections: Mapping[str, Connection] = Field(default_factory=dict)

    @property
    def hash(self) -> str:
        """What the environment says, as a hash; pinned in every run."""
        return digest(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))
