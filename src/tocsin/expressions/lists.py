"""Functions over lists that CEL itself does not have: order, each once, joined to a text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast

from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.texts import split_path
from tocsin.expressions.values import MISSING, follow, name_of_type, text_of, to_value
from tocsin.model.failures import FailureCode

_ORDERED: Final = ((int, float), (str,), (datetime,))
"""What can be put in an order: numbers, texts or times, but not one beside the other."""


def sort(items: Sequence[object]) -> list[object]:
    """Return a list in order, smallest first: numbers, texts (by code point) or times.

    Raises:
        EvaluationError: An item is something else, or of another kind than the others.
    """
    _ensure_ordered(items)
    return sorted(cast("Sequence[Any]", items))


def sort_by(items: Sequence[object], path: str) -> list[object]:
    """Return a list in the order of what lies at a path of each item; items without it come last.

    Raises:
        EvaluationError: The text is no path, or what lies there cannot be put in an order.
    """
    way = split_path(path)
    keyed = [(follow(item, way), item) for item in items]
    there = [(key, item) for key, item in keyed if key is not MISSING and key is not None]
    _ensure_ordered([key for key, _unused in there])
    there.sort(key=lambda pair: cast("Any", pair[0]))
    return [item for _unused, item in there] + [item for key, item in keyed if key is MISSING or key is None]


def unique(items: Sequence[object]) -> list[object]:
    """Return each item once, where it stood first. A whole number and a decimal one are two."""
    found: dict[str, object] = {}
    for item in items:
        found.setdefault(json.dumps(to_value(item), sort_keys=True), item)
    return list(found.values())


def join_text(items: Sequence[object], between: str) -> str:
    """Return the items as one text, each as it stands inside other text.

    Raises:
        EvaluationError: An item is null, a list or a map.
    """
    return between.join(text_of(to_value(item)) for item in items)


def _ensure_ordered(items: Sequence[object]) -> None:
    if not items:
        return
    kinds = next((kinds for kinds in _ORDERED if isinstance(items[0], kinds)), ())
    for item in items:
        if isinstance(item, bool) or not isinstance(item, kinds):
            raise EvaluationError(
                _("A list with {name_of_type} in it cannot be put in order.").format(name_of_type=name_of_type(item)),
                kind=FailureCode.BAD_ARGUMENT,
                hint=_("Numbers, texts or times can, each among their own."),
            )
