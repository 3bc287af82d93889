import json

import pytest

from tocsin.base.clock import Clock
from tocsin.lab import Lab, UnreadableWorldError, load_scenario
from tocsin.lab.keeping import keep_world, take_up
from tocsin.lab.life import Life
from tocsin.lab.world import World


def new_world(name="tor-brute-force"):
    return World(load_scenario(name), clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))


@pytest.fixture
def kept(tmp_path):
    """A file that holds a world in which something happened, and that world."""
    world = new_world()
    with world.caused_by("key-1"):
        world.block(world.tables.aliases["tocsin_block"], "198.51.100.9")
    world.add_note("a-1001", "one")
    world.clock.put_forward(600)
    Life(world).catch_up()
    keep_world(world, tmp_path / "lab.json")
    return tmp_path / "lab.json", world


def test_a_world_goes_on_where_it_ended(kept):
    path, before = kept
    world = new_world()
    assert take_up(world, path)
    assert json.dumps(world.to_json()) == json.dumps(before.to_json())
    assert [(change.what, change.cause) for change in world.changes] == [(c.what, c.cause) for c in before.changes]
    assert (world.clock.minutes, world.add_note("a-1001", "two").id) == (10, before.add_note("a-1001", "two").id)


def test_what_was_lived_is_not_lived_again(kept):
    world = new_world()
    take_up(world, kept[0])
    Life(world).catch_up()
    assert list(world.watched.flows) == []


def test_without_a_file_and_with_one_of_another_scenario_it_begins_anew(kept, tmp_path):
    world = new_world("joiner")
    assert (take_up(world, tmp_path / "none.json"), take_up(world, kept[0]), world.changes) == (False, False, ())


@pytest.mark.parametrize("text", ["", "{}", '{"world": 1}', '{"world": {"scenario": "tor-brute-force"}}', "[1]"])
def test_a_file_that_holds_no_world_is_an_error_and_stays(tmp_path, text):
    path = tmp_path / "lab.json"
    path.write_text(text)
    with pytest.raises(UnreadableWorldError) as caught:
        take_up(new_world(), path)
    assert caught.value.line.startswith("TOC-E083 “lab.json” holds no world of a Lab")
    assert path.read_text() == text


def test_a_lab_keeps_its_world_at_its_end_and_takes_it_up_with_new_sign_ins(tmp_path):
    path = tmp_path / "lab.json"
    first = Lab(load_scenario("joiner"), keep=path)
    token = first.start().control_token
    first.world.add_note("a-1001", "one")
    first.stop()
    second = Lab(load_scenario("joiner"), keep=path)
    assert [note.text for note in second.world.tables.notes.values()] == ["one"]
    assert token not in path.read_text()
