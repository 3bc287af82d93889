"""The one world that all simulated products look at and change: what may be done to it, product by product.

It has one owner, the Lab's loop thread, on which every request is served. Reading its frozen rows is safe from any
thread; changing it from outside goes through the control address. Every change has a named method and leaves an entry.
What upkeep, telling people and intrusion detection do is in `upkeep`, `telling` and `ids`; its books are in `ledger`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tocsin.base.json_types import Json
from tocsin.lab.ledger import Ledger
from tocsin.lab.seed import uuid_id
from tocsin.lab.values import (
    SETTLES_AS,
    Alert,
    AlertStatus,
    Alias,
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


class World(Ledger):
    """What hosts, accounts, the firewall, alerts and tickets can go through."""

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
        note = Note(id=self.next_uuid("note"), alert_id=alert_id, text=text, created=self.now)
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
        user = User(id=self.next_uuid("user"), name=name, **facts)
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
        comment = Comment(id=str(20_000 + self.next_number()), body=body, created=self.now)
        commented = replace(ticket, comments=(*ticket.comments, comment))
        self.put("tickets", ticket.key, commented, (Product.JIRA, f"commented on {ticket.key}"))
        return comment

    def move_ticket(self, ticket: Ticket, status: TicketStatus) -> None:
        """Put a ticket into another column."""
        moved = replace(ticket, status=status)
        self.put("tickets", ticket.key, moved, (Product.JIRA, f"moved {ticket.key} to {status}"))


def _is_within(address: str, network: str) -> bool:
    return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)


def _number_of(key: str) -> int:
    tail = key.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0
