"""The Lab as the window looks at it: its world, its clock, its goals, its failures, and which run changed what.

The window enters. `desk` asks the Lab on a thread of its own; `values` is what it tells; `causes` finds the run behind
a change; `goals` judges how far a scenario is; `failing` knows which calls of a product can be made to fail.
"""

from tocsin.services.lab_desk.desk import LabDesk, LabParts
from tocsin.services.lab_desk.goals import goals_of
from tocsin.services.lab_desk.left_alone import LeftAlone
from tocsin.services.lab_desk.values import (
    Failing,
    FailingProduct,
    GoalState,
    LabChange,
    LabClock,
    LabFault,
    LabGoal,
    LabLook,
    LabRequest,
    LabRun,
    LabScenario,
    RunStanding,
)

__all__ = [
    "Failing",
    "FailingProduct",
    "GoalState",
    "LabChange",
    "LabClock",
    "LabDesk",
    "LabFault",
    "LabGoal",
    "LabLook",
    "LabParts",
    "LabRequest",
    "LabRun",
    "LabScenario",
    "LeftAlone",
    "RunStanding",
    "goals_of",
]
