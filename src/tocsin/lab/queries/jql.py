"""Jira Query Language: `project = SEC AND labels = "tocsin-run" ORDER BY created DESC`.

Source: support.atlassian.com/jira-software-cloud/docs/use-advanced-search-with-jira-query-language-jql.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.base.json_types import Json
from tocsin.lab.queries.boolean import BadQueryError, Grammar, Predicate, Tokens, texts_at

FIELDS = {
    "project": "project",
    "key": "key",
    "issuekey": "key",
    "id": "id",
    "labels": "labels",
    "status": "status",
    "statuscategory": "status_category",
    "issuetype": "issuetype",
    "type": "issuetype",
    "summary": "summary",
    "description": "description",
    "text": "text",
    "priority": "priority",
    "created": "created",
}
"""JQL's names in lower case, and where a ticket's search record has them."""

_TEXT_FIELDS = ("summary", "description", "text")
_TOKEN = re.compile(r"""\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!=|!~|[=~(),]|[A-Za-z0-9_.@:+\-]+""")
_WORD = re.compile(r"[A-Za-z0-9_.@:+\-]+")


@dataclass(frozen=True, slots=True)
class Jql:
    """A query that was read.

    Attributes:
        matches: Its predicate, or None when it restricts nothing.
        order_by: Fields of the search record and whether each descends.
    """

    matches: Predicate | None
    order_by: tuple[tuple[str, bool], ...]


def read_jql(text: str) -> Jql:
    """Return the query.

    Raises:
        BadQueryError: It is not understood.
    """
    tokens = Tokens(text, _TOKEN)
    matches = None
    if not tokens.is_empty and tokens.peek().upper() != "ORDER":
        matches = Grammar(both="AND", either="OR", negation="NOT", clause=_read_clause).read(tokens)
    order = _read_order(tokens)
    if not tokens.is_empty:
        raise BadQueryError(f"Error in the JQL Query: “{tokens.peek()}” is not expected")
    return Jql(matches, order)


def _read_order(tokens: Tokens) -> tuple[tuple[str, bool], ...]:
    if not tokens.take_if("ORDER"):
        return ()
    tokens.expect("BY")
    order: list[tuple[str, bool]] = []
    while True:
        name = _read_field(tokens)
        descends = tokens.take_if("DESC")
        if not descends:
            tokens.take_if("ASC")
        order.append((name, descends))
        if not tokens.take_if(","):
            return tuple(order)


def _read_clause(tokens: Tokens) -> Predicate:
    name = _read_field(tokens)
    negated, operator = _read_operator(tokens)
    if operator == "~" and name not in _TEXT_FIELDS:
        raise BadQueryError(f"The operator “~” is not supported by the “{name}” field")
    if operator == "=" and name in _TEXT_FIELDS:
        raise BadQueryError(f"The operator “=” is not supported by the “{name}” field")
    values = _read_list(tokens) if operator == "IN" else [_read_value(tokens)]

    def holds(record: Mapping[str, Json]) -> bool:
        found = [text.lower() for text in texts_at(record, name)]
        wanted = [value.lower() for value in values]
        if operator == "~":
            return any(value.strip('"') in text for text in found for value in wanted) is not negated
        return any(value in found for value in wanted) is not negated

    return holds


def _read_field(tokens: Tokens) -> str:
    word = tokens.take()
    if word.lower() not in FIELDS:
        raise BadQueryError(f"Field “{word}” does not exist or you do not have permission to view it.")
    return FIELDS[word.lower()]


def _read_operator(tokens: Tokens) -> tuple[bool, str]:
    word = tokens.take().upper()
    if word in {"=", "!=", "~", "!~"}:
        return word.startswith("!"), word[-1]
    if word == "NOT":
        tokens.expect("IN")
        return True, "IN"
    if word == "IN":
        return False, "IN"
    raise BadQueryError(f"“{word}” is no operator that the Lab knows")


def _read_list(tokens: Tokens) -> list[str]:
    tokens.expect("(")
    values = [_read_value(tokens)]
    while tokens.take_if(","):
        values.append(_read_value(tokens))
    tokens.expect(")")
    return values


def _read_value(tokens: Tokens) -> str:
    word = tokens.take()
    if word[0] in "\"'":
        return re.sub(r"\\(.)", r"\1", word[1:-1])
    if not _WORD.fullmatch(word):
        raise BadQueryError(f"Error in the JQL Query: “{word}” is no value")
    return word
