"""MISP, Nessus and AWX, by their makers' clients."""

import logging

import pytest

BAD, NEW, HARMLESS = "203.0.113.66", "203.0.113.7", "198.51.100.53"


@pytest.fixture
def misp(product):
    pymisp = pytest.importorskip("pymisp", reason="the client of MISP is not installed")
    return pymisp.PyMISP(product("misp").url, product("misp").sign_in["key"])


def values(found):
    return [row["value"] for row in found["Attribute"]]


def test_pymisp_searches_by_value_and_age_and_pages(misp):
    assert values(misp.search("attributes", value=BAD, type_attribute=["ip-src", "ip-dst"], to_ids=1)) == [BAD]
    assert values(misp.search("attributes", timestamp=["30d", "0d"])) == [BAD, HARMLESS]
    assert [len(misp.search("attributes", limit=2, page=page)["Attribute"]) for page in (1, 2, 3)] == [2, 1, 0]
    assert list(misp.values_in_warninglist([BAD, HARMLESS])) == [HARMLESS]
    assert misp.misp_instance_version["version"].startswith("2.5")


def test_pymisp_adds_an_attribute_once_and_deletes_it(misp):
    given = {"type": "ip-dst", "value": NEW, "distribution": "0", "comment": "run 7"}
    key = misp.add_attribute("1", given)["Attribute"]["id"]
    assert misp.get_attribute(key)["Attribute"]["comment"] == "run 7"
    status, said = misp.add_attribute("1", given)["errors"]
    assert (status, list(said["errors"])) == (403, ["value"])
    assert misp.delete_attribute(key)["message"] == "Attribute deleted."
    assert values(misp.search("attributes", value=NEW)) == []
    assert misp.get_attribute("9999")["errors"][0] == 404


def test_pymisp_is_told_of_a_wrong_key(product, caplog):
    pymisp = pytest.importorskip("pymisp", reason="the client of MISP is not installed")
    with caplog.at_level(logging.CRITICAL), pytest.raises(pymisp.PyMISPError, match="Authentication failed"):
        pymisp.PyMISP(product("misp").url, "x" * 40)


@pytest.fixture
def nessus(product):
    tenable = pytest.importorskip("tenable.nessus", reason="the client of Nessus is not installed")
    keys = product("nessus").sign_in
    return tenable.Nessus(
        url=product("nessus").url, access_key=keys["access_key"], secret_key=keys["secret_key"], retries=0
    )


def test_pytenable_starts_a_scan_and_reads_what_it_found(nessus):
    assert nessus.server.status()["status"] == "ready"
    assert nessus.server.properties()["nessus_type"] == "Nessus"
    [scan] = nessus.scans.list()["scans"]
    assert nessus.scans.launch(scan["id"])
    assert nessus.scans.details(scan["id"])["info"]["status"] == "running"
    done = nessus.scans.details(scan["id"])
    [server] = [row for row in done["hosts"] if row["critical"]]
    [worst] = [row for row in done["vulnerabilities"] if row["severity"] == 4]
    output = nessus.scans.plugin_output(scan["id"], server["host_id"], worst["plugin_id"])
    assert (done["info"]["status"], server["hostname"]) == ("completed", "file-01")
    attributes = output["info"]["plugindescription"]["pluginattributes"]
    assert attributes["ref_information"]["ref"][0]["values"]["value"] == ["CVE-2026-90001"]


def test_pytenable_stops_a_scan_and_is_told_of_one_that_there_is_not(nessus):
    from tenable.errors import NotFoundError

    nessus.scans.launch(12)
    nessus.scans.stop(12)
    assert nessus.scans.details(12)["info"]["status"] == "canceled"
    with pytest.raises(NotFoundError):
        nessus.scans.details(99)


def test_pytenable_is_told_when_the_licence_lets_no_program_start_a_scan(nessus, lab):
    from tenable.errors import APIError

    lab.world.amend({"permissions": {"nessus": {"access": "read"}}})
    with pytest.raises(APIError) as caught:
        nessus.scans.launch(12)
    assert caught.value.response.status_code == 412


@pytest.fixture
def awx(product):
    pytest.importorskip("awxkit", reason="the client of AWX is not installed")
    from awxkit import api
    from awxkit.config import config

    config.base_url = product("awx").url
    root = api.Api()
    root.connection.login(token=product("awx").sign_in["token"])
    return root.get().available_versions.v2.get()


def test_awxkit_launches_a_job_follows_it_and_reads_its_hosts(awx):
    [template] = awx.job_templates.get(name="Patch hosts").results
    job = template.launch({"limit": "file-01"})
    states = [job.get().status for _ in range(3)]
    [host] = job.related.job_host_summaries.get().results
    assert (states, job.limit) == (["pending", "pending", "successful"], "file-01")
    assert (host.host_name, host.changed, host.dark) == ("file-01", 1, 0)


def test_awxkit_pages_cancels_and_is_told_when_it_is_too_late(awx):
    from awxkit.exceptions import MethodNotAllowed

    first = awx.job_templates.get(page_size=2)
    assert (first.count, len(first.results), len(first.next.get().results)) == (3, 2, 1)
    job = first.results[0].launch({"limit": "file-01"})
    assert job.related.cancel.get().can_cancel
    job.related.cancel.post()
    assert job.get().status == "canceled"
    with pytest.raises(MethodNotAllowed):
        job.related.cancel.post()


def test_awxkit_is_told_of_a_wrong_token_and_of_a_filter_that_is_no_field(awx):
    from awxkit.exceptions import BadRequest, Unauthorized

    with pytest.raises(BadRequest):
        awx.job_templates.get(colour="red")
    awx.connection.login(token="wrong")  # noqa: S106  a made-up one
    with pytest.raises(Unauthorized):
        awx.me.get()
