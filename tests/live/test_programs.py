"""Real programs of this computer (Debian: nmap, openscap-scanner with ssg-debderived)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.performing import Product
from tests.live.servers import missing
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Outcome, Verified

NO_NMAP = missing("nmap")
NO_OSCAP = missing("oscap")
CHECKS = """<?xml version="1.0"?>
<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_test_benchmark_lab" resolved="1">
  <status>draft</status><version>1</version>
  <Profile id="xccdf_test_profile_small"><title>Small</title>
    <select idref="xccdf_test_rule_none" selected="true"/></Profile>
  <Rule id="xccdf_test_rule_none" selected="false" severity="medium"><title>None</title></Rule>
</Benchmark>
"""


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def nmap() -> Product:
    return Product("nmap", "", secrets={}, options={}, outside={})


@pytest.mark.skipif(bool(NO_NMAP), reason=NO_NMAP)
def test_an_open_port_is_found_and_a_closed_one_is_not(nmap, open_port):
    closed = 1
    found = nmap.perform("scan_ports", {"address": "127.0.0.1", "ports": f"{closed},{open_port}"})
    assert found.outcome is Outcome.SUCCEEDED, found.failure
    assert found.output["up"]
    assert [(one["port"], one["protocol"]) for one in found.output["open"]] == [(open_port, "tcp")]


@pytest.mark.skipif(bool(NO_NMAP), reason=NO_NMAP)
def test_ports_that_are_none_are_told(nmap):
    failure = nmap.perform("scan_ports", {"address": "127.0.0.1", "ports": "70000"}).failure
    assert failure
    assert failure.code == "bad_input"


@pytest.mark.skipif(bool(NO_NMAP), reason=NO_NMAP)
@pytest.mark.parametrize("field", ["address", "ports"])
def test_a_hostile_text_starts_nothing(nmap, field):
    facts = {"address": "127.0.0.1", "ports": "1"}
    ends = {nmap.perform("scan_ports", {**facts, field: text}).outcome for text in HOSTILE}
    assert ends == {Outcome.NOT_SENT}


@pytest.mark.skipif(bool(NO_OSCAP), reason=NO_OSCAP)
def test_a_profile_is_checked_and_one_that_is_not_there_is_told(tmp_path: Path):
    (tmp_path / "checks.xml").write_text(CHECKS)
    product = Product("openscap", "", secrets={}, options={"content": str(tmp_path / "checks.xml")}, outside={})
    found = product.perform("check_compliance", {"profile": "xccdf_test_profile_small"})
    assert found.outcome is Outcome.SUCCEEDED, found.failure
    assert (found.output["passed"], found.output["failed"]) == (0, [])
    failure = product.perform("check_compliance", {"profile": "xccdf_test_profile_none"}).failure
    assert failure
    assert failure.code == "not_found"


PROFILE_OF_ALL = '<Profile id="xccdf_test_profile_all"><title>All</title></Profile>'
CONTENT = """<?xml version="1.0"?>
<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_test_benchmark_lab" resolved="1">
  <status>draft</status><version>1</version>
  <Rule id="xccdf_test_rule_without_a_check" selected="true" severity="high"><title>Nobody can tell</title></Rule>
</Benchmark>
"""


@pytest.mark.skipif(bool(NO_OSCAP), reason=NO_OSCAP)
def test_a_check_that_cannot_be_made_is_told_and_is_neither_passed_nor_failed(tmp_path: Path):
    (tmp_path / "checks.xml").write_text(CONTENT.replace("<Rule", PROFILE_OF_ALL + "<Rule"))
    product = Product("openscap", "", secrets={}, options={"content": str(tmp_path / "checks.xml")}, outside={})
    found = product.perform("check_compliance", {"profile": "xccdf_test_profile_all"})
    assert found.outcome is Outcome.SUCCEEDED, found.failure
    told = (found.output["passed"], found.output["failed"], found.output["unread"])
    assert told == (0, [], ["xccdf_test_rule_without_a_check"])


def test_a_report_is_written_into_a_real_folder_and_taken_back(tmp_path: Path):
    product = Product("report_folder", "", secrets={}, options={"folder": str(tmp_path)}, outside={})
    inputs = {"name": "evidence.md", "text": "# Evidence\n"}
    written = product.perform("write_report", inputs)
    assert written.outcome is Outcome.SUCCEEDED, written.failure
    assert Path(written.output["path"]).read_text() == "# Evidence\n"
    assert product.verify("write_report", inputs).result is Verified.DONE
    assert product.perform("write_report", inputs).via_already
    taken = product.perform("remove_report", {"name": "evidence.md", "sha256": written.output["sha256"]})
    assert (taken.outcome, list(tmp_path.iterdir())) == (Outcome.SUCCEEDED, [])


def test_a_report_that_a_person_changed_stays_and_it_is_told_why(tmp_path: Path):
    product = Product("report_folder", "", secrets={}, options={"folder": str(tmp_path)}, outside={})
    (tmp_path / "evidence.md").write_text("mine")
    refused = product.perform("write_report", {"name": "evidence.md", "text": "# Evidence\n"}).failure
    kept = product.perform("remove_report", {"name": "evidence.md", "sha256": "0" * 64}).failure
    assert refused
    assert kept
    assert (refused.code, kept.code, (tmp_path / "evidence.md").read_text()) == ("conflict", "conflict", "mine")


def test_the_lab_starts_nothing_on_this_computer():
    answer = Product("nmap", "", secrets={}, options={}).perform("scan_ports", {"address": "127.0.0.1", "ports": "1"})
    assert answer.failure
    assert "the Lab does nothing on this computer" in answer.failure.message
