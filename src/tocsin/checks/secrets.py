"""Checks for secrets that were typed into the file: it is shared, shown and kept in every run (design.md §4.10).

A message never repeats what it found.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from tocsin.base.texts import _
from tocsin.checks.inspection import Inspection
from tocsin.checks.survey import Entry
from tocsin.model.playbook import TriggerNode
from tocsin.model.problems import CheckCode, Problem, Severity
from tocsin.model.slots import slots_of

_KNOWN: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"  # AWS access key ids
    r"|\bgh[pousr]_[A-Za-z0-9]{36}"  # GitHub tokens
    r"|\bgithub_pat_[A-Za-z0-9_]{22}"
    r"|\bglpat-[A-Za-z0-9_-]{20}"  # GitLab personal access tokens
    r"|\bxox[abpors]-[A-Za-z0-9-]{10}"  # Slack tokens
    r"|\bsk-[A-Za-z0-9_-]{20}"
    r"|\bAIza[0-9A-Za-z_-]{35}"  # Google API keys
    r"|\bATATT3[A-Za-z0-9_=-]{20}"  # Atlassian API tokens
    r"|\bey[JK][A-Za-z0-9_-]{10,}\.ey[JK][A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"  # JSON web tokens (RFC 7519)
    r"|\b[a-z][a-z0-9+.-]*://[^/\s:@{}]+:[^/\s:@{}]+@"  # a password in a URL
)
_NAMES: Final = re.compile(
    r"(?:^|_)(?:password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key|credentials?|authorization)$",
    re.IGNORECASE,
)
_OPAQUE: Final = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
_HEX: Final = re.compile(r"[0-9a-fA-F-]+")
_BITS: Final = 4.2
"""Bits a character: prose and names stay below, 32 random letters and digits are above."""
_OF_EACH: Final = 3
"""Small letters, capitals and digits: names of things have at most a digit or two."""
_SHORTEST: Final = 4


def find_typed_secrets(case: Inspection) -> Iterator[Problem]:
    """A secret belongs to a connection, whose keyring keeps it."""
    for entry in case.survey.entries:
        for field, text in _strings(entry):
            severity = _judge(field, text)
            if severity is not None:
                yield Problem(
                    CheckCode.SECRET_TYPED,
                    severity,
                    _("This looks like a secret."),
                    _("Take it out, and revoke it where it was issued. Secrets belong to connections."),
                    node=entry.name,
                    field=field,
                )


def _strings(entry: Entry) -> Iterator[tuple[str, str]]:
    node = entry.node
    for slot in slots_of(node):
        yield slot.field, slot.text
    for name, text in (("note", node.note), ("title", node.title)):
        if text:
            yield name, text
    if isinstance(node, TriggerNode):
        yield from _texts_in("config", node.config)
        yield from _texts_in("sample", node.sample)


def _texts_in(field: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for key, part in cast("Mapping[str, object]", value).items():
            yield from _texts_in(f"{field}.{key}", part)
    elif isinstance(value, Sequence):
        for index, part in enumerate(cast("Sequence[object]", value)):
            yield from _texts_in(f"{field}.{index}", part)


def _judge(field: str, text: str) -> Severity | None:
    if _KNOWN.search(text):
        return Severity.ERROR
    literal = "{{" not in text
    named = any(_NAMES.search(part) for part in field.split(".")[1:])
    if named and literal and len(text) >= _SHORTEST and " " not in text:
        return Severity.ERROR
    return Severity.WARNING if literal and any(map(_is_random, _OPAQUE.findall(text))) else None


def _is_random(word: str) -> bool:
    """Tell random text from names, paths and the hashes that analysts handle all day."""
    counts = [sum(map(test, word)) for test in (str.islower, str.isupper, str.isdigit)]
    return min(counts) >= _OF_EACH and not _HEX.fullmatch(word) and _bits(word) >= _BITS


def _bits(word: str) -> float:
    """Return the Shannon entropy of a word, in bits a character."""
    shares = [count / len(word) for count in Counter(word).values()]
    return -sum(share * math.log2(share) for share in shares)
