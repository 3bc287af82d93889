"""Performs one reading action by itself, outside any run: to look a thing up, never to change one."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.engine.outcomes import Intent, Outcome
from tocsin.engine.ports import Performer
from tocsin.model.bindings import bind
from tocsin.model.canonical import digest
from tocsin.model.catalogue import Catalogue, Effect
from tocsin.model.environment import Environment
from tocsin.model.playbook import ActionNode, Graph, Playbook

SECONDS = 30.0


async def look_up(
    use: str, inputs: Mapping[str, Json], *, environment: Environment, catalogue: Catalogue, performer: Performer
) -> Json:
    """Return the output of a reading action.

    Raises:
        BindingError: Nothing in the environment offers it.
        ValueError: The action changes something.
        RuntimeError: It failed; the message says why.
    """
    node = ActionNode(use=use)
    binding = bind(Playbook(id="look-up", graph=Graph(nodes={"look": node})), environment, catalogue).nodes["look"]
    if binding.action.effect is not Effect.READ:
        raise ValueError(f"“{use}” changes something")
    intent = Intent(
        run=Clock().new_run_id(),
        path="look",
        n=1,
        node="look",
        use=use,
        binding=binding,
        effect=Effect.READ,
        inputs=inputs,
        inputs_hash=digest(inputs),
        idempotency_key="",
        timeout=SECONDS,
    )
    answer = await performer.perform(intent, grant=None)
    if answer.outcome is not Outcome.SUCCEEDED:
        raise RuntimeError(answer.failure.message if answer.failure else "it failed")
    return answer.output
