"""Every action of the products that the Lab plays, performed against the Lab: its output and the world must agree.

The same contract then judges descriptions with a planted fault (another method, another path, another field): each of
them must turn it red, else the contract would prove nothing.
"""

from __future__ import annotations

import asyncio
import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.live.contracts import ATTACKER, BLOCK, CONTRACTS, Call, Inputs, World, blocked, host, only_ticket, user

from tocsin.base.secret import Secret
from tocsin.connectors.registry import load_catalogue
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Pass, Verdict, Verified
from tocsin.formats import read_scenario
from tocsin.lab import Lab, LabAddresses, scenario_path
from tocsin.lab.values import Product
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Connector, Effect
from tocsin.model.environment import LAB, Connection
from tocsin.model.schemas import check_value

CATALOGUE = load_catalogue()


class LabKeys:
    """The secrets of this start of the Lab."""

    def __init__(self, addresses: LabAddresses) -> None:
        self._products = addresses.products

    def find(self, _connection_id: str, connection: Connection, field: str) -> Secret | None:
        found = self._products[connection.connector].sign_in.get(field)
        return Secret(found) if found is not None else None


class Bench:
    """The Lab as a test sees it: perform an action, look into the world, plant a fault."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab

    def control(self, method: str, path: str, body: Any = None) -> Any:
        parts = urlsplit(self.lab.addresses.control_url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        try:
            headers = {
                "Authorization": f"Bearer {self.lab.addresses.control_token}",
                "Content-Type": "application/json",
            }
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status < 300, data
            return json.loads(data) if data else None
        finally:
            connection.close()

    def world(self) -> World:
        return self.control("GET", "/world")

    def intent(self, connector: Connector, name: str, inputs: Inputs) -> Intent:
        product = self.lab.addresses.products[connector.id]
        connection = Connection(connector=connector.id, addresses=product.addresses, options=product.options)
        return Intent(
            run="run",
            path="node",
            n=1,
            node="node",
            use=f"{connector.id}.{name}",
            binding=Binding(f"lab_{connector.id}", connection, connector, name),
            effect=connector.actions[name].effect,
            inputs=inputs,
            inputs_hash="hash",
            idempotency_key="key-of-the-attempt",
            timeout=10.0,
        )

    def perform(self, connector: Connector, name: str, inputs: Inputs) -> Answer:
        return self._run(
            lambda performer, intent, grant: performer.perform(intent, grant=grant), connector, name, inputs
        )

    def verify(self, connector: Connector, name: str, inputs: Inputs) -> Verdict:
        return self._run(lambda performer, intent, _: performer.verify(intent), connector, name, inputs)

    def _run(self, act: Callable[..., Any], connector: Connector, name: str, inputs: Inputs) -> Any:
        intent = self.intent(connector, name, inputs)

        async def go() -> Any:
            around = Surroundings(LAB, LabKeys(self.lab.addresses), CATALOGUE.vocabulary)
            clock = asyncio.get_running_loop().time
            performer = DeclarativePerformer(around, monotonic=clock)
            grant = None if intent.effect is Effect.READ else Pass("run", "node", 1, "hash", clock() + 30)
            try:
                return await act(performer, intent, grant)
            finally:
                await performer.aclose()

        return asyncio.run(go())


def _names(key: str) -> tuple[str, str]:
    connector, _, rest = key.partition(".")
    return connector, rest.partition(" ")[0]


@pytest.fixture(scope="module")
def started() -> Iterator[Lab]:
    scenario = read_scenario(scenario_path("tor-brute-force").read_bytes(), "tor-brute-force.yaml").value
    assert scenario
    lab = Lab(scenario)
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture
def bench(started: Lab) -> Bench:
    bench = Bench(started)
    bench.control("POST", "/reset")
    return bench


def fulfil(bench: Bench, key: str, connector: Connector) -> Answer:
    """Perform one action by a description and judge it: AssertionError when the contract is broken."""
    name, contract = _names(key)[1], CONTRACTS[key]
    for step, inputs in contract.prepare(bench.world()):
        done = bench.perform(CATALOGUE.connectors[connector.id], step, inputs)
        assert done.outcome is Outcome.SUCCEEDED, done
    before = bench.world()
    inputs = contract.inputs(before)
    answer = bench.perform(connector, name, inputs)
    after = bench.world()
    facts = CATALOGUE.find_facts(f"{connector.id}.{name}")
    assert facts
    assert answer.outcome is Outcome.SUCCEEDED, answer.failure
    assert check_value(answer.output, facts.output) == ()
    assert contract.holds(Call(inputs, answer.output, before, after))
    if facts.effect is Effect.READ:
        assert (answer.changed, before["notes"], before["tickets"]) == (Changed.FALSE, after["notes"], after["tickets"])
    else:
        assert answer.changed is Changed.TRUE
    return answer


def test_every_action_of_the_products_that_the_lab_plays_has_a_contract():
    played = [connector for connector in CATALOGUE.connectors.values() if connector.id in set(Product)]
    every = {(connector.id, name) for connector in played for name in connector.actions}
    assert {_names(key) for key in CONTRACTS} == every


@pytest.mark.parametrize("key", CONTRACTS)
def test_an_action_says_what_the_world_shows(bench, key):
    fulfil(bench, key, CATALOGUE.connectors[_names(key)[0]])


CHANGES = [
    key for key in CONTRACTS if CATALOGUE.connectors[_names(key)[0]].actions[_names(key)[1]].effect is not Effect.READ
]
VERIFIED = [key for key in CHANGES if CATALOGUE.connectors[_names(key)[0]].actions[_names(key)[1]].verify]
WITH_ALREADY = [key for key in CHANGES if CATALOGUE.connectors[_names(key)[0]].actions[_names(key)[1]].already]


@pytest.mark.parametrize("key", VERIFIED)
def test_a_look_afterwards_finds_what_was_done(bench, key):
    connector = CATALOGUE.connectors[_names(key)[0]]
    prepared = CONTRACTS[key].prepare(bench.world())
    for step, inputs in prepared:
        bench.perform(connector, step, inputs)
    inputs = CONTRACTS[key].inputs(bench.world())
    unseen = bench.verify(connector, _names(key)[1], inputs)
    answer = bench.perform(connector, _names(key)[1], inputs)
    seen = bench.verify(connector, _names(key)[1], inputs)
    verify = connector.actions[_names(key)[1]].verify
    assert verify
    expected = Verified.NOT_DONE if verify.absence_proves else Verified.UNKNOWN
    assert (unseen.result, seen.result) == (expected, Verified.DONE)
    assert ".end_" in key or seen.output == answer.output  # how many there were is not known any more


@pytest.mark.parametrize("key", WITH_ALREADY)
def test_what_is_so_already_is_not_sent_again_and_not_taken_back(bench, key):
    connector = CATALOGUE.connectors[_names(key)[0]]
    fulfil(bench, key, connector)
    before = bench.world()
    inputs = CONTRACTS[key].inputs(before)
    answer = bench.perform(connector, _names(key)[1], inputs)
    changing = [one for one in bench.control("GET", "/requests") if one["changes"]]
    assert (answer.outcome, answer.changed, answer.via_already, answer.undo) == (
        Outcome.SUCCEEDED, Changed.FALSE, True, None,
    )  # fmt: skip
    assert len(changing) == len(CONTRACTS[key].prepare(before)) + 1


@pytest.mark.parametrize(
    ("key", "is_back"),
    [
        ("opnsense.block_address", lambda world: blocked(world) == []),
        ("opnsense.unblock_address", lambda world: blocked(world) == [ATTACKER]),
        ("falcon.isolate_endpoint", lambda world: "lift" in host(world, "ws-02")["containment"]),
        ("keycloak.disable_user", lambda world: user(world, "clerk1")["enabled"]),
        ("keycloak.enable_user", lambda world: not user(world, "leaver")["enabled"]),
        ("jira.create", lambda world: only_ticket(world)["status"] == "Done"),
    ],
)
def test_undo_takes_back_what_was_done(bench, key, is_back):
    connector = CATALOGUE.connectors[_names(key)[0]]
    undo = fulfil(bench, key, connector).undo
    assert undo
    taken = bench.perform(connector, undo.action, dict(undo.inputs))
    world = bench.world()
    settled = "falcon" in key and host(world, "ws-02")["containment"] == "normal"
    assert taken.outcome is Outcome.SUCCEEDED
    assert settled or is_back(world)


def test_every_changing_request_carries_the_key_and_no_other_does(bench):
    for key in ("opnsense.block_address", "falcon.isolate_endpoint", "keycloak.end_sessions", "jira.create"):
        fulfil(bench, key, CATALOGUE.connectors[_names(key)[0]])
    seen = {(one["changes"], one["headers"].get("idempotency-key")) for one in bench.control("GET", "/requests")}
    assert seen == {(True, "key-of-the-attempt"), (False, None)}


BLOCK_PATH = "/api/firewall/alias_util/add/*"


def _block(bench: Bench, **fault: Any) -> tuple[Answer, Verdict]:
    bench.control("PUT", "/faults", {"product": "opnsense", "path": BLOCK_PATH, **fault})
    connector = CATALOGUE.connectors["opnsense"]
    answer = bench.perform(connector, "block_address", BLOCK)
    return answer, bench.verify(connector, "block_address", BLOCK)


def test_a_firewall_that_fails_without_acting_is_uncertain_and_then_known_not_to_have(bench):
    answer, verdict = _block(bench, status=500)
    assert (answer.outcome, verdict.result) == (Outcome.UNCERTAIN, Verified.NOT_DONE)


def test_a_firewall_that_acts_and_hangs_up_is_uncertain_and_then_known_to_have(bench):
    answer, verdict = _block(bench, status="drop_after")
    assert (answer.outcome, answer.changed, verdict.result) == (Outcome.UNCERTAIN, Changed.UNKNOWN, Verified.DONE)
    assert sum(one["changes"] for one in bench.control("GET", "/requests")) == 1


def test_a_firewall_that_also_hides_its_list_stays_unknown(bench):
    connector = CATALOGUE.connectors["opnsense"]
    bench.control("PUT", "/faults", {"product": "opnsense", "path": "*/alias_util/list/*", "status": 500})
    assert bench.verify(connector, "block_address", BLOCK).result is Verified.UNKNOWN


def test_a_busy_product_is_refused_and_may_be_asked_again(bench):
    answer, _ = _block(bench, status=429)
    assert answer.failure
    assert (answer.outcome, answer.failure.retryable) == (Outcome.REFUSED, True)


def test_an_alias_that_is_not_there_blocks_nothing_and_says_so(bench):
    connector = CATALOGUE.connectors["opnsense"]
    bench.control("PATCH", "/world", {"aliases": {"tocsin_block": None}})
    answer = bench.perform(connector, "block_address", BLOCK)
    assert answer.failure
    assert (answer.failure.code, "tocsin_block" in answer.failure.message) == ("not_found", True)


def test_a_key_that_may_only_read_is_told_apart(bench):
    connector = CATALOGUE.connectors["opnsense"]
    bench.control("PATCH", "/world", {"permissions": {"opnsense": {"access": "read"}}})
    answer = bench.perform(connector, "block_address", BLOCK)
    assert answer.failure
    assert (answer.outcome, answer.failure.code) == (Outcome.REFUSED, "permission")


def test_a_search_that_tells_only_a_part_is_not_believed(bench):
    connector = CATALOGUE.connectors["elasticsearch"]
    bench.control("PATCH", "/world", {"searches": {"elasticsearch": {"failed_shards": 1}}})
    answer = bench.perform(connector, "get_alert", {"id": next(iter(bench.world()["alerts"]))})
    assert answer.failure
    assert answer.failure.code == "unavailable"


def test_more_endpoints_than_are_wanted_is_an_error_and_never_a_part(bench):
    answer = bench.perform(CATALOGUE.connectors["falcon"], "find_endpoints", {"contacted_ip": ATTACKER, "limit": 2})
    assert answer.failure
    assert (answer.output, answer.failure.code) == (None, "limit")


def test_a_user_of_a_directory_that_cannot_be_written_stays_enabled_and_says_so(bench):
    partner = user(bench.world(), "partner")
    answer = bench.perform(CATALOGUE.connectors["keycloak"], "disable_user", {"user_id": partner["id"]})
    assert (answer.outcome, user(bench.world(), "partner")["enabled"]) == (Outcome.REFUSED, True)


def test_a_part_of_a_name_is_not_the_name(bench):
    answer = bench.perform(CATALOGUE.connectors["keycloak"], "find_user", {"name": "clerk"})
    assert answer.failure
    assert answer.failure.code == "not_found"


def test_a_quota_that_is_used_up_says_how_long(bench):
    bench.control("PATCH", "/world", {"quotas": {"abuseipdb": {"limit": 1, "used": 1}}})
    answer = bench.perform(CATALOGUE.connectors["abuseipdb"], "lookup_ip", {"ip": ATTACKER})
    assert answer.failure
    assert (answer.outcome, (answer.failure.retry_after or 0) > 0) == (Outcome.REFUSED, True)


# A planted fault in each description


def _mutants() -> Iterator[Any]:
    """Every step of every action: with another method, another path, and each field under another name."""
    for key in CONTRACTS:
        connector = CATALOGUE.connectors[_names(key)[0]]
        action = connector.actions[_names(key)[1]]
        for index, step in enumerate(action.steps):
            if ("by name" in key) is (step.name == "contacted") and key.startswith("falcon.find"):
                continue  # this call does not take this step
            if (key, step.name) == ("awx.run_job", "cancel"):
                continue  # nor this one, while AWX keeps to the hosts that it is given
            for what, changed in _changed_steps(step.model_dump(by_alias=True, exclude_defaults=True)):
                if not {what, f"{key} {what}"} & WIDER:
                    yield pytest.param(key, index, changed, id=f"{key}-{step.name}-{what}")


def _changed_steps(step: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    method, _, path = step["request"].partition(" ")
    yield "method", {**step, "request": f"{'DELETE' if method != 'DELETE' else 'POST'} {path}"}
    yield "path", {**step, "request": f"{method} {path}x" if path.endswith("}}") or len(path) > 1 else f"{method} /x"}
    for part in ("query", "json", "form"):
        for where, renamed in _renamed(step.get(part)):
            yield where, {**step, part: renamed}


WIDER = {
    "limit", "max", "maxResults", "per_page", "size", "current", "rowCount", "searchPhrase", "_source", "maxAgeInDays",
    "elasticsearch.list_notes documentIds", "jira.get fields", "jira.get_category fields",
    "jira.list_comments orderBy", "keycloak.add_to_group exact", "keycloak.remove_from_group exact",
    "graph_mail.health $top", "misp.add_indicator category", "misp.add_indicator to_ids",
}  # fmt: skip
"""Fields that only say how much is wanted, or what is taken for granted; without them the answer is still true."""


def _renamed(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the value with one key, at any depth, under another name."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield key, {(f"{name}_x" if name == key else name): other for name, other in value.items()}
            for where, inner in _renamed(part):
                yield where, {**value, key: inner}
    elif isinstance(value, list):
        for index, part in enumerate(value):
            for where, inner in _renamed(part):
                yield where, [*value[:index], inner, *value[index + 1 :]]


@pytest.mark.parametrize(("key", "index", "changed"), list(_mutants()))
def test_a_planted_fault_turns_the_contract_red(bench, key, index, changed):
    data = CATALOGUE.connectors[_names(key)[0]].model_dump(mode="json", by_alias=True)
    data["actions"][_names(key)[1]]["steps"][index] = changed
    faulty = Connector.model_validate_json(json.dumps(data))
    with pytest.raises((AssertionError, LookupError)):
        fulfil(bench, key, faulty)
