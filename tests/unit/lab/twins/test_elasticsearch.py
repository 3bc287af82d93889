import base64

import pytest

ALERTS = "/.alerts-security.alerts-default/_search"
OFFICIAL = "application/vnd.elasticsearch+json; compatible-with=9"


def found(elasticsearch, query):
    return [hit["_id"] for hit in elasticsearch.post(ALERTS, json={"query": query}).json()["hits"]["hits"]]


def test_every_answer_carries_the_product_header(elasticsearch):
    answers = [
        elasticsearch.get("/"),
        elasticsearch.get("/", headers={"Authorization": "ApiKey wrong"}),
        elasticsearch.get("/nowhere/_search"),
    ]
    assert [answer.headers["x-elastic-product"] for answer in answers] == ["Elasticsearch"] * 3
    assert [answer.status_code for answer in answers] == [200, 401, 404]


def test_the_official_media_type_is_answered_with_itself(elasticsearch):
    answer = elasticsearch.post(ALERTS, json={}, headers={"Accept": OFFICIAL, "Content-Type": OFFICIAL})
    assert answer.headers["content-type"] == "application/vnd.elasticsearch+json;compatible-with=9"


def test_an_old_compatible_version_is_refused(elasticsearch):
    accept = {"Accept": "application/vnd.elasticsearch+json; compatible-with=7"}
    assert elasticsearch.get("/", headers=accept).status_code == 400


def test_the_key_is_base64_of_id_and_key_and_tells_who_it_is(elasticsearch, lab):
    key_id, _, key = (
        base64.b64decode(lab.addresses.products["elasticsearch"].sign_in["api_key"]).decode().partition(":")
    )
    who = elasticsearch.get("/_security/_authenticate").json()
    plain = elasticsearch.get("/", headers={"Authorization": f"ApiKey {key_id}:{key}"})
    assert (who["authentication_type"], who["api_key"]["id"], plain.status_code) == ("api_key", key_id, 401)


def test_an_alert_has_flat_fields_of_its_own_and_nested_fields_of_the_event(elasticsearch):
    source = elasticsearch.post(ALERTS, json={}).json()["hits"]["hits"][0]["_source"]
    assert source["kibana.alert.rule.name"] == "Brute force from a TOR exit"
    assert (source["kibana.alert.severity"], source["kibana.alert.risk_score"]) == ("high", 73)
    assert (source["source"]["ip"], source["user"]["name"]) == ("203.0.113.66", "clerk1")


@pytest.mark.parametrize(
    "query",
    [
        {"match_all": {}},
        {"ids": {"values": ["a-1001"]}},
        {"term": {"_id": "a-1001"}},
        {"term": {"kibana.alert.uuid": {"value": "a-1001"}}},
        {"terms": {"source.ip": ["203.0.113.66", "198.51.100.7"]}},
        {"range": {"@timestamp": {"gte": "2026-11-24T00:00:00.000Z", "lt": "2026-11-25T00:00:00.000Z"}}},
        {"range": {"kibana.alert.risk_score": {"gt": 70}}},
        {"query_string": {"query": 'source.ip:"203.0.113.66" AND NOT host.name:ws-1*'}},
        {"bool": {"filter": [{"term": {"user.name": "clerk1"}}], "must_not": {"term": {"host.name": "dc-01"}}}},
    ],
)
def test_a_query_finds_the_alert(elasticsearch, query):
    assert found(elasticsearch, query) == ["a-1001"]


def test_an_alert_that_control_changed_is_found_by_its_new_value(elasticsearch, control):
    control.amend({"alerts": {"a-1001": {"src_ip": "198.51.100.9"}}})
    assert found(elasticsearch, {"term": {"source.ip": "203.0.113.66"}}) == []
    assert found(elasticsearch, {"term": {"source.ip": "198.51.100.9"}}) == ["a-1001"]


def test_an_injected_alert_is_found(elasticsearch, control):
    control.client.post("/inject", json={"alert": {"id": "a-1002", "host": "ws-07"}}).raise_for_status()
    assert found(elasticsearch, {"term": {"host.name": "ws-07"}}) == ["a-1002"]


