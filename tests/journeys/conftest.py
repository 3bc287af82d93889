"""Journeys: the program as a person or a script drives it, with a home of its own.

A file that is marked `own_process` starts a process for each command; elsewhere only `program.start` does.
"""

import json
import os

import httpx
import pytest
from tests.helpers.replaying import differences, places_of
from tests.journeys.program import PLAYBOOK, ROOT, Program, ProgramHere
from tests.journeys.vendors import NO_AUTHORITIES, Vendors

from tocsin.formats import read_scenario
from tocsin.lab import Lab, scenario_path
from tocsin.services.lab import DEFAULT_SCENARIO


@pytest.fixture
def program(request, tmp_path):
    """The program. Whatever a journey ran, its events alone give the state that its runner left."""
    kind = Program if request.node.get_closest_marker("own_process") else ProgramHere
    program = kind(tmp_path / "home")
    yield program
    assert differences(places_of(program.home)) == []


@pytest.fixture(scope="module")
def started_lab():
    path = scenario_path(DEFAULT_SCENARIO)
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


@pytest.fixture
def play(program, lab):
    """Run a shipped playbook in the running Lab; return its exit status and its record."""

    def played(name, *arguments):
        file = str(ROOT / "playbooks" / f"{name}.yaml")
        done = program.run("run", file, "--environment", "lab", *arguments, "--json")
        return done.returncode, json.loads(done.stdout)

    return played


@pytest.fixture
def begin(lab, lab_control):
    """Let the Lab begin a scenario: `begin(LEAVER)`."""

    def begun(scenario):
        lab_control.post("/reset", json={"scenario": scenario}).raise_for_status()

    yield begun
    begun(DEFAULT_SCENARIO)  # the Lab is shared, and a plain reset stays in its scenario


@pytest.fixture
def at_once(lab_control):
    """Let scans and jobs be over at the first look, so that nothing is waited for."""
    patch = {"scans": {"12": {"lag": 0}}, "job_templates": {key: {"lag": 0} for key in ("7", "8", "9")}}
    return lambda: lab_control.patch("/world", json=patch).raise_for_status()


@pytest.fixture
def pass_minutes(lab_control):
    """Put the Lab's clock forward and return what was seen since: `pass_minutes(5)["flows"]`."""

    def passed(minutes):
        before = lab_control.get("/watched").json()
        lab_control.post("/clock", json={"seconds": 60 * minutes}).raise_for_status()
        after = lab_control.get("/watched").json()
        return {name: after[name][len(before[name]) :] for name in ("flows", "sign_ins")}

    return passed


@pytest.fixture
def world(lab_control):
    """Look into the Lab's books, for where a planted fault keeps a product from answering."""
    return lambda: lab_control.get("/world").json()
