import json

import pytest

from tocsin.base.clock import Clock
from tocsin.lab.rows import BadRowError
from tocsin.lab.values import Containment, Product
from tocsin.lab.world import World


@pytest.fixture
def world(scenario) -> World:
    return World(scenario, clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))


def host_named(world, name):
    return next(host for host in world.tables.hosts.values() if host.name == name)


def user_named(world, name):
    return next(user for user in world.tables.users.values() if user.name == name)


def test_every_change_leaves_an_entry_with_before_and_after(world):
    world.end_sessions(user_named(world, "clerk1"))
    [change] = world.changes
    assert (change.product, change.what, change.at) == (
        Product.KEYCLOAK,
        "ended 2 sessions of clerk1",
        "2026-11-24T03:00:00.000Z",
    )
    assert (len(change.before["sessions"]), change.after["sessions"]) == (2, ())


def test_what_is_already_so_is_no_change(world):
    alias = world.tables.aliases["tocsin_block"]
    world.unblock(alias, "203.0.113.66")
    world.lift_containment(host_named(world, "ws-02"))
    assert world.changes == ()


def test_reset_takes_everything_back_and_gives_the_same_ids_again(world):
    before = world.to_json()
    first = world.add_note("a-1001", "one").id
    world.block(world.tables.aliases["tocsin_block"], "203.0.113.66")
    world.reset()
    assert (world.to_json(), world.changes) == (before, ())
    assert world.add_note("a-1001", "two").id == first


def test_a_patch_changes_the_fields_it_names_and_leaves_the_others(world):
    host = host_named(world, "ws-02")
    world.amend({"hosts": {host.id: {"online": False}}})
    assert world.tables.hosts[host.id].online is False
    assert world.tables.hosts[host.id].contacted == host.contacted


def test_a_patch_removes_a_row_by_null(world):
    world.amend({"reputation": {"203.0.113.66": None}})
    assert "203.0.113.66" not in world.tables.reputation


def test_a_patch_that_changes_nothing_leaves_no_entry(world):
    world.amend({"hosts": {host_named(world, "ws-02").id: {"online": True}}})
    assert world.changes == ()


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ({"host": {}}, "Did you mean “hosts”?"),
        ({"hosts": []}, "“hosts” must be an object"),
        ({"reputation": {"192.0.2.1": {"skore": 1}}}, "Did you mean “score”?"),
        ({"reputation": {"192.0.2.1": {"score": "1"}}}, "must be a whole number"),
        ({"reputation": {"192.0.2.1": {"score": True}}}, "must be a whole number"),
        ({"reputation": {"192.0.2.1": {}}}, "“reputation/192.0.2.1/score” is missing"),
        ({"alerts": {"a-1001": {"status": "gone"}}}, "must be one of open, acknowledged, closed"),
        ({"alerts": {"a-1001": {"id": "a-2"}}}, "cannot change"),
        ({"aliases": {"tocsin_block": {"entries": "192.0.2.1"}}}, "must be a list"),
        ({"aliases": {"tocsin_block": {"entries": [1]}}}, "“aliases/tocsin_block/entries/0” must be a text"),
    ],
)
def test_a_bad_patch_says_what_is_wrong_and_changes_nothing(world, patch, said):
    before = world.to_json()
    with pytest.raises(BadRowError) as caught:
        world.amend({"quotas": {"abuseipdb": {"limit": 5}}, **patch})
    assert said in str(caught.value)
    assert world.to_json() == before


def test_a_pending_order_waits_for_its_reads(world):
    host = host_named(world, "ws-02")
    world.amend({"hosts": {host.id: {"lag": 1}}})
    world.contain(world.tables.hosts[host.id])
    seen = [world.read_hosts([host.id])[0].containment for _ in range(2)]
    assert seen == [Containment.CONTAINMENT_PENDING, Containment.CONTAINED]
    assert [change.what for change in world.changes][1:] == ["asked to contain ws-02", "ws-02 is contained"]


def test_ticket_keys_go_on_after_the_highest(world):
    world.amend({"tickets": {"SEC-41": {"id": "10041", "title": "Old", "created": "2026-11-24T03:00:00.000Z"}}})
    assert world.create_ticket("SEC", {"title": "New"}).key == "SEC-42"


def test_a_change_names_its_row_and_the_request_that_led_to_it(world):
    with world.caused_by("key-1"):
        world.block(world.tables.aliases["tocsin_block"], "203.0.113.66")
    world.unblock(world.tables.aliases["tocsin_block"], "203.0.113.66")
    assert [(change.table, change.key, change.cause) for change in world.changes] == [
        ("aliases", "tocsin_block", "key-1"),
        ("aliases", "tocsin_block", ""),
    ]


def test_what_is_done_at_a_look_was_led_to_by_who_ordered_it(world):
    host = host_named(world, "ws-02")
    with world.caused_by("key-1"):
        world.contain(host)
    with world.caused_by("key-2"):
        world.read_hosts([host.id])
    assert [change.cause for change in world.changes] == ["key-1", "key-1"]


def test_reset_may_begin_another_scenario(world, scenario):
    other = scenario.model_copy(update={"id": "quiet-day", "hosts": scenario.hosts[:2]})
    world.reset(other)
    assert (world.scenario.id, len(world.tables.hosts)) == ("quiet-day", 2)
    world.reset()
    assert world.scenario.id == "quiet-day"


def test_its_text_is_what_it_is_whatever_happened_since_it_was_told_before(world):
    assert json.loads(world.to_text()) == json.loads(json.dumps(world.to_json()))
    world.block(world.tables.aliases["tocsin_block"], "203.0.113.66")
    world.use_quota(Product.ABUSEIPDB)
    world.create_ticket("SEC", {"title": "“Contained”"})
    world.delete_user(user_named(world, "clerk10"))
    assert json.loads(world.to_text()) == json.loads(json.dumps(world.to_json()))
    world.reset()
    assert json.loads(world.to_text()) == json.loads(json.dumps(world.to_json()))
