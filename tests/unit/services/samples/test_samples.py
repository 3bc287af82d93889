from types import SimpleNamespace

import pytest
from tests.helpers.runs import playbook_of, test_catalogue
from tests.unit.services.samples.places import catalogue, point_at
from tests.unit.services.test_runs import CHANGE, TRIGGER, start
from tests.unit.services.toy import House

from tocsin.base.errors import TocsinError
from tocsin.engine.events import Event, EventType
from tocsin.engine.outcomes import Answer, Changed, Outcome
from tocsin.services.history import RunHistory
from tocsin.services.places import Places
from tocsin.services.samples import Answers, Origin, OutcomeKind, ReadPoint, Samples
from tocsin.services.samples.seen_run import LARGEST, read_run

SECONDS = 20
LOOP = playbook_of(
    {
        "start": {**TRIGGER, "output": {"type": "object"}},
        "each": {
            "kind": "for_each",
            "in": "start.hosts",
            "as": "host",
            "body": {"nodes": {"inner": {**CHANGE, "with": {"id": "{{ host.id }}"}}}, "edges": []},
        },
        "last": {"kind": "end", "message": "{{ each.count }}"},
    },
    ["start -> each", "each -> last"],
)


@pytest.fixture
def house(engine, tmp_path):
    house = House(engine, tmp_path)
    yield house
    house.close()


@pytest.fixture
def answers(house, tmp_path):
    return Answers(lambda: RunHistory(Places(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path)))


def run(house, playbook, event):
    from tocsin.services.runs import StartRequest

    house.performer.answer = lambda _: Answer(Outcome.SUCCEEDED, output={"ticket": "T-1"}, changed=Changed.TRUE)
    started = house.runs.start(StartRequest(playbook, event=event)).result(SECONDS)
    started.over.result(SECONDS)
    return started.run


def point(node):
    return ReadPoint(LOOP, node, test_catalogue(), "with")


def test_what_the_last_run_gave_is_the_sample_and_the_run_is_named(house, answers):
    run(house, LOOP, {"hosts": [{"id": "h1"}, {"id": "h2"}]})
    groups = {group.root: group for group in answers.groups(point("inner"))}
    assert (groups["host"].origin, groups["host"].run) == (Origin.RUN, "R-1")
    outcome = answers.evaluate(point("inner"), "{{ host.id }} {{ start.hosts[1].id }}", is_template=True)
    assert (outcome.text, outcome.origin, outcome.run) == ("h1 h2", Origin.RUN, "R-1")


def test_facts_of_a_node_are_those_of_the_run(house, answers):
    run(house, LOOP, {"hosts": [{"id": "h1"}]})
    text = "{{ nodes.each.state }} {{ each.succeeded }}"
    assert answers.evaluate(point("last"), text, is_template=True).text == "succeeded 1"


def test_a_newer_run_is_seen_when_it_is_looked_for(house, answers):
    run(house, LOOP, {"hosts": [{"id": "h1"}]})
    assert answers.evaluate(point("inner"), "{{ host.id }}", is_template=True).text == "h1"
    run(house, LOOP, {"hosts": [{"id": "h9"}]})
    assert answers.look_again("test")
    assert answers.evaluate(point("inner"), "{{ host.id }}", is_template=True).text == "h9"
    assert not answers.look_again("test")


def test_runs_of_other_playbooks_are_not_taken(house, answers):
    start(house, playbook_of({"start": TRIGGER, "change": CHANGE}, ["start -> change"]))
    other = LOOP.model_copy(update={"id": "other"})
    outcome = answers.evaluate(ReadPoint(other, "inner", test_catalogue()), "{{ host.id }}", is_template=True)
    assert outcome.kind is OutcomeKind.MISSING


def test_a_node_that_was_another_action_then_gives_its_own_sample():
    events = [
        Event("r", 1, 1, EventType.RUN_CREATED, "", {"mode": "live", "environment": {"name": "lab"}}),
        Event("r", 2, 2, EventType.ATTEMPT_STARTED, "reputation", {"action": "siem.get_alert"}),
        Event(
            "r",
            3,
            3,
            EventType.ATTEMPT_FINISHED,
            "reputation",
            {"settle": {"state": "succeeded", "ports": ["out"]}, "output": {"v": {"score": 1}}},
        ),
    ]
    archive = SimpleNamespace(
        list_runs=lambda **_: [SimpleNamespace(run="r", playbook="example", no=7)],
        load_events=lambda _: events,
        load_value=None,
    )
    answers = Answers(lambda: archive)
    assert answers.evaluate(point_at("block"), "{{ reputation.score }}", is_template=True).text == "97"


def test_a_value_that_nobody_could_look_at_is_no_sample():
    data = {"state": "succeeded", "ports": ["out"], "output": {"r": "hash", "n": LARGEST + 1, "t": "dict"}}
    seen = read_run("r", 1, [Event("r", 1, 1, EventType.NODE_SETTLED, "big", data)], lambda _: pytest.fail("loaded"))
    assert seen.outputs == {}
    assert seen.facts["big"]["state"] == "succeeded"


def test_where_the_journal_cannot_be_read_there_are_samples_still():
    def refuse(**_):
        raise TocsinError("no")

    answers = Answers(lambda: SimpleNamespace(list_runs=refuse))
    assert answers.evaluate(point_at("block"), "{{ alert.user }}", is_template=True).text == "clerk1"


def test_answers_come_from_a_thread_of_their_own_and_end_with_it():
    samples = Samples(Answers())
    point = point_at("block")
    assert samples.evaluate(point, "{{ alert.user }}", is_template=True).result(SECONDS).text == "clerk1"
    assert samples.groups(point).result(SECONDS)[0].root == "alert"
    assert not samples.look_again("example").result(SECONDS)
    samples.close()


def test_the_catalogue_has_samples_for_all_that_the_shipped_playbook_reads():
    from tocsin.formats import load_playbook
    from tocsin.services.library import demo_path

    playbook = load_playbook(demo_path()).playbook
    answers = Answers()
    for node in ("ticket", "help", "noted"):
        for text in playbook.graph.nodes[node].inputs.values():
            if isinstance(text, str):
                outcome = answers.evaluate(ReadPoint(playbook, node, catalogue(), "with"), text, is_template=True)
                assert outcome.kind is OutcomeKind.VALUE, (node, text, outcome)
