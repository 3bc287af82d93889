import pytest

BAD = "203.0.113.66"
UTIL = "/api/firewall/alias_util"


def entries(opnsense, alias="tocsin_block"):
    answer = opnsense.post(f"{UTIL}/list/{alias}", json={"current": 1, "rowCount": -1})
    return [row["ip"] for row in answer.json()["rows"]]


def test_a_blocked_address_is_listed_and_in_the_world(opnsense, control):
    assert opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": BAD}).json() == {"status": "done"}
    assert entries(opnsense) == [BAD]
    assert control.world()["aliases"]["tocsin_block"]["entries"] == [BAD]


def test_an_address_that_control_added_is_listed(opnsense, control):
    control.amend({"aliases": {"tocsin_block": {"entries": ["198.51.100.9"]}}})
    assert entries(opnsense) == ["198.51.100.9"]


def test_deleting_says_done_also_when_the_address_was_not_there(opnsense, control):
    answer = opnsense.post(f"{UTIL}/delete/tocsin_block", json={"address": BAD})
    assert (answer.status_code, answer.json()) == (200, {"status": "done"})
    assert control.changes() == []


def test_deleting_takes_the_address_out(opnsense):
    opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": BAD})
    opnsense.post(f"{UTIL}/delete/tocsin_block", json={"address": BAD})
    assert entries(opnsense) == []


def test_an_unknown_alias_fails_with_200(opnsense):
    answer = opnsense.post(f"{UTIL}/add/nowhere", json={"address": BAD})
    assert (answer.status_code, answer.json()["status"]) == (200, "failed")


@pytest.mark.parametrize("address", ["2001:DB8::1", "host.example.com", "", "203.0.113.666", "203.0.113.66 "])
def test_what_is_no_lower_case_address_is_refused_with_200(opnsense, control, address):
    answer = opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": address})
    assert (answer.status_code, answer.json()) == (200, {"status": "not_an_address"})
    assert control.changes() == []


def test_an_ipv6_address_is_kept_in_its_short_form(opnsense):
    opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": "2001:0db8:0:0::1"})
    assert entries(opnsense) == ["2001:db8::1"]


def test_a_network_alias_shows_its_entries_with_a_prefix(opnsense, control):
    control.amend({"aliases": {"tocsin_block": {"kind": "network"}}})
    opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": BAD})
    assert entries(opnsense) == [f"{BAD}/32"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]"])
def test_an_empty_or_broken_json_body_is_a_400(opnsense, body):
    answer = opnsense.post(f"{UTIL}/add/tocsin_block", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["message"]) == (400, "Invalid JSON syntax")


def test_a_wrong_secret_is_a_401_as_json(opnsense, lab):
    answer = opnsense.get(f"{UTIL}/aliases", auth=(lab.addresses.products["opnsense"].sign_in["key"], "wrong"))
    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_a_key_without_the_privilege_is_a_403(opnsense, control):
    control.amend({"permissions": {"opnsense": {"access": "none"}}})
    assert opnsense.get(f"{UTIL}/aliases").status_code == 403


def test_a_key_that_may_only_read_lists_and_cannot_block(opnsense, control):
    control.amend({"permissions": {"opnsense": {"access": "read"}}})
    statuses = [
        opnsense.get(f"{UTIL}/aliases").status_code,
        opnsense.post(f"{UTIL}/list/tocsin_block", json={"rowCount": -1}).status_code,
        opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": BAD}).status_code,
    ]
    assert statuses == [200, 200, 403]
    assert control.world()["aliases"]["tocsin_block"]["entries"] == []


def test_the_health_call_names_the_aliases(opnsense):
    assert opnsense.get(f"{UTIL}/aliases").json() == ["tocsin_block", "unused_block"]


def test_a_list_comes_in_pages(opnsense, control):
    control.amend({"aliases": {"tocsin_block": {"entries": [f"198.51.100.{number}" for number in range(1, 6)]}}})
    answer = opnsense.post(f"{UTIL}/list/tocsin_block", json={"current": 3, "rowCount": 2}).json()
    assert (answer["total"], answer["rowCount"], [row["ip"] for row in answer["rows"]]) == (5, 1, ["198.51.100.5"])


def test_only_the_alias_that_blocks_has_a_rule(opnsense):
    rules = opnsense.get("/api/firewall/filter/search_rule").json()["rows"]
    assert [rule["source_net"] for rule in rules] == ["tocsin_block"]


def test_connections_go_on_after_a_block_until_their_states_are_killed(opnsense, control):
    opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": BAD})
    still_open = [row for row in control.world()["connections"].values() if row["src_ip"] == BAD]
    answer = opnsense.post("/api/diagnostics/firewall/kill_states", json={"filter": BAD}).json()
    assert (len(still_open), answer) == (3, {"result": "ok", "dropped_states": 3})
    assert [row for row in control.world()["connections"].values() if row["src_ip"] == BAD] == []


def test_killing_states_without_a_filter_is_refused(opnsense, control):
    answer = opnsense.post("/api/diagnostics/firewall/kill_states", json={"filter": " "})
    assert answer.json()["result"] == "failed"
    assert control.changes() == []


def test_a_new_alias_is_found_and_blocks_nothing(opnsense, control):
    item = {"enabled": "1", "name": "fresh", "type": "host", "content": "198.51.100.9\n198.51.100.53"}
    saved = opnsense.post("/api/firewall/alias/add_item", json={"alias": item}).json()
    found = opnsense.get("/api/firewall/alias/get_alias_u_u_i_d/fresh").json()
    assert (saved["result"], found) == ("saved", {"uuid": saved["uuid"]})
    assert control.world()["aliases"]["fresh"]["blocks"] is False


def test_an_alias_that_is_not_there_has_an_empty_list_for_an_id(opnsense):
    assert opnsense.get("/api/firewall/alias/get_alias_u_u_i_d/nowhere").json() == []


def test_a_bad_alias_name_fails_validation_with_200(opnsense):
    item = {"name": "has space", "type": "host", "content": ""}
    answer = opnsense.post("/api/firewall/alias/add_item", json={"alias": item})
    assert (answer.status_code, list(answer.json()["validations"])) == (200, ["alias.name"])


def test_an_address_is_found_by_the_aliases_that_hold_it(opnsense):
    opnsense.post(f"{UTIL}/add/tocsin_block", json={"address": BAD})
    answer = opnsense.post(f"{UTIL}/find_references", json={"ip": BAD}).json()
    assert answer == {"status": "ok", "matches": ["tocsin_block"]}
