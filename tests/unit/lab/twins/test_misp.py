import pytest

BAD, POISONED, OLD, NEW = "203.0.113.66", "198.51.100.53", "203.0.113.99", "203.0.113.7"


def search(misp, **wishes):
    answer = misp.post("/attributes/restSearch", json={"returnFormat": "json", **wishes})
    return [row["value"] for row in answer.raise_for_status().json()["response"]["Attribute"]]


def add(misp, event="1", **body):
    given = {"type": "ip-dst", "value": NEW, "distribution": "0", **body}
    return misp.post(f"/attributes/add/{event}", json=given)


def test_an_address_is_found_by_value_kind_and_age(misp):
    assert search(misp, value=BAD, type=["ip-src", "ip-dst"], to_ids=1) == [BAD]
    assert search(misp, value=BAD, type="domain") == []
    assert search(misp, timestamp=["30d", "0d"]) == [BAD, POISONED]
    assert search(misp, timestamp=["3650d", "90d"]) == [OLD]


def test_a_search_is_paged_and_stops_at_a_short_page(misp):
    assert [search(misp, limit=2, page=page) for page in (1, 2, 3)] == [[BAD, POISONED], [OLD], []]


def test_a_warning_list_catches_the_poisoned_entry(misp):
    hit = misp.post("/warninglists/checkValue", json=[POISONED, BAD]).json()
    assert {value: rows[0]["name"] for value, rows in hit.items()} == {POISONED: "Mail relays of this sector"}
    assert misp.post("/warninglists/checkValue", json=[BAD]).json() == []


def test_numbers_are_texts(misp):
    row = misp.get("/attributes/view/3000").json()["Attribute"]
    assert all(isinstance(row[name], str) for name in ("id", "event_id", "timestamp", "distribution"))


def test_what_is_added_is_found_and_what_is_deleted_only_on_demand(misp, control):
    key = add(misp).json()["Attribute"]["id"]
    assert search(misp, value=NEW) == [NEW]
    assert misp.post(f"/attributes/delete/{key}", json={}).json() == {"message": "Attribute deleted."}
    assert (search(misp, value=NEW), search(misp, value=NEW, deleted=1)) == ([], [NEW])
    assert control.changes() == [f"added {NEW} to event 1", f"deleted {NEW}"]


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ({"value": ""}, 403, "value"),
        ({"type": "nonsense"}, 403, "type"),
        ({"category": "Payload delivery"}, 403, "category"),
        ({"event": "9"}, 404, None),
        ({"event": "2"}, 403, None),
        ({"distribution": "5"}, 400, None),
    ],
)
def test_what_does_not_fit_is_refused(misp, control, given, status, field):
    answer = add(misp, **given)
    assert (answer.status_code, control.changes()) == (status, [])
    assert field is None or field in answer.json()["errors"]


def test_one_that_is_there_is_refused(misp):
    add(misp)
    assert "similar attribute" in str(add(misp).json()["errors"])


def test_a_wrong_key_is_a_403_and_so_is_one_with_bearer_before_it(misp, lab):
    key = lab.addresses.products["misp"].sign_in["key"]
    answers = [misp.get("/servers/getVersion", headers={"Authorization": word}) for word in ("x", f"Bearer {key}")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Authentication failed" in answers[0].json()["message"]


def test_whoever_asks_for_no_json_is_shown_a_page(misp):
    answer = misp.get("/servers/getVersion", headers={"Accept": "*/*"})
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("wishes", [{"valu": BAD}, {"timestamp": ["30d"]}, {"timestamp": ["a", "b"]}])
def test_a_search_that_is_not_understood_is_refused(misp, wishes):
    assert misp.post("/attributes/restSearch", json={"returnFormat": "json", **wishes}).status_code == 400


def test_poisoned_no_list_knows_the_harmless_one(misp, control):
    control.plant(product="misp", path="*", status="poisoned")
    assert misp.post("/warninglists/checkValue", json=[POISONED]).json() == []
    assert search(misp, value=POISONED) == [POISONED]
