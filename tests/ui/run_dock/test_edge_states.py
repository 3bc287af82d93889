import pytest

from tocsin.engine.events import Event, EventType
from tocsin.engine.progress import RunProgress
from tocsin.model.playbook import Edge
from tocsin.ui.canvas.looks import EdgeState
from tocsin.ui.run_dock.edge_states import edge_state

SETTLED = (EventType.NODE_SETTLED, "one", {"state": "succeeded", "ports": ["out"], "flags": []})
STARTED = (EventType.NODE_STARTED, "next", {})
LOOP = (EventType.LOOP_STARTED, "next", {"count": 3})


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((), EdgeState.IDLE),
        ((SETTLED,), EdgeState.TAKEN),
        ((SETTLED, STARTED), EdgeState.LIVE),
        ((SETTLED, STARTED, LOOP), EdgeState.TAKEN),
    ],
)
def test_a_line_lives_while_the_step_that_it_leads_to_runs_and_is_no_loop(said, state):
    progress = RunProgress("r")
    for seq, (kind, path, data) in enumerate(said, 1):
        progress.apply(Event("r", seq, seq, kind, path, data))
    assert edge_state(Edge(source="one", target="next"), progress) is state
