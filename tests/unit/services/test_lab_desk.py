import http.client
import json
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tocsin.connectors import load_catalogue
from tocsin.engine.events import Event, EventType, RunStatus
from tocsin.expressions import compile_expression
from tocsin.lab import Product, UnknownScenarioError, World, load_scenario, scenario_names
from tocsin.services.lab import LabKeeper, ServedLab
from tocsin.services.lab_desk import (
    GoalState,
    LabDesk,
    LabFault,
    LabParts,
    LabRun,
    LabScenario,
    RunStanding,
    goals_of,
)
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
        self.status = "succeeded"
        self.undoable = ()

    def list_runs(self, *, most=50):
        if self.fault:
            raise self.fault
        runs = list(self.keys)[:most]
        facts = {"name": "Contain", "status": self.status, "started_at": 1, "ended_at": 2}
        return [SimpleNamespace(run=run, no=len(runs) - place, **facts) for place, run in enumerate(runs)]

    def changes_of(self, _run):
        if self.fault:
            raise self.fault
        return self.undoable

    def load_events(self, run):
        self.loaded.append(run)
        created = Event(run, 1, 1, EventType.RUN_CREATED, "", {}, by="user:local")
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
            catalogue=lambda: load_catalogue([]),
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


def test_a_change_tells_the_step_and_how_its_run_stands(desk, keeper, books):
    desk.start().result()
    books.keys = {RUN: ["key-1"]}
    block(keeper, "key-1")
    look = desk.look().result()
    assert look.changes[0].path == "x"
    assert look.standings == {RUN: RunStanding(RunStatus.SUCCEEDED, "user:local", 1, 2)}


def test_how_a_run_stands_is_asked_for_until_it_is_over(desk, keeper, books):
    desk.start().result()
    books.keys, books.status = {RUN: ["key-1"]}, "running"
    block(keeper, "key-1")
    assert not desk.look().result().standings[RUN].is_over
    books.status = "failed"
    assert desk.look().result().standings[RUN].status is RunStatus.FAILED


def test_the_goals_follow_the_world(desk, keeper):
    states = [goal.state for goal in desk.start().result().goals]
    assert states == [GoalState.OPEN, GoalState.OPEN, GoalState.UNKNOWN]
    block(keeper, "")
    assert desk.look().result().goals[0].state is GoalState.REACHED


@pytest.mark.parametrize("name", scenario_names())
def test_no_scenario_is_won_before_it_begins(name):
    """Every goal with a condition reads what is there, and not all are reached at the start."""
    scenario = load_scenario(name)
    tables = {key: rows for key, rows in World(scenario).to_json().items() if key not in ("scenario", "seed")}
    states = [goal.state for goal in goals_of(scenario, json.loads(json.dumps(tables)), [])]
    assert GoalState.OPEN in states
    assert all(goal.when is None or compile_expression(goal.when) for goal in scenario.goals)


def test_time_goes_by_at_once(desk):
    assert desk.start().result().clock.ahead == 0
    assert desk.put_forward(600).result().clock.ahead == 600


def test_a_failure_is_planted_and_lifted_alone(desk):
    desk.start().result()
    slow, dropped = LabFault("falcon", "*", "slow", 3), LabFault("opnsense", "/api/*", "drop_after")
    desk.plant(slow).result()
    assert desk.plant(dropped).result().faults == (slow, dropped)
    assert desk.lift(slow).result().faults == (dropped,)


def test_every_product_of_the_lab_can_be_made_to_fail_action_by_action(desk):
    assert desk.failing().result() == ()
    desk.start().result()
    products = {product.id: product for product in desk.failing().result()}
    assert {"falcon", "opnsense", "jira", "awx", "nessus", "misp", "graph_mail"} <= products.keys()
    actions = {action.title: action.path for action in products["opnsense"].actions}
    assert actions["Everything"] == "*"
    assert actions["Block an address"] == "/api/firewall/alias_util/add/*"


def test_requests_are_found_by_their_words(desk, keeper):
    desk.start().result()
    keeper.environment()
    product = keeper.addresses().products["opnsense"]
    host = urlsplit(product.url).netloc
    for path in ("/api/firewall/alias_util/list/tocsin_block", "/api/core/firmware/status"):
        connection = http.client.HTTPConnection(host)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()
    assert len(desk.requests().result()) == 2
    [found] = desk.requests("OPNSENSE alias_util").result()
    assert (found.method, found.status, found.run) == ("GET", 401, None)
    assert desk.requests("nothing like it").result() == ()
    assert desk.requests("r-1 opnsense").result() == ()


def test_what_can_be_undone_is_told_and_a_journal_that_cannot_be_read_is_not_known(desk, books):
    assert desk.undos(RUN).result() == ()
    books.fault = UnknownScenarioError("x", ())
    assert desk.undos(RUN).result() is None
