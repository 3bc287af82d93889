"""One Lab a module, put back before every test; which calls came in is noted."""

import httpx
import pytest
from tests.live.official_clients.calls import note

from tocsin.formats.scenario_file import read_scenario
from tocsin.lab import Lab, scenario_path


@pytest.fixture(scope="module")
def lab():
    read = read_scenario(scenario_path("tor-brute-force").read_bytes(), "tor-brute-force.yaml")
    lab = Lab(read.value)
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture(autouse=True)
def as_at_the_start(lab):
    headers = {"Authorization": f"Bearer {lab.addresses.control_token}"}
    httpx.post(f"{lab.addresses.control_url}/reset", headers=headers).raise_for_status()
    yield
    note(lab)


@pytest.fixture
def product(lab):
    """Where one product is, and how to sign in: `product("misp")`."""
    return lab.addresses.products.__getitem__
