from datetime import UTC, datetime

import pytest
from tests.helpers.runs import ENVIRONMENT, test_catalogue
from tests.unit.services.test_runs import ONE_CHANGE, ONE_QUESTION, SECONDS, start
from tests.unit.services.toy import House

from tocsin.base.clock import Clock
from tocsin.model.environment import LAB
from tocsin.services.last_runs import LastRuns
from tocsin.services.places import Places

A_DAY = 86_400_000_000
NEVER = {"ran": False, "at": "", "status": "", "days": 0, "changed": []}


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path)


@pytest.fixture
def house(engine, places):
    house = House(engine, places.data)
    yield house
    house.close()


def told(places, *, environment=ENVIRONMENT, catalogue=None, days=0, playbook="test"):
    clock = Clock(utc_micros=lambda: Clock().utc_micros() + days * A_DAY)
    [one] = LastRuns(places, environment, catalogue or test_catalogue(), clock).tell([playbook])
    return one


def moved(environment, **facts):
    connections = {name: row.model_copy(update=facts) for name, row in environment.connections.items()}
    return environment.model_copy(update={"connections": connections})


def test_where_nothing_ran_nothing_did(places):
    assert told(places) == {"playbook": "test", **NEVER}


def test_a_run_that_ended_is_told_with_its_age_in_whole_days(house, places):
    start(house, ONE_CHANGE).over.result(SECONDS)
    found = told(places, days=3)
    age = datetime.now(UTC) - datetime.fromisoformat(found["at"])
    assert (found["ran"], found["status"], found["days"], found["changed"]) == (True, "succeeded", 3, [])
    assert age.total_seconds() < 60


def test_a_rehearsal_counts_and_a_run_that_waits_does_not(house, places):
    start(house, ONE_QUESTION)
    assert not told(places)["ran"]
    start(house, ONE_CHANGE, mode="rehearse").over.result(SECONDS)
    assert told(places)["ran"]


def test_another_environment_and_another_playbook_are_not_meant(house, places):
    start(house, ONE_CHANGE).over.result(SECONDS)
    assert not told(places, playbook="other")["ran"]
    assert not told(places, environment=ENVIRONMENT.model_copy(update={"id": "production"}))["ran"]


def test_connections_that_lead_elsewhere_now_are_named_and_so_are_those_that_are_gone(house, places):
    start(house, ONE_CHANGE).over.result(SECONDS)
    [name] = ENVIRONMENT.connections
    elsewhere = moved(ENVIRONMENT, addresses={"main": "https://other.example.com"})
    gone = ENVIRONMENT.model_copy(update={"connections": {}})
    wanted = [] if ENVIRONMENT.id == LAB else [name]
    assert told(places, environment=elsewhere)["changed"] == wanted
    assert told(places, environment=gone)["changed"] == [name]


def test_a_product_that_is_described_otherwise_now_is_named(house, places):
    start(house, ONE_CHANGE).over.result(SECONDS)
    catalogue = test_catalogue()
    described = {name: row.model_copy(update={"version": 99}) for name, row in catalogue.connectors.items()}
    now = catalogue.model_copy(update={"connectors": described})
    assert told(places, catalogue=now)["changed"] == list(ENVIRONMENT.connections)
