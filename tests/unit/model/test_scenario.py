import pytest
from pydantic import ValidationError

from tocsin.model.scenario import Scenario

ALERT = {
    "id": "a-1",
    "time": "2026-11-24T03:12:07.000Z",
    "rule": "Brute force",
    "severity": 73,
    "src_ip": "203.0.113.66",
    "dst_ip": "10.20.1.3",
    "host": "ws-03",
    "user": "clerk1",
}
HOST = {"id": "ws-03", "name": "ws-03", "ip": "10.20.1.3"}


def scenario(**more):
    return Scenario.model_validate({"id": "s", "title": "S", "seed": 1, "alert": ALERT, "hosts": [HOST], **more})


def test_a_bare_number_is_a_score():
    read = scenario(reputation={"203.0.113.66": 97, "198.51.100.7": {"score": 4, "allow_listed": True}})
    assert [(fact.score, fact.allow_listed) for fact in read.reputation.values()] == [(97, False), (4, True)]


def test_addresses_are_kept_in_their_short_form():
    assert list(scenario(reputation={"2001:0DB8::0001": 5}).reputation) == ["2001:db8::1"]


@pytest.mark.parametrize(
    "change",
    [
        {"hosts": [HOST, HOST]},
        {"users": [{"name": "a"}, {"name": "a"}]},
        {"hosts": [{**HOST, "ip": "10.20.1.300"}]},
        {"hosts": [{**HOST, "tag": []}]},
        {"reputation": {"203.0.113.66": 101}},
        {"reputation": {"203.0.113.66": True}},
        {"alert": {**ALERT, "severity": "73"}},
        {"alert": {**ALERT, "time": "yesterday"}},
        {"id": "Not Good"},
        {"seed": "1"},
        {"tocsin_scenario": 2},
    ],
)
def test_what_does_not_fit_is_refused(change):
    with pytest.raises(ValidationError):
        scenario(**change)


def test_two_hosts_may_share_a_name():
    assert len(scenario(hosts=[HOST, {**HOST, "id": "other"}]).hosts) == 2
