"""OpenSearch and Wazuh's indexer against a server that speaks OpenSearch's protocol (PyPI: osmem-server)."""

from __future__ import annotations

import http.client
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.live.performing import KEY, Product
from tests.live.servers import free_port, running

from tocsin.engine.outcomes import Changed, Outcome, Verified

FOUND = importlib.util.find_spec("osmem_server")
pytestmark = pytest.mark.skipif(FOUND is None, reason="needs osmem-server from PyPI (packaging/test-packages.txt)")

SECRETS = {"user": "tocsin", "password": "any-password"}
ECS = {
    "@timestamp": "2026-11-24T03:12:07.000Z", "rule": {"name": "Brute force"}, "event": {"risk_score": 73},
    "source": {"ip": "203.0.113.66"}, "host": {"name": "ws-03"},
}  # fmt: skip
WAZUH = {
    "timestamp": "2026-11-24T03:12:07.123+0000", "rule": {"level": 10, "description": "sshd: brute force"},
    "agent": {"name": "ws-03"}, "data": {"srcip": "203.0.113.66", "srcuser": "clerk1"},
}  # fmt: skip
PRODUCTS = {"opensearch": ("alerts-1", ECS), "wazuh": ("wazuh-alerts-4.x-2026.11.24", WAZUH)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert FOUND
    assert FOUND.origin
    program = Path(FOUND.origin).parent / "bin" / "osmem-server"
    port = free_port()
    folder = tmp_path_factory.mktemp("osmem")
    with running([program, "-no-stdin-watch", "-addr", f"127.0.0.1:{port}"], port=port, folder=folder) as address:
        yield address


def put(address: str, index: str, name: str, document: Any) -> None:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    path = f"/{index}/_doc/{name}?refresh=true"
    connection.request("PUT", path, json.dumps(document), {"Content-Type": "application/json"})
    assert connection.getresponse().status in {200, 201}
    connection.close()


@pytest.fixture(params=PRODUCTS)
def product(request: pytest.FixtureRequest, address: str) -> Product:
    index, document = PRODUCTS[request.param]
    put(address, index, "a-1001", document)
    put(address, index, "a-1001-b", document)
    return Product(request.param, address, secrets=SECRETS, options={"notes_index": f"notes-{request.param}"})


def test_the_server_is_known_as_opensearch(product):
    assert product.perform("health", {}).outcome is Outcome.SUCCEEDED


def test_an_alert_is_read_into_the_one_form(product):
    output = product.perform("get_alert", {"id": "a-1001"}).output
    facts = {name: output[name] for name in ("id", "src_ip", "host")}
    assert facts == {"id": "a-1001", "src_ip": "203.0.113.66", "host": "ws-03"}
    assert 60 < output["severity"] < 80


def test_an_alert_that_is_not_there_is_not_found(product):
    failure = product.perform("get_alert", {"id": "a-10"}).failure
    assert failure
    assert failure.code == "not_found"


def test_a_note_is_written_once_and_found(product):
    before = product.verify("add_note", {"alert_id": "a-1001", "text": "No “action”"})
    written = product.perform("add_note", {"alert_id": "a-1001", "text": "No “action”"})
    again = product.perform("add_note", {"alert_id": "a-1001", "text": "No “action”"})
    notes = product.perform("list_notes", {"alert_id": "a-1001"})
    after = product.verify("add_note", {"alert_id": "a-1001", "text": "No “action”"})
    assert before.result is Verified.UNKNOWN
    assert (written.outcome, written.changed) == (Outcome.SUCCEEDED, Changed.TRUE), written.failure
    assert again.outcome is Outcome.FAILED
    assert notes.output == {"notes": [{"id": KEY, "text": "No “action”"}]}
    assert after.result is Verified.DONE
    assert product.perform("list_notes", {"alert_id": "a-1001-b"}).output == {"notes": []}
