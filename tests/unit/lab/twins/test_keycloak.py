from unittest.mock import ANY

import pytest

SIGN_IN = "/realms/example/protocol/openid-connect/token"
USERS = "/admin/realms/example/users"


def names(answer):
    return [user["username"] for user in answer.json()]


def user_id(keycloak, name):
    return keycloak.get(USERS, params={"username": name, "exact": "true"}).json()[0]["id"]


def test_a_token_lasts_a_minute(keycloak, lab):
    form = {"grant_type": "client_credentials", **lab.addresses.products["keycloak"].sign_in}
    assert keycloak.post(SIGN_IN, data=form).json()["expires_in"] == 60


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "unauthorized_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_bad_token_request_says_why(keycloak, lab, change, status, error):
    form = {"grant_type": "client_credentials", **lab.addresses.products["keycloak"].sign_in, **change}
    answer = keycloak.post(SIGN_IN, data=form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_an_unknown_realm_has_no_tokens(keycloak):
    assert keycloak.post(SIGN_IN.replace("example", "master"), data={}).status_code == 404


def test_a_part_of_a_name_finds_more_people_than_the_one_meant(keycloak):
    assert names(keycloak.get(USERS, params={"username": "clerk1"})) == ["clerk1", "clerk10"]
    assert names(keycloak.get(USERS, params={"search": "clerk1"})) == ["clerk1", "clerk10"]
    assert names(keycloak.get(USERS, params={"username": "Clerk1", "exact": "true"})) == ["clerk1"]


def test_users_come_in_pages_and_are_counted(keycloak):
    assert names(keycloak.get(USERS, params={"first": 1, "max": 2})) == ["clerk1", "clerk10"]
    assert keycloak.get(f"{USERS}/count", params={"search": "clerk"}).json() == 2


def test_a_disabled_user_is_disabled_in_the_world_and_nothing_else_changes(keycloak, control):
    before = control.user("clerk1")
    answer = keycloak.put(f"{USERS}/{before['id']}", json={"enabled": False, "email": None})
    assert (answer.status_code, answer.content) == (204, b"")
    assert control.user("clerk1") == {**before, "enabled": False, "disabled_at": ANY}


def test_attributes_replace_all_attributes(keycloak, control):
    key = user_id(keycloak, "clerk1")
    keycloak.put(f"{USERS}/{key}", json={"attributes": {"a": ["1"], "b": ["2"]}})
    keycloak.put(f"{USERS}/{key}", json={"attributes": {"b": ["3"]}})
    assert control.user("clerk1")["attributes"] == {"b": ["3"]}


def test_a_federated_user_is_read_only(keycloak, control):
    answer = keycloak.put(f"{USERS}/{user_id(keycloak, 'partner')}", json={"enabled": False})
    assert (answer.status_code, "errorMessage" in answer.json()) == (400, True)
    assert control.changes() == []


def test_logging_out_empties_the_sessions(keycloak, control):
    key = user_id(keycloak, "clerk1")
    sessions = keycloak.get(f"{USERS}/{key}/sessions").json()
    answer = keycloak.post(f"{USERS}/{key}/logout")
    assert (len(sessions), sessions[0]["username"], answer.status_code) == (2, "clerk1", 204)
    assert keycloak.get(f"{USERS}/{key}/sessions").json() == []
    assert control.user("clerk1")["sessions"] == []
    assert keycloak.get(f"{USERS}/{key}").json()["notBefore"] > 0


def test_sessions_that_control_opened_are_listed(keycloak, control):
    session = {"id": "s-1", "ip": "198.51.100.9", "started": "2026-11-24T03:00:00.000Z"}
    key = user_id(keycloak, "leaver")
    control.amend({"users": {key: {"sessions": [session]}}})
    [listed] = keycloak.get(f"{USERS}/{key}/sessions").json()
    assert (listed["ipAddress"], listed["start"]) == ("198.51.100.9", 1_795_489_200_000)


def test_a_new_users_id_is_in_the_location_only(keycloak):
    answer = keycloak.post(USERS, json={"username": "Newcomer", "email": "new@example.com", "enabled": True})
    key = answer.headers["location"].rpartition("/")[2]
    assert (answer.status_code, answer.content) == (201, b"")
    assert keycloak.get(f"{USERS}/{key}").json()["username"] == "newcomer"


def test_a_name_that_is_taken_is_a_409(keycloak):
    answer = keycloak.post(USERS, json={"username": "clerk1"})
    assert (answer.status_code, "errorMessage" in answer.json()) == (409, True)


def test_an_unknown_field_is_a_400(keycloak, control):
    answer = keycloak.put(f"{USERS}/{user_id(keycloak, 'clerk1')}", json={"enable": False})
    assert answer.status_code == 400
    assert control.changes() == []


@pytest.mark.parametrize(("method", "tail"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/logout")])
def test_an_unknown_user_is_a_404(keycloak, method, tail):
    answer = keycloak.request(method, f"{USERS}/nobody{tail}", json={})
    assert (answer.status_code, answer.json()) == (404, {"error": "User not found"})


def test_a_user_is_deleted(keycloak):
    key = user_id(keycloak, "leaver")
    assert keycloak.delete(f"{USERS}/{key}").status_code == 204
    assert keycloak.get(f"{USERS}/{key}").status_code == 404


def test_without_a_token_is_a_401(keycloak):
    assert keycloak.get(USERS, headers={"Authorization": ""}).status_code == 401
