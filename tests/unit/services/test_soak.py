"""What runs leave behind in the process once they are over: nothing that grows with their number.

`python -m tests.bench soak` lets a whole day with 10,000 runs pass, and measures the memory.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from tests.bench.soak import soak

RUNS = 200
OBJECTS = 2
"""A run may leave so many objects: how it ended can be asked for ten thousand runs long. One scope that stayed would
be far more."""


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """What there is after the second quarter, when everything that is opened once is open, and after the last.

    It passes in a process of its own: what other tests left behind in this one would be counted too.
    """
    folder = tmp_path_factory.mktemp("soak")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        sizes, ends, _ = process.submit(soak, folder, runs=RUNS, phases=4, seconds=4 * 2_000).result()
    return sizes[1], sizes[-1], ends


def test_every_run_ends_and_some_of_them_badly(day):
    *_, ends = day
    assert sum(ends.values()) == RUNS
    assert set(ends) == {"succeeded", "failed", "cancelled"}


def test_no_task_thread_or_handle_stays(day):
    first, last, _ = day
    assert (last.tasks, last.threads) == (first.tasks, first.threads)
    assert last.handles <= first.handles + 1  # the thread that copies the log opens it when it first does


def test_nothing_that_a_run_was_told_stays(day):
    first, last, _ = day
    assert last.objects - first.objects <= OBJECTS * RUNS / 2
