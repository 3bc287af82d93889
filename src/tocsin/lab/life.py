"""The world's life, minute by minute: traffic, sign-ins, reports of agents, calls to the help desk, what is timed.

It follows from the seed, the minute and the state of the world alone, so the same calls at the same minutes give the
same life. Nothing happens by itself: whoever takes a request in lets the world catch up with its clock first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from tocsin.lab.seed import EXTERNAL_IP, hex_id, uuid_id
from tocsin.lab.twins.adf import text_document
from tocsin.lab.values import Alert, Connection, Containment, Host, Product, Session, TicketStatus, User
from tocsin.lab.watched import Flow, SignIn
from tocsin.lab.world import World

TOKEN_MINUTES: Final = 5
"""How long what a disabled account had open still lives: until its access token must be renewed."""

MOST_MINUTES: Final = 240
"""A Lab that nobody asked for longer than this has not lived in between."""

HELP_DESK: Final = "HELP"


class Life:
    """Moves one world on.

    Args:
        on_caught_up: Called after it, for whoever writes down what was seen.
    """

    def __init__(self, world: World, *, on_caught_up: Callable[[], None] | None = None) -> None:
        self._world = world
        self._on_caught_up = on_caught_up

    def catch_up(self) -> None:
        """Live the minutes that went by since the last time."""
        watched, due = self._world.watched, self._world.clock.minutes
        for minute in range(max(watched.minutes, due - MOST_MINUTES), due):
            self._live(minute + 1)
        watched.minutes = max(due, watched.minutes)
        if self._on_caught_up is not None:
            self._on_caught_up()

    def _live(self, minute: int) -> None:
        at = self._world.clock.time_of(minute)
        self._report_and_talk(minute, at)
        for user in list(self._world.tables.users.values()):
            self._use_account(user, minute, at)
        self._call_help_desk()
        for inject in self._world.scenario.timeline:
            if inject.minute == minute:
                self._world.inject(Alert(**inject.alert.model_dump()))

    # Hosts

    def _report_and_talk(self, minute: int, at: str) -> None:
        open_now = {(row.src_ip, row.dst_ip) for row in self._world.tables.connections.values()}
        for host in self._world.tables.hosts.values():
            if not host.online:
                continue
            self._world.watched.heard_by_edr[host.id] = at
            if host.containment is Containment.CONTAINED:
                continue
            self._world.watched.heard_by_siem[host.id] = at
            for outside in host.contacted:
                self._talk(host, outside, minute, is_open=(outside, host.ip) in open_now)

    def _talk(self, host: Host, outside: str, minute: int, *, is_open: bool) -> None:
        if not is_open:
            if self._world.is_blocked(outside):
                return
            key = hex_id(self._world.scenario.seed, "connection", host.id, outside, str(minute))
            row = Connection(key, src_ip=outside, dst_ip=host.ip)
            self._world.put("connections", key, row, (Product.OPNSENSE, f"{outside} and {host.ip} talk again"))
        at = self._world.clock.time_of(minute)
        self._world.watched.add_flow(Flow(at, host.name, host.ip, outside, fresh=not is_open))

    # Accounts

    def _use_account(self, user: User, minute: int, at: str) -> None:
        if not user.enabled and user.sessions and self._minutes_since(user.disabled_at, at) >= TOKEN_MINUTES:
            ended = replace(user, sessions=())
            what = f"{len(user.sessions)} sessions of {user.name} could not be renewed"
            self._world.put("users", user.id, ended, (Product.KEYCLOAK, what))
        elif user.name in self._regulars and not user.sessions and minute % 3 == 0:
            self._sign_in(user, minute, at)

    @property
    def _regulars(self) -> frozenset[str]:
        """Those who come back when they are signed out."""
        return frozenset(user.name for user in self._world.scenario.users if user.sessions)

    def _sign_in(self, user: User, minute: int, at: str) -> None:
        self._world.watched.sign_ins.append(SignIn(at, user.name, EXTERNAL_IP, succeeded=user.enabled))
        if user.enabled:
            key = uuid_id(self._world.scenario.seed, "session", user.name, f"minute-{minute}")
            signed_in = replace(user, sessions=(Session(key, EXTERNAL_IP, at),))
            self._world.put("users", user.id, signed_in, (Product.KEYCLOAK, f"{user.name} signed in again"))

    def _minutes_since(self, begun: str, at: str) -> float:
        return self._world.clock.minutes_between(begun or self._world.clock.time_of(0), at)

    # People

    def _call_help_desk(self) -> None:
        for address, name in self._world.scenario.business.items():
            label = f"no-{address.replace(':', '-')}"
            if self._world.is_blocked(address) and label not in self._open_calls():
                facts = {
                    "title": f"{name} cannot be reached",
                    "body": text_document(f"Since a few minutes {name} ({address}) does not answer. We cannot work."),
                    "labels": ("help-desk", label),
                }
                self._world.create_ticket(HELP_DESK, facts)

    def _open_calls(self) -> Iterable[str]:
        tickets = self._world.tables.tickets.values()
        return {label for ticket in tickets if ticket.status is not TicketStatus.DONE for label in ticket.labels}
