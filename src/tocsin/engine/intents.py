"""What an action would be asked to do: its inputs, rendered and checked, and the intent that carries them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from tocsin.base.json_types import Json
from tocsin.base.texts import _, joined, quoted
from tocsin.engine.desk import Desk, StepError
from tocsin.engine.outcomes import Intent
from tocsin.engine.state import Frame
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.schemas import check_value, shape_value


def render_inputs(desk: Desk, frame: Frame, node: int) -> Mapping[str, Json]:
    """Return an action's inputs as they are now, in the shape that it wants.

    Raises:
        StepError: They cannot be rendered, or do not fit.
    """
    inputs = desk.render(frame, frame.plan.code[node].templates["with"], node=node)
    facts = desk.program.unit_of(frame.plan).facts[frame.plan.ids[node]]
    shaped = shape_value(inputs, facts.inputs)
    misfits = check_value(shaped, facts.inputs)
    if misfits or not isinstance(shaped, Mapping):
        first = misfits[0] if misfits else None
        where = joined(quoted(first.place), ": ") if first and first.place else ""
        raise StepError(
            Failure(
                FailureCode.BAD_INPUT,
                _("The input does not fit. {where}{message}.").format(
                    where=where, message=first.message if first else ""
                ),
            )
        )
    return shaped


def make_intent(desk: Desk, frame: Frame, node: int, *, n: int, inputs: Mapping[str, Json]) -> Intent:
    """Return the intent of an attempt: the same inputs, hash and key for every attempt of the node."""
    spec = frame.plan.nodes[node]
    name = frame.plan.ids[node]
    path = frame.path_of(node)
    binding = desk.program.unit_of(frame.plan).bindings.nodes[name]
    work = frame.work.get(node)
    return Intent(
        run=desk.state.run,
        path=path,
        n=n,
        node=name,
        use=getattr(spec, "use", ""),
        binding=binding,
        effect=binding.effect,
        inputs=inputs,
        inputs_hash=work.inputs_hash if work and work.inputs_hash else desk.hash(inputs),
        idempotency_key=hashlib.sha256(f"{desk.state.run}/{path}".encode()).hexdigest()[:32],
        timeout=frame.plan.code[node].timeout,
    )
