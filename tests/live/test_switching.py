"""A playbook names what is wanted, not who does it: each shipped one runs with other vendors without a change in it.

Every product answers with the sample of its description, which is in the form of the category's action.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.runs import Driver
from tests.unit.connectors.support import catalogue

from tocsin.engine.events import Event
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome
from tocsin.formats import load_playbook
from tocsin.model.bindings import bind
from tocsin.model.catalogue import Effect
from tocsin.model.environment import Environment
from tocsin.model.errors import NotOfferedError
from tocsin.model.playbook import ActionNode, Playbook, walk_nodes

PLAYBOOKS = sorted((Path(__file__).parents[2] / "playbooks").glob("*.yaml"))
VENDORS = {
    "siem": ["elasticsearch", "opensearch", "splunk", "wazuh"],
    "edr": ["falcon", "defender"],
    "firewall": ["opnsense", "crowdsec", "fortigate"],
    "threat_intel": ["abuseipdb", "misp", "taxii", "virustotal"],
    "identity": ["keycloak", "entra"],
    "ticketing": ["jira", "request_tracker", "thehive"],
    "vulnerability": ["nessus"],
    "patching": ["awx"],
    "mailbox": ["graph_mail"],
    "messaging": ["mattermost"],
    "ids": ["suricata"],
}
FURTHER = {
    "our_feed": {"connector": "misp"},
    "our_hardening": {"connector": "openscap"},
    "our_reports": {"connector": "report_folder"},
}
"""Spreading needs a second source of threat intelligence beside the one that is asked, evidence a place to be kept."""
NOT_OFFERED = {("leaver", "entra")}
"""Entra does not tell which sessions are open: a playbook that counts them is refused before it begins."""


def _environment(**others: str) -> Environment:
    products = {category: others.get(category, names[0]) for category, names in VENDORS.items()}
    connections = {f"our_{category}": {"connector": name} for category, name in products.items()} | FURTHER
    roles = {"threat_intel": "our_threat_intel", "intel_feed": "our_feed"}
    return Environment.model_validate({"id": "lab", "roles": roles, "connections": connections}, strict=False)


def _cases() -> Iterator[Any]:
    """Yield every playbook with every other vendor of a category of which it needs no more than all vendors offer."""
    for path in PLAYBOOKS:
        used = {node.use for _, node in walk_nodes(load_playbook(path).playbook.graph) if isinstance(node, ActionNode)}
        for category, vendors in VENDORS.items():
            wanted = {use for use in used if use.partition(".")[0] in {category, *vendors}}
            for vendor in vendors[1:] if wanted else ():
                if (path.stem, vendor) in NOT_OFFERED or all(_offers(vendor, use) for use in wanted):
                    yield pytest.param(path, category, vendor, id=f"{path.stem}-{category}-{vendor}")


def _offers(vendor: str, use: str) -> bool:
    return catalogue().connectors[vendor].find_action(use) is not None


def _sample(intent: Intent) -> Answer:
    changed = Changed.FALSE if intent.effect is Effect.READ else Changed.TRUE
    return Answer(Outcome.SUCCEEDED, output=intent.binding.action.sample, changed=changed)


def _yes(_: Event) -> tuple[str, None]:
    return "approved", None


def _run(path: Path, environment: Environment) -> Driver:
    playbook, others = _read(path), [_read(other) for other in PLAYBOOKS if other != path]
    return Driver(
        playbook,
        answers=_sample,
        persons=_yes,
        catalogue=catalogue(),
        environment=environment,
        callees=others,
    ).run()


@cache
def _read(path: Path) -> Playbook:
    return load_playbook(path).playbook


def _way(run: Driver) -> list[tuple[str, str]]:
    return [(event.type, event.path) for event in run.events]


@cache
def _usual_way(path: Path) -> list[tuple[str, str]]:
    return _way(_run(path, _environment()))


def test_most_playbooks_run_with_any_vendor():
    whole = {"contain-suspicious-ip", "enrich-alert", "isolate-host", "leaver", "release-host", "unblock-address"}
    assert {path.stem for path in PLAYBOOKS} > whole
    assert len(list(_cases())) > 4 * len(whole)


@pytest.mark.parametrize(("path", "category", "vendor"), list(_cases()))
def test_a_playbook_runs_with_another_vendor(path, category, vendor):
    environment, playbook = _environment(**{category: vendor}), load_playbook(path).playbook
    if (path.stem, vendor) in NOT_OFFERED:
        with pytest.raises(NotOfferedError):
            bind(playbook, environment, catalogue())
        return
    bound = bind(playbook, environment, catalogue()).nodes.values()
    played = {binding.connector.id for binding in bound if binding.connection_id not in FURTHER}
    assert played & set(VENDORS[category]) <= {vendor}
    assert _way(_run(path, environment)) == _usual_way(path)
