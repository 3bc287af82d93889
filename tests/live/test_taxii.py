"""TAXII against OASIS's own server, medallion (PyPI)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.live.performing import Product
from tests.live.servers import find_program, free_port, missing, running

from tocsin.engine.outcomes import Outcome, Verified

WHY = missing("medallion")
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
SECRETS = {"user": "admin", "password": "taxii-password"}
INDICATOR = {"type": "ip", "value": "203.0.113.66", "comment": "run 7"}


@pytest.fixture
def product(tmp_path) -> Iterator[Product]:
    port = free_port()
    root = f"http://127.0.0.1:{port}/lab/"
    collection = {
        "id": COLLECTION, "title": "iocs", "can_read": True, "can_write": True,
        "media_types": ["application/stix+json;version=2.1"], "objects": [], "manifest": [],
    }  # fmt: skip
    versions = {"versions": ["application/taxii+json;version=2.1"], "max_content_length": 9765625}
    (tmp_path / "data.json").write_text(
        json.dumps(
            {
                "/discovery": {"title": "Lab", "default": root, "api_roots": [root]},
                "lab": {"information": {"title": "lab", **versions}, "status": [], "collections": [collection]},
            }
        )
    )
    backend = {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": "data.json"}
    users = {SECRETS["user"]: SECRETS["password"]}
    settings = {"backend": backend, "users": users, "taxii": {"max_page_size": 2}}
    (tmp_path / "conf.json").write_text(json.dumps(settings))
    program = find_program("medallion")
    assert program
    command = [program, "--host", "127.0.0.1", "--port", str(port), "conf.json"]
    with running(command, port=port, folder=tmp_path, path="/taxii2/") as address:
        yield Product("taxii", f"{address}/lab", secrets=SECRETS, options={"collection": COLLECTION})


def test_an_indicator_is_added_found_and_revoked(product):
    assert product.perform("health", {}).output == {"title": "iocs", "can_write": True}
    assert product.perform("lookup_ip", {"ip": "203.0.113.66"}).output["score"] == 0
    added = product.perform("add_indicator", INDICATOR)
    assert added.outcome is Outcome.SUCCEEDED, added.failure
    assert product.verify("add_indicator", INDICATOR).result is Verified.DONE
    again = product.perform("add_indicator", INDICATOR, key="of-another-run")
    assert again.via_already, again.failure
    found = product.perform("lookup_ip", {"ip": "203.0.113.66"}).output
    assert (found["score"], found["reports"]) == (100, 1)
    assert added.undo
    taken = product.perform(added.undo.action, dict(added.undo.inputs))
    assert taken.outcome is Outcome.SUCCEEDED, taken.failure
    assert product.verify("revoke_indicator", dict(added.undo.inputs)).result is Verified.DONE
    assert product.perform("lookup_ip", {"ip": "203.0.113.66"}).output["score"] == 0


def test_pages_are_read_to_their_end(product):
    for number in range(5):
        value = {"type": "ip", "value": f"203.0.113.{number}"}
        assert product.perform("add_indicator", value, key=f"key-{number}").outcome is Outcome.SUCCEEDED
    for number in range(5):
        found = product.perform("find_indicators", {"type": "ip", "value": f"203.0.113.{number}"})
        assert found.outcome is Outcome.SUCCEEDED, found.failure
        assert len(found.output["ids"]) == 1


def test_quotes_in_a_value_stay_in_the_value(product):
    value = {"type": "url", "value": "http://evil.example/'] OR [url:value = 'x"}
    assert product.perform("add_indicator", value).outcome is Outcome.SUCCEEDED
    assert len(product.perform("find_indicators", value).output["ids"]) == 1
    assert product.perform("find_indicators", {"type": "url", "value": "x"}).output == {"ids": []}


def test_a_wrong_password_is_told(product):
    wrong = Product("taxii", product.address, secrets={**SECRETS, "password": "no"}, options={"collection": COLLECTION})
    failure = wrong.perform("health", {}).failure
    assert failure
    assert failure.code == "auth"
