"""What was looked up a short while ago, so that it is not asked again: look-ups cost a quota and tell the vendor."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.connection import OpenConnection
from tocsin.connectors.plans import ActionPlan
from tocsin.engine.outcomes import Answer, Outcome, Sent
from tocsin.model.canonical import digest

_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    connection: OpenConnection
    plan: ActionPlan
    answer: Answer
    ends: float


class KnownAnswers:
    """The answers of look-ups whose description says how long they hold (`keep`).

    Args:
        monotonic: Seconds that never go back.
        most: How many are kept; those that were not wanted for longest go first.
    """

    def __init__(self, *, monotonic: Callable[[], float], most: int = _MOST) -> None:
        self._monotonic = monotonic
        self._most = most
        self._by_question: OrderedDict[tuple[str, str, str], _Known] = OrderedDict()

    def find(self, connection: OpenConnection, plan: ActionPlan, inputs: Json) -> Answer | None:
        """Return the answer to the same question to the same connection, while it holds. Nothing was sent for it.

        What is allowed to ask may be told more or less: another secret makes it another connection.
        """
        question = (connection.key, plan.id, digest(inputs))
        known = self._by_question.get(question)
        if known is None or known.connection is not connection or known.plan is not plan:
            return None
        if known.ends <= self._monotonic():
            return None
        self._by_question.move_to_end(question)
        return replace(
            known.answer,
            sent=Sent.NO,
            requests=(),
            summary=_("{summary} (known already)").format(summary=known.answer.summary),
        )

    def keep(self, connection: OpenConnection, plan: ActionPlan, inputs: Json, answer: Answer) -> None:
        """Keep an answer for as long as its description says; only one that succeeded."""
        if plan.keep is None or answer.outcome is not Outcome.SUCCEEDED:
            return
        question = (connection.key, plan.id, digest(inputs))
        self._by_question[question] = _Known(connection, plan, answer, self._monotonic() + plan.keep)
        while len(self._by_question) > self._most:
            self._by_question.popitem(last=False)
