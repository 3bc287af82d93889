"""What `--answer PATH=OPTION` says: which question gets which answer without asking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.base.texts import _
from tocsin.cli.messages import WrongUseError
from tocsin.engine.approvals import OPTIONS
from tocsin.engine.attempts import UNCERTAIN_OPTIONS
from tocsin.model.closure import MOST_CALLS, Find
from tocsin.model.environment import LAB
from tocsin.model.playbook import (
    ActionNode,
    AskNode,
    CallNode,
    ForEachNode,
    Graph,
    Node,
    OnUncertain,
    Playbook,
    WhileNode,
    walk_nodes,
)

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
            _("Questions in “{environment}” cannot be answered before they are asked.").format(environment=environment),
            hint=_("Leave --answer out, or run in the Lab."),
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
    texts: Sequence[str], playbook: Playbook, find: Find, *, environment: str = LAB, is_resumed: bool = False
) -> Answers:
    """Return the answers that a command line gives.

    Args:
        texts: PATH=OPTION each.
        playbook: What asks.
        find: Gives the playbooks that it calls, which may ask too.
        environment: Where it runs.
        is_resumed: The run's process ended before: every action may ask whether what it did happened.

    Raises:
        UnknownQuestionError: One matches no question or option of the playbook.
        AnswerOutsideLabError: There is one, and the run would not be in the Lab.
    """
    asking = _Asking(find, is_resumed)
    given: dict[str, str] = {}
    if texts:
        questions = dict(asking.questions(playbook))
        given = dict(_read_answer(text, questions) for text in texts)
    if given and environment != LAB:
        raise AnswerOutsideLabError(environment)
    return Answers(given)


def _read_answer(text: str, questions: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    path, _unused, option = text.partition("=")
    name = _INDEX.sub("", path)
    if name not in questions:
        asked = ", ".join(f"“{question}”" for question in questions)
        hint = did_you_mean(name, questions) or (
            _("It asks: {asked}.").format(asked=asked) if asked else _("It asks nothing.")
        )
        raise UnknownQuestionError(_("No question of the playbook is at “{path}”.").format(path=path), hint=hint)
    if option not in questions[name]:
        offered = ", ".join(f"“{answer}”" for answer in questions[name])
        raise UnknownQuestionError(
            _("“{option}” is no answer to “{path}”.").format(option=option, path=path),
            hint=_("It offers {offered}.").format(offered=offered),
        )
    return path, option


@dataclass(frozen=True, slots=True)
class _Asking:
    """Finds what may be asked.

    Attributes:
        find: Gives the playbooks that are called.
        is_resumed: Every action may ask whether what it did happened.
    """

    find: Find
    is_resumed: bool

    def questions(self, playbook: Playbook, prefix: str = "", calls: int = 0) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each path of a playbook that may ask, and the options it then offers."""
        asks = [node for _unused, node in walk_nodes(playbook.graph) if isinstance(node, AskNode)]
        covered = {name for node in asks for name in node.covers}
        for path, node in _paths(playbook.graph, prefix):
            if isinstance(node, AskNode):
                yield path, [answer.id for answer in node.answers]
            elif isinstance(node, ActionNode):
                may_doubt = self.is_resumed or node.on_uncertain is OnUncertain.ASK
                offered = (*(UNCERTAIN_OPTIONS if may_doubt else ()), *(OPTIONS if _id_of(path) in covered else ()))
                if offered:
                    yield path, [option["id"] for option in offered]
            elif isinstance(node, CallNode) and calls < MOST_CALLS:  # what calls itself is refused later
                callee = self.find(node.playbook)
                yield from self.questions(callee, path, calls + 1) if callee is not None else ()


def _paths(graph: Graph, prefix: str) -> Iterator[tuple[str, Node]]:
    """Yield every node with its path, without the indexes of items."""
    for name, node in graph.nodes.items():
        path = f"{prefix}/{name}" if prefix else name
        yield path, node
        if isinstance(node, ForEachNode | WhileNode):
            yield from _paths(node.body, path)


def _id_of(path: str) -> str:
    return path.rpartition("/")[2]
