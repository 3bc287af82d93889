"""A window that is opened and closed again leaves nothing; 200 times: `python -m tests.bench leaks --json`."""

import pytest
from tests.bench.leaks import measure

WARM, CYCLES = 6, 6
MEGABYTES_A_CYCLE = 1.6
"""Caches still fill in so few cycles; the bench waits for them and asks for 5 MB in 200."""


@pytest.mark.usefixtures("dressed")
def test_a_closed_window_leaves_no_object_thread_or_handler(qapp, catalogue):
    added = measure(qapp, catalogue, cycles=CYCLES, warm=WARM)
    assert added.pop("added_megabytes") <= MEGABYTES_A_CYCLE * CYCLES
    assert {name: count for name, count in added.items() if count} == {}
