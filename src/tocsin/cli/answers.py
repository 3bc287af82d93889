"""What `--answer PATH=OPTION` says: which question gets which answer without asking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.cli.messages import WrongUseError
from tocsin.engine.attempts import UNCERTAIN_OPTIONS
from tocsin.model.environment import LAB
from tocsin.model.playbook import ActionNode, AskNode, ForEachNode, Graph, OnUncertain, Playbook, WhileNode

_INDEX: Final = re.compile(r"\[\d+\]")


class UnknownQuestionError(WrongUseError):
    """An answer for no question, or with no option, of the playbook."""

    code = ErrorCode.UNKNOWN_QUESTION


class AnswerOutsideLabError(TocsinError):
    """Questions were to be answered before they are asked, where real things would change (field.md W8)."""

    code = ErrorCode.ANSWER_OUTSIDE_LAB

    def __init__(self, environment: str) -> None:
        self.environment = environment
        super().__init__(
            f"Questions in “{environment}” cannot be answered before they are asked.",
            hint="Leave --answer out, or run in the Lab.",
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers given before the run.

    Attributes:
        given: Path → option; a path without indexes answers every item.
        otherwise: What every other question is answered, or None.
        by: Who answers, as events name people.
    """

    given: dict[str, str]
    otherwise: str | None = None
    by: str = "cli"

    def find(self, path: str) -> str | None:
        """Return the answer to the question at a path: the item's own, else the one for all items."""
        return self.given.get(path) or self.given.get(_INDEX.sub("", path)) or self.otherwise


def read_answers(
    texts: Sequence[str], playbook: Playbook, *, environment: str = LAB, is_resumed: bool = False
) -> Answers:
    """Return the answers that a command line gives.

    Args:
        texts: PATH=OPTION each.
        playbook: What asks.
        environment: Where it runs.
        is_resumed: The run's process ended before: every action may ask whether what it did happened.

    Raises:
        UnknownQuestionError: One matches no question or option of the playbook.
        AnswerOutsideLabError: There is one, and the run would not be in the Lab.
    """
    questions = dict(_questions(playbook.graph, "", is_resumed=is_resumed))
    given = dict(_read_answer(text, questions) for text in texts)
    if given and environment != LAB:
        raise AnswerOutsideLabError(environment)
    return Answers(given)


def _read_answer(text: str, questions: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    path, _, option = text.partition("=")
    name = _INDEX.sub("", path)
    if name not in questions:
        asked = ", ".join(f"“{question}”" for question in questions)
        hint = did_you_mean(name, questions) or (f"It asks: {asked}." if asked else "It asks nothing.")
        raise UnknownQuestionError(f"No question of the playbook is at “{path}”.", hint=hint)
    if option not in questions[name]:
        offered = ", ".join(f"“{answer}”" for answer in questions[name])
        raise UnknownQuestionError(f"“{option}” is no answer to “{path}”.", hint=f"It offers {offered}.")
    return path, option


def _questions(graph: Graph, prefix: str, *, is_resumed: bool) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each path that may ask, and the options it then offers."""
    for name, node in graph.nodes.items():
        path = f"{prefix}/{name}" if prefix else name
        if isinstance(node, AskNode):
            yield path, [answer.id for answer in node.answers]
        elif isinstance(node, ActionNode) and (is_resumed or node.on_uncertain is OnUncertain.ASK):
            yield path, [option["id"] for option in UNCERTAIN_OPTIONS]
        elif isinstance(node, ForEachNode | WhileNode):
            yield from _questions(node.body, path, is_resumed=is_resumed)
