import json
from datetime import datetime
from itertools import pairwise

import pytest

from tocsin.base.clock import Clock
from tocsin.lab import eve
from tocsin.lab.eve import EveFile
from tocsin.lab.ids import add_value
from tocsin.lab.life import Life
from tocsin.lab.world import World

BAD, QUIET = "203.0.113.66", "198.51.100.9"


class Watch:
    """A world, its life, and the file in which its traffic is written down."""

    def __init__(self, scenario, path):
        self.path = path
        self.world = World(scenario, clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))
        self.file = EveFile(self.world)
        self.life = Life(self.world, on_caught_up=self.file.write)
        self.file.open(path)

    def let_pass(self, minutes):
        before = len(self.events())
        self.world.clock.put_forward(minutes * 60)
        self.life.catch_up()
        return self.events()[before:]

    def events(self):
        return [json.loads(line) for line in self.path.read_text().splitlines()]


@pytest.fixture
def watch(scenario, tmp_path):
    return Watch(scenario, tmp_path / "eve.json")


def with_address(events, address):
    return [event for event in events if address in {event["src_ip"], event["dest_ip"]}]


def alerts(events, address):
    return [event["alert"]["signature"] for event in with_address(events, address) if event["event_type"] == "alert"]


def test_what_is_written_has_the_form_of_the_real_one(watch):
    events = watch.let_pass(8)
    bad = with_address(events, BAD)
    assert {BAD} < {event["src_ip"] for event in bad}  # in one packet it is the source
    assert {BAD} < {event["dest_ip"] for event in bad}  # and in another the destination
    assert all(event["flow_id"] > 2**53 for event in events)
    moments = [datetime.strptime(event["timestamp"], "%Y-%m-%dT%H:%M:%S.%f%z") for event in events]
    assert all(a <= b for a, b in pairwise(moments))
    assert events[0]["timestamp"].endswith("+0000")


def test_traffic_stops_when_an_address_is_blocked_and_its_open_connections_are_ended(watch):
    assert with_address(watch.let_pass(1), BAD)
    watch.world.block(watch.world.tables.aliases["tocsin_block"], BAD)
    assert with_address(watch.let_pass(1), BAD)  # what is open goes on
    watch.world.kill_connections(BAD)
    later = watch.let_pass(3)
    assert (with_address(later, BAD), bool(with_address(later, QUIET))) == ([], True)


def test_a_listed_address_is_found_where_a_rule_tests_the_set(watch):
    assert alerts(watch.let_pass(1), QUIET) == []
    add_value(watch.world, watch.world.tables.datasets["unused-listed"], QUIET)
    assert alerts(watch.let_pass(1), QUIET) == []
    add_value(watch.world, watch.world.tables.datasets["tocsin-listed"], QUIET)
    assert set(alerts(watch.let_pass(1), QUIET)) == {"Traffic with a listed address"}


def test_a_known_bad_address_is_found_without_a_set(watch):
    assert set(alerts(watch.let_pass(1), BAD)) == {"Traffic with a TOR exit"}


def test_another_story_begins_another_file(watch):
    watch.let_pass(1)
    first = watch.path.stat().st_ino
    watch.world.reset()
    watch.life.catch_up()
    assert {event["timestamp"] for event in watch.events()} == {watch.events()[0]["timestamp"]}
    assert watch.path.stat().st_ino != first
    assert watch.path.with_name("eve.json.1").read_text()


def test_a_file_that_has_grown_large_is_put_aside(watch, monkeypatch):
    monkeypatch.setattr(eve, "LARGEST_FILE", 100)
    watch.let_pass(1)
    count = len(watch.events())
    watch.let_pass(1)
    assert len(watch.path.with_name("eve.json.1").read_text().splitlines()) == count


def test_a_disk_that_refuses_stops_no_answer_and_what_was_missed_is_written_later(watch, caplog):
    home = watch.path.parent
    away = home.rename(home.with_name("away"))
    home.touch()  # no file can be made in what is no folder
    watch.world.clock.put_forward(60)
    watch.life.catch_up()
    assert "not written down" in caplog.text
    home.unlink()
    away.rename(home)
    assert with_address(watch.let_pass(0), BAD)


def test_a_file_that_was_swept_away_is_begun_again(watch):
    watch.path.unlink()
    watch.world.clock.put_forward(60)
    watch.life.catch_up()
    assert with_address(watch.events(), BAD)


def test_the_same_story_is_written_down_the_same(scenario, tmp_path):
    first, second = (Watch(scenario, tmp_path / name) for name in ("a.json", "b.json"))
    assert first.let_pass(5) == second.let_pass(5)


def test_nothing_is_written_before_there_is_a_file(scenario):
    EveFile(World(scenario)).write()
