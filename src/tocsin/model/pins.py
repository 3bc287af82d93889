"""Pins as a file keeps them: what steps of a playbook give without being done (engine.md 1.23)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from tocsin.model.failures import FailureCode
from tocsin.model.values import JsonValue, NodeId, Value

SUFFIX: Final = ".pins.yaml"


class PinnedFailure(Value):
    """The failure that a step has instead of being done."""

    code: FailureCode
    message: str = ""
    retryable: bool = False


class Pin(Value):
    """What one step gives: an output or a failure.

    Attributes:
        source: Where that comes from: “R-217”; "" when it was written by hand.
    """

    output: JsonValue = None
    error: PinnedFailure | None = None
    source: Annotated[str, Field(alias="from")] = ""

    @property
    def says_one_thing(self) -> bool:
        """It has an output, which may be null, or a failure, and not both."""
        return ("output" in self.model_fields_set) is not (self.error is not None)


class PinFile(Value):
    """The pins of one playbook, by node."""

    pins: Mapping[NodeId, Pin]


def pins_path(file: Path, playbook: str) -> Path:
    """Return where the pins of a playbook lie: beside its file, under its id."""
    return file.with_name(f"{playbook}{SUFFIX}")


def is_pins_file(file: Path) -> bool:
    """Tell whether a file is called as those with pins are: it is no playbook then."""
    return file.name.endswith(SUFFIX)
