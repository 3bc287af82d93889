"""Every version must still fold what earlier versions wrote, to the same state, look and record."""

import json

import pytest
from tests.replay.recording import FOLDER, load_recording

from tocsin.engine.events import RunStatus
from tocsin.engine.plan import compile_plan
from tocsin.engine.progress import RunProgress
from tocsin.engine.record import RunRecord
from tocsin.engine.replay import replay

NAMES = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_run_folds_to_its_end_with_every_node_settled(name):
    playbook, events, _ = load_recording(name)
    state = replay(events, compile_plan(playbook.graph))
    assert state.status is RunStatus(events[-1].data["status"])
    assert (state.root.unsettled, state.moving, state.questions, list(state.frames)) == (0, 0, 0, [""])
    assert state.changes == events[-1].data["changes"]


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_run_folds_the_same_from_any_moment(name):
    playbook, events, _ = load_recording(name)
    plan = compile_plan(playbook.graph)
    for count in range(1, len(events)):
        state = replay(events[:count], plan)
        assert state.seq == count
        assert state.root.unsettled >= 0


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_run_looks_as_it_ended(name):
    _, events, _ = load_recording(name)
    progress = RunProgress(events[0].run)
    for event in events:
        progress.apply(event)
    assert progress.status is RunStatus(events[-1].data["status"])
    assert len(progress.changes) == events[-1].data["changes"]
    assert progress.questions == {}


def test_the_record_of_the_first_recorded_run_says_what_it_did():
    playbook, events, values = load_recording("containment-1")
    record = RunRecord(playbook, values.__getitem__)
    record.add(events)
    told = record.to_json()
    json.dumps(told)
    assert (told["status"], told["nodes"]["reputation"]["attempts"], told["error"]) == ("succeeded", 2, None)
    assert [change["path"] for change in told["changes"]] == [
        "block",
        "sessions",
        "hosts[0]/isolate",
        "hosts[1]/isolate",
        "hosts[2]/isolate",
        "ticket",
    ]
    assert [item["value"]["isolated"] for item in told["nodes"]["hosts"]["items"]] == [True] * 3
    assert told["nodes"]["help"]["reason"] == "dead_path"
