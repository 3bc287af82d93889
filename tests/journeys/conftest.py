"""Journeys: the program as a person or a script drives it, in a process of its own, with a home of its own."""

import json
import os

import httpx
import pytest
from tests.helpers.replaying import differences, places_of
from tests.journeys.program import PLAYBOOK, Program
from tests.journeys.vendors import NO_AUTHORITIES, Vendors

from tocsin.formats import read_scenario
from tocsin.lab import Lab, scenario_path


@pytest.fixture
def program(tmp_path):
    """The program. Whatever a journey ran, its events alone give the state that its runner left."""
    program = Program(tmp_path / "home")
    yield program
    assert differences(places_of(program.home)) == []


@pytest.fixture(scope="module")
def started_lab():
    path = scenario_path("tor-brute-force")
    lab = Lab(read_scenario(path.read_bytes(), path.name).value)
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture(scope="module")
def lab_control(started_lab):
    token = {"Authorization": f"Bearer {started_lab.addresses.control_token}"}
    with httpx.Client(base_url=started_lab.addresses.control_url, headers=token, verify=NO_AUTHORITIES) as client:
        yield client


@pytest.fixture
def lab(started_lab, lab_control, program):
    """The Lab as it was at its start, and the program told of it, as `tocsin lab` would."""
    lab_control.post("/reset").raise_for_status()
    started_lab.reception.on_change_request = None
    program.runtime.mkdir(parents=True)
    (program.runtime / "lab.json").write_text(json.dumps({**started_lab.addresses.to_json(), "pid": os.getpid()}))
    return started_lab


@pytest.fixture
def plant(lab, lab_control):
    """Plant a fault: `plant("opnsense", "*/add/*", 500)`."""

    def planted(product, path, status):
        fault = {"product": product, "path": path, "status": status, "times": None}
        lab_control.put("/faults", json=fault).raise_for_status()

    return planted


@pytest.fixture
def vendors(lab):
    with Vendors(lab.addresses) as vendors:
        yield vendors


@pytest.fixture
def contain(program, lab):
    """Run the sample playbook in the running Lab; return the finished process and the run record."""

    def contained(*arguments):
        done = program.run("run", PLAYBOOK, "--environment", "lab", *arguments, "--json")
        return done, json.loads(done.stdout)

    return contained