def test_more_than_ten_thousand_is_a_400(elasticsearch):
    answer = elasticsearch.post(ALERTS, json={"from": 9_999, "size": 2})
    assert (answer.status_code, answer.json()["error"]["root_cause"][0]["type"]) == (400, "illegal_argument_exception")
    assert elasticsearch.post(ALERTS, json={"from": 9_999, "size": 1}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"qurey": {"match_all": {}}},
        {"query": {"fuzzy": {"a": "b"}}},
        {"query": {"term": {"a": "b", "c": "d"}}},
        {"query": {"bool": {"must": [{}]}}},
        {"query": {"range": {"a": {"greater": 1}}}},
        {"query": {"query_string": {"query": "a:(b"}}},
        {"sort": [{"a": "sideways"}]},
        {"size": "ten"},
        {"size": -1},
    ],
)
def test_what_is_not_understood_is_a_400_and_never_ignored(elasticsearch, body):
    answer = elasticsearch.post(ALERTS, json=body)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_an_unknown_index_is_a_404_and_an_unknown_pattern_is_empty(elasticsearch):
    assert elasticsearch.get("/logs/_search").json()["error"]["type"] == "index_not_found_exception"
    assert elasticsearch.get("/logs-*/_search").json()["hits"]["hits"] == []


def test_a_search_can_answer_200_and_tell_only_a_part(elasticsearch, control):
    control.amend({"searches": {"elasticsearch": {"timed_out": True, "failed_shards": 1}}})
    answer = elasticsearch.post(ALERTS, json={})
    assert (answer.status_code, answer.json()["timed_out"], answer.json()["_shards"]["failed"]) == (200, True, 1)


def test_hits_are_sorted_and_paged(elasticsearch, control):
    for number, severity in ((2, 10), (3, 90)):
        alert = {"id": f"a-100{number}", "severity": severity}
        control.client.post("/inject", json={"alert": alert}).raise_for_status()
    body = {"sort": [{"kibana.alert.risk_score": {"order": "desc"}}], "size": 2, "from": 1}
    hits = elasticsearch.post(ALERTS, json=body).json()["hits"]
    assert (hits["total"]["value"], [hit["_id"] for hit in hits["hits"]]) == (3, ["a-1001", "a-1002"])


def test_a_document_is_read_by_its_id(elasticsearch):
    assert elasticsearch.get("/.alerts-security.alerts-default/_doc/a-1001").json()["found"] is True
    assert elasticsearch.get("/.alerts-security.alerts-default/_doc/a-9").status_code == 404


TRAFFIC, SIGN_INS = "logs-network.traffic-default", "logs-identity.sign_in-default"


def events(elasticsearch, index, **term):
    body = {"query": {"bool": {"filter": [{"term": {name: value}} for name, value in term.items()]}}, "size": 100}
    return [row["_source"] for row in elasticsearch.post(f"/{index}/_search", json=body).json()["hits"]["hits"]]


def test_traffic_is_seen_until_it_is_blocked_and_what_is_open_is_ended(elasticsearch, opnsense, control):
    bad = {"source.ip": "203.0.113.66"}
    control.client.post("/clock", json={"seconds": 60})
    assert {row["host"]["name"] for row in events(elasticsearch, TRAFFIC, **bad)} == {"ws-02", "ws-03", "ws-07"}
    opnsense.post("/api/firewall/alias_util/add/tocsin_block", json={"address": "203.0.113.66"})
    opnsense.post("/api/diagnostics/firewall/kill_states", json={"filter": "203.0.113.66"})
    control.client.post("/clock", json={"seconds": 300})
    assert len(events(elasticsearch, TRAFFIC, **bad)) == 3


def test_a_disabled_account_is_seen_to_be_refused(elasticsearch, keycloak, control):
    user = control.user("clerk1")
    keycloak.put(f"/admin/realms/example/users/{user['id']}", json={"enabled": False})
    control.client.post("/clock", json={"seconds": 600})
    seen = events(elasticsearch, SIGN_INS, **{"user.name": "clerk1"})
    assert {row["event"]["outcome"] for row in seen} == {"failure"}


def test_a_pattern_takes_events_and_alerts_together(elasticsearch, control):
    control.client.post("/clock", json={"seconds": 60})
    found = elasticsearch.post("/*/_search", json={"size": 100}).json()["hits"]["hits"]
    assert {row["_index"].split("-")[0] for row in found} == {".internal.alerts", "logs"}
