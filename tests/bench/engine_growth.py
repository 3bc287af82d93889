"""What a step costs in a run of 10,000 nodes, beside one of 100: it must not depend on how long a run is."""

from tests.bench.engine import steps_of
from tests.bench.engine_rig import rounds_of

FEW, MANY = 100, 10_000
ROUNDS = 5


def run():
    """Return microseconds a step (medians), and how many times more a step of the long run costs."""
    found = rounds_of(
        ROUNDS,
        few_actions=steps_of("action", FEW),
        many_actions=steps_of("action", MANY),
        few_sets=steps_of("set", FEW),
        many_sets=steps_of("set", MANY),
    )
    return {
        "bench": "engine-growth",
        **{f"{name}_us": round(1_000_000 / value, 1) for name, value in found.items()},
        "actions_growth": round(found["few_actions"] / found["many_actions"], 2),
        "sets_growth": round(found["few_sets"] / found["many_sets"], 2),
    }
