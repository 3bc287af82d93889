"""One shipped playbook in its scenario, with the failures that are set: played to its end in this process."""

import asyncio
from dataclasses import dataclass
from functools import cache

from tests.faults.books import Books
from tests.helpers.runs import Driver
from tests.matrix.in_process import FakeTime, LabInProcess
from tocsin.base.resources import playbook_paths
from tocsin.base.secret import Secret
from tocsin.connectors.registry import load_catalogue
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.ports import AllowAll
from tocsin.formats import load_playbook
from tocsin.lab import load_scenario
from tocsin.lab.reception import Fault
from tocsin.lab.values import Product
from tocsin.model.catalogue import Effect
from tocsin.model.environment import LAB
from tocsin.services.lab import environment_of

HOMES = {
    "beaconing-hunt": "beaconing-workstation",
    "compliance-evidence": "compliance-evidence",
    "connector-health": "false-positive",
    "contain-suspicious-ip": "tor-brute-force",
    "enrich-alert": "tor-brute-force",
    "isolate-host": "tor-brute-force",
    "isolate-ransomware": "ransomware-file-server",
    "joiner": "joiner",
    "leaver": "leaver-with-sessions",
    "phishing-triage": "phishing-malware",
    "release-host": "false-positive",
    "spread-threat-intel": "threat-feed",
    "unblock-address": "false-positive",
    "vulnerability-cycle": "critical-cve-dmz",
}
"""The scenario that each playbook is shown in."""

KINDS = {
    "busy": (429, 2),
    "refusing": (429, None),
    "broken once": (500, 1),
    "broken": (500, None),
    "not signed in once": (401, 1),
    "not signed in": (401, None),
    "forbidden": (403, None),
    "dropped once": ("drop_after", 1),
    "dropped": ("drop_after", None),
    "slow": ("slow", None),
    "garbage": ("garbage", None),
    "page for people": ("wrong_type", None),
    "changed shape": ("changed_shape", None),
    "huge": ("huge", None),
}
"""By its name: what the Lab's control is told as status, and for how many requests; None is all."""

POISONED = "poisoned"
"""What only threat intelligence can be: everything that it is asked for is the worst there is."""
LATER_THAN_ANY_STEP = 600.0
INTELLIGENCE = (Product.ABUSEIPDB, Product.MISP)


@dataclass(frozen=True)
class Case:
    """A playbook, and the failure of each product that fails, by the product's id."""

    playbook: str
    failures: tuple = ()

    def __str__(self):
        return f"{self.playbook}: {', '.join(f'{product} {kind}' for product, kind in self.failures) or 'nothing'}"


@dataclass(frozen=True)
class Played:
    """What came of a case: the driver with its events, the Lab's books, and the world."""

    case: Case
    run: Driver
    books: Books
    world: object


def playbooks():
    """Return the ids of the shipped playbooks."""
    return [path.stem for path in playbook_paths()]


def play(case):
    """Play a case to its end."""
    time = FakeTime()
    lab = LabInProcess(load_scenario_once(HOMES[case.playbook]), time)
    _set(lab, case)
    with asyncio.Runner() as loop:
        table = _Table(lab, time, loop)
        driver = Driver(
            shipped(case.playbook),
            answers=table.perform,
            verdicts=table.verify,
            persons=table.answer,
            catalogue=_catalogue(),
            environment=environment_of(lab.addresses),
            callees=[shipped(name) for name in playbooks() if name != case.playbook],
        )
        table.driver = driver
        driver.run()
        loop.run(table.performer.aclose())
    return Played(case, driver, Books(lab.changes(), lab.requests()), lab.world)


def products_of(name):
    """Return the products that a playbook asks when nothing fails, by their ids, in order."""
    return sorted({request["product"] for request in undisturbed(name).books.requests})


def _set(lab, case):
    jobs = {key: {"lag": 0} for key in lab.world.tables.job_templates}
    lab.world.amend({"scans": {key: {"lag": 0} for key in lab.world.tables.scans}, "job_templates": jobs})
    for product, kind in case.failures:
        if kind == POISONED:
            _poison(lab.world)
            continue
        status, times = KINDS[kind]
        lab.reception.plant(Fault(Product(product), "*", status, times, LATER_THAN_ANY_STEP))


def _poison(world):
    addresses = {*world.tables.reputation, *world.scenario.business, world.scenario.alert.src_ip}
    world.amend({"reputation": {ip: {"score": 100, "reports": 900, "allow_listed": False} for ip in addresses}})


class _Table:
    """Who sits at the table with the driver: the products, the judge, and a person who looks before answering."""

    def __init__(self, lab, time, loop):
        self.driver = None
        self._lab = lab
        self._time = time
        self._loop = loop
        self._judge = AllowAll(time.monotonic)
        around = Surroundings(LAB, _Keys(lab.addresses), _catalogue().vocabulary)
        self.performer = DeclarativePerformer(around, exchanger=lab, monotonic=time.monotonic, sleep=time.sleep)

    def perform(self, intent):
        grant = None if intent.effect is Effect.READ else self._judge.judge(intent)
        return self._on_time(lambda: self.performer.perform(intent, grant=grant))

    def verify(self, intent):
        return self._on_time(lambda: self.performer.verify(intent))

    def _on_time(self, act):
        """Let both clocks agree: the driver's jumps to the next timer, the products' goes on while they answer."""
        self._time.micros = max(self._time.micros, self.driver.now)
        done = self._loop.run(act())
        self.driver.now = max(self.driver.now, self._time.micros)
        return done

    def answer(self, question):
        options = [option["id"] for option in question.data["options"]]
        if {"done", "not_done"} <= set(options):
            path = question.path.partition("?")[0]
            started = [e for e in self.driver.events if e.type == "attempt.started" and e.path == path]
            keys = {change["cause"] for change in self._lab.changes()}
            return ("done" if started[-1].data["idempotency_key"] in keys else "not_done"), None
        return ("approved" if "approved" in options else options[0]), None


class _Keys:
    """The secrets of this Lab."""

    def __init__(self, addresses):
        self._products = addresses.products

    def find(self, _connection_id, connection, field):
        text = self._products[connection.connector].sign_in.get(field)
        return Secret(text) if text is not None else None


@cache
def undisturbed(name):
    """Return what comes of a playbook when nothing fails."""
    return play(Case(name))


@cache
def _catalogue():
    return load_catalogue()


@cache
def shipped(name):
    """Return a shipped playbook, read once."""
    return load_playbook(next(path for path in playbook_paths() if path.stem == name)).playbook


@cache
def load_scenario_once(name):
    """Return a shipped scenario, read once."""
    return load_scenario(name)
