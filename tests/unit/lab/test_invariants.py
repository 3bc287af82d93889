"""Whatever is done to the world in whatever order, and however much time passes between: what must always be so."""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tocsin.base.clock import Clock
from tocsin.lab.ids import add_value, is_listed, reload_rules, remove_value, save_sets
from tocsin.lab.life import TOKEN_MINUTES, Life
from tocsin.lab.scenarios import load_scenario
from tocsin.lab.telling import post, send, take_back
from tocsin.lab.told_values import Mail
from tocsin.lab.twins.mattermost import CHANNEL
from tocsin.lab.upkeep import is_reachable, launch_job, look_at_job, look_at_scan, start_scan
from tocsin.lab.upkeep_values import ScanState
from tocsin.lab.values import Containment, TicketStatus
from tocsin.lab.world import World

SCENARIO = load_scenario("critical-cve-dmz").model_copy(
    update={"business": {"203.0.113.140": "The web shop"}, "groups": ("staff",)}
)
ADDRESSES = st.sampled_from(["203.0.113.140", "198.51.100.9", "203.0.113.0/24"])
PLACES = st.integers(0, 6)


class WorldInUse(RuleBasedStateMachine):
    """One world, as several playbooks and people would use it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(SCENARIO, clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))
        self.life = Life(self.world)
        self.started = self.world.to_json()
        self.seen = 0

    def _host(self, place: int):
        hosts = list(self.world.tables.hosts.values())
        return hosts[place % len(hosts)]

    def _user(self, place: int):
        users = list(self.world.tables.users.values())
        return users[place % len(users)]

    @rule(address=ADDRESSES)
    def block(self, address: str) -> None:
        self.world.block(self.world.tables.aliases["tocsin_block"], address)

    @rule(address=ADDRESSES)
    def unblock(self, address: str) -> None:
        self.world.unblock(self.world.tables.aliases["tocsin_block"], address)

    @rule(address=ADDRESSES)
    def kill(self, address: str) -> None:
        self.world.kill_connections(address)

    @rule(place=PLACES)
    def isolate(self, place: int) -> None:
        self.world.contain(self._host(place))

    @rule(place=PLACES)
    def release(self, place: int) -> None:
        self.world.lift_containment(self._host(place))

    @rule()
    def look_at_hosts(self) -> None:
        self.world.read_hosts(list(self.world.tables.hosts))

    @rule(place=PLACES, enabled=st.booleans())
    def set_enabled(self, place: int, enabled: bool) -> None:  # noqa: FBT001  a rule takes what is drawn
        self.world.update_user(replace(self._user(place), enabled=enabled))

    @rule(place=PLACES)
    def sign_out(self, place: int) -> None:
        self.world.end_sessions(self._user(place))

    @rule(limit=st.sampled_from(["", "web-01", "web-01,db-01", "nobody"]), template=st.sampled_from(["7", "8"]))
    def run_job(self, limit: str, template: str) -> None:
        launch_job(self.world, self.world.tables.job_templates[template], limit)

    @rule()
    def look_at_jobs(self) -> None:
        for job in list(self.world.tables.jobs.values()):
            look_at_job(self.world, job)

    @rule()
    def scan(self) -> None:
        start_scan(self.world, self.world.tables.scans["12"])

    @rule()
    def look_at_scan(self) -> None:
        before = self.world.tables.scans["12"]
        after = look_at_scan(self.world, before)
        if before.state is ScanState.RUNNING and after.state is ScanState.COMPLETED:
            hosts = self.world.tables.hosts
            assert set(after.answered) == {key for key in after.targets if is_reachable(hosts[key])}
            assert not any(self.world.tables.weaknesses[key].mended for key in after.found)

    @rule(name=st.sampled_from(["tocsin-listed", "unused-listed", "shipped-listed"]), address=ADDRESSES)
    def list_value(self, name: str, address: str) -> None:
        row = self.world.tables.datasets[name]
        assert add_value(self.world, row, address) is (address not in row.entries)

    @rule(name=st.sampled_from(["tocsin-listed", "shipped-listed"]), address=ADDRESSES)
    def take_value_out(self, name: str, address: str) -> None:
        row = self.world.tables.datasets[name]
        assert remove_value(self.world, row, address) is (address in row.entries)

    @rule(saves=st.booleans())
    def reload(self, saves: bool) -> None:  # noqa: FBT001  a rule takes what is drawn
        if saves:
            save_sets(self.world)
        listed = self.world.tables.datasets["tocsin-listed"].entries
        reload_rules(self.world)
        assert self.world.tables.datasets["tocsin-listed"].entries == listed
        assert self.world.tables.datasets["shipped-listed"].entries == ()

    @rule(text=st.sampled_from(["Contained", "All well"]))
    def say(self, text: str) -> None:
        post(self.world, CHANNEL, text, {})

    @precondition(lambda self: self.world.tables.posts)
    @rule(place=PLACES)
    def take_back(self, place: int) -> None:
        rows = list(self.world.tables.posts.values())
        take_back(self.world, rows[place % len(rows)])

    @rule(place=PLACES, outside=st.booleans())
    def write(self, place: int, outside: bool) -> None:  # noqa: FBT001  as above
        to = ("auditor@example.net",) if outside else (self._user(place).email,)
        copies = len(self.world.tables.messages)
        send(self.world, Mail("", "tocsin@example.com", to, "Contained", "Blocked.", ""))
        assert len(self.world.tables.messages) == copies + (not outside)

    @precondition(lambda self: self.world.tables.tickets)
    @rule()
    def close_calls(self) -> None:
        for ticket in list(self.world.tables.tickets.values()):
            self.world.move_ticket(ticket, TicketStatus.DONE)

    @rule(minutes=st.integers(1, 8))
    def let_pass(self, minutes: int) -> None:
        self.seen = len(self.world.watched.flows)
        tried = len(self.world.watched.sign_ins)
        enabled = {user.name for user in self.world.tables.users.values() if user.enabled}
        cut_off = {h.name for h in self.world.tables.hosts.values() if h.containment is Containment.CONTAINED}
        self.world.clock.put_forward(minutes * 60)
        self.life.catch_up()
        for flow in list(self.world.watched.flows)[self.seen :]:
            assert not (flow.fresh and self.world.is_blocked(flow.outside))
            assert flow.host not in cut_off
        for sign_in in list(self.world.watched.sign_ins)[tried:]:
            assert sign_in.succeeded is (sign_in.user in enabled)
        self._no_session_outlives_its_account()
        self._blocked_business_is_called_about()

    def _no_session_outlives_its_account(self) -> None:
        clock = self.world.clock
        for user in self.world.tables.users.values():
            if not user.enabled and user.sessions:
                locked = clock.minutes_between(user.disabled_at or clock.begun, clock.time_of(clock.minutes))
                assert locked < TOKEN_MINUTES

    def _blocked_business_is_called_about(self) -> None:
        calls = [t for t in self.world.tables.tickets.values() if "help-desk" in t.labels]
        is_open = [ticket for ticket in calls if ticket.status is not TicketStatus.DONE]
        if self.world.is_blocked("203.0.113.140"):
            assert len(is_open) == 1
        assert len({ticket.key for ticket in calls}) == len(calls)

    @invariant()
    def what_was_said_and_sent_stays_said_and_sent(self) -> None:
        tables = self.world.tables
        assert len(tables.posts) == sum(change.what == "posted a message" for change in self.world.changes)
        assert [int(key) for key in tables.mails] == list(range(1, len(tables.mails) + 1))

    @invariant()
    def an_address_is_found_only_by_a_set_that_a_rule_tests(self) -> None:
        sets = self.world.tables.datasets
        assert is_listed(sets.values(), "198.51.100.9") is any(
            "198.51.100.9" in sets[name].entries for name in ("tocsin-listed", "shipped-listed")
        )

    @invariant()
    def every_change_tells_what_was_and_what_is(self) -> None:
        rows = {}
        for change in self.world.changes:
            place = change.table, change.key
            assert _told(change.before) == rows.get(place, _told(change.before))
            rows[place] = _told(change.after)

    def teardown(self) -> None:
        self.world.reset()
        assert self.world.to_json() == self.started


def _told(row):
    """What a diary tells of a row: everything but how often it must still be looked at."""
    return row and {name: value for name, value in row.items() if name not in {"looks_left", "reads_left"}}


WorldInUse.TestCase.settings = settings(
    max_examples=100, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestWorldInUse = WorldInUse.TestCase


def test_the_same_deeds_at_the_same_minutes_give_the_same_world():
    told = []
    for _ in range(2):
        world = World(SCENARIO, clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))
        life = Life(world)
        for step in range(6):
            world.block(world.tables.aliases["tocsin_block"], "203.0.113.140")
            world.kill_connections("203.0.113.140")
            world.clock.put_forward(60 * (step + 1))
            life.catch_up()
            world.unblock(world.tables.aliases["tocsin_block"], "203.0.113.140")
        told.append((world.to_json(), world.watched.to_json(), world.changes))
    assert told[0] == told[1]
