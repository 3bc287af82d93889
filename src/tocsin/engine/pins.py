"""Pins: what steps give in a rehearsal without being done. A live run takes none (engine.md 1.23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.errors import BadPinError, PinnedInLiveError
from tocsin.engine.events import LIVE
from tocsin.engine.values import Tagger, ValueTooLargeError
from tocsin.model.catalogue import ActionFacts
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import Kind, Playbook, walk_nodes
from tocsin.model.schemas import check_value, shape_value

PINNABLE: Final = frozenset({Kind.ACTION, Kind.FOR_EACH, Kind.WHILE, Kind.SET, Kind.WAIT, Kind.CALL})
"""What goes on by one way when it succeeded. A question's answer and a branch are no data."""


@dataclass(frozen=True, slots=True)
class PinnedOutput:
    """What a step gives instead of being done.

    Attributes:
        output: What it gives, unless it fails.
        error: The failure that it has, or None.
        source: Where that comes from: “R-217”; "" when it was written by hand.
    """

    output: Json = None
    error: Failure | None = None
    source: str = ""

    def to_json(self) -> dict[str, Json]:
        """Return the pin as run.created keeps it."""
        given = {"output": self.output} if self.error is None else {"error": self.error.to_json()}
        return {**given, "source": self.source}


def read_pins(told: Mapping[str, Any]) -> dict[str, PinnedOutput]:
    """Return the pins that run.created keeps."""
    return {name: _read(pin) for name, pin in told.items()}


def _read(pin: Mapping[str, Any]) -> PinnedOutput:
    error = pin.get("error")
    failure = Failure(FailureCode(error["code"]), error["message"], error["retryable"]) if error else None
    return PinnedOutput(pin.get("output"), failure, pin["source"])


def ensure_pins(
    pins: Mapping[str, PinnedOutput], playbook: Playbook, facts: Mapping[str, ActionFacts], mode: str
) -> None:
    """See that a run may take these pins.

    Raises:
        PinnedInLiveError: The run is live.
        BadPinError: A step cannot be pinned, or not to this.
    """
    if not pins:
        return
    if mode == LIVE:
        raise PinnedInLiveError(list(pins))
    nodes = dict(walk_nodes(playbook.graph))
    for name, pin in pins.items():
        if name not in nodes or nodes[name].kind not in PINNABLE:
            raise BadPinError(name, _("only a step that gives data can be pinned"))
        schema = facts[name].output if name in facts else {}
        misfits = check_value(shape_value(pin.output, schema), schema) if pin.error is None and schema else ()
        if misfits:
            raise BadPinError(name, f"{misfits[0].place}: {misfits[0].message}".removeprefix(": "))
        try:
            Tagger().tag(pin.to_json())
        except (ValueTooLargeError, TypeError) as error:
            raise BadPinError(name, str(error)) from error
