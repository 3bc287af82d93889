"""What the Lab's world has beside alerts: weaknesses, scans that find them, jobs that mend them, indicators, mail.

As in `values`, the fields are keys of `GET /world`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScanState(StrEnum):
    """Nessus's word for where a scan's newest run stands. One that never ran is `empty`."""

    EMPTY = "empty"
    RUNNING = "running"
    COMPLETED = "completed"
    CANCELED = "canceled"


class JobState(StrEnum):
    """AWX's word for where a job stands."""

    PENDING = "pending"
    SUCCESSFUL = "successful"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that is not patched on one host.

    Attributes:
        host: The host's id.
        plugin: The number of the scanner's check that finds it.
        severity: 0 (information) to 4 (critical).
        job: The id of the job template that mends it, or "".
        mended: Whether it is patched; the next scan does not find it any more.
    """

    id: str
    host: str
    cve: str
    plugin: int
    title: str
    severity: int
    job: str = ""
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that is set up, with what its newest run found.

    Attributes:
        targets: Ids of hosts.
        runs: How often it was started.
        started: When it was started last, RFC 3339, or "".
        answered: Ids of the hosts that its newest run reached.
        found: Ids of the weaknesses that its newest run found.
        lag: How many looks a run takes.
        looks_left: How many of those are still to come.
    """

    id: str
    name: str
    targets: tuple[str, ...] = ()
    state: ScanState = ScanState.EMPTY
    runs: int = 0
    started: str = ""
    answered: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    lag: int = 1
    looks_left: int = 0


@dataclass(frozen=True, slots=True)
class JobTemplate:
    """A job that is set up.

    Attributes:
        asks_limit: Whether it takes the hosts it is given; one that does not runs on every host.
        lag: How many looks a job takes.
    """

    id: str
    name: str
    asks_limit: bool = True
    lag: int = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a template.

    Attributes:
        limit: The hosts as they were given, or "" for all.
        hosts: Ids of the hosts it runs on.
        reached: Ids of those that it reached.
        looks_left: How many looks it still takes.
    """

    id: str
    template: str
    limit: str
    created: str
    hosts: tuple[str, ...] = ()
    state: JobState = JobState.PENDING
    reached: tuple[str, ...] = ()
    looks_left: int = 0


@dataclass(frozen=True, slots=True)
class Indicator:
    """An attribute in MISP.

    Attributes:
        event: The id of the event it is in.
        kind: MISP's type.
        detect: Whether it is meant for detection (`to_ids`).
        changed: RFC 3339.
    """

    id: str
    event: str
    kind: str
    value: str
    changed: str
    comment: str = ""
    detect: bool = True
    tags: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message in one mailbox; a copy in another mailbox is another.

    Attributes:
        id: What lasts, wherever it is moved.
        mailbox: The address of the account whose mailbox it is in.
        internet_id: What all copies have in common.
        folder: The well-known name of the folder it is in.
        moves: How often it was moved; each time it got another id for whoever does not ask for the lasting one.
    """

    id: str
    mailbox: str
    sender: str
    subject: str
    received: str
    text: str = ""
    internet_id: str = ""
    folder: str = "inbox"
    moves: int = 0


@dataclass(frozen=True, slots=True)
class WarningList:
    """Values that are known as harmless, whatever anyone says of them."""

    id: str
    name: str
    values: tuple[str, ...] = ()
