"""Falcon Query Language: `hostname:'ws-03'+status:!'contained'`.

`+` is and, `,` is or; after the colon may stand an operator (`!` `>` `>=` `<` `<=` `~` `*`), then a value in single
quotes (or a bare number or word) or a list of them. Source: falconpy.io/Usage/Falcon-Query-Language.html.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase

from tocsin.base.json_types import Json
from tocsin.lab.queries.boolean import ORDER_TESTS, BadQueryError, Grammar, Predicate, Tokens, order_of, texts_at

_TOKEN = re.compile(r"\s+|'(?:[^'\\]|\\.)*'|[A-Za-z0-9_.\-]+|[><]=|!~|[:!+,()\[\]><~*]")
_FIELD = re.compile(r"[a-z_][a-z0-9_.]*")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_VALUE = re.compile(r"[A-Za-z0-9_.\-]+")
_OPERATORS = ("!", ">", ">=", "<", "<=", "~", "!~", "*")


def read_fql(text: str, *, fields: Collection[str]) -> Predicate:
    """Return the predicate of a filter; an empty one takes all.

    Args:
        text: The filter.
        fields: The properties that can be filtered on; others are refused, as Falcon does.

    Raises:
        BadQueryError: The filter is not understood.
    """
    if not text.strip():
        return lambda _: True

    def clause(tokens: Tokens) -> Predicate:
        return _read_clause(tokens, fields)

    tokens = Tokens(text, _TOKEN)
    predicate = Grammar(both="+", either=",", negation="", clause=clause).read(tokens)
    if not tokens.is_empty:
        raise BadQueryError(f"“{tokens.peek()}” is not expected")
    return predicate


def _read_clause(tokens: Tokens, fields: Collection[str]) -> Predicate:
    name = tokens.take()
    if not _FIELD.fullmatch(name) or name not in fields:
        raise BadQueryError(f"“{name}” is no property of this filter")
    tokens.expect(":")
    operator = tokens.take() if tokens.peek() in _OPERATORS else ""
    values = _read_values(tokens)

    def holds(record: Mapping[str, Json]) -> bool:
        found = texts_at(record, name)
        hit = any(_fits(text, operator, value) for text in found for value in values)
        return not hit if operator in {"!", "!~"} else hit

    return holds


def _read_values(tokens: Tokens) -> list[str]:
    if not tokens.take_if("["):
        return [_read_value(tokens)]
    values = [_read_value(tokens)]
    while tokens.take_if(","):
        values.append(_read_value(tokens))
    tokens.expect("]")
    return values


def _read_value(tokens: Tokens) -> str:
    word = tokens.take()
    if word.startswith("'"):
        return re.sub(r"\\(.)", r"\1", word[1:-1])
    if not _VALUE.fullmatch(word):
        raise BadQueryError(f"“{word}” is no value")
    return word


def _fits(text: str, operator: str, value: str) -> bool:
    text, value = text.lower(), value.lower()
    match operator:
        case "~" | "!~":
            return value in text
        case "*":
            return fnmatchcase(text, value.replace("[", "[[]"))
        case ">" | ">=" | "<" | "<=":
            return ORDER_TESTS[operator](order_of(_number_or_text(text), _number_or_text(value)))
        case _:
            return text == value


def _number_or_text(text: str) -> float | str:
    return float(text) if _NUMBER.fullmatch(text) else text
