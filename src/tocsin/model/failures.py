"""Why a node failed: a closed list of codes that retry policies, error paths and faces decide by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json


class FailureCode(StrEnum):
    """What kind of failure it was. Never decide by a message's text."""

    AUTH = "auth"
    PERMISSION = "permission"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    RATE_LIMIT = "rate_limit"
    UNAVAILABLE = "unavailable"
    TIMEOUT = "timeout"
    BAD_INPUT = "bad_input"
    UNEXPECTED_SHAPE = "unexpected_shape"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    GUARDED = "guarded"
    EXPRESSION = "expression"
    BAD_ARGUMENT = "bad_argument"
    LIMIT = "limit"
    DUPLICATE = "duplicate"
    ITEMS = "items"
    RAISED = "raised"
    CANCELLED = "cancelled"


RETRYABLE: Final = frozenset({FailureCode.RATE_LIMIT, FailureCode.UNAVAILABLE, FailureCode.TIMEOUT})


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure, as events and expressions carry it (engine.md §2.2).

    Attributes:
        code: What kind.
        message: One sentence for a person.
        retryable: Whether trying again may help.
        node: The node's id; the engine fills it in.
        attempt: Which attempt, from 1; 0 when none was made.
        status: The HTTP status, if one came.
        retry_after: Seconds the product asked to wait.
        cause: The path of the inner failure that led to this one.
    """

    code: FailureCode
    message: str
    retryable: bool = False
    node: str = ""
    attempt: int = 0
    status: int | None = None
    retry_after: float | None = None
    cause: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the failure as events keep it; what is not known is left out."""
        known: dict[str, Json] = {"code": str(self.code), "message": self.message, "retryable": self.retryable}
        known |= {"node": self.node, "attempt": self.attempt}
        optional: dict[str, Json] = {"status": self.status, "retry_after": self.retry_after, "cause": self.cause}
        return known | {key: value for key, value in optional.items() if value is not None}
