"""Reads YAML strictly: JSON's types only, every fault at once, and where each key and value stands.

Parser: libyaml's events, so that nothing is built before it was judged. Refused are aliases, anchors, merge keys and
tags (a few lines of them can stand for gigabytes), double keys (YAML 1.2 §3.2.1.3), great depth and size.
Plain scalars are read by the JSON schema of YAML 1.2 §10.2: `yes`, `0777` and `12:30:45` stay text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import yaml

from tocsin.base.codes import ErrorCode
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.formats.yaml_tree import Comment, Mark, Marks, Span, TreeBuilder, bare_template, problem_at
from tocsin.model.problems import Problem, Severity
from tocsin.model.values import Place

MAX_BYTES: Final = 8 * 1024 * 1024
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HASH: Final = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_BARE_BRACES: Final = re.compile(r"^[^#\"']*?[:\-] +(\{\{)")


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a text says.

    Attributes:
        data: The document; None also when nothing could be read.
        places: Keys and indexes from the root → where the key and its value stand.
        problems: What YAML itself forbids, in the order of the text.
        comments: Where comments stand; saving keeps none of them.
    """

    data: Json
    places: Mapping[Place, Marks]
    problems: tuple[Problem, ...]
    comments: tuple[Comment, ...] = ()


def read_yaml(source: str | bytes, file: str) -> YamlText:
    """Read one YAML document. Never raises for what the text says.

    Args:
        source: The text; bytes are UTF-8, with or without a byte order mark, any line ends.
        file: Its name for problems.
    """
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        return YamlText(None, {}, (too_large(file),))
    text, fault = _decoded(source, file)
    if fault is not None:
        return YamlText(None, {}, (fault,))
    builder = TreeBuilder(text, file)
    whole = _build(builder, text, file)
    comments = _comments(text, builder.spans) if whole else ()
    return YamlText(builder.data if whole else None, builder.places, tuple(builder.problems), comments)


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes, one more than is allowed at most: `read_yaml` then says that it is too large.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def too_large(file: str) -> Problem:
    """Return the problem of a file over the limit; it is not read at all."""
    return Problem(
        ErrorCode.TOO_LARGE,
        Severity.ERROR,
        _("This file is larger than {max_bytes} MiB, so it was not read.").format(max_bytes=MAX_BYTES // 2**20),
        hint=_("Split the playbook, or take large samples out of it."),
        file=file,
    )


def _build(builder: TreeBuilder, text: str, file: str) -> bool:
    """Feed the builder; False when the text ends in something that is no YAML, or must not be read on."""
    parse: Callable[..., Iterator[yaml.Event]] = cast("Any", yaml).parse  # its stubs do not say what it gives
    try:
        return all(builder.take(event) for event in parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        problem = _syntax_problem(error, text, file)
        if problem not in builder.problems:
            builder.problems.append(problem)
        return False


def _decoded(source: str | bytes, file: str) -> tuple[str, Problem | None]:
    """Return (text without a byte order mark and with plain line ends, None), or ("", what is no character)."""
    if isinstance(source, bytes):
        try:
            source = source.decode()
        except UnicodeDecodeError as error:
            before = source[: error.start].decode()
            return "", _bad_character(_("This is not UTF-8 text."), file, before)
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _FORBIDDEN.search(text)
    if found is None:
        return text, None
    message = _("The character U+{ord:04X} may not stand in a file.").format(ord=ord(found.group()))
    return "", _bad_character(message, file, text[: found.start()])


def _bad_character(message: str, file: str, before: str) -> Problem:
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    hint = _(r"Save it as UTF-8; a control character is written as \x1b inside double quotes.")
    return problem_at(Mark(len(lines), len(lines[-1]) + 1), file, ErrorCode.BAD_CHARACTER, message, hint)


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    found = _BARE_BRACES.match(lines[line - 1]) if line <= len(lines) else None
    if found is not None:
        return bare_template(file, Mark(line, found.start(1) + 1))
    message = _("This is not YAML: {problem}.").format(problem=error.problem or _("it cannot be read"))
    tabs = line <= len(lines) and lines[line - 1][: column + 1].strip(" ").startswith("\t")
    hint = _("Indent with blanks, not with tabs.") if tabs else _("Look at this line and the one before it.")
    return problem_at(Mark(line, column), file, ErrorCode.NOT_YAML, message, hint)


def _comments(text: str, spans: Sequence[Span]) -> tuple[Comment, ...]:
    """The first comment of the text, and each that follows a plain value on its line."""
    starts = [span.start for span in spans]
    found: list[Comment] = []
    line, seen, end = 1, 0, 0
    for match in _HASH.finditer(text):
        index = match.start()
        before = bisect_right(starts, index) - 1
        span = spans[before] if before >= 0 else None
        if index < end or (span is not None and index < span.end):
            continue
        end = _line_end(text, index)
        line, seen = line + text.count("\n", seen, index), index
        after = span.place if span is not None and text.find("\n", span.end, index) < 0 else None
        if after is not None or not found:
            found.append(Comment(Mark(line, index - text.rfind("\n", 0, index)), after))
    return tuple(found)


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end
