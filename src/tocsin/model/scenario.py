"""The scenario of a Lab: what its simulated products hold before anybody touches them (definitions.md D5)."""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator


def _address(text: str) -> str:
    return str(ipaddress.ip_address(text))


Address = Annotated[str, AfterValidator(_address)]
"""One IPv4 or IPv6 address as text, in its shortest lower-case form."""


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("the time says no zone; write it like 2026-11-24T03:12:07Z")
    return text


Moment = Annotated[str, AfterValidator(_moment)]
"""A point in time as RFC 3339 text."""

Score = Annotated[StrictInt, Field(ge=0, le=100)]


class MachineKind(StrEnum):
    """What a host is for: Falcon's `product_type_desc`."""

    WORKSTATION = "Workstation"
    SERVER = "Server"
    DOMAIN_CONTROLLER = "Domain Controller"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScenarioAlert(_Value):
    """The alert the story begins with, in the normal form of field.md H1.

    Attributes:
        time: RFC 3339 text; every other time in the seeded world is counted from it.
        severity: 0 (nothing) to 100 (worst).
    """

    id: str
    time: Moment
    rule: str
    severity: Score
    src_ip: Address
    dst_ip: Address
    host: str
    user: str


class ScenarioHost(_Value):
    """A computer with a sensor.

    Attributes:
        id: Its name within the scenario; two hosts may share `name`, never this.
        tags: The team's own marks, such as “critical”.
        contacted: Outside addresses it has talked to.
        online: Whether the sensor is connected; an offline one keeps orders pending.
        isolated: Someone has cut it off from the network before the story begins.
        weaknesses: CVE ids of what is not patched on it; the scenario says what each is.
    """

    id: str
    name: str
    ip: Address
    tags: tuple[str, ...] = ()
    contacted: tuple[Address, ...] = ()
    os: str = "Windows 11"
    machine: MachineKind = MachineKind.WORKSTATION
    online: StrictBool = True
    isolated: StrictBool = False
    weaknesses: tuple[str, ...] = ()


class ScenarioUser(_Value):
    """A person's account.

    Attributes:
        sessions: How many sessions are open.
        federated: It comes from a directory that cannot be written to.
        groups: Names of groups it is in.
    """

    name: str
    sessions: Annotated[StrictInt, Field(ge=0, le=100)] = 0
    enabled: StrictBool = True
    federated: StrictBool = False
    groups: tuple[str, ...] = ()


class ScenarioReputation(_Value):
    """What is known of an outside address. In the file a bare number stands for its score."""

    score: Score
    tor: StrictBool = False
    allow_listed: StrictBool = False

    @model_validator(mode="before")
    @classmethod
    def _from_score(cls, data: object) -> object:
        return {"score": data} if isinstance(data, int) else data


class ScenarioWeakness(_Value):
    """Something that a scan finds on hosts.

    Attributes:
        severity: Nessus's 0 (information) to 4 (critical).
        job: The number of the job template that mends it; None is nothing does.
    """

    title: str
    severity: Annotated[StrictInt, Field(ge=0, le=4)]
    job: StrictInt | None = None


ScenarioCheck = Literal["pass", "fail", "notchecked"]
"""XCCDF's word for how a check ended; `notchecked` is that nobody can tell, for want of rights."""


class ScenarioIndicator(_Value):
    """What a threat feed says of an address, a domain or a file.

    Attributes:
        kind: MISP's type: ip-dst, ip-src, domain, url, sha256.
        detect: Whether it is meant for detection (`to_ids`).
        days: How old it is when the story begins.
        harmless: The name of a warning list that knows the value as harmless, or "".
    """

    value: str
    kind: str = "ip-dst"
    comment: str = ""
    detect: StrictBool = True
    days: Annotated[StrictInt, Field(ge=0, le=3650)] = 1
    tags: tuple[str, ...] = ()
    harmless: str = ""


class ScenarioMail(_Value):
    """A mail that has come in.

    Attributes:
        to: Names of the users in whose mailboxes it is.
        minutes: How long before the alert it came.
    """

    sender: str
    subject: str
    text: str
    to: tuple[str, ...]
    minutes: Annotated[StrictInt, Field(ge=0, le=100_000)] = 30


class ScenarioInject(_Value):
    """What happens by itself, so many minutes after the story began."""

    minute: Annotated[StrictInt, Field(ge=1, le=100_000)]
    alert: ScenarioAlert


class ScenarioGoal(_Value):
    """What whoever plays the scenario should have reached. In the file a bare text stands for its words.

    Attributes:
        say: In words.
        when: In CEL, when it is reached: `world` has every table by name, each row by its key; `changes` is what
            changed since the story began, oldest first. None where only a person can tell.
    """

    say: str
    when: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, data: object) -> object:
        return {"say": data} if isinstance(data, str) else data


class Scenario(_Value):
    """One story that a Lab can be started with.

    Attributes:
        icon: A name in `resources/icons`, for lists of scenarios.
        seed: What all ids in the seeded world are derived from.
        reputation: By address; an address that is not there has score 0.
        blocked: Addresses that the firewall blocks already when the story begins.
        business: What outside addresses the work needs, by address: the name that people know. Block one, and somebody
            calls the help desk.
        fleet: How many more workstations there are that take no part in the story.
        weaknesses: By CVE id.
        checks: How hardening checks of this computer end, by rule; every other one passes.
        timeline: What happens later, by itself.
        goals: What whoever plays it should have reached.
    """

    tocsin_scenario: Literal[1] = 1
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")] = "flask-conical"
    seed: StrictInt
    alert: ScenarioAlert
    hosts: tuple[ScenarioHost, ...]
    users: tuple[ScenarioUser, ...] = ()
    reputation: Mapping[Address, ScenarioReputation] = Field(default_factory=dict[str, ScenarioReputation])
    blocked: tuple[Address, ...] = ()
    business: Mapping[Address, str] = Field(default_factory=dict[str, str])
    fleet: Annotated[StrictInt, Field(ge=0, le=10_000)] = 0
    weaknesses: Mapping[str, ScenarioWeakness] = Field(default_factory=dict[str, ScenarioWeakness])
    indicators: tuple[ScenarioIndicator, ...] = ()
    groups: tuple[str, ...] = ()
    mail: tuple[ScenarioMail, ...] = ()
    checks: Mapping[str, ScenarioCheck] = Field(default_factory=dict[str, ScenarioCheck])
    timeline: tuple[ScenarioInject, ...] = ()
    goals: tuple[ScenarioGoal, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> Scenario:
        _ensure_unique("host id", (host.id for host in self.hosts))
        _ensure_unique("user", (user.name for user in self.users))
        _ensure_unique("indicator", (indicator.value for indicator in self.indicators))
        _ensure_known("weakness", (name for host in self.hosts for name in host.weaknesses), self.weaknesses)
        _ensure_known("user", (name for mail in self.mail for name in mail.to), {user.name for user in self.users})
        _ensure_known("group", (name for user in self.users for name in user.groups), self.groups)
        return self


def _ensure_known(what: str, names: Iterable[str], known: Container[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"the {what} “{name}” is not described")


def _ensure_unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the {what} “{name}” is there twice")
        seen.add(name)
