from types import SimpleNamespace

import pytest

from tocsin.engine.events import Event, EventType
from tocsin.lab import Product, UnknownScenarioError, load_scenario, scenario_names
from tocsin.services.lab import LabKeeper, ServedLab
from tocsin.services.lab_desk import LabDesk, LabParts, LabRun, LabScenario
from tocsin.services.places import Places

RUN = "01890a5d-ac96-774b-bcce-b302099a8057"
OLDER = "01890a5d-0000-774b-bcce-b302099a8057"
TOR = "tor-brute-force"


class Books:
    """Runs that were, each with the keys of its attempts; or a journal that cannot be read."""

    def __init__(self):
        self.keys = {}
        self.loaded = []
        self.fault = None

    def list_runs(self, *, most=50):
        if self.fault:
            raise self.fault
        runs = list(self.keys)[:most]
        return [SimpleNamespace(run=run, no=len(runs) - place, name="Contain") for place, run in enumerate(runs)]

    def load_events(self, run):
        self.loaded.append(run)
        created = Event(run, 1, 1, EventType.RUN_CREATED, "", {})
        return [
            created,
            *(Event(run, 2, 1, EventType.ATTEMPT_STARTED, "x", {"idempotency_key": key}) for key in self.keys[run]),
        ]


@pytest.fixture
def places(tmp_path):
    return Places(*(tmp_path / name for name in ("config", "data", "state", "cache", "runtime")))


@pytest.fixture
def keeper(places):
    keeper = LabKeeper(places)
    yield keeper
    keeper.close()


@pytest.fixture
def books():
    return Books()


@pytest.fixture
def desk(keeper, books):
    desk = LabDesk(
        LabParts(
            keeper=lambda: keeper,
            books=lambda: books,
            scenarios=lambda: [load_scenario(name) for name in scenario_names()],
            inject=lambda: keeper.control().inject({"id": "a-7"}),
        )
    )
    yield desk
    desk.close()


def block(keeper, key):
    """Change the Lab's world as an attempt does, by a request that carries its key."""
    world = keeper._own.world
    with world.caused_by(key):
        world.block(world.tables.aliases["tocsin_block"], "203.0.113.66")


def test_looking_starts_no_lab(desk, keeper):
    assert desk.look().result() is None
    assert keeper.find_addresses() is None


def test_a_started_lab_tells_its_world(desk):
    look = desk.start().result()
    assert (look.scenario, look.products, look.changes, look.runs) == (TOR, len(Product) - 1, (), ())
    assert {host["name"] for host in look.tables["hosts"].values()} >= {"ws-03", "dc-01"}


def test_while_nothing_changes_the_look_is_the_same_object(desk):
    look = desk.start().result()
    assert desk.look().result() is look
    desk.inject().result()
    assert desk.look().result() is not look


def test_a_change_names_the_run_whose_attempt_made_it(desk, keeper, books):
    desk.start().result()
    books.keys = {RUN: ["key-2"], OLDER: ["key-1"]}
    block(keeper, "key-1")
    look = desk.look().result()
    [change] = look.changes
    assert (change.run, change.table, change.after["entries"]) == (
        LabRun(OLDER, 1, "Contain"),
        "aliases",
        ["203.0.113.66"],
    )
    assert [run.label for run in look.runs] == ["R-1"]


def test_runs_are_looked_up_once(desk, keeper, books):
    desk.start().result()
    books.keys = {RUN: ["key-1"]}
    block(keeper, "key-1")
    desk.look().result()
    desk.inject().result()
    desk.look().result()
    assert books.loaded == [RUN]


def test_a_journal_that_cannot_be_read_hides_no_change(desk, keeper, books):
    desk.start().result()
    books.fault = UnknownScenarioError("x", ())
    block(keeper, "key-1")
    assert [change.run for change in desk.look().result().changes] == [None]


def test_reset_takes_everything_back(desk):
    before = desk.start().result()
    desk.inject().result()
    after = desk.reset().result()
    assert (after.tables["alerts"], after.changes) == (before.tables["alerts"], ())


def test_an_injected_alert_is_returned(desk):
    assert desk.inject().result()["id"] == "a-7"


def test_a_lab_of_another_process_that_ends_is_none_any_more(desk, places, keeper):
    served = ServedLab(places, TOR, first_port=None)
    assert keeper.addresses() == served.addresses
    assert desk.look().result() is not None
    served.close()
    assert desk.look().result() is None
    assert desk.start().result() is not None


def test_starting_with_what_is_played_already_changes_nothing(desk):
    desk.start().result()
    desk.inject().result()
    assert len(desk.start(TOR).result().changes) == 1


def test_a_scenario_that_is_not_shipped_is_refused(desk):
    with pytest.raises(UnknownScenarioError):
        desk.start("nosuch").result()


def test_every_scenario_is_told_before_it_is_played(desk):
    told = {scenario.id: scenario for scenario in desk.scenarios().result()}
    assert sorted(told) == scenario_names()
    assert told[TOR] == LabScenario.of(load_scenario(TOR))
    assert (told[TOR].hosts, told[TOR].users, told[TOR].address) == (10, 6, "203.0.113.66")
