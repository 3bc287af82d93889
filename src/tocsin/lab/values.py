"""What the Lab's world is made of: hosts, users, alerts, firewall aliases, reputation, tickets, as frozen values.

Their fields are the keys of `GET /world`, so a name here is a name that tests and lessons read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tocsin.base.json_types import Json
from tocsin.model.scenario import MachineKind


class Product(StrEnum):
    """The simulated products, and the control address as the author of changes that no product made."""

    ELASTICSEARCH = "elasticsearch"
    FALCON = "falcon"
    OPNSENSE = "opnsense"
    ABUSEIPDB = "abuseipdb"
    KEYCLOAK = "keycloak"
    JIRA = "jira"
    NESSUS = "nessus"
    AWX = "awx"
    MISP = "misp"
    GRAPH_MAIL = "graph_mail"
    MATTERMOST = "mattermost"
    SMTP = "smtp"
    SURICATA = "suricata"
    OPENSCAP = "openscap"
    REPORT_FOLDER = "report_folder"
    CONTROL = "control"


class Containment(StrEnum):
    """Falcon's word for whether a host is cut off from the network: its device `status`."""

    NORMAL = "normal"
    CONTAINMENT_PENDING = "containment_pending"
    CONTAINED = "contained"
    LIFT_CONTAINMENT_PENDING = "lift_containment_pending"


SETTLES_AS = {
    Containment.CONTAINMENT_PENDING: Containment.CONTAINED,
    Containment.LIFT_CONTAINMENT_PENDING: Containment.NORMAL,
}


class AlertStatus(StrEnum):
    """Where an alert stands, in Kibana's words (`kibana.alert.workflow_status`)."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class TicketStatus(StrEnum):
    """The columns of the ticket board."""

    TO_DO = "To Do"
    IN_PROGRESS = "In Progress"
    DONE = "Done"


class Access(StrEnum):
    """What the key that Tocsin holds may do at a product."""

    FULL = "full"
    READ = "read"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Host:
    """A computer with a sensor.

    Attributes:
        id: Falcon's agent id, 32 hex digits.
        contacted: Outside addresses it has talked to.
        online: Whether its sensor is connected; an offline one keeps orders pending for ever.
        lag: How many reads of its details an order stays pending for.
        reads_left: How many of those are still to come.
    """

    id: str
    name: str
    ip: str
    external_ip: str
    os: str
    last_seen: str
    machine: MachineKind = MachineKind.WORKSTATION
    tags: tuple[str, ...] = ()
    contacted: tuple[str, ...] = ()
    online: bool = True
    containment: Containment = Containment.NORMAL
    lag: int = 0
    reads_left: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One open session of a user. Times are RFC 3339."""

    id: str
    ip: str
    started: str


@dataclass(frozen=True, slots=True)
class User:
    """An account at the identity provider.

    Attributes:
        federated: It comes from a directory that cannot be written to.
        not_before: When its sessions were last ended, RFC 3339, or "".
        disabled_at: When it was disabled, RFC 3339; "" when it is enabled, or was disabled before the story.
        groups: Ids of the groups it is in.
    """

    id: str
    name: str
    email: str
    first_name: str = ""
    last_name: str = ""
    enabled: bool = True
    federated: bool = False
    sessions: tuple[Session, ...] = ()
    not_before: str = ""
    attributes: Json = field(default_factory=dict[str, Json])
    disabled_at: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of accounts; whoever is in it may do what its members may."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert in the normal form of field.md H1: severity 0..100, time RFC 3339."""

    id: str
    time: str
    rule: str
    severity: int
    src_ip: str
    dst_ip: str
    host: str
    user: str
    status: AlertStatus = AlertStatus.OPEN


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an alert."""

    id: str
    alert_id: str
    text: str
    created: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A named table of addresses on the firewall.

    Attributes:
        kind: OPNsense's alias type: host, network or external.
        blocks: Whether some rule uses it. One that no rule uses stops nothing.
    """

    name: str
    id: str
    kind: str = "external"
    enabled: bool = True
    description: str = ""
    entries: tuple[str, ...] = ()
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection through the firewall. It goes on after a block, until its states are killed."""

    id: str
    src_ip: str
    dst_ip: str


@dataclass(frozen=True, slots=True)
class Reputation:
    """What is publicly known of an address: score 0 (nothing) to 100 (certainly bad)."""

    score: int
    tor: bool = False
    allow_listed: bool = False
    reports: int = 0
    last_reported: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a ticket; the body is an Atlassian document."""

    id: str
    body: Json
    created: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket. Its body is the Atlassian document it was created with, or null."""

    id: str
    key: str
    title: str
    created: str
    body: Json = None
    kind: str = "Task"
    priority: str = "Medium"
    labels: tuple[str, ...] = ()
    status: TicketStatus = TicketStatus.TO_DO
    assignee: str | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many look-ups a product allows in a day, and how many were used."""

    limit: int = 1000
    used: int = 0


@dataclass(frozen=True, slots=True)
class SearchHealth:
    """Whether a search answers 200 and yet tells only a part."""

    timed_out: bool = False
    failed_shards: int = 0


@dataclass(frozen=True, slots=True)
class Permission:
    """What Tocsin's key may do at one product."""

    access: Access = Access.FULL


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the world's diary.

    Attributes:
        what: One sentence's worth: “blocked 203.0.113.66 in tocsin_block”.
        before: The row before, or null when it is new.
        after: The row after, or null when it is gone.
        at: RFC 3339.
        table: The table of the row.
        key: The row's key there.
        cause: The idempotency key of the request that led to it, or "".
    """

    product: Product
    what: str
    before: Json
    after: Json
    at: str
    table: str
    key: str
    cause: str = ""
