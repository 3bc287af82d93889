import json
import os
import stat

import pytest

from tocsin.base.secret import Redactor
from tocsin.lab import PortTakenError, Product, UnknownScenarioError
from tocsin.model.environment import LAB
from tocsin.services.lab import LabKeeper, ServedLab, UnannouncedLabError, UnkeptLabError, environment_of
from tocsin.services.places import Places


@pytest.fixture
def places(tmp_path):
    return Places(*(tmp_path / name for name in ("config", "data", "state", "cache", "runtime")))


@pytest.fixture
def keeper(places):
    keeper = LabKeeper(places)
    yield keeper
    keeper.close()


@pytest.fixture
def served(places):
    served = ServedLab(places, "tor-brute-force", first_port=None)
    yield served
    served.close()


def test_a_lab_that_another_process_serves_is_used(served, keeper):
    assert keeper.addresses() == served.addresses
    assert keeper.scenario().title == "Brute force from a TOR exit"
    keeper.close()
    assert keeper.control().answers()


def test_without_one_a_lab_is_started_once_and_ends_with_its_keeper(keeper):
    first = keeper.addresses()
    control = keeper.control()
    assert keeper.addresses() is first
    keeper.close()
    assert not control.answers()


@pytest.mark.parametrize("line", ["", "{", "[]", "{}", '{"control": 7}', "\xff"])
def test_a_line_that_says_nothing_useful_is_ignored(places, keeper, line):
    places.runtime.mkdir(parents=True)
    places.lab_line.write_bytes(line.encode("latin-1"))
    assert keeper.control().answers()


def test_a_line_of_a_lab_that_is_gone_is_ignored(places, keeper):
    gone = ServedLab(places, "tor-brute-force", first_port=None)
    said = places.lab_line.read_bytes()
    gone.close()
    places.lab_line.write_bytes(said)
    assert keeper.addresses().control_token != gone.addresses.control_token


def test_a_line_that_points_away_from_this_machine_is_ignored(places, keeper):
    places.runtime.mkdir(parents=True)
    away = {"scenario": "x", "seed": 1, "control": {"url": "http://192.0.2.1:80", "token": "x"}, "products": {}}
    places.lab_line.write_text(json.dumps(away))
    assert keeper.addresses().control_url.startswith("http://127.0.0.1:")


def test_the_environment_has_a_connection_for_each_product_and_no_secret(keeper):
    environment = keeper.environment()
    assert (environment.id, environment.networks) == (LAB, ("10.0.0.0/8",))
    played = {f"lab_{name}" for name in set(Product) - {Product.CONTROL}}
    assert set(environment.connections) == {*played, "own_runs"}
    assert set(environment.roles.values()) <= set(environment.connections)
    secrets = [text for p in keeper.addresses().products.values() for text in p.sign_in.values() if len(text) > 20]
    assert secrets
    assert not any(secret in environment.model_dump_json() for secret in secrets)


def test_secrets_are_given_to_their_own_connection_alone(keeper):
    connections = environment_of(keeper.addresses()).connections
    falcon, jira = connections["lab_falcon"], connections["lab_jira"]
    given = keeper.addresses().products["falcon"].sign_in["client_secret"]
    assert keeper.find("lab_falcon", falcon, "client_secret").reveal() == given
    assert keeper.find("falcon_main", falcon, "client_secret") is None
    assert keeper.find("lab_falcon", jira, "client_secret") is None
    assert keeper.find("lab_falcon", falcon, "nosuch") is None


def test_a_served_lab_says_where_it_is_to_its_owner_alone_and_takes_it_back(places):
    served = ServedLab(places, "tor-brute-force", first_port=None)
    said = json.loads(places.lab_line.read_text())
    mode = stat.S_IMODE(places.lab_line.stat().st_mode)
    served.close()
    assert (said["pid"], mode, places.lab_line.exists()) == (os.getpid(), 0o600, False)


def test_the_line_of_a_lab_that_came_later_stays(places, served):
    later = {**json.loads(places.lab_line.read_text()), "pid": os.getpid() + 1}
    places.lab_line.write_text(json.dumps(later))
    served.close()
    assert places.lab_line.exists()


def test_a_lab_that_cannot_say_where_it_is_does_not_stay(places):
    places.runtime.parent.mkdir(exist_ok=True)
    places.runtime.write_text("in the way")
    with pytest.raises(UnannouncedLabError):
        ServedLab(places, "tor-brute-force", first_port=None)


def test_a_port_that_is_taken_and_a_scenario_that_is_not_there_leave_nothing_running(places, served):
    taken = int(served.addresses.control_url.rpartition(":")[2])
    with pytest.raises(PortTakenError):
        ServedLab(places, "tor-brute-force", first_port=taken)
    with pytest.raises(UnknownScenarioError):
        ServedLab(places, "nosuch", first_port=None)


def test_the_secrets_of_a_lab_are_told_to_who_masks_them(places):
    redactor = Redactor()
    keeper = LabKeeper(places, learn=redactor.learn)
    try:
        addresses = keeper.addresses()
        known = [addresses.control_token, addresses.products["abuseipdb"].sign_in["api_key"]]
        assert not any(secret in redactor.text(f"Bearer {secret}") for secret in known)
    finally:
        keeper.close()


def test_time_can_be_let_go_by_in_the_lab(keeper):
    control = keeper.control()
    assert (control.clock()["minutes"], control.put_forward(120)["minutes"], control.clock()["minutes"]) == (0, 2, 2)


def test_a_served_lab_goes_on_with_the_world_that_it_kept(places, keeper, tmp_path):
    kept = tmp_path / "world.json"
    for minutes in (1, 2):
        served = ServedLab(places, "joiner", first_port=None, keep=kept)
        assert keeper.control().put_forward(60)["minutes"] == minutes
        served.close()
        keeper.forget_gone()


def test_a_world_that_cannot_be_kept_is_told_and_the_lab_has_ended(places, tmp_path):
    served = ServedLab(places, "joiner", first_port=None, keep=tmp_path / "nowhere" / "world.json")
    with pytest.raises(UnkeptLabError) as caught:
        served.close()
    assert caught.value.line.startswith("TOC-E143 The Lab's world cannot be kept")
    assert not places.lab_line.exists()
