"""What can be wrong with an expression, when it is written and when it is evaluated.

TocsinError
├── ExpressionError           it cannot be read as CEL
│   ├── TooLargeError         it is over a limit of size, depth or nesting
│   ├── NotAllowedError       it is CEL, but Tocsin does not allow it
│   └── TemplateError         the braces of a template are wrong
└── EvaluationError           it could be read, but has no value here
"""

from __future__ import annotations

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.model.failures import FailureCode


class ExpressionError(TocsinError):
    """A text cannot be used as an expression or a template.

    Attributes:
        position: Where in the text, in characters from 0.
        path: For a template, the keys and indexes that lead to the text; () when the text is the whole field.
    """

    code = ErrorCode.EXPRESSION_SYNTAX

    def __init__(self, message: str, *, position: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position
        self.path: tuple[str | int, ...] = ()

    @property
    def column(self) -> int:
        """Where in the text, in characters from 1."""
        return self.position + 1

    def moved(self, offset: int, *, path: tuple[str | int, ...] = ()) -> ExpressionError:
        """Return the same error for a text in which this one begins at `offset`."""
        error = type(self)(self.message, position=self.position + offset, hint=self.hint)
        error.path = path or self.path
        return error


class TooLargeError(ExpressionError):
    """The expression is over a limit that keeps evaluation fast and safe."""

    code = ErrorCode.EXPRESSION_TOO_LARGE


class NotAllowedError(ExpressionError):
    """The expression is CEL, but would read differently in each run, or hide what it reads."""

    code = ErrorCode.EXPRESSION_NOT_ALLOWED


class TemplateError(ExpressionError):
    """A `{{` without its `}}`, or nothing between them."""

    code = ErrorCode.BAD_TEMPLATE


class EvaluationError(TocsinError):
    """An expression ended in an error.

    Attributes:
        kind: `expression` (it has no value here), `bad_argument` (a function refused what it was given) or `limit`.
        missing: The path that is not there, when that is the cause; else "".
    """

    code = ErrorCode.EXPRESSION_FAILED

    def __init__(
        self, message: str, *, kind: FailureCode = FailureCode.EXPRESSION, missing: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.kind = kind
        self.missing = missing
