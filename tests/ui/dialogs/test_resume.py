"""What the offer to resume says of each run that was left."""

import pytest

from tocsin.engine.events import RunStatus
from tocsin.services.past import ListedRun
from tocsin.ui.dialogs.resume import state_words


def left(no, **more):
    return ListedRun(f"0190-{no:04}", no, "Contain", "lab", RunStatus.RUNNING, 1_795_489_200_000_000, None, 0, **more)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Its process ended"),
        ({"is_paused": True}, "Paused"),
        ({"waiting": "Isolate db-01?", "is_paused": True}, "Asks: Isolate db-01?"),
        ({"waiting": "Isolate db-01?", "unsure": 1}, "1 may have happened"),
    ],
)
def test_it_says_what_matters_most_of_a_run(more, words):
    assert state_words(left(218, **more)) == words
