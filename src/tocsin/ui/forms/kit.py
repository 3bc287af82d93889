"""What every editor of a form is given."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.ui.expression import ExpressionContext
from tocsin.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class FormKit:
    """The look, and where values can be read from.

    Attributes:
        theme: The look.
        context: The place that expressions are read at; None where nothing can be read, as in a person's answer.
    """

    theme: Theme
    context: ExpressionContext | None = None
