"""From a scenario to the world it describes. The same scenario and seed give the same world, to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tocsin.lab.rows import Tables
from tocsin.lab.values import (
    Alert,
    Alias,
    Connection,
    Containment,
    Host,
    Permission,
    Product,
    Quota,
    Reputation,
    SearchHealth,
    Session,
    User,
)
from tocsin.model.scenario import Scenario, ScenarioHost, ScenarioReputation, ScenarioUser

EXTERNAL_IP = "198.51.100.1"
"""The one address behind which all seeded hosts are seen from outside."""

BLOCK_ALIAS = "tocsin_block"
"""The alias that a rule of the seeded firewall blocks."""

IDLE_ALIAS = "unused_block"
"""An alias that no rule uses: what is added to it is not blocked."""

TAG_PREFIX = "SensorGroupingTags/"
"""How Falcon writes a tag that was set on the sensor."""


def hex_id(seed: int, *words: str) -> str:
    """Return 32 hex digits that only these words and the seed give."""
    return hashlib.sha256("/".join([str(seed), *words]).encode()).hexdigest()[:32]


def uuid_id(seed: int, *words: str) -> str:
    """Return a UUID (version 4 in shape) that only these words and the seed give."""
    return str(UUID(hex_id(seed, *words), version=4))


def seed_tables(scenario: Scenario) -> Tables:
    """Return the world as it is when the story begins."""
    hosts = [_host(scenario, host) for host in scenario.hosts]
    users = [_user(scenario, user) for user in scenario.users]
    products = [product for product in Product if product is not Product.CONTROL]
    return Tables(
        hosts={host.id: host for host in hosts},
        users={user.id: user for user in users},
        alerts={scenario.alert.id: Alert(**scenario.alert.model_dump())},
        aliases={alias.name: alias for alias in _aliases(scenario)},
        connections={row.id: row for row in _connections(scenario)},
        reputation={ip: _reputation(scenario, fact) for ip, fact in scenario.reputation.items()},
        quotas={Product.ABUSEIPDB: Quota()},
        searches={Product.ELASTICSEARCH: SearchHealth()},
        permissions={product: Permission() for product in products},
    )


def before_alert(scenario: Scenario, *, minutes: int) -> str:
    """Return the RFC 3339 time some minutes before the story's alert."""
    moment = datetime.fromisoformat(scenario.alert.time).astimezone(UTC) - timedelta(minutes=minutes)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _host(scenario: Scenario, host: ScenarioHost) -> Host:
    return Host(
        id=hex_id(scenario.seed, "host", host.id),
        name=host.name,
        ip=host.ip,
        external_ip=EXTERNAL_IP,
        os=host.os,
        last_seen=before_alert(scenario, minutes=2 if host.online else 4000),
        machine=host.machine,
        tags=tuple(TAG_PREFIX + tag for tag in host.tags),
        contacted=host.contacted,
        online=host.online,
        containment=Containment.CONTAINED if host.isolated else Containment.NORMAL,
    )


def _user(scenario: Scenario, user: ScenarioUser) -> User:
    sessions = (
        Session(
            id=uuid_id(scenario.seed, "session", user.name, str(number)),
            ip=scenario.alert.src_ip if number else EXTERNAL_IP,
            started=before_alert(scenario, minutes=90 - number),
        )
        for number in range(user.sessions)
    )
    return User(
        id=uuid_id(scenario.seed, "user", user.name),
        name=user.name,
        email=f"{user.name}@example.com",
        enabled=user.enabled,
        federated=user.federated,
        sessions=tuple(sessions),
    )


def _aliases(scenario: Scenario) -> Iterable[Alias]:
    yield Alias(
        name=BLOCK_ALIAS,
        id=uuid_id(scenario.seed, "alias", BLOCK_ALIAS),
        description="Blocked by playbooks",
        entries=scenario.blocked,
    )
    yield Alias(
        name=IDLE_ALIAS,
        id=uuid_id(scenario.seed, "alias", IDLE_ALIAS),
        description="Not used by any rule",
        blocks=False,
    )


def _connections(scenario: Scenario) -> Iterable[Connection]:
    for host in scenario.hosts:
        for outside in host.contacted:
            yield Connection(hex_id(scenario.seed, "connection", host.id, outside), src_ip=outside, dst_ip=host.ip)


def _reputation(scenario: Scenario, fact: ScenarioReputation) -> Reputation:
    return Reputation(
        score=fact.score,
        tor=fact.tor,
        allow_listed=fact.allow_listed,
        reports=fact.score * 3,
        last_reported=before_alert(scenario, minutes=600) if fact.score else None,
    )
