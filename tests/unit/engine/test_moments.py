"""A run at any of its events."""

import random

import pytest
from tests.helpers.graphs import draw_playbooks
from tests.helpers.runs import Driver

from tocsin.engine import moments
from tocsin.engine.moments import Rewind, changed_between, moment_at


@pytest.fixture
def events():
    playbook, callees = draw_playbooks(random.Random(7))
    return Driver(playbook, persons=lambda _: ("approved", None), callees=callees).run().events


def shown(moment):
    progress = moment.progress
    by_path = {path: progress.status_at(path) for node in progress.statuses for path in progress.paths_of(node)}
    return dict(progress.statuses), by_path, progress.status, progress.changes, list(progress.questions)


def test_before_the_first_event_nothing_is_heard_of(events):
    assert not moment_at(events, 0).progress.statuses


@pytest.mark.parametrize("stride", [1, 7, 1000])
def test_rewinding_shows_what_folding_from_the_start_shows(events, monkeypatch, stride):
    monkeypatch.setattr(moments, "STRIDE", stride)
    rewind, draw = Rewind(events), random.Random(3)
    for index in [len(events), 0, *(draw.randrange(len(events)) for _ in range(20)), len(events)]:
        assert shown(rewind.at(index)) == shown(moment_at(events, index))


def test_a_list_that_grows_can_be_rewound_on(events):
    growing = list(events[:5])
    rewind = Rewind(growing)
    rewind.at(5)
    growing.extend(events[5:])
    assert shown(rewind.at(len(growing))) == shown(moment_at(events, len(events)))


def test_what_changed_between_two_moments_is_all_that_must_be_drawn_again(events):
    early, late = moment_at(events, 4).progress, moment_at(events, len(events)).progress
    for before, after in ((early, late), (late, early)):
        drawn = {node: before.status_of(node) for node in {**early.statuses, **late.statuses}}
        drawn |= changed_between(before, after)
        assert all(status == after.status_of(node) for node, status in drawn.items())
    assert changed_between(late, late) == {}
