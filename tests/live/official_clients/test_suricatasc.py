"""Suricata by the client that comes with it."""

import json
import subprocess

import pytest
from tests.live.servers import find_program, missing

pytestmark = pytest.mark.skipif(bool(missing("suricatasc")), reason=missing("suricatasc"))
LISTED = "tocsin-listed ip 203.0.113.66"


@pytest.fixture
def say(product):
    def said(command):
        program = find_program("suricatasc")
        path = product("suricata").options["socket"]
        done = subprocess.run([program, "-c", command, path], capture_output=True, text=True, timeout=30, check=False)
        return json.loads(done.stdout)

    return said


def test_suricatasc_lists_looks_up_and_removes(say, lab):
    assert say("version")["message"].startswith("8.")
    assert say(f"dataset-add {LISTED}") == {"message": "data added", "return": "OK"}
    assert say(f"dataset-lookup {LISTED}")["return"] == "OK"
    assert lab.world.tables.datasets["tocsin-listed"].entries == ("203.0.113.66",)
    assert say(f"dataset-remove {LISTED}")["return"] == "OK"
    assert say(f"dataset-lookup {LISTED}")["return"] == "NOK"


def test_suricatasc_reloads_and_is_told_of_a_set_that_there_is_not(say):
    assert say("ruleset-reload-rules")["return"] == "OK"
    assert say("ruleset-stats")["message"][0]["rules_failed"] == 0
    assert say("dataset-add nobody ip 203.0.113.66")["message"] == "set not found or wrong type"
