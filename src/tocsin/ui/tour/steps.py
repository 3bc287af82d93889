"""What each step of the tour asks for, and how it is known that a person did it. Without Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _
from tocsin.engine.events import LIVE, REHEARSE
from tocsin.model.playbook import ActionNode, Playbook, TriggerNode
from tocsin.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class TourFacts:
    """What is so in the playbook that the tour is about.

    Attributes:
        playbook: As it is now.
        problems: What is wrong with it; None while that is being looked for.
        finished: The mode of the run that is shown, once it is over and has succeeded; "" otherwise.
        is_saved: It is in a file, as it is.
    """

    playbook: Playbook
    problems: tuple[Problem, ...] | None = None
    finished: str = ""
    is_saved: bool = False


@dataclass(frozen=True, slots=True)
class TourStep:
    """One thing to do.

    Attributes:
        title: What, in a few words.
        words: How.
        is_done: Tells from the facts whether it was done.
    """

    title: str
    words: str
    is_done: Callable[[TourFacts], bool]


def _has_trigger(facts: TourFacts) -> bool:
    return any(isinstance(node, TriggerNode) for node in facts.playbook.graph.nodes.values())


def _has_step_after(facts: TourFacts) -> bool:
    nodes = facts.playbook.graph.nodes
    ends = ((nodes[edge.source], nodes[edge.target]) for edge in facts.playbook.graph.edges)
    return any(isinstance(before, TriggerNode) and isinstance(after, ActionNode) for before, after in ends)


def _is_filled(facts: TourFacts) -> bool:
    actions = [node for node in facts.playbook.graph.nodes.values() if isinstance(node, ActionNode)]
    if facts.problems is None or not any(node.inputs for node in actions):
        return False
    return not any(problem.severity is Severity.ERROR for problem in facts.problems)


STEPS: Final = (
    TourStep(
        _("Start with a trigger"),
        _("Press “Add trigger” in the middle of the canvas, type “hand” and press Enter."),
        _has_trigger,
    ),
    TourStep(
        _("Add what follows"),
        _(
            "Drag from the dot under the trigger to the free ground, type “find endpoints” and press Enter. "
            "By keys: A on the selected trigger."
        ),
        _has_step_after,
    ),
    TourStep(
        _("Say what it looks for"),
        _(
            "Select the new step. At the right, type 203.0.113.66 as the address that "
            "was contacted. Problems tells what is still missing."
        ),
        _is_filled,
    ),
    TourStep(
        _("Rehearse"),
        _("Press Rehearse, or F6. Products are read, nothing is changed, and the plan says what a run would do."),
        lambda facts: facts.finished == REHEARSE,
    ),
    TourStep(
        _("Run it in the Lab"),
        _("Press Run in Lab, or F5. The Lab plays the products: nothing real is touched."),
        lambda facts: facts.finished == LIVE,
    ),
    TourStep(
        _("Keep it"),
        _("Save it with Ctrl+S. A playbook is a text file that is yours."),
        lambda facts: facts.is_saved,
    ),
)
