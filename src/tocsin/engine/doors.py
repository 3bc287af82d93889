"""What an attempt brings when a part behind its door fails: a bug or a silence there ends a step, never the engine."""

from __future__ import annotations

import logging

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.engine.outcomes import Answer, Changed, Intent, Outcome, Sent
from tocsin.engine.ports import Performer, Permit
from tocsin.model.catalogue import Effect
from tocsin.model.failures import Failure, FailureCode

_log = logging.getLogger("tocsin.engine")


def permit_for(performer: Performer, intent: Intent) -> Permit | Failure:
    """Return the permit of an attempt's connection, or why it cannot be had."""
    try:
        return performer.permit(intent.binding)
    except TocsinError as error:
        return Failure(FailureCode.UNAVAILABLE, str(error))
    except Exception:  # noqa: BLE001  the door of the attempt: it is asked for in the turn that serves every run
        _log.exception("run=%s path=%s the connection's permit failed with a bug", intent.run, intent.path)
        return Failure(FailureCode.UNAVAILABLE, _("The connector failed with a bug. The log has the details."))


def answer_of_timeout(intent: Intent) -> Answer:
    """Return what it means that no answer came in time."""
    message = _("No answer within {timeout:g} s.").format(timeout=intent.timeout)
    if intent.effect is Effect.READ:
        return Answer(Outcome.FAILED, Sent.MAYBE, failure=Failure(FailureCode.TIMEOUT, message, retryable=True))
    failure = Failure(FailureCode.TIMEOUT, _("{message} It may have happened.").format(message=message), retryable=True)
    return Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure)


def answer_of_bug(intent: Intent) -> Answer:
    """Write the exception that is being handled to the log, and return what it means for the attempt."""
    _log.exception("run=%s path=%s connector failed with a bug", intent.run, intent.path)
    failure = Failure(FailureCode.UNAVAILABLE, _("The connector failed with a bug. The log has the details."))
    if intent.effect is Effect.READ:
        return Answer(Outcome.FAILED, Sent.MAYBE, failure=failure)
    return Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure)
