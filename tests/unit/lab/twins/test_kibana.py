import pytest

STATUS = "/api/detection_engine/signals/status"


def test_a_change_without_the_xsrf_header_is_a_400(kibana, control):
    del kibana.headers["kbn-xsrf"]
    answer = kibana.post(STATUS, json={"signal_ids": ["a-1001"], "status": "closed"})
    assert (answer.status_code, answer.json()["error"]) == (400, "Bad Request")
    assert control.changes() == []


def test_an_alert_is_closed_and_found_closed(kibana, control):
    answer = kibana.post(STATUS, json={"signal_ids": ["a-1001"], "status": "closed"}).json()
    query = {"query": {"term": {"kibana.alert.workflow_status": "closed"}}}
    hits = kibana.post("/api/detection_engine/signals/search", json=query).json()["hits"]["hits"]
    assert (answer["updated"], [hit["_id"] for hit in hits]) == (1, ["a-1001"])
    assert control.world()["alerts"]["a-1001"]["status"] == "closed"


def test_unknown_ids_update_nothing_with_200(kibana):
    answer = kibana.post(STATUS, json={"signal_ids": ["a-9"], "status": "closed"})
    assert (answer.status_code, answer.json()["updated"]) == (200, 0)


def test_alerts_are_closed_by_a_query(kibana, control):
    kibana.post(STATUS, json={"query": {"term": {"user.name": "clerk1"}}, "status": "acknowledged"})
    assert control.world()["alerts"]["a-1001"]["status"] == "acknowledged"


def test_a_note_is_kept_on_the_alert(kibana, control):
    body = {"note": {"note": "seen", "eventId": "a-1001", "timelineId": ""}}
    made = kibana.patch("/api/note", json=body).json()["note"]
    read = kibana.get("/api/note", params={"documentIds": "a-1001"}).json()
    assert (read["totalCount"], read["notes"][0]["noteId"]) == (1, made["noteId"])
    assert [note["text"] for note in control.world()["notes"].values()] == ["seen"]


def test_a_note_that_control_made_is_read(kibana, control):
    note = {"alert_id": "a-1001", "text": "by hand", "created": "2026-11-24T03:00:00.000Z"}
    control.amend({"notes": {"n-1": note}})
    assert [row["note"] for row in kibana.get("/api/note").json()["notes"]] == ["by hand"]


@pytest.mark.parametrize("body", [{}, {"note": "text"}, {"note": {"note": "x", "eventId": "a"}}])
def test_a_note_of_the_wrong_shape_is_a_400(kibana, body):
    assert kibana.patch("/api/note", json=body).status_code == 400


def test_the_default_space_has_a_prefix_too_and_others_are_not_there(kibana):
    assert kibana.get("/s/default/api/status").json()["status"]["overall"]["level"] == "available"
    assert kibana.get("/s/other/api/status").status_code == 404


def test_a_wrong_key_is_a_401(kibana):
    assert kibana.get("/api/status", headers={"Authorization": "ApiKey wrong"}).status_code == 401
