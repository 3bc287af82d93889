"""Performs one reading action by itself, outside any run: to look a thing up, never to change one."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.base.clock import Clock
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.outcomes import Answer, Intent, Outcome
from tocsin.engine.ports import Performer
from tocsin.model.bindings import bind
from tocsin.model.canonical import digest
from tocsin.model.catalogue import Catalogue, Effect
from tocsin.model.environment import Environment
from tocsin.model.playbook import ActionNode, Graph, Playbook

SECONDS = 30.0


class LookUpFailedError(TocsinError):
    """A product did not say what it was asked."""

    code = ErrorCode.EXCHANGE_FAILED

    def __init__(self, use: str, reason: str) -> None:
        self.use = use
        super().__init__(
            _("“{use}” failed: {reason}").format(use=use, reason=reason),
            hint=_("See whether the product answers, and try again."),
        )


async def look_up(
    use: str, inputs: Mapping[str, Json], *, environment: Environment, catalogue: Catalogue, performer: Performer
) -> Json:
    """Return the output of a reading action.

    Raises:
        TocsinError: No connection of the environment offers it, or several do.
        LookUpFailedError: The product refused, or did not answer.
        ValueError: The action changes something.
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
    brought = performer.perform(intent, grant=None)
    answer = brought if isinstance(brought, Answer) else await brought
    if answer.outcome is not Outcome.SUCCEEDED:
        raise LookUpFailedError(use, answer.failure.message if answer.failure else _("no reason is known."))
    return answer.output
