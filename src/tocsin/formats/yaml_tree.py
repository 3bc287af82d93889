"""Builds data from libyaml's events, with the place of everything; refuses what Tocsin's files may not hold."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import yaml

from tocsin.base.codes import ErrorCode
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.model.playbook import MAX_DEPTH
from tocsin.model.problems import Problem, Severity
from tocsin.model.values import Place

_LARGEST: Final = 2**53 - 1  # the largest whole number that JSON keeps everywhere (RFC 8259 §6)
_DIGITS: Final = 20
_MOST_VALUES: Final = 200_000
_INT: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
WORDS: Final[Mapping[str, Json]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""Plain words that are no text."""


class Mark(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Marks(NamedTuple):
    """Where a key and its value begin; an item of a list has no key of its own, so both are the value's."""

    key: Mark
    value: Mark


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.

    Attributes:
        mark: Where its `#` stands.
        after: The place of the plain value before it on the same line, which it may be cutting short; or None.
    """

    mark: Mark
    after: Place | None


class Span(NamedTuple):
    """The characters of a scalar, as indexes into the text, and its place when it is a plain value."""

    start: int
    end: int
    place: Place | None


@dataclass(slots=True)
class _Open:
    """A list or map that has begun."""

    place: Place
    mark: Mark
    items: list[Json] | None = None
    keys: dict[str, Json] = field(default_factory=dict[str, Json])
    key: str | None = None
    key_mark: Mark | None = None
    stands_as_key: bool = False
    drops_next: bool = False

    @property
    def expects_key(self) -> bool:
        return self.items is None and self.key_mark is None


class TreeBuilder:
    """Takes events one by one; `problems` says what was refused, `data` what there is all the same."""

    def __init__(self, text: str, file: str) -> None:
        self.data: Json = None
        self.problems: list[Problem] = []
        self.places: dict[Place, Marks] = {}
        self.spans: list[Span] = []
        self._text = text
        self._file = file
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> bool:  # noqa: ANN401  PyYAML's events have no common type that says what they hold
        """Take the next event; False when nothing after it can make sense."""
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if len(self.places) > _MOST_VALUES:
            message = _("This file holds more than {most_values:,} values.").format(most_values=_MOST_VALUES)
            self._refuse(ErrorCode.TOO_LARGE, mark, message, _("Take large samples out of it."))
            return False
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            return self._begin(event, mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_alias(mark, _("“*{anchor}” repeats a value by its name.").format(anchor=event.anchor))
            self._add(None, mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._document(mark)
        return True

    def _document(self, mark: Mark) -> bool:
        self._documents += 1
        if self._documents > 1:
            hint = _("Keep one document a file; take the line “---” out.")
            self._refuse(ErrorCode.NOT_YAML, mark, _("A second document begins here."), hint)
        return self._documents == 1

    def _begin(self, event: Any, mark: Mark) -> bool:  # noqa: ANN401  see take
        self._judge_marks(event, mark)
        if len(self._open) >= MAX_DEPTH:
            self._refuse(
                ErrorCode.TOO_DEEP,
                mark,
                _("This lies more than {max_depth} levels deep.").format(max_depth=MAX_DEPTH),
                _("Flatten it."),
            )
            return False
        above = self._open[-1] if self._open else None
        as_key = above is not None and above.expects_key
        if above is not None and as_key:
            self._refuse_structured_key(event, above, mark)
        opened = _Open(self._next_place(), mark, stands_as_key=as_key)
        if isinstance(event, yaml.SequenceStartEvent):
            opened.items = []
        self._open.append(opened)
        return True

    def _refuse_structured_key(self, event: Any, above: _Open, mark: Mark) -> None:  # noqa: ANN401  see take
        index = event.start_mark.index
        if self._text[index - 1 : index + 1] == "{{":
            self.problems.append(bare_template(self._file, above.mark))
        else:
            self._refuse(ErrorCode.WRONG_VALUE, mark, _("A key must be text."), _("Write one word before the colon."))

    def _end(self) -> None:
        closed = self._open.pop()
        value: Json = closed.keys if closed.items is None else closed.items
        if closed.stands_as_key:
            above = self._open[-1]
            above.key, above.key_mark, above.drops_next = None, closed.mark, True
        else:
            self._add(value, closed.mark)

    def _scalar(self, event: Any, mark: Mark) -> None:  # noqa: ANN401  see take
        self._judge_marks(event, mark)
        above = self._open[-1] if self._open else None
        plain = not event.style
        if above is not None and above.expects_key:
            self._note_span(event, None)
            self._key(above, event.value, mark, plain=plain)
            return
        self._note_span(event, self._next_place() if plain else None)
        self._add(self._plain(event.value, mark) if plain and event.tag is None else event.value, mark)

    def _key(self, above: _Open, text: str, mark: Mark, *, plain: bool) -> None:
        above.key, above.key_mark, above.drops_next = text, mark, False
        if plain and text == "<<":
            self._refuse_alias(mark, _("“<<” merges one map into another."))
            above.drops_next = True
        elif text in above.keys:
            hint = _("Keep one of the two; the first one counts here.")
            self._refuse(ErrorCode.DUPLICATE_KEY, mark, _("Key “{text}” is there twice.").format(text=text), hint)
            above.drops_next = True
        elif plain and not isinstance(read_plain(text), str):
            self._refuse(
                ErrorCode.WRONG_VALUE,
                mark,
                _("Key “{text}” is no text.").format(text=text),
                _('Write it as "{text}".').format(text=text),
            )

    def _plain(self, text: str, mark: Mark) -> Json:
        value = read_plain(text)
        if isinstance(value, float) and not abs(value) < float("inf"):
            self._refuse(ErrorCode.WRONG_VALUE, mark, _("This number is too large to keep."), _("Put it in quotes."))
            return text
        if isinstance(value, int) and abs(value) > _LARGEST:
            message = _("Whole numbers beyond 2^53 do not survive everywhere.")
            self._refuse(ErrorCode.WRONG_VALUE, mark, message, _("Put it in quotes."))
            return text
        return value

    def _add(self, value: Json, mark: Mark) -> None:
        if not self._open:
            self.data = value
            self.places[()] = Marks(mark, mark)
            return
        above, place = self._open[-1], self._next_place()
        if above.items is not None:
            self.places.setdefault(place, Marks(mark, mark))
            above.items.append(value)
            return
        if above.expects_key:  # an alias where a key should be
            above.key, above.key_mark, above.drops_next = None, mark, True
            return
        if not above.drops_next and above.key is not None and above.key_mark is not None:
            self.places.setdefault(place, Marks(above.key_mark, mark))
            above.keys[above.key] = value
        above.key, above.key_mark = None, None

    def _next_place(self) -> Place:
        if not self._open:
            return ()
        above = self._open[-1]
        return (*above.place, above.key or "" if above.items is None else len(above.items))

    def _note_span(self, event: Any, place: Place | None) -> None:  # noqa: ANN401  see take
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in {"|", ">"}:  # a comment may follow the bar on its line
            start = self._text.find("\n", start, end) % (end + 1)
        self.spans.append(Span(start, end, place))

    def _judge_marks(self, event: Any, mark: Mark) -> None:  # noqa: ANN401  see take
        if event.anchor is not None:
            self._refuse_alias(mark, _("“&{anchor}” names a value to be repeated.").format(anchor=event.anchor))
        if event.tag is not None:
            hint = _("Put the text in double quotes.")
            self._refuse(ErrorCode.TAG, mark, _("A value that begins with “!” names a type of its own."), hint)

    def _refuse_alias(self, mark: Mark, message: str) -> None:
        self._refuse(ErrorCode.ALIAS, mark, message, _("Write the value out, or put the text in double quotes."))

    def _refuse(self, code: ErrorCode, mark: Mark, message: str, hint: str) -> None:
        self.problems.append(problem_at(mark, self._file, code, message, hint))


def problem_at(mark: Mark, file: str, code: ErrorCode, message: str, hint: str) -> Problem:
    """Return a problem of severity error at a place in the file."""
    return Problem(code, Severity.ERROR, message, hint=hint, file=file, line=mark.line, column=mark.column)


def bare_template(file: str, mark: Mark) -> Problem:
    """Return the problem of `key: {{ x }}` without quotes, which YAML reads as a map in a map."""
    message = _("YAML reads braces without quotes as something else.")
    return problem_at(mark, file, ErrorCode.BAD_TEMPLATE, message, _('Put it in double quotes: "{{ … }}".'))


def read_plain(text: str) -> Json:
    """Return what a plain scalar means: null, a truth value, a number, or else the text itself."""
    if text in WORDS:
        return WORDS[text]
    if _INT.fullmatch(text):
        return int(text) if len(text) < _DIGITS else math.inf  # judged as too large; int() is slow on long ones
    return float(text) if _FLOAT.fullmatch(text) else text
