"""A rehearsal: reads are made, changes are only said (engine.md 1.20).

What is said instead of done is `predicted`, and what reads it is `assumed`. Each such event names what it rests on, so
that a plan can say which steps are certain and which hang on a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tocsin.base.clock import rfc3339
from tocsin.base.json_types import Json
from tocsin.base.texts import _, going_on
from tocsin.engine.desk import Desk
from tocsin.engine.guesses import guesses_of
from tocsin.engine.outcomes import Intent
from tocsin.engine.plan import MAIN
from tocsin.engine.state import Frame
from tocsin.model.catalogue import Discloses, Effect
from tocsin.model.playbook import ActionNode, AskNode, WaitNode

PREDICTED: Final = "predicted"
LONGEST_VALUE: Final = 80


def is_only_said(desk: Desk, frame: Frame, node: int, intent: Intent) -> bool:
    """Tell whether an attempt must not be made in a rehearsal.

    A change is not; nor is a read whose input is a guess, that tells the public what is asked, or that says so itself.
    """
    if not desk.is_rehearsal:
        return False
    spec, action = frame.plan.nodes[node], intent.binding.action
    never = (isinstance(spec, ActionNode) and spec.rehearse == "never") or action.rehearse == "never"
    is_guess = bool(guesses_of(frame, node))
    return intent.effect is not Effect.READ or never or is_guess or action.discloses is Discloses.PUBLIC


def say(desk: Desk, frame: Frame, node: int, intent: Intent) -> None:
    """Settle an action without doing it, with the output that its description shows."""
    action, connector = intent.binding.action, intent.binding.connector
    value = _main_value(intent.inputs, action.inputs or {})
    said = _("Would {what}: {value} on {product}") if value else _("Would {what} on {product}")
    text = said.format(what=going_on(action.title), value=value, product=connector.title)
    would = {
        "action": intent.use,
        "connection": intent.binding.connection_id,
        "effect": str(intent.effect),
        "inputs": desk.tag(intent.inputs),
        "text": text,
        "undoable": action.undo is not None,
    }
    output = _shown_output(action.sample, intent.inputs)
    desk.settle(frame, node, MAIN, output=output, facts={"via": PREDICTED, "summary": text, "would": would})


def assume_answer(desk: Desk, frame: Frame, node: int, question: Mapping[str, Any]) -> None:
    """Take the first option of a question: nobody is asked in a rehearsal."""
    spec = frame.plan.nodes[node]
    if not isinstance(spec, AskNode):
        return
    option = spec.answers[0].id
    text = _("Would ask: {text}").format(text=question["text"])
    would = {"text": text, "options": [entry["id"] for entry in question["options"]]}
    if "intents" in question:
        would["intents"] = question["intents"]
    output: dict[str, Json] = {"option": option, "form": None, "by": "rehearsal"}
    output |= {"at": rfc3339(desk.now), "reason": ""}
    desk.settle(frame, node, (option,), output=output, facts={"via": PREDICTED, "summary": text, "would": would})


def assume_time(desk: Desk, frame: Frame, node: int, due: int | None) -> None:
    """Let a wait be over: time is virtual, and a signal is assumed to come."""
    spec = frame.plan.nodes[node]
    if not isinstance(spec, WaitNode):
        return
    moment = rfc3339(due if due is not None else desk.now)
    text = (
        _("Would wait until {moment}").format(moment=moment)
        if due is not None
        else _("Would wait for {signal}").format(signal=spec.signal)
    )
    facts: dict[str, Any] = {"summary": text, "would": {"text": text}}
    if spec.signal:
        facts["via"] = PREDICTED
    desk.settle(frame, node, MAIN, output={"until": spec.signal or moment, "fired_at": moment}, facts=facts)


def _main_value(inputs: Mapping[str, Json], schema: Mapping[str, Any]) -> str:
    """Return the one value that a person would name: the first required input that is a word or a number."""
    required: Iterable[str] = schema.get("required", ())
    for name in (*required, *inputs):
        value = inputs.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            text = str(value).split("\n", 1)[0]
            return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
    return ""


def _shown_output(sample: Json, inputs: Mapping[str, Json]) -> Json:
    """Return the description's sample, with what the input says where both have a field of that name."""
    if not isinstance(sample, Mapping):
        return sample if sample is not None else {}
    return {name: inputs.get(name, value) for name, value in sample.items()}
