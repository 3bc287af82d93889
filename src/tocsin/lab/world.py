"""The one world that all simulated products look at and change.

It has one owner, the Lab's loop thread, on which every request is served. Reading its frozen rows is safe from any
thread; changing it from outside goes through the control address. Every change has a named method and leaves an entry.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

from tocsin.base.clock import Clock
from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.lab.rows import BadRowError, Tables, amended, to_json
from tocsin.lab.seed import seed_tables, uuid_id
from tocsin.lab.story_clock import StoryClock
from tocsin.lab.values import (
    SETTLES_AS,
    Alert,
    AlertStatus,
    Alias,
    Change,
    Comment,
    Containment,
    Host,
    Note,
    Product,
    Quota,
    Ticket,
    TicketStatus,
    User,
)
from tocsin.lab.watched import Watched
from tocsin.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Past:
    """What a world needs to go on where another one ended.

    Attributes:
        minutes: How long its story has gone on.
        made: How many things were given a number so far.
    """

    tables: Tables
    changes: tuple[Change, ...]
    minutes: int
    made: int


class World:
    """The facts behind every answer of the Lab.

    Attributes:
        scenario: What it is seeded from.
        tables: All rows. Read them freely; change them through the methods here.
        watched: What was seen of its life; `life` writes it.
        clock: Its own time.
    """

    def __init__(self, scenario: Scenario, *, clock: Clock | None = None) -> None:
        self.scenario = scenario
        self.tables = seed_tables(scenario)
        self.watched = Watched()
        self.clock = StoryClock(clock or Clock())
        self._changes: list[Change] = []
        self._made = 0
        self._cause = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Everything that changed since the start or the last reset, oldest first."""
        return tuple(self._changes)

    @property
    def made(self) -> int:
        """How many things were given a number so far."""
        return self._made

    @property
    def now(self) -> str:
        """The present moment, RFC 3339."""
        return self.clock.now

    def to_json(self) -> dict[str, Json]:
        """Return the whole world: scenario, seed, then each table as an object by key."""
        tables = {
            part.name: {key: to_json(row) for key, row in dict(getattr(self.tables, part.name)).items()}
            for part in fields(self.tables)
        }
        return {"scenario": self.scenario.id, "seed": self.scenario.seed, **tables}

    @contextmanager
    def caused_by(self, key: str) -> Generator[None]:
        """Let what changes inside say what led to it: the idempotency key of a request, or ""."""
        outer, self._cause = self._cause, key
        try:
            yield
        finally:
            self._cause = outer

    def last_cause(self, table: str, key: str) -> str:
        """Return the cause of the last change of a row: who looks is not who ordered it."""
        causes = (change.cause for change in reversed(self._changes) if (change.table, change.key) == (table, key))
        return next(causes, "")

    def reset(self, scenario: Scenario | None = None) -> None:
        """Make the world what it is at the start of its scenario, or of another one, and forget the changes."""
        self.scenario = scenario or self.scenario
        self.tables = seed_tables(self.scenario)
        self.watched = Watched()
        self.clock.begin()
        self._changes.clear()
        self._made = 0

    def go_on(self, past: Past) -> None:
        """Go on where another world of this scenario ended."""
        self.reset()
        self.tables = past.tables
        self._changes.extend(past.changes)
        self._made = past.made
        self.clock.go_on_after(past.minutes)
        self.watched.minutes = past.minutes

    def amend(self, patch: Mapping[str, Json]) -> None:
        """Change rows by a JSON merge patch (RFC 7396) of `to_json`, down to their fields. All of it or nothing.

        A row that is null is removed, one that is new must be whole; what a field holds is replaced, not merged.

        Raises:
            BadRowError: A table or field is unknown, or a value does not fit.
        """
        ready = [
            (table, key, amended(table, key, rows.get(key), part) if part is not None else None)
            for table, rows, parts in self._named_tables(patch)
            for key, part in parts.items()
        ]
        for table, key, row in ready:
            if row == getattr(self.tables, table).get(key):
                continue
            self.put(table, key, row, (Product.CONTROL, f"changed {table}/{key} by control"))

    def inject(self, alert: Alert) -> Alert:
        """Let an alert arrive; one of the same id is replaced."""
        self.put("alerts", alert.id, alert, (Product.CONTROL, f"alert {alert.id} arrived"))
        return alert

    # SIEM

    def set_alert_status(self, ids: Iterable[str], status: AlertStatus, *, by: Product) -> int:
        """Set the status of the alerts that exist; return how many those were."""
        known = [self.tables.alerts[key] for key in ids if key in self.tables.alerts]
        for alert in known:
            self.put("alerts", alert.id, replace(alert, status=status), (by, f"set alert {alert.id} to {status}"))
        return len(known)

    def add_note(self, alert_id: str, text: str) -> Note:
        """Add a note on an alert. Like Kibana it does not ask whether there is such an alert."""
        note = Note(id=self._next_uuid("note"), alert_id=alert_id, text=text, created=self.now)
        self.put("notes", note.id, note, (Product.ELASTICSEARCH, f"noted on alert {alert_id}"))
        return note

    # EDR

    def contain(self, host: Host) -> bool:
        """Ask for a host to be cut off; whether and when it is, `read_hosts` tells. False while it is being let in."""
        return self._order(host, Containment.CONTAINMENT_PENDING, "asked to contain")

    def lift_containment(self, host: Host) -> bool:
        """Ask for a host to be let back in. False while it is being cut off."""
        return self._order(host, Containment.LIFT_CONTAINMENT_PENDING, "asked to release")

    def read_hosts(self, ids: Iterable[str]) -> list[Host]:
        """Return the known hosts of these ids; looking moves pending orders on.

        An order is done at the first look after `lag` others, and never while the host is offline.
        """
        known = [self.tables.hosts[key] for key in ids if key in self.tables.hosts]
        return [self._settled(host) for host in known]

    def _order(self, host: Host, pending: Containment, what: str) -> bool:
        if host.containment in {pending, SETTLES_AS[pending]}:
            return True
        if host.containment in SETTLES_AS:
            return False
        ordered = replace(host, containment=pending, reads_left=host.lag)
        self.put("hosts", host.id, ordered, (Product.FALCON, f"{what} {host.name}"))
        return True

    def _settled(self, host: Host) -> Host:
        if host.containment not in SETTLES_AS or not host.online:
            return host
        if host.reads_left:
            waiting = replace(host, reads_left=host.reads_left - 1)
            self.tables.hosts[host.id] = waiting  # a look is no change of the world
            return waiting
        settled = replace(host, containment=SETTLES_AS[host.containment])
        what = f"{host.name} is {'contained' if settled.containment is Containment.CONTAINED else 'released'}"
        with self.caused_by(self.last_cause("hosts", host.id)):  # who looks is not who ordered it
            self.put("hosts", host.id, settled, (Product.FALCON, what))
        return settled

    # Firewall

    def block(self, alias: Alias, address: str) -> None:
        """Add an address to an alias; nothing happens when it is there."""
        if address in alias.entries:
            return
        changed = replace(alias, entries=(*alias.entries, address))
        self.put("aliases", alias.name, changed, (Product.OPNSENSE, f"blocked {address} in {alias.name}"))

    def unblock(self, alias: Alias, address: str) -> None:
        """Take an address out of an alias; nothing happens when it is not there."""
        if address not in alias.entries:
            return
        changed = replace(alias, entries=tuple(entry for entry in alias.entries if entry != address))
        what = f"unblocked {address} in {alias.name}"
        self.put("aliases", alias.name, changed, (Product.OPNSENSE, what))

    def add_alias(self, name: str, *, kind: str, entries: Sequence[str], description: str) -> Alias:
        """Add an alias. No rule uses it yet, so it blocks nothing."""
        alias = Alias(
            name=name,
            id=uuid_id(self.scenario.seed, "alias", name),
            kind=kind,
            description=description,
            entries=tuple(entries),
            blocks=False,
        )
        self.put("aliases", name, alias, (Product.OPNSENSE, f"added alias {name}"))
        return alias

    def is_blocked(self, address: str) -> bool:
        """Tell whether the firewall lets no new connection with an outside address begin."""
        entries = (e for alias in self.tables.aliases.values() if alias.enabled and alias.blocks for e in alias.entries)
        return any(entry == address or ("/" in entry and _is_within(address, entry)) for entry in entries)

    def kill_connections(self, address: str) -> int:
        """End the open connections from or to an address; return how many there were."""
        killed = [row for row in self.tables.connections.values() if address in {row.src_ip, row.dst_ip}]
        for row in killed:
            self.put("connections", row.id, None, (Product.OPNSENSE, f"ended {row.src_ip} to {row.dst_ip}"))
        return len(killed)

    # Threat intelligence

    def use_quota(self, product: Product) -> None:
        """Count one look-up. That is no change of the world's story and leaves no entry."""
        quota = self.tables.quotas.get(product, Quota())
        self.tables.quotas[product] = replace(quota, used=quota.used + 1)

    # Identity

    def update_user(self, user: User) -> None:
        """Put a changed account in the place of the one with its id."""
        before = self.tables.users.get(user.id)
        if user.enabled:
            user = replace(user, disabled_at="")
        elif before is None or before.enabled:
            user = replace(user, disabled_at=self.now)
        self.put("users", user.id, user, (Product.KEYCLOAK, f"changed user {user.name}"))

    def end_sessions(self, user: User) -> None:
        """End all sessions of an account and refuse what was issued before now."""
        ended = replace(user, sessions=(), not_before=self.now)
        what = f"ended {len(user.sessions)} sessions of {user.name}"
        self.put("users", user.id, ended, (Product.KEYCLOAK, what))

    def create_user(self, name: str, facts: Mapping[str, Any]) -> User:
        """Add an account with the given fields."""
        user = User(id=self._next_uuid("user"), name=name, **facts)
        self.put("users", user.id, user, (Product.KEYCLOAK, f"created user {name}"))
        return user

    def delete_user(self, user: User) -> None:
        """Take an account away."""
        self.put("users", user.id, None, (Product.KEYCLOAK, f"deleted user {user.name}"))

    # Ticketing

    def create_ticket(self, project: str, facts: Mapping[str, Any]) -> Ticket:
        """Open a ticket with the given fields; its key is the project's next."""
        number = 1 + max((_number_of(key) for key in self.tables.tickets), default=0)
        ticket = Ticket(id=str(10_000 + number), key=f"{project}-{number}", created=self.now, **facts)
        self.put("tickets", ticket.key, ticket, (Product.JIRA, f"created ticket {ticket.key}"))
        return ticket

    def update_ticket(self, ticket: Ticket) -> None:
        """Put a changed ticket in the place of the one with its key."""
        self.put("tickets", ticket.key, ticket, (Product.JIRA, f"changed ticket {ticket.key}"))

    def comment(self, ticket: Ticket, body: Json) -> Comment:
        """Add a comment to a ticket."""
        self._made += 1
        comment = Comment(id=str(20_000 + self._made), body=body, created=self.now)
        commented = replace(ticket, comments=(*ticket.comments, comment))
        self.put("tickets", ticket.key, commented, (Product.JIRA, f"commented on {ticket.key}"))
        return comment

    def move_ticket(self, ticket: Ticket, status: TicketStatus) -> None:
        """Put a ticket into another column."""
        moved = replace(ticket, status=status)
        self.put("tickets", ticket.key, moved, (Product.JIRA, f"moved {ticket.key} to {status}"))

    def _named_tables(
        self, patch: Mapping[str, Json]
    ) -> Iterable[tuple[str, Mapping[str, object], Mapping[str, Json]]]:
        names = [part.name for part in fields(self.tables)]
        for table, parts in patch.items():
            if table not in names:
                raise BadRowError(f"“{table}” is no table of the world. {did_you_mean(table, names)}".rstrip())
            if not isinstance(parts, Mapping):
                raise BadRowError(f"“{table}” must be an object")
            yield table, getattr(self.tables, table), parts

    def _next_uuid(self, kind: str) -> str:
        self._made += 1
        return uuid_id(self.scenario.seed, kind, str(self._made))

    def put(self, table: str, key: str, row: object | None, entry: tuple[Product, str]) -> None:
        """Write a row, or take it out when it is None; the entry says which product did what."""
        product, what = entry
        rows: dict[str, object] = getattr(self.tables, table)
        before = to_json(rows.get(key))
        self._changes.append(
            Change(product, what, before, to_json(row), at=self.now, table=table, key=key, cause=self._cause)
        )
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row


def _is_within(address: str, network: str) -> bool:
    return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)


def _number_of(key: str) -> int:
    tail = key.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0
