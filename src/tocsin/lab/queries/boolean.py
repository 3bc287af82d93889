"""What the text query languages share: tokens, and clauses joined by and, or, not and brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tocsin.base.json_types import Json

Predicate = Callable[[Mapping[str, Json]], bool]

ORDER_TESTS: Mapping[str, Callable[[int], bool]] = {
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
}
"""What an operator asks of `order_of`."""

DEEPEST = 20
LONGEST = 20_000


class BadQueryError(ValueError):
    """A query that the language, or the Lab's part of it, does not have."""


class Tokens:
    """The words of a query, taken one by one from the left."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        """Split the text into matches of the pattern, with blanks between them."""
        if len(text) > LONGEST:
            raise BadQueryError("the query is too long")
        self._words: list[str] = []
        place = 0
        while place < len(text):
            match = pattern.match(text, place)
            if match is None or match.end() == place:
                raise BadQueryError(f"the character “{text[place]}” at {place + 1} is not expected")
            self._words += [match.group().strip()] if match.group().strip() else []
            place = match.end()
        self._next = 0

    @property
    def is_empty(self) -> bool:
        """Whether everything was taken."""
        return self._next >= len(self._words)

    def peek(self) -> str:
        """Return the next word, or "" at the end."""
        return "" if self.is_empty else self._words[self._next]

    def take(self) -> str:
        """Return the next word and go on."""
        if self.is_empty:
            raise BadQueryError("the query ends too early")
        self._next += 1
        return self._words[self._next - 1]

    def take_if(self, *words: str) -> bool:
        """Take the next word if it is one of these, in any case."""
        if self.peek().upper() not in words:
            return False
        self._next += 1
        return True

    def expect(self, word: str) -> None:
        """Take this word, or refuse the query."""
        if not self.take_if(word):
            raise BadQueryError(f"“{word}” is missing before “{self.peek()}”")


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language joins its clauses.

    Attributes:
        both: The word for and.
        either: The word for or.
        negation: The word before a clause for not; "" when there is none.
        clause: Reads one clause.
    """

    both: str
    either: str
    negation: str
    clause: Callable[[Tokens], Predicate]

    def read(self, tokens: Tokens, *, depth: int = 0) -> Predicate:
        """Read clauses up to the end or a closing bracket."""
        groups = [self._read_group(tokens, depth)]
        while tokens.take_if(self.either):
            groups.append(self._read_group(tokens, depth))
        return lambda record: any(group(record) for group in groups)

    def _read_group(self, tokens: Tokens, depth: int) -> Predicate:
        parts = [self._read_part(tokens, depth)]
        while tokens.take_if(self.both):
            parts.append(self._read_part(tokens, depth))
        return lambda record: all(part(record) for part in parts)

    def _read_part(self, tokens: Tokens, depth: int) -> Predicate:
        if depth > DEEPEST:
            raise BadQueryError("the query is nested too deeply")
        if self.negation and tokens.take_if(self.negation):
            part = self._read_part(tokens, depth + 1)
            return lambda record: not part(record)
        if tokens.take_if("("):
            inner = self.read(tokens, depth=depth + 1)
            tokens.expect(")")
            return inner
        return self.clause(tokens)


def texts_at(record: Mapping[str, Json], path: str) -> list[str]:
    """Return what a field holds, as texts; a field that is not there holds none."""
    value = value_at(record, path)
    values = value if isinstance(value, list | tuple) else [value]
    return [_text(part) for part in values if part is not None]


def value_at(record: Mapping[str, Json], path: str) -> Json:
    """Return a field by its dotted name, whether it is written flat or as nested objects; None when it is missing."""
    if path in record:
        return record[path]
    head, _, rest = path.partition(".")
    inner = record.get(head)
    return value_at(inner, rest) if rest and isinstance(inner, Mapping) else None


def order_of(left: Json, right: Json) -> int:
    """Return 1, 0 or -1 as left is more than, equal to or less than right; by number when both are numbers."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        return (left > right) - (left < right)
    return (str(left) > str(right)) - (str(left) < str(right))


def _text(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
