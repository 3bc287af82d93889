"""Connections as a use case: what is there, what to fill in, whether it works, and keeping it.

Faces may enter. Start reading at `desk.ConnectionDesk`; `trial` is the test that says which step failed, `readiness`
what is seen to before a run.
"""

from tocsin.services.connections.desk import ConnectionDesk, DeskParts
from tocsin.services.connections.errors import UnknownConnectionError
from tocsin.services.connections.readiness import Readiness
from tocsin.services.connections.values import (
    ActionResult,
    ConnectionRow,
    Draft,
    FieldGroup,
    FormField,
    Leave,
    StepResult,
    TrialReport,
    TrialStep,
)

__all__ = [
    "ActionResult",
    "ConnectionDesk",
    "ConnectionRow",
    "DeskParts",
    "Draft",
    "FieldGroup",
    "FormField",
    "Leave",
    "Readiness",
    "StepResult",
    "TrialReport",
    "TrialStep",
    "UnknownConnectionError",
]
