"""Errors of the engine.

TocsinError
├── RunRefusedError         a run may not start
│   ├── HasErrorsError      checks found errors
│   ├── BadInputError       the event does not fit the trigger
│   ├── NotYetError         the playbook uses what this version reserves
│   └── NoTriggerError      nothing starts it
└── UnknownEventError       a stored run holds an event this version does not know
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.model.problems import Problem


class RunRefusedError(TocsinError):
    """A run may not start; nothing was done."""


class HasErrorsError(RunRefusedError):
    """The playbook has errors.

    Attributes:
        problems: All that was found, errors and warnings.
    """

    code = ErrorCode.PLAYBOOK_HAS_ERRORS

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name, self.problems = name, tuple(problems)
        count = sum(problem.severity == "error" for problem in problems)
        what = "an error" if count == 1 else f"{count} errors"
        super().__init__(f"“{name}” has {what} and cannot run.", hint="Mend what is listed under problems.")


class BadInputError(RunRefusedError):
    """The event that should start a run is not as the trigger says."""

    code = ErrorCode.BAD_INPUT

    def __init__(self, trigger: str, what: str) -> None:
        self.trigger = trigger
        super().__init__(
            f"The input does not fit trigger “{trigger}”: {what}.", hint="Give what its output schema asks."
        )


class NotYetError(RunRefusedError):
    """A reserved feature."""

    code = ErrorCode.NOT_YET

    def __init__(self, feature: str) -> None:
        self.feature = feature
        super().__init__(f"“{feature}” is reserved and does not run yet.", hint="Leave it out for now.")


class NoTriggerError(RunRefusedError):
    """The playbook has no trigger that can start this run."""

    code = ErrorCode.BAD_INPUT

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” has no trigger that can start it.", hint="Add a trigger.")


class UnknownEventError(TocsinError):
    """A stored run holds what this version cannot read."""

    code = ErrorCode.UNKNOWN_EVENT

    def __init__(self, kind: str, run: str) -> None:
        self.kind, self.run = kind, run
        super().__init__(f"Run {run} holds an event “{kind}” that this version does not know.", hint="Update Tocsin.")
