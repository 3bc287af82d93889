import pytest


def test_without_its_token_it_tells_nothing(control):
    answer = control.client.get("/world", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, list(answer.json())) == (401, ["error"])


def test_the_world_names_scenario_and_seed(control):
    world = control.world()
    assert (world["scenario"], world["seed"]) == ("tor-brute-force", 41)


def test_reset_puts_back_the_world_the_faults_and_the_requests(control, opnsense):
    before = control.world()
    control.plant(product="opnsense", path="*", status=500)
    control.amend({"reputation": {"203.0.113.66": {"score": 1}}})
    opnsense.get("/api/firewall/alias_util/aliases")
    assert control.client.post("/reset").json() == before
    assert opnsense.get("/api/firewall/alias_util/aliases").status_code == 200
    assert len(control.client.get("/requests").json()) == 1
    assert control.changes() == []


def test_an_alert_is_injected_with_the_scenarios_facts_for_what_it_does_not_say(control):
    alert = control.client.post("/inject", json={"alert": {"id": "a-7", "src_ip": "198.51.100.9", "raw": {}}}).json()
    assert (alert["id"], alert["src_ip"], alert["user"], alert["status"]) == ("a-7", "198.51.100.9", "clerk1", "open")
    assert control.world()["alerts"]["a-7"] == alert


def test_an_alert_may_also_be_the_whole_body(control):
    assert control.client.post("/inject", json={"id": "a-8"}).json()["id"] == "a-8"


@pytest.mark.parametrize("alert", [{"severety": 1}, {"severity": "high"}, {"id": 5}, []])
def test_a_bad_alert_is_a_400_that_says_why(control, alert):
    answer = control.client.post("/inject", json={"alert": alert})
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


@pytest.mark.parametrize(
    "change",
    [
        {"product": "nothing"},
        {"product": "control"},
        {"status": 200},
        {"status": "explode"},
        {"status": True},
        {"times": 0},
        {"times": "once"},
        {"seconds": -1},
        {"sttaus": 500},
    ],
)
def test_a_bad_fault_is_a_400_and_is_not_planted(control, change):
    answer = control.client.put("/faults", json={"product": "jira", "path": "*", "status": 500, **change})
    assert (answer.status_code, control.client.get("/faults").json()) == (400, [])


def test_faults_are_listed_and_taken_away(control, opnsense):
    control.plant(product="opnsense", path="/api/*", status=503, times=None)
    [fault] = control.client.get("/faults").json()
    assert (fault["path"], fault["status"], fault["times"]) == ("/api/*", 503, None)
    assert control.client.delete("/faults").status_code == 204
    assert opnsense.get("/api/firewall/alias_util/aliases").status_code == 200


def test_a_bad_patch_is_a_400(control):
    answer = control.client.patch("/world", json={"hosts": {"x": {"id": "y"}}})
    assert (answer.status_code, "cannot change" in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"a": NaN}', b"\xff"])
def test_a_body_that_is_no_json_is_a_400(control, body):
    assert control.client.patch("/world", content=body).status_code == 400


def test_its_own_calls_are_not_among_the_requests(control):
    control.world()
    assert control.client.get("/requests").json() == []


def test_a_change_says_which_request_led_to_it(control, opnsense):
    address = {"address": "203.0.113.66"}
    opnsense.post(
        "/api/firewall/alias_util/add/tocsin_block", json=address, headers={"Idempotency-Key": "key-1"}
    ).raise_for_status()
    [change] = control.client.get("/changes").json()
    assert (change["table"], change["key"], change["cause"]) == ("aliases", "tocsin_block", "key-1")


def test_reset_takes_the_name_of_a_shipped_scenario(control):
    assert control.client.post("/reset", json={"scenario": "tor-brute-force"}).json()["scenario"] == "tor-brute-force"
    answer = control.client.post("/reset", json={"scenario": "../secrets"})
    assert (answer.status_code, "no scenario" in answer.json()["error"]) == (400, True)


def test_the_worlds_clock_can_be_put_forward_and_the_world_lives_on(control):
    before = control.client.get("/clock").json()
    after = control.client.post("/clock", json={"seconds": 300}).json()
    seen = control.client.get("/watched").json()
    assert (before["minutes"], after["minutes"], seen["minutes"]) == (0, 5, 5)
    assert {flow["outside"] for flow in seen["flows"]} == {"203.0.113.66", "198.51.100.7", "198.51.100.9"}


@pytest.mark.parametrize("seconds", [0, -1, "60", 10**9])
def test_the_clock_goes_forward_alone_and_a_week_at_most(control, seconds):
    assert control.client.post("/clock", json={"seconds": seconds}).status_code == 400


@pytest.fixture
def asked(control, opnsense, keycloak):
    opnsense.get("/api/firewall/alias_util/list/tocsin_block")
    opnsense.post("/api/firewall/alias_util/add/tocsin_block", json={"address": "203.0.113.66"})
    control.plant(product="opnsense", path="*", status=503, times=1)
    opnsense.get("/api/firewall/alias_util/aliases")

    def search(**wishes):
        found = control.client.get("/requests", params=wishes).raise_for_status().json()
        return [f"{row['method']} {row['path'].rpartition('/')[2]}" for row in found]

    return search


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ({"text": "keycloak"}, ["POST token"]),
        ({"text": "opnsense"}, ["GET tocsin_block", "POST tocsin_block", "GET aliases"]),
        ({"text": "post ALIAS_UTIL/add"}, ["POST tocsin_block"]),
        ({"text": "opnsense 503"}, ["GET aliases"]),
        ({"text": "opnsense", "most": 2}, ["POST tocsin_block", "GET aliases"]),
        ({"text": "nothing of the kind"}, []),
    ],
)
def test_the_requests_that_came_can_be_searched(asked, wishes, found):
    assert asked(**wishes) == found


@pytest.mark.parametrize("query", ["most=0", "most=x", "most=99999999"])
def test_a_search_without_bounds_is_refused(control, query):
    assert control.client.get(f"/requests?{query}").status_code == 400
