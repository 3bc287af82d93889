"""From a scenario to the world it describes. The same scenario and seed give the same world, to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tocsin.lab.audit_values import RULES, Check, CheckResult
from tocsin.lab.ids_values import Dataset
from tocsin.lab.rows import Tables
from tocsin.lab.upkeep_values import Indicator, JobTemplate, Message, Scan, WarningList, Weakness
from tocsin.lab.values import (
    Alert,
    Alias,
    Connection,
    Containment,
    Group,
    Host,
    Permission,
    Product,
    Quota,
    Reputation,
    SearchHealth,
    Session,
    User,
)
from tocsin.model.scenario import MachineKind, Scenario, ScenarioHost, ScenarioReputation, ScenarioUser

EXTERNAL_IP = "198.51.100.1"
"""The one address behind which all seeded hosts are seen from outside."""

BLOCK_ALIAS = "tocsin_block"
"""The alias that a rule of the seeded firewall blocks."""

IDLE_ALIAS = "unused_block"
"""An alias that no rule uses: what is added to it is not blocked."""

LISTED_SET, IDLE_SET, FIXED_SET = "tocsin-listed", "unused-listed", "shipped-listed"
"""Sets of addresses of the intrusion detection: one that a rule tests, one that none tests, one that does not last."""

WEEKLY_SCAN = "12"
"""The scan that is set up."""

OWN_EVENT, FEED_EVENT = "1", "2"
"""MISP's events: the own organisation's, and the one that a feed fills."""

JOB_TEMPLATES = (
    JobTemplate("7", "Patch hosts"),
    JobTemplate("8", "Patch everything", asks_limit=False),
    JobTemplate("9", "Restart agents"),
)
"""AWX's templates. The second ignores the hosts it is given, and says so only in its answer."""

DATASETS = (Dataset(LISTED_SET), Dataset(IDLE_SET, tested=False), Dataset(FIXED_SET, lasts=False))

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
    hosts = [*(_host(scenario, host) for host in scenario.hosts), *_fleet(scenario)]
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
        groups={group.id: group for group in _groups(scenario)},
        weaknesses={row.id: row for row in _weaknesses(scenario)},
        scans={row.id: row for row in _scans(scenario)},
        job_templates={row.id: row for row in JOB_TEMPLATES},
        indicators={row.id: row for row in _indicators(scenario)},
        warning_lists={row.id: row for row in _warning_lists(scenario)},
        messages={row.id: row for row in _messages(scenario)},
        datasets={row.name: row for row in DATASETS},
        checks={rule: _check(scenario, rule) for rule in RULES},
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
        groups=tuple(group_id(scenario, name) for name in user.groups),
    )


def group_id(scenario: Scenario, name: str) -> str:
    """Return the id of a group by its name."""
    return uuid_id(scenario.seed, "group", name)


def _groups(scenario: Scenario) -> Iterable[Group]:
    for name in scenario.groups:
        yield Group(group_id(scenario, name), name)


def _fleet(scenario: Scenario) -> Iterable[Host]:
    """Return the workstations that take no part in the story; 250 a network, so that every address is a usable one."""
    for number in range(scenario.fleet):
        block, place = divmod(number, 250)
        part = ScenarioHost(
            id=f"pc-{number:05}", name=f"pc-{number:05}", ip=f"10.{100 + block // 250}.{block % 250}.{place + 1}"
        )
        yield _host(scenario, part)


def _weaknesses(scenario: Scenario) -> Iterable[Weakness]:
    for host in scenario.hosts:
        for cve in host.weaknesses:
            said = scenario.weaknesses[cve]
            yield Weakness(
                id=hex_id(scenario.seed, "weakness", host.id, cve)[:12],
                host=hex_id(scenario.seed, "host", host.id),
                cve=cve,
                plugin=_plugin_of(cve),
                title=said.title,
                severity=said.severity,
                job=str(said.job) if said.job is not None else "",
            )


def _plugin_of(cve: str) -> int:
    """Return the number of the check that finds it: six digits, as Nessus has them."""
    return 100_000 + int(hashlib.sha256(cve.encode()).hexdigest()[:8], 16) % 90_000


def _scans(scenario: Scenario) -> Iterable[Scan]:
    """Return one scan that is set up for every server and every host that something is found on."""
    named = [host for host in scenario.hosts if host.machine is not MachineKind.WORKSTATION or host.weaknesses]
    targets = tuple(hex_id(scenario.seed, "host", host.id) for host in named)
    yield Scan(id=WEEKLY_SCAN, name="Servers weekly", targets=targets)


def _indicators(scenario: Scenario) -> Iterable[Indicator]:
    for number, said in enumerate(scenario.indicators):
        yield Indicator(
            id=str(3000 + number),
            event=FEED_EVENT,
            kind=said.kind,
            value=said.value,
            comment=said.comment,
            detect=said.detect,
            tags=said.tags,
            changed=before_alert(scenario, minutes=said.days * 24 * 60),
        )


def _messages(scenario: Scenario) -> Iterable[Message]:
    """Return a copy of each mail in the mailbox of everyone it was sent to."""
    for number, mail in enumerate(scenario.mail):
        for name in mail.to:
            yield Message(
                id=hex_id(scenario.seed, "message", str(number), name),
                mailbox=f"{name}@example.com",
                sender=mail.sender,
                subject=mail.subject,
                received=before_alert(scenario, minutes=mail.minutes),
                text=mail.text,
                internet_id=f"<{hex_id(scenario.seed, 'mail', str(number))}@example.net>",
            )


def _warning_lists(scenario: Scenario) -> Iterable[WarningList]:
    names = dict.fromkeys(said.harmless for said in scenario.indicators if said.harmless)
    for number, name in enumerate(names, start=1):
        values = tuple(said.value for said in scenario.indicators if said.harmless == name)
        yield WarningList(id=str(number), name=name, values=values)


def _check(scenario: Scenario, rule: str) -> Check:
    title, severity = RULES[rule]
    return Check(rule, title, severity, CheckResult(scenario.checks.get(rule, CheckResult.PASSED)))


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
