"""What `--answer PATH=OPTION` says: which question gets which answer without asking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.model.playbook import AskNode, ForEachNode, Graph, Playbook, WhileNode

_INDEX: Final = re.compile(r"\[\d+\]")


class UnknownQuestionError(TocsinError):
    """An answer for no question, or with no option, of the playbook."""

    code = ErrorCode.UNKNOWN_QUESTION


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


def read_answers(texts: Sequence[str], playbook: Playbook) -> Answers:
    """Return the answers that a command line gives.

    Raises:
        UnknownQuestionError: One matches no question or option of the playbook.
    """
    questions = dict(_questions(playbook.graph, ""))
    given: dict[str, str] = {}
    for text in texts:
        path, _, option = text.partition("=")
        node = questions.get(_INDEX.sub("", path))
        if node is None:
            asked = ", ".join(f"“{name}”" for name in questions) or "none"
            raise UnknownQuestionError(f"No question of the playbook is at “{path}”.", hint=f"It asks: {asked}.")
        options = [answer.id for answer in node.answers]
        if option not in options:
            offered = ", ".join(f"“{name}”" for name in options)
            raise UnknownQuestionError(f"“{option}” is no answer to “{path}”.", hint=f"It offers {offered}.")
        given[path] = option
    return Answers(given)


def _questions(graph: Graph, prefix: str) -> Iterator[tuple[str, AskNode]]:
    for name, node in graph.nodes.items():
        path = f"{prefix}/{name}" if prefix else name
        if isinstance(node, AskNode):
            yield path, node
        elif isinstance(node, ForEachNode | WhileNode):
            yield from _questions(node.body, path)
