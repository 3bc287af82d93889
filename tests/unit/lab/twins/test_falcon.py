import pytest

BAD = "203.0.113.66"
DETAILS = "/devices/entities/devices/v2"
ACTIONS = "/devices/entities/devices-actions/v2"


def device(falcon, key):
    return falcon.post(DETAILS, json={"ids": [key]}).json()["resources"][0]


def find(falcon, query):
    return falcon.get("/devices/queries/devices/v1", params={"filter": query}).json()["resources"]


def test_a_token_is_issued_with_201_and_needed(falcon, lab):
    answer = falcon.post("/oauth2/token", data=dict(lab.addresses.products["falcon"].sign_in))
    refused = falcon.get("/devices/queries/devices/v1", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.json()["expires_in"]) == (201, 1799)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (401, 401)


def test_a_wrong_secret_gets_no_token(falcon, lab):
    form = {**lab.addresses.products["falcon"].sign_in, "client_secret": "wrong"}
    answer = falcon.post("/oauth2/token", data=form)
    assert (answer.status_code, "access_token" in answer.json()) == (401, False)


def test_a_revoked_token_is_refused(falcon):
    token = falcon.headers["Authorization"].removeprefix("Bearer ")
    falcon.post("/oauth2/revoke", data={"token": token})
    assert falcon.get("/devices/queries/devices/v1").status_code == 401


def test_who_contacted_an_address_follows_from_the_world(falcon, control):
    seen = falcon.get("/iocs/queries/indicators/devices/v1", params={"type": "ipv4", "value": BAD}).json()
    names = [device(falcon, key)["hostname"] for key in seen["resources"]]
    assert names == ["ws-02", "ws-03", "ws-07"]
    control.amend({"hosts": {control.host("ws-11")["id"]: {"contacted": [BAD]}}})
    seen = falcon.get("/iocs/queries/indicators/devices/v1", params={"type": "ipv4", "value": BAD}).json()
    assert len(seen["resources"]) == 4


def test_exactly_one_host_that_contacted_the_address_is_critical(falcon):
    seen = falcon.get("/iocs/queries/indicators/devices/v1", params={"type": "ipv4", "value": BAD}).json()
    details = falcon.post(DETAILS, json={"ids": seen["resources"]}).json()["resources"]
    assert [row["hostname"] for row in details if "SensorGroupingTags/critical" in row["tags"]] == ["ws-03"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("hostname:'ws-03'", ["ws-03"]),
        ("hostname:'WS-0412'", ["ws-0412", "ws-0412"]),
        ("local_ip:'10.20.1.7'", ["ws-07"]),
        ("tags:'SensorGroupingTags/critical'+product_type_desc:'Domain Controller'", ["dc-01"]),
        ("hostname:'ws-02',hostname:'ws-07'", ["ws-02", "ws-07"]),
        ("status:!'normal'", []),
    ],
)
def test_devices_are_found_by_a_filter(falcon, query, names):
    found = [device(falcon, key)["hostname"] for key in find(falcon, query)]
    assert found == names


