import pytest


def finish(nessus):
    nessus.post("/scans/12/launch", json={})
    return [nessus.get("/scans/12").json() for _ in range(2)][1]


def test_a_scan_runs_for_a_look_and_then_tells_what_it_found(nessus, control):
    started = nessus.post("/scans/12/launch", json={}).json()
    states = [nessus.get("/scans/12").json()["info"]["status"] for _ in range(2)]
    assert (len(started["scan_uuid"]), states) == (36, ["running", "completed"])
    told = nessus.get("/scans/12").json()
    assert {row["hostname"]: row["critical"] for row in told["hosts"]} == {"dc-01": 0, "file-01": 1}
    assert {row["plugin_name"] for row in told["vulnerabilities"]} == {
        "Remote code execution in the file service",
        "Weak ciphers",
    }


def test_one_that_never_ran_has_null_for_hosts(nessus):
    told = nessus.get("/scans/12").json()
    assert (told["info"]["status"], told["hosts"], told["vulnerabilities"]) == ("empty", None, None)


def test_where_there_is_no_scan_the_list_is_null(nessus, control):
    control.amend({"scans": {"12": None}})
    assert nessus.get("/scans").json()["scans"] is None


def test_a_host_that_is_off_or_cut_off_does_not_answer(nessus, control):
    control.amend({"hosts": {control.host("file-01")["id"]: {"online": False}}})
    control.amend({"hosts": {control.host("dc-01")["id"]: {"containment": "contained"}}})
    assert finish(nessus)["hosts"] is None


def test_what_is_mended_is_not_found_again(nessus, control):
    finish(nessus)
    rows = control.world()["weaknesses"]
    control.amend({"weaknesses": {key: {"mended": True} for key in rows}})
    assert finish(nessus)["vulnerabilities"] is None


def test_a_host_tells_how_it_was_scanned_and_a_check_its_cve(nessus):
    row = next(row for row in finish(nessus)["hosts"] if row["hostname"] == "file-01")
    told = nessus.get(f"/scans/12/hosts/{row['host_id']}").json()
    plugins = [finding["plugin_id"] for finding in told["vulnerabilities"]]
    assert (plugins[0], told["info"]["host-ip"]) == (19506, "10.20.0.11")
    details = nessus.get(f"/scans/12/hosts/{row['host_id']}/plugins/{plugins[1]}").json()
    reference = details["info"]["plugindescription"]["pluginattributes"]["ref_information"]["ref"][0]
    assert reference["values"]["value"] == ["CVE-2026-90001"]


def test_a_scan_that_is_stopped_has_found_nothing(nessus):
    nessus.post("/scans/12/launch", json={})
    nessus.post("/scans/12/stop")
    told = nessus.get("/scans/12").json()
    assert (told["info"]["status"], told["hosts"]) == ("canceled", None)


def test_a_licence_that_only_reads_says_412(nessus, control):
    control.amend({"permissions": {"nessus": {"access": "read"}}})
    answer = nessus.post("/scans/12/launch", json={})
    assert (answer.status_code, answer.json()) == (412, {"error": "API is not available"})
    assert nessus.get("/scans/12").status_code == 200


@pytest.mark.parametrize("path", ["/scans/13", "/scans/12/hosts/2", "/scans/12/hosts/2/plugins/1"])
def test_what_is_not_there_is_a_404(nessus, path):
    assert nessus.get(path).status_code == 404


def test_a_wrong_key_is_a_401_and_the_status_wants_none(nessus):
    wrong = {"X-ApiKeys": "accessKey=a; secretKey=b"}
    assert nessus.get("/scans", headers=wrong).status_code == 401
    assert nessus.get("/server/status", headers=wrong).json()["status"] == "ready"
