import pytest

CHECK = "/api/v2/check"


def check(abuseipdb, address, **parameters):
    return abuseipdb.get(CHECK, params={"ipAddress": address, **parameters})


def test_a_tor_exit_has_a_high_score(abuseipdb):
    data = check(abuseipdb, "203.0.113.66", maxAgeInDays=90).json()["data"]
    assert (data["abuseConfidenceScore"], data["isTor"], data["isWhitelisted"], data["isPublic"]) == (
        97,
        True,
        False,
        True,
    )


def test_an_unknown_address_has_score_zero_and_was_never_reported(abuseipdb):
    data = check(abuseipdb, "192.0.2.200").json()["data"]
    assert (data["abuseConfidenceScore"], data["totalReports"], data["lastReportedAt"]) == (0, 0, None)


def test_an_internal_address_is_not_public(abuseipdb):
    assert check(abuseipdb, "10.20.1.3").json()["data"]["isPublic"] is False


def test_a_score_that_control_changed_is_answered(abuseipdb, control):
    control.amend({"reputation": {"192.0.2.200": {"score": 55, "allow_listed": True}}})
    data = check(abuseipdb, "192.0.2.200").json()["data"]
    assert (data["abuseConfidenceScore"], data["isWhitelisted"]) == (55, True)


def test_an_ipv6_address_is_known_by_every_spelling(abuseipdb, control):
    control.amend({"reputation": {"2001:db8::1": {"score": 12}}})
    assert check(abuseipdb, "2001:0DB8:0:0::1").json()["data"]["abuseConfidenceScore"] == 12


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"ipAddress": "ws-03"},
        {"ipAddress": "192.0.2.1", "maxAgeInDays": "0"},
        {"ipAddress": "192.0.2.1", "maxAgeInDays": "366"},
    ],
)
def test_a_bad_parameter_is_a_422(abuseipdb, parameters):
    answer = abuseipdb.get(CHECK, params=parameters)
    assert (answer.status_code, answer.json()["errors"][0]["status"]) == (422, 422)


def test_a_wrong_key_is_a_401(abuseipdb):
    answer = abuseipdb.get(CHECK, params={"ipAddress": "192.0.2.1"}, headers={"Key": "wrong"})
    assert (answer.status_code, answer.json()["errors"][0]["status"]) == (401, 401)


def test_each_look_up_is_counted_in_the_limits(abuseipdb):
    left = [int(check(abuseipdb, "192.0.2.1").headers["x-ratelimit-remaining"]) for _ in range(2)]
    assert left == [999, 998]


def test_a_spent_quota_is_a_429_that_says_when_to_come_back(abuseipdb, control):
    control.amend({"quotas": {"abuseipdb": {"limit": 1}}})
    statuses = [check(abuseipdb, "192.0.2.1").status_code for _ in range(2)]
    refused = check(abuseipdb, "192.0.2.1")
    assert statuses == [200, 429]
    assert (0 < int(refused.headers["retry-after"]) <= 86_400, refused.headers["x-ratelimit-remaining"]) == (True, "0")


def test_poisoned_it_calls_everything_bad_and_says_so_of_no_wrong_question(abuseipdb, control):
    control.plant(product="abuseipdb", path="*", status="poisoned")
    data = abuseipdb.get(CHECK, params={"ipAddress": "198.51.100.53"}).json()["data"]
    assert (data["abuseConfidenceScore"], data["isWhitelisted"]) == (100, False)
    assert abuseipdb.get(CHECK, params={"ipAddress": "nonsense"}).status_code == 422
