"""What an answer, or none, means for an attempt: the one place where outcomes are decided (engine.md 1.13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Final

from tocsin.base.errors import TocsinError
from tocsin.base.secret import SecretUnusableError
from tocsin.base.texts import _
from tocsin.connectors.errors import (
    ConnectionFaultError,
    Cut,
    DayUsedUpError,
    ExchangeError,
    MissingSecretError,
    NoPassError,
    SlotError,
)
from tocsin.connectors.exchange import Reply
from tocsin.connectors.plans import RulePlan
from tocsin.connectors.sign_in import SignInError
from tocsin.engine.outcomes import Changed, Outcome, Sent
from tocsin.expressions import EvaluationError, Scope, evaluate, render
from tocsin.model.failures import RETRYABLE, Failure, FailureCode

_BY_STATUS: Final = {
    401: FailureCode.AUTH,
    403: FailureCode.PERMISSION,
    404: FailureCode.NOT_FOUND,
    409: FailureCode.CONFLICT,
    429: FailureCode.RATE_LIMIT,
}
_TEXTS: Final = {
    FailureCode.AUTH: _("{product} does not accept the sign-in."),
    FailureCode.PERMISSION: _("The key of {product} has no permission for this."),
    FailureCode.NOT_FOUND: _("{product} does not have this."),
    FailureCode.CONFLICT: _("{product} refused: it does not fit what is there."),
    FailureCode.RATE_LIMIT: _("{product} asks to wait."),
    FailureCode.UNAVAILABLE: _("{product} cannot answer now (status {status})."),
    FailureCode.BAD_INPUT: _("{product} refused the request (status {status})."),
    FailureCode.UNEXPECTED_SHAPE: _("{product} answered in a way that is not described (status {status})."),
}
_BY_ERROR: Final[Sequence[tuple[type[TocsinError], FailureCode]]] = (
    (NoPassError, FailureCode.GUARDED),
    (ConnectionFaultError, FailureCode.GUARDED),
    (MissingSecretError, FailureCode.AUTH),
    (SecretUnusableError, FailureCode.AUTH),
    (SlotError, FailureCode.BAD_INPUT),
    (DayUsedUpError, FailureCode.LIMIT),
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """How an attempt ends when it does not succeed."""

    outcome: Outcome
    failure: Failure
    sent: Sent = Sent.YES
    changed: Changed = Changed.FALSE


def rule_on_reply(reply: Reply, scope: Scope, rules: Sequence[RulePlan], *, product: str, changes: bool) -> Ruling:
    """Return what an answer that is no success means.

    The description's rules come first, then the status. Of a change, what is neither listed nor a clear no is
    uncertain: it may have happened.

    Args:
        reply: The answer.
        scope: Sees its status, body and headers, and the attempt's values.
        rules: The action's, then the connector's.
        product: The product's title, for the message.
        changes: Whether the request changes something.
    """
    rule = next((rule for rule in rules if _holds(rule, scope)), None)
    code = rule.code if rule is not None else _code_of(reply)
    told = _text_of(rule, scope)
    text = told or _TEXTS.get(code, _("{product} answered with an error (status {status})."))
    message = text if told else text.format(product=product, status=reply.status)
    failure = _failure(code, message, reply)
    if rule is None:
        return _by_status(reply, failure, changes=changes)
    if rule.acted is None:
        return _uncertain(failure) if changes else Ruling(Outcome.FAILED, failure)
    if rule.acted:
        return Ruling(
            Outcome.FAILED, replace(failure, retryable=False), changed=Changed.TRUE if changes else Changed.FALSE
        )
    return Ruling(Outcome.REFUSED, failure)


def rule_on_error(error: TocsinError, *, product: str, changes: bool) -> Ruling:
    """Return what it means that a request did not leave, or brought no answer."""
    if isinstance(error, ExchangeError):
        return _on_exchange(error, product, changes=changes)
    if isinstance(error, SignInError):
        code = FailureCode.AUTH if error.reply.status < 500 else FailureCode.UNAVAILABLE
        code = FailureCode.RATE_LIMIT if error.reply.status == 429 else code
        return Ruling(Outcome.NOT_SENT, _failure(code, error.message, error.reply), sent=Sent.NO)
    code = next((code for kind, code in _BY_ERROR if isinstance(error, kind)), FailureCode.EXPRESSION)
    code = error.kind if isinstance(error, EvaluationError) else code
    outcome = Outcome.REFUSED if isinstance(error, NoPassError) else Outcome.NOT_SENT
    return Ruling(outcome, Failure(code, str(error)), sent=Sent.NO)


def rule_on_shape(message: str, *, changes: bool) -> Ruling:
    """Return what it means that a good answer does not hold what the description promises."""
    failure = Failure(
        FailureCode.UNEXPECTED_SHAPE, _("The answer is not as it is described: {message}").format(message=message)
    )
    return Ruling(Outcome.FAILED, failure, changed=Changed.TRUE if changes else Changed.FALSE)


def rule_on_job(message: str, *, changes: bool, ended: bool) -> Ruling:
    """Return what it means that a long job failed (`ended`), or was not done in time."""
    if ended:
        return Ruling(
            Outcome.FAILED, Failure(FailureCode.REFUSED, message), changed=Changed.UNKNOWN if changes else Changed.FALSE
        )
    failure = Failure(FailureCode.TIMEOUT, message, retryable=not changes)
    return _uncertain(failure) if changes else Ruling(Outcome.FAILED, failure)


def rule_on_bug(*, changes: bool) -> Ruling:
    """Return what it means that Tocsin itself met a bug; `changes` when a change may have left before."""
    failure = Failure(FailureCode.UNEXPECTED_SHAPE, _("Tocsin met a fault of its own; the log has it."))
    return _uncertain(failure) if changes else Ruling(Outcome.FAILED, failure, sent=Sent.MAYBE)


def in_a_change(ruling: Ruling, *, acted: bool) -> Ruling:
    """Return a ruling on one request as one on a whole action that changes something.

    Args:
        ruling: On the request that failed.
        acted: Whether an earlier request of the action did change something.
    """
    if acted:
        outcome = Outcome.UNCERTAIN if ruling.outcome is Outcome.UNCERTAIN else Outcome.FAILED
        failure = replace(ruling.failure, retryable=False)
        return Ruling(outcome, failure, sent=Sent.YES, changed=Changed.TRUE)
    if ruling.outcome is Outcome.FAILED and ruling.changed is Changed.FALSE:  # a read before the change
        return replace(ruling, outcome=Outcome.NOT_SENT, sent=Sent.NO)
    return ruling


def retry_after(reply: Reply) -> float | None:
    """Return how many seconds the product asks to wait (RFC 9110 §10.2.3), or None; a date counts from the answer's."""
    text = reply.headers.get("retry-after", "").strip()
    if text.isdecimal() and len(text) <= 9:
        return float(text)
    try:
        due, now = parsedate_to_datetime(text), parsedate_to_datetime(reply.headers.get("date", ""))
        return max(0.0, (due - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _by_status(reply: Reply, failure: Failure, *, changes: bool) -> Ruling:
    if reply.status == 429:
        return Ruling(Outcome.REFUSED, failure)
    if not changes:
        return Ruling(Outcome.FAILED, failure)
    if 400 <= reply.status < 500:
        return Ruling(Outcome.REFUSED, failure)
    return _uncertain(failure)


def _on_exchange(error: ExchangeError, product: str, *, changes: bool) -> Ruling:
    code = FailureCode.TIMEOUT if error.cut is Cut.TIMEOUT else FailureCode.UNAVAILABLE
    code = FailureCode.UNEXPECTED_SHAPE if error.cut is Cut.UNREADABLE else code
    failure = Failure(
        code,
        _("No answer from {product}: {reason}.").format(product=product, reason=error.reason),
        retryable=code in RETRYABLE,
    )
    if not error.sent:
        return Ruling(Outcome.NOT_SENT, failure, sent=Sent.NO)
    return _uncertain(failure) if changes else Ruling(Outcome.FAILED, failure, sent=Sent.MAYBE)


def _uncertain(failure: Failure) -> Ruling:
    failure = replace(failure, code=FailureCode.UNCERTAIN, retryable=False)
    return Ruling(Outcome.UNCERTAIN, failure, sent=Sent.MAYBE, changed=Changed.UNKNOWN)


def _code_of(reply: Reply) -> FailureCode:
    if reply.status >= 500:
        return FailureCode.UNAVAILABLE
    if reply.status >= 400:
        return _BY_STATUS.get(reply.status, FailureCode.BAD_INPUT)
    return FailureCode.UNEXPECTED_SHAPE


def _failure(code: FailureCode, message: str, reply: Reply) -> Failure:
    return Failure(code, message, retryable=code in RETRYABLE, status=reply.status, retry_after=retry_after(reply))


def _holds(rule: RulePlan, scope: Scope) -> bool:
    try:
        return evaluate(rule.when, scope) is True
    except EvaluationError:  # it asks for what this answer does not have
        return False


def _text_of(rule: RulePlan | None, scope: Scope) -> str:
    if rule is None or rule.message is None:
        return ""
    try:
        return str(render(rule.message, scope))
    except EvaluationError:
        return ""
