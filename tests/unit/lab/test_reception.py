import time

import httpx
import pytest

BAD = "203.0.113.66"
ADD = "/api/firewall/alias_util/add/tocsin_block"
LIST = "/api/firewall/alias_util/list/tocsin_block"


def entries(control):
    return control.world()["aliases"]["tocsin_block"]["entries"]


def test_a_request_is_written_down_with_its_key_and_without_secrets(opnsense, control, lab):
    opnsense.post(ADD, json={"address": BAD}, headers={"Idempotency-Key": "run/block#1"})
    [received] = control.client.get("/requests").json()
    secrets = lab.addresses.products["opnsense"].sign_in.values()
    assert (received["method"], received["path"], received["status"], received["changes"]) == ("POST", ADD, 200, True)
    assert received["headers"]["idempotency-key"] == "run/block#1"
    assert not any(secret in str(received) for secret in secrets)
    assert "authorization" not in received["headers"]


def test_the_hook_hears_of_a_change_before_it_is_made(opnsense, lab):
    seen = []
    lab.reception.on_change_request = lambda received: seen.append(
        (received.idempotency_key, received.status, lab.world.tables.aliases["tocsin_block"].entries)
    )
    opnsense.post(ADD, json={"address": BAD}, headers={"X-Tocsin-Attempt": "run/block#1"})
    assert seen == [("run/block#1", None, ())]


def test_the_hook_hears_of_no_reads_searches_and_sign_ins(lab, opnsense, elasticsearch, falcon, jira):
    seen = []
    lab.reception.on_change_request = seen.append
    opnsense.get("/api/firewall/alias_util/aliases")
    opnsense.post(LIST, json={"rowCount": -1})
    elasticsearch.post("/.alerts-security.alerts-default/_search", json={})
    falcon.post("/oauth2/token", data=dict(lab.addresses.products["falcon"].sign_in))
    falcon.post("/devices/entities/devices/v2", json={"ids": ["0"]})
    jira.post("/rest/api/3/search/jql", json={"jql": "project = SEC"})
    assert seen == []


def test_a_status_fault_answers_in_the_vendors_shape_and_does_not_act(opnsense, control):
    control.plant(product="opnsense", path="/api/firewall/alias_util/add/*", status=500)
    answer = opnsense.post(ADD, json={"address": BAD})
    assert (answer.status_code, answer.json()["status"], entries(control)) == (500, 500, [])


def test_the_hook_hears_of_a_change_that_a_fault_then_refuses(opnsense, control, lab):
    seen = []
    lab.reception.on_change_request = seen.append
    control.plant(product="opnsense", path="*", status=500)
    opnsense.post(ADD, json={"address": BAD})
    assert len(seen) == 1


def test_a_fault_meets_its_path_and_product_only(opnsense, jira, control):
    control.plant(product="opnsense", path="/api/firewall/alias_util/add/*", status=500)
    assert opnsense.post(LIST, json={"rowCount": -1}).status_code == 200
    assert jira.get("/rest/api/3/myself").status_code == 200


def test_a_fault_ends_after_its_times(opnsense, control):
    control.plant(product="opnsense", path="*", status=503, times=2)
    statuses = [opnsense.post(ADD, json={"address": BAD}).status_code for _ in range(3)]
    assert statuses == [503, 503, 200]


def test_two_faults_may_be_planted_side_by_side(opnsense, control):
    control.plant(product="opnsense", path="*/add/*", status=500)
    control.plant(product="opnsense", path="*/list/*", status=502)
    assert opnsense.post(ADD, json={"address": BAD}).status_code == 500
    assert opnsense.post(LIST, json={"rowCount": -1}).status_code == 502


def test_drop_after_acts_and_cuts_the_connection(opnsense, control):
    control.plant(product="opnsense", path="*/add/*", status="drop_after", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        opnsense.post(ADD, json={"address": BAD})
    assert entries(control) == [BAD]
    assert control.client.get("/requests").json()[0]["status"] is None


def test_a_cut_connection_leaves_others_alone(opnsense, jira, control):
    assert jira.get("/rest/api/3/myself").status_code == 200
    control.plant(product="opnsense", path="*", status="drop_after", times=1)
    with pytest.raises(httpx.TransportError):
        opnsense.post(ADD, json={"address": BAD})
    assert jira.get("/rest/api/3/myself").status_code == 200


def test_slow_acts_and_lets_the_answer_wait(opnsense, control):
    control.plant(product="opnsense", path="*/add/*", status="slow", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        opnsense.post(ADD, json={"address": BAD}, timeout=0.2)
    assert entries(control) == [BAD]


def test_slow_answers_in_the_end(opnsense, control):
    control.plant(product="opnsense", path="*/add/*", status="slow", seconds=0.2)
    started = time.monotonic()
    assert opnsense.post(ADD, json={"address": BAD}).json() == {"status": "done"}
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    ("word", "begin", "least"), [("garbage", b"\0", 100), ("huge", b"[", 50 * 2**20), ("wrong_type", b"<", 50)]
)
def test_a_spoiled_answer_acts_and_says_nothing_of_use(opnsense, control, word, begin, least):
    control.plant(product="opnsense", path="*/add/*", status=word, times=1)
    answer = opnsense.post(ADD, json={"address": BAD})
    assert (answer.status_code, answer.content[:1], len(answer.content) >= least) == (200, begin, True)
    assert entries(control) == [BAD]
