"""One attempt as facts for reading: what came of it, when, what was looked for since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.details import Attempt, Look
from tocsin.ui.run_dock.words import OUTCOME_WORDS, RESULT_WORDS, clock_words, counted, duration_words

_SENT: Final = {"yes": _("yes"), "no": _("no"), "maybe": _("may have been")}


def attempt_title(attempt: Attempt) -> str:
    """Return an attempt in a line of a list: “Attempt 1: not sent, 0.5 s”."""
    took = f", {duration_words(attempt.ended_at - attempt.started_at)}" if attempt.ended_at else ""
    return _("Attempt {n}: {outcome}{took}").format(
        n=attempt.n, outcome=OUTCOME_WORDS.get(attempt.outcome, attempt.outcome), took=took
    )


def attempt_facts(attempt: Attempt, looks: Sequence[Look], *, is_last: bool) -> dict[str, Json]:
    """Return an attempt as names and words, most telling first."""
    facts: dict[str, Json] = {_("Outcome"): OUTCOME_WORDS.get(attempt.outcome, attempt.outcome)}
    if attempt.summary:
        facts[_("What happened")] = attempt.summary
    if attempt.error is not None:
        facts[_("Error")] = str(attempt.error.get("message", ""))
    facts[_("Began")] = clock_words(attempt.started_at)
    if attempt.ended_at:
        took = duration_words(attempt.ended_at - attempt.started_at)
        facts[_("Answer")] = (
            _("none after {took}").format(took=took)
            if attempt.outcome == "uncertain"
            else _("after {took}").format(took=took)
        )
        facts[_("Request sent")] = _SENT.get(attempt.sent, attempt.sent)
    if attempt.outcome == "uncertain":
        facts[_("Checks")] = looks_words(looks)
        facts[_("Sent again")] = _("no") if is_last else _("yes")
    facts[_("Connection")] = attempt.connection
    if attempt.requests:
        facts[_("Requests")] = [_request_words(request) for request in attempt.requests]
    return facts


def looks_words(looks: Sequence[Look]) -> str:
    """Return how often somebody looked and what the last look found: “2, no answer”."""
    return f"{len(looks)}, {RESULT_WORDS.get(looks[-1].result, looks[-1].result)}" if looks else _("none")


def checks_sentence(looks: Sequence[Look]) -> str:
    """Return the same as a sentence, such as “2 checks got no answer.”, for the card."""
    own = [look for look in looks if look.by == "verify"]
    if not own:
        return _("Nobody has checked yet.")
    unknown = sum(look.result == "unknown" for look in own)
    if unknown == len(own):
        return _("{counted} got no answer.").format(counted=counted(unknown, "check"))
    return _("The last check said: {result}.").format(result=RESULT_WORDS.get(own[-1].result, own[-1].result))


def _request_words(request: Mapping[str, Any]) -> str:
    status = request["status"]
    answer = _("status {status}").format(status=status) if status is not None else _("no answer")
    return f"{request['method']} {request['host']}{request['path']}: {answer}, {request['ms']:.0f} ms"
