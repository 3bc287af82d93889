"""What is said of connections: rows of a list, fields of a form, a draft to save, and how a test went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.model.catalogue import Effect
from tocsin.model.environment import Connection
from tocsin.model.values import JsonSchema
from tocsin.vault import SecretState, VaultState

_USABLE = frozenset({SecretState.GIVEN, SecretState.KEPT})


class TrialStep(StrEnum):
    """What a test tries, in this order."""

    SETTINGS = "settings"
    NAME = "name"
    TCP = "tcp"
    TLS = "tls"
    SIGN_IN = "sign-in"
    PERMISSION = "permission"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class StepResult:
    """How a step went.

    Attributes:
        address: Which of the connection's addresses was tried; "" when the step is about all of them.
        detail: What was found; of a failure the reason.
        seconds: How long it took.
    """

    step: TrialStep
    ok: bool
    detail: str = ""
    address: str = ""
    seconds: float = 0.0


class Leave(StrEnum):
    """Whether the key may do an action (field.md H4)."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNTRIED = "untried"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ActionResult:
    """Whether an action could be done. One that changes something, or needs an input, is not tried.

    Attributes:
        action: Its key in the description.
        permission: What the product calls the right that it needs, or "".
        detail: Why it could not be done, or "".
    """

    action: str
    title: str
    effect: Effect
    permission: str
    leave: Leave
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TrialReport:
    """How a test went: its steps up to and with the first that failed, and, when none did, each action."""

    environment: str
    connection: str
    steps: tuple[StepResult, ...]
    actions: tuple[ActionResult, ...] = ()

    @property
    def failed(self) -> StepResult | None:
        """The step that failed, or None."""
        return next((step for step in self.steps if not step.ok), None)


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One connection of a workspace.

    Attributes:
        title: The product's, or "" when no description has that id.
        secrets: Field of the sign-in → where its secret stands.
        used_by: The playbooks of the workspace that reach it, by id.
    """

    environment: str
    id: str
    connection: Connection
    title: str
    secrets: Mapping[str, SecretState]
    used_by: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """The product is known, and every secret is there for the address it has."""
        return bool(self.title) and _USABLE.issuperset(self.secrets.values())


@dataclass(frozen=True, slots=True)
class EnvironmentView:
    """One environment of a workspace, as a person looks at it.

    Attributes:
        rows: Its connections, by id; none where its file cannot be read.
        fault: Why its file cannot be read, or "".
    """

    id: str
    title: str
    rows: tuple[ConnectionRow, ...] = ()
    fault: str = ""

    @property
    def ready(self) -> int:
        """How many of its connections lack nothing."""
        return sum(row.is_ready for row in self.rows)


@dataclass(frozen=True, slots=True)
class LastTrial:
    """How a connection's last test went, as far as it is still the connection that was tested.

    Attributes:
        at: When it ended, UTC microseconds.
    """

    report: TrialReport
    at: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Every environment of a workspace with a file, side by side.

    Attributes:
        trials: Environment and connection → the last test since Tocsin started.
        vault: What can be done with the vault now; None where its file cannot be read.
        has_passphrase: Only a passphrase opens the vault, so that locking it means to type it again.
    """

    environments: tuple[EnvironmentView, ...] = ()
    trials: Mapping[tuple[str, str], LastTrial] = field(default_factory=dict[tuple[str, str], LastTrial])
    vault: VaultState | None = VaultState.ABSENT
    has_passphrase: bool = False

    def find(self, environment: str) -> EnvironmentView | None:
        """Return an environment by its id, or None."""
        return next((one for one in self.environments if one.id == environment), None)


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """That a secret is kept, and for which servers; never the secret."""

    environment: str
    connection: str
    field: str
    servers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VaultLook:
    """The vault, as far as it may be shown.

    Attributes:
        has_passphrase: A passphrase opens it; else the keyring does.
        kept: What is in it, by environment, connection and field.
    """

    state: VaultState
    has_passphrase: bool
    kept: tuple[KeptSecret, ...] = ()


class VaultNeed(StrEnum):
    """What a person must do before secrets can be kept or used."""

    NOTHING = "nothing"
    PASSPHRASE = "type it"  # noqa: S105  a need's name
    NEW_PASSPHRASE = "choose one"  # noqa: S105  a need's name


class FieldGroup(StrEnum):
    """Which part of a connection a field fills."""

    ADDRESS = "addresses"
    OPTION = "options"
    SECRET = "secrets"  # noqa: S105  a part's name


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill in.

    Attributes:
        name: Its key in the group.
        schema: What it may hold, as JSON Schema.
        is_hidden: Whether what is typed is not shown.
    """

    group: FieldGroup
    name: str
    title: str
    help: str
    schema: JsonSchema
    is_required: bool
    is_hidden: bool = False
    default: Json = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A connection as a person fills it in.

    Attributes:
        environment: The id of the environment it goes to, which need not exist.
        secrets: Field of the sign-in → what was typed; what is left out stays as it is kept.
    """

    environment: str
    id: str
    connection: Connection
    secrets: Mapping[str, Secret] = field(default_factory=dict[str, Secret])
