"""Elasticsearch's Query DSL: bool, term, terms, range, exists, match, match_phrase, ids, match_all, query_string.

Source: elastic.co/docs/reference/query-languages/querydsl.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase

from tocsin.base.json_types import Json
from tocsin.lab.queries.boolean import (
    DEEPEST,
    ORDER_TESTS,
    BadQueryError,
    Grammar,
    Predicate,
    Tokens,
    order_of,
    texts_at,
    value_at,
)

_TOKEN = re.compile(r"""\s+|"(?:[^"\\]|\\.)*"|[():]|(?:[^\s():"\\]|\\.)+""")
_BOOL_KEYS = ("must", "filter", "should", "must_not", "minimum_should_match")
_RANGE_KEYS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def read_query(query: Json, *, depth: int = 0) -> Predicate:
    """Return the predicate of a query; the record's `_id` is a field like others.

    Raises:
        BadQueryError: It is no query, or one that the Lab does not know.
    """
    if depth > DEEPEST:
        raise BadQueryError("the query is nested too deeply")
    if not isinstance(query, Mapping) or len(query) != 1:
        raise BadQueryError("[query] must have one clause")
    [(kind, body)] = query.items()
    if kind == "bool":
        return _read_bool(body, depth)
    if kind not in _READERS:
        raise BadQueryError(f"unknown query [{kind}]")
    return _READERS[kind](body)


def _read_bool(body: Json, depth: int) -> Predicate:
    parts = _object(body, "bool")
    unknown = set(parts) - set(_BOOL_KEYS)
    if unknown:
        raise BadQueryError(f"[bool] query does not support [{min(unknown)}]")
    needed = [*_clauses(parts, "must", depth), *_clauses(parts, "filter", depth)]
    forbidden = _clauses(parts, "must_not", depth)
    wished = _clauses(parts, "should", depth)
    least = parts.get("minimum_should_match", 1 if wished and not needed else 0)
    if not isinstance(least, int):
        raise BadQueryError("[minimum_should_match] must be a number here")

    def holds(record: Mapping[str, Json]) -> bool:
        return (
            all(part(record) for part in needed)
            and not any(part(record) for part in forbidden)
            and sum(part(record) for part in wished) >= least
        )

    return holds


def _clauses(parts: Mapping[str, Json], name: str, depth: int) -> list[Predicate]:
    value = parts.get(name, [])
    listed = value if isinstance(value, list) else [value]
    return [read_query(part, depth=depth + 1) for part in listed]


def _read_match_all(body: Json) -> Predicate:
    _object(body, "match_all")
    return lambda _: True


def _read_term(body: Json) -> Predicate:
    field, wanted = _field_and_value(body, "term", "value")
    return _equals(field, [wanted])


def _read_terms(body: Json) -> Predicate:
    field, wanted = _only(body, "terms")
    if not isinstance(wanted, list):
        raise BadQueryError("[terms] query requires a list")
    return _equals(field, wanted)


def _read_ids(body: Json) -> Predicate:
    values = _object(body, "ids").get("values")
    if not isinstance(values, list):
        raise BadQueryError("[ids] requires values")
    return _equals("_id", values)


def _read_exists(body: Json) -> Predicate:
    field = _object(body, "exists").get("field")
    if not isinstance(field, str):
        raise BadQueryError("[exists] must be provided with a [field]")
    return lambda record: bool(texts_at(record, field))


def _read_match(body: Json) -> Predicate:
    """Take a field that has any of the words: analysed text as the standard analyser would."""
    field, wanted = _field_and_value(body, "match", "query")
    words = set(_words(str(wanted)))
    return lambda record: any(words & set(_words(text)) for text in texts_at(record, field))


def _read_match_phrase(body: Json) -> Predicate:
    field, wanted = _field_and_value(body, "match_phrase", "query")
    phrase = " ".join(_words(str(wanted)))
    return lambda record: any(f" {phrase} " in f" {' '.join(_words(text))} " for text in texts_at(record, field))


def _read_range(body: Json) -> Predicate:
    field, limits = _only(body, "range")
    bounds = {name: value for name, value in _object(limits, "range").items() if name != "format"}
    unknown = set(bounds) - set(_RANGE_KEYS)
    if unknown:
        raise BadQueryError(f"[range] query does not support [{min(unknown)}]")

    tests = [(ORDER_TESTS[_RANGE_KEYS[name]], bound) for name, bound in bounds.items()]

    def holds(record: Mapping[str, Json]) -> bool:
        value = value_at(record, field)
        return value is not None and all(test(order_of(value, bound)) for test, bound in tests)

    return holds


def _read_query_string(body: Json) -> Predicate:
    """Read `field:value` clauses joined by AND, OR, NOT and brackets; `*` and `?` are wildcards outside quotes."""
    text = _object(body, "query_string").get("query")
    if not isinstance(text, str):
        raise BadQueryError("[query_string] must be provided with a [query]")
    tokens = Tokens(text, _TOKEN)
    predicate = Grammar(both="AND", either="OR", negation="NOT", clause=_read_string_clause).read(tokens)
    if not tokens.is_empty:
        raise BadQueryError(f"Failed to parse query [{text}]")
    return predicate


def _read_string_clause(tokens: Tokens) -> Predicate:
    field = _plain(tokens.take())
    tokens.expect(":")
    word = tokens.take()
    if word in {"(", ")", ":"}:
        raise BadQueryError(f"“{word}” is not expected")
    if word.startswith('"'):
        return _equals(field, [_plain(word[1:-1])])
    pattern = re.sub(r"\\(.)", lambda match: f"[{match.group(1)}]", word.replace("[", "[[]"))
    return lambda record: any(fnmatchcase(text, pattern) for text in texts_at(record, field))


_READERS: Mapping[str, Callable[[Json], Predicate]] = {
    "match_all": _read_match_all,
    "term": _read_term,
    "terms": _read_terms,
    "ids": _read_ids,
    "exists": _read_exists,
    "match": _read_match,
    "match_phrase": _read_match_phrase,
    "range": _read_range,
    "query_string": _read_query_string,
}


def _object(value: Json, name: str) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise BadQueryError(f"[{name}] query malformed, no start_object after query name")
    return value


def _only(body: Json, name: str) -> tuple[str, Json]:
    parts = _object(body, name)
    if len(parts) != 1:
        raise BadQueryError(f"[{name}] query needs one field")
    return next(iter(parts.items()))


def _field_and_value(body: Json, name: str, key: str) -> tuple[str, Json]:
    field, value = _only(body, name)
    return field, value[key] if isinstance(value, Mapping) and key in value else value


def _equals(field: str, wanted: Sequence[Json]) -> Predicate:
    texts = {str(value).lower() if isinstance(value, bool) else str(value) for value in wanted}
    return lambda record: any(text in texts for text in texts_at(record, field))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _plain(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word)
