"""Runs to keep: small ones that the real engine decided."""

from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.ports import Batch
from tocsin.engine.preparation import pinned_values

PLAYBOOK = playbook_of({"t": TRIGGER, "a": {"kind": "action", "use": "toy.look"}}, ["t -> a"], name="A look")
ASKING = playbook_of(
    {"t": TRIGGER, "q": {"kind": "ask", "ask": "approval", "text": "Go on?"}, "e": {"kind": "end"}},
    ["t -> q", "q.approved -> e"],
)


def batches_of_a_run(run, output=None, *, playbook=PLAYBOOK, size=2, durable=False):
    """Return a run of one step with this output, or of a question that waits, as batches of `size` events."""
    driver = Driver(playbook, run=run, answers=answer_by_path(a=answered(output=output))).run()
    values = driver.values | pinned_values(driver.program)
    parts = [driver.events[first : first + size] for first in range(0, len(driver.events), size)]
    return [Batch(part, values if part is parts[0] else {}, durable=durable) for part in parts]


def keep_a_run(writer, run, output=None, **how):
    for batch in batches_of_a_run(run, output, **how):
        writer.commit(batch)
