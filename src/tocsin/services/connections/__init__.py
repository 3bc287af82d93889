"""Connections as a use case: what is there, what to fill in, whether it works, and keeping it.

Faces may enter. Start reading at `desk.ConnectionDesk`; `trial` is the test that says which step failed, `readiness`
what is seen to before a run.
"""

from tocsin.services.connections.background import BackgroundConnections
from tocsin.services.connections.desk import ConnectionDesk, DeskParts
from tocsin.services.connections.errors import UnknownConnectionError
from tocsin.services.connections.forms import form_of, further_fields
from tocsin.services.connections.health import HealthEntry, HealthLog
from tocsin.services.connections.readiness import Readiness
from tocsin.services.connections.values import (
    ActionResult,
    ConnectionRow,
    Draft,
    EnvironmentView,
    FieldGroup,
    FormField,
    KeptSecret,
    LastTrial,
    Leave,
    Overview,
    StepResult,
    TrialReport,
    TrialStep,
    VaultLook,
    VaultNeed,
)

__all__ = [
    "ActionResult",
    "BackgroundConnections",
    "ConnectionDesk",
    "ConnectionRow",
    "DeskParts",
    "Draft",
    "EnvironmentView",
    "FieldGroup",
    "FormField",
    "HealthEntry",
    "HealthLog",
    "KeptSecret",
    "LastTrial",
    "Leave",
    "Overview",
    "Readiness",
    "StepResult",
    "TrialReport",
    "TrialStep",
    "UnknownConnectionError",
    "VaultLook",
    "VaultNeed",
    "form_of",
    "further_fields",
]
