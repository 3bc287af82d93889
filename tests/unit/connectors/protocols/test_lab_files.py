"""In the Lab nothing of this computer is touched, but for the files of the Lab's own products."""

import asyncio

import pytest

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import ExchangeError
from tocsin.connectors.exchange import Line, Request
from tocsin.connectors.protocols.runners import ProtocolRunners


def read_log(path, reach=Reach.LAB):
    runners = ProtocolRunners(reach=reach, monotonic=lambda: 0.0)
    arguments = {"path": str(path), "event": "alert", "address": "", "limit": 1}
    request = Request("SURICATA read_log", Origin("", "this computer"), "", arguments=arguments)
    return asyncio.run(runners.exchange(request, Line("key", None, 10.0, lambda _: None)))


@pytest.fixture
def logs(tmp_path):
    found = {}
    for name in ("tocsin-lab-x1", "suricata"):
        (tmp_path / name).mkdir()
        found[name] = tmp_path / name / "eve.json"
        found[name].write_text("")
    return found


def test_a_file_of_the_lab_is_read(logs):
    assert read_log(logs["tocsin-lab-x1"]).body == {"events": [], "complete": True}


def test_any_other_is_read_only_outside_the_lab(logs):
    assert read_log(logs["suricata"], Reach.OUTSIDE).status == 200
    with pytest.raises(ExchangeError, match="the Lab does nothing on this computer"):
        read_log(logs["suricata"])


@pytest.mark.parametrize(
    "way", ["{lab}/../suricata/eve.json", "{lab}/../tocsin-lab-x1/../suricata/eve.json", "eve.json"]
)
def test_there_is_no_way_round(logs, way):
    with pytest.raises(ExchangeError):
        read_log(way.format(lab=logs["tocsin-lab-x1"].parent))