def test_an_unknown_property_in_a_filter_is_a_400(falcon):
    answer = falcon.get("/devices/queries/devices/v1", params={"filter": "colour:'red'"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 400)


def test_containment_is_taken_with_202_and_done_at_the_next_read(falcon, control):
    key = control.host("ws-02")["id"]
    answer = falcon.post(ACTIONS, params={"action_name": "contain"}, json={"ids": [key]})
    assert (answer.status_code, answer.json()["resources"][0]["id"]) == (202, key)
    assert control.host("ws-02")["containment"] == "containment_pending"
    assert device(falcon, key)["status"] == "contained"
    assert control.host("ws-02")["containment"] == "contained"


def test_containment_stays_pending_for_as_many_reads_as_was_set(falcon, control):
    key = control.host("ws-02")["id"]
    control.amend({"hosts": {key: {"lag": 2}}})
    falcon.post(ACTIONS, params={"action_name": "contain"}, json={"ids": [key]})
    seen = [device(falcon, key)["status"] for _ in range(3)]
    assert seen == ["containment_pending", "containment_pending", "contained"]


def test_an_offline_host_stays_pending_until_it_is_back(falcon, control):
    key = control.host("kiosk-02")["id"]
    falcon.post(ACTIONS, params={"action_name": "contain"}, json={"ids": [key]})
    assert [device(falcon, key)["status"] for _ in range(5)] == ["containment_pending"] * 5
    control.amend({"hosts": {key: {"online": True}}})
    assert device(falcon, key)["status"] == "contained"


def test_lifting_goes_through_its_own_pending_state(falcon, control):
    key = control.host("ws-02")["id"]
    control.amend({"hosts": {key: {"containment": "contained", "lag": 1}}})
    falcon.post(ACTIONS, params={"action_name": "lift_containment"}, json={"ids": [key]})
    assert [device(falcon, key)["status"] for _ in range(2)] == ["lift_containment_pending", "normal"]


def test_containing_a_contained_host_changes_nothing(falcon, control):
    key = control.host("ws-02")["id"]
    control.amend({"hosts": {key: {"containment": "contained"}}})
    before = control.changes()
    falcon.post(ACTIONS, params={"action_name": "contain"}, json={"ids": [key]})
    assert control.changes() == before


def test_an_order_against_a_pending_one_is_a_409_entry(falcon, control):
    key = control.host("kiosk-02")["id"]
    falcon.post(ACTIONS, params={"action_name": "contain"}, json={"ids": [key]})
    answer = falcon.post(ACTIONS, params={"action_name": "lift_containment"}, json={"ids": [key]}).json()
    assert (answer["resources"], answer["errors"][0]["code"]) == ([], 409)
    assert control.host("kiosk-02")["containment"] == "containment_pending"


def test_one_bad_id_among_good_ones_is_an_error_entry_in_a_2xx(falcon, control):
    key = control.host("ws-02")["id"]
    details = falcon.post(DETAILS, json={"ids": [key, "0" * 32]})
    ordered = falcon.post(ACTIONS, params={"action_name": "contain"}, json={"ids": [key, "0" * 32]})
    assert (details.status_code, ordered.status_code) == (200, 202)
    for body in (details.json(), ordered.json()):
        assert (len(body["resources"]), [error["id"] for error in body["errors"]]) == (1, ["0" * 32])


def test_an_unknown_action_is_a_400(falcon, control):
    answer = falcon.post(ACTIONS, params={"action_name": "wipe"}, json={"ids": [control.host("ws-02")["id"]]})
    assert answer.status_code == 400


def test_combined_gives_full_records_page_by_page(falcon):
    names, offset = [], ""
    while True:
        params = {"limit": 4, "offset": offset, "sort": "hostname.asc", "fields": "hostname,status"}
        page = falcon.get("/devices/combined/devices/v1", params=params).json()
        names += [row["hostname"] for row in page["resources"]]
        offset = page["meta"]["pagination"]["offset"]
        if not offset:
            break
    assert (len(names), names == sorted(names), page["meta"]["pagination"]["total"]) == (10, True, 10)


def test_alerts_are_the_worlds_and_closing_one_closes_it_there(falcon, control):
    ids = falcon.get("/alerts/queries/alerts/v2", params={"filter": "status:'new'"}).json()["resources"]
    rows = falcon.post("/alerts/entities/alerts/v2", json={"composite_ids": ids}).json()["resources"]
    assert [(row["display_name"], row["device"]["hostname"]) for row in rows] == [
        ("Brute force from a TOR exit", "ws-03")
    ]
    order = {"composite_ids": ids, "action_parameters": [{"name": "update_status", "value": "closed"}]}
    answer = falcon.patch("/alerts/entities/alerts/v3", json=order).json()
    assert answer["meta"]["writes"]["resources_affected"] == 1
    assert control.world()["alerts"]["a-1001"]["status"] == "closed"


@pytest.mark.parametrize("offset", ["nonsense", "YWZ0ZXI6eA==", "é"])
def test_an_offset_that_was_not_given_is_a_400(falcon, offset):
    assert falcon.get("/devices/combined/devices/v1", params={"offset": offset}).status_code == 400


def test_the_region_header_is_not_sent_because_falconpy_would_follow_it(falcon, lab):
    answer = falcon.post("/oauth2/token", data=dict(lab.addresses.products["falcon"].sign_in))
    assert "x-cs-region" not in answer.headers
