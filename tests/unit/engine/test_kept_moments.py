"""A moment of a run as bytes and back."""

import random

import pytest
from tests.helpers.graphs import draw_playbooks
from tests.helpers.runs import Driver, answered

from tocsin.engine.kept_moments import pack_moment, unpack_moment
from tocsin.engine.moments import moment_at
from tocsin.engine.outcomes import Outcome


def drawn(seed):
    draw = random.Random(seed)
    playbook, callees = draw_playbooks(draw)
    outcomes = (Outcome.SUCCEEDED, Outcome.SUCCEEDED, Outcome.FAILED, Outcome.UNCERTAIN)
    answers = {}

    def answer(intent):
        return answers.setdefault(intent.path, answered(draw.choice(outcomes)))

    return Driver(playbook, answers=answer, persons=lambda _: ("approved", None), callees=callees).run().events


def everything(moment):
    progress, details = moment.progress.lay_out(), moment.details.lay_out()
    told, settled = progress.pop("_started"), details.pop("_settled")  # of these only what is still asked is kept
    changing = {path for path, data in told.items() if data["effect"] != "read"}
    return progress, details, changing, {path: data["explain"] for path, data in settled.items()}


@pytest.mark.parametrize("seed", range(12))
def test_what_was_packed_is_the_same_moment_and_folds_on_to_the_same_end(seed):
    events = drawn(seed)
    whole = everything(moment_at(events, len(events)))
    for index in range(0, len(events) + 1, 7):
        moment = moment_at(events, index)
        again = unpack_moment(pack_moment(moment))
        assert everything(again) == everything(moment)
        again.apply_all(events[index:])
        assert everything(again) == whole


def test_the_same_moment_is_always_the_same_bytes():
    events = drawn(3)
    assert pack_moment(moment_at(events, 40)) == pack_moment(moment_at(events, 40))


def test_what_was_unpacked_is_packed_to_the_same_bytes():
    data = pack_moment(moment_at(drawn(3), 40))
    again = unpack_moment(data)
    again.details.attempts_of("a")  # some of it is open, some is not
    assert pack_moment(again) == data


def test_one_byte_that_is_another_is_noticed_at_once():
    data = pack_moment(moment_at(drawn(3), 40))
    for place in range(0, len(data), 37):
        assert unpack_moment(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]) is None


def test_nothing_is_made_of_damaged_bytes():
    data = pack_moment(moment_at(drawn(3), 40))
    assert unpack_moment(data[:-9]) is None
    assert unpack_moment(b"") is None
    assert unpack_moment(data.replace(data[10:14], b"0000")) is None
