"""Where a run of a playbook begins: which trigger fires, and what it must fire with (engine.md §0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.texts import joined, quoted
from tocsin.engine.errors import NoTriggerError
from tocsin.model.playbook import Playbook, TriggerNode
from tocsin.model.schemas import check_value, shape_value

MANUAL: Final = "manual"
STARTABLE: Final = (MANUAL, "siem.alert")


@dataclass(frozen=True, slots=True)
class Entry:
    """The beginning of a run.

    Attributes:
        trigger: The id of the trigger that fires; "" for a call, which fires none.
        schema: What its event must be: its own schema, or for a manual one the playbook's inputs. {} for anything.
        sample: What it fires with in the Lab when nothing is given, and what a partial event is merged over.
        defaults: Of the playbook's inputs; only a manual trigger and a call take them.
    """

    trigger: str
    schema: Mapping[str, Any]
    sample: Json = None
    defaults: Mapping[str, Json] | None = None

    def shape(self, event: Json) -> Json:
        """Return an event with the defaults filled in and numbers as the schema spells them."""
        filled: Json = {} if event is None else event
        if self.defaults and isinstance(filled, Mapping):
            filled = {**self.defaults, **filled}
        return shape_value(filled, self.schema)

    def merge(self, event: Json) -> Json:
        """Return an event as the Lab takes it: the sample for none, a partial one over the sample."""
        if event is None:
            return self.sample
        if isinstance(event, Mapping) and isinstance(self.sample, Mapping):
            return {**self.sample, **event}
        return event

    def find_misfit(self, shaped: Json) -> str | None:
        """Return why a shaped event does not fit, or None when it does."""
        misfits = check_value(shaped, self.schema) if self.schema else ()
        if not misfits:
            return None
        first = misfits[0]
        return joined(quoted(first.place), " ", first.message) if first.place else first.message


def get_entry(playbook: Playbook, trigger: str | None = None) -> Entry:
    """Return where a run begins.

    Args:
        playbook: What runs.
        trigger: Which trigger fires; None takes the first that can be started.

    Raises:
        NoTriggerError: There is none that can.
    """
    triggers = {name: node for name, node in playbook.graph.nodes.items() if isinstance(node, TriggerNode)}
    startable = [name for name, node in triggers.items() if node.event in STARTABLE and not node.disabled]
    if trigger is not None:
        startable = [name for name in startable if name == trigger]
    if not startable:
        raise NoTriggerError(playbook.name or playbook.id)
    node = triggers[startable[0]]
    is_manual = node.event == MANUAL
    schema = node.output or (_schema_of_inputs(playbook) if is_manual else {})
    return Entry(startable[0], schema, node.sample, _defaults_of(playbook) if is_manual else None)


def gate_of(playbook: Playbook) -> Entry:
    """Return what a playbook must be given when another calls it: its inputs, and no trigger fires (engine.md 1.32)."""
    return Entry("", _schema_of_inputs(playbook), defaults=_defaults_of(playbook))


def _defaults_of(playbook: Playbook) -> dict[str, Json]:
    return {name: field.default for name, field in playbook.inputs.items() if field.default is not None}


def _schema_of_inputs(playbook: Playbook) -> Mapping[str, Any]:
    if not playbook.inputs:
        return {}
    fields = {name: {"type": field.type} for name, field in playbook.inputs.items()}
    required = [name for name, field in playbook.inputs.items() if field.required]
    return {"type": "object", "properties": fields, "required": required}
