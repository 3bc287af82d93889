import json

from tocsin.lab.scenarios import load_scenario
from tocsin.lab.seed import BLOCK_ALIAS, seed_tables
from tocsin.lab.values import Containment
from tocsin.lab.world import World


def test_the_same_seed_gives_the_same_world_to_the_byte(scenario):
    first, second = (json.dumps(World(scenario).to_json()) for _ in range(2))
    assert first == second


def test_another_seed_gives_other_ids_and_the_same_names(scenario):
    tables, others = seed_tables(scenario), seed_tables(scenario.model_copy(update={"seed": 42}))
    assert set(tables.hosts).isdisjoint(others.hosts)
    assert [host.name for host in tables.hosts.values()] == [host.name for host in others.hosts.values()]


def test_the_story_has_its_traps(scenario):
    tables = seed_tables(scenario)
    contacted = [host for host in tables.hosts.values() if scenario.alert.src_ip in host.contacted]
    assert len(contacted) == 3
    assert [host.name for host in contacted if "SensorGroupingTags/critical" in host.tags] == ["ws-03"]
    assert [host.name for host in tables.hosts.values()].count("ws-0412") == 2
    assert {"clerk1", "clerk10"} <= {user.name for user in tables.users.values()}
    assert any(user.federated for user in tables.users.values())
    assert any(not alias.blocks for alias in tables.aliases.values())


def test_times_are_counted_back_from_the_alert(scenario):
    host = next(host for host in seed_tables(scenario).hosts.values() if host.online)
    assert host.last_seen == "2026-11-24T03:10:07.000Z"


def test_what_someone_did_before_the_story_is_so_when_it_begins():
    tables = seed_tables(load_scenario("false-positive"))
    assert tables.aliases[BLOCK_ALIAS].entries == ("198.51.100.53", "198.51.100.9", "203.0.113.66")
    isolated = [host.name for host in tables.hosts.values() if host.containment is Containment.CONTAINED]
    assert isolated == ["ws-11", "ws-0412"]
