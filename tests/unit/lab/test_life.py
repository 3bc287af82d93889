import pytest

from tocsin.base.clock import Clock
from tocsin.lab.life import Life
from tocsin.lab.scenarios import load_scenario
from tocsin.lab.values import TicketStatus
from tocsin.lab.world import World

BAD, PAYROLL = "203.0.113.66", "198.51.100.9"


@pytest.fixture
def world():
    return World(load_scenario("tor-brute-force"), clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))


@pytest.fixture
def let_pass(world):
    life = Life(world)

    def passed(minutes):
        world.clock.put_forward(minutes * 60)
        life.catch_up()

    return passed


def named(rows, name):
    return next(row for row in rows.values() if row.name == name)


def talks(world, outside, *, after=0):
    return [flow for flow in list(world.watched.flows)[after:] if flow.outside == outside]


def test_in_the_first_minute_nothing_has_happened_yet(world, let_pass):
    let_pass(0)
    assert (world.changes, list(world.watched.flows)) == ((), [])


def test_a_blocked_address_talks_on_until_its_connections_are_ended_and_then_no_more(world, let_pass):
    world.block(world.tables.aliases["tocsin_block"], BAD)
    let_pass(1)
    assert {flow.fresh for flow in talks(world, BAD)} == {False}
    world.kill_connections(BAD)
    seen = len(world.watched.flows)
    let_pass(5)
    assert talks(world, BAD, after=seen) == []


def test_an_address_that_is_not_blocked_comes_back_after_its_connections_were_ended(world, let_pass):
    world.kill_connections(BAD)
    let_pass(1)
    assert {flow.fresh for flow in talks(world, BAD)} == {True}


def test_an_alias_that_no_rule_uses_stops_nothing(world, let_pass):
    world.block(world.tables.aliases["unused_block"], BAD)
    world.kill_connections(BAD)
    let_pass(1)
    assert talks(world, BAD)


def test_a_network_in_an_alias_blocks_its_addresses(world):
    world.amend({"aliases": {"tocsin_block": {"kind": "network", "entries": ["203.0.113.0/24"]}}})
    assert (world.is_blocked(BAD), world.is_blocked(PAYROLL)) == (True, False)


def test_an_isolated_host_talks_to_nobody_and_reports_to_the_edr_alone(world, let_pass):
    host = named(world.tables.hosts, "ws-02")
    let_pass(1)
    world.contain(host)
    world.read_hosts([host.id])
    seen, last = len(world.watched.flows), world.watched.heard_by_siem[host.id]
    let_pass(3)
    assert [flow for flow in list(world.watched.flows)[seen:] if flow.host == "ws-02"] == []
    assert (world.watched.heard_by_siem[host.id], world.watched.heard_by_edr[host.id] > last) == (last, True)


def test_what_a_disabled_account_had_open_lives_five_minutes_and_nobody_signs_in_to_it_again(world, let_pass):
    user = named(world.tables.users, "clerk1")
    world.update_user(type(user)(**{**_fields(user), "enabled": False}))
    let_pass(4)
    assert len(world.tables.users[user.id].sessions) == 2
    let_pass(6)
    assert world.tables.users[user.id].sessions == ()
    assert {sign_in.succeeded for sign_in in world.watched.sign_ins if sign_in.user == "clerk1"} == {False}


def _fields(row):
    return {name: getattr(row, name) for name in row.__slots__}


def test_whoever_is_only_signed_out_signs_in_again(world, let_pass):
    user = named(world.tables.users, "clerk1")
    world.end_sessions(user)
    let_pass(3)
    assert len(world.tables.users[user.id].sessions) == 1


def calls(world):
    return [ticket for ticket in world.tables.tickets.values() if "help-desk" in ticket.labels]


def test_who_cannot_reach_what_the_work_needs_calls_the_help_desk_once(world, let_pass):
    world.block(world.tables.aliases["tocsin_block"], PAYROLL)
    let_pass(5)
    [call] = calls(world)
    assert (call.key, call.title) == ("HELP-1", "The payroll service cannot be reached")
    world.move_ticket(call, TicketStatus.DONE)
    let_pass(1)
    assert len(calls(world)) == 2  # it is closed, and still does not work


def test_a_bad_address_that_is_blocked_bothers_nobody(world, let_pass):
    world.block(world.tables.aliases["tocsin_block"], BAD)
    let_pass(5)
    assert calls(world) == []


def test_what_is_timed_happens_in_its_minute():
    scenario = load_scenario("tor-brute-force")
    later = scenario.alert.model_copy(update={"id": "a-2000"})
    timed = scenario.model_validate({**scenario.model_dump(), "timeline": [{"minute": 2, "alert": later.model_dump()}]})
    world = World(timed, clock=Clock(utc_micros=lambda: 0))
    life = Life(world)
    arrived = []
    for _ in range(3):
        world.clock.put_forward(60)
        life.catch_up()
        arrived.append("a-2000" in world.tables.alerts)
    assert arrived == [False, True, True]


def test_a_lab_that_nobody_looked_at_for_days_lives_only_its_last_hours(world, let_pass):
    let_pass(60 * 24 * 6)
    assert world.watched.minutes == 60 * 24 * 6
    assert len({flow.at for flow in world.watched.flows}) <= 240


def test_reset_begins_the_story_again(world, let_pass):
    let_pass(5)
    world.reset()
    assert (world.watched.minutes, world.clock.minutes, list(world.watched.flows)) == (0, 0, [])
