"""What a step can ask besides HTTP: the verbs of each protocol, and which of them only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

READING_METHODS: Final = frozenset({"GET", "HEAD"})


class Kind(StrEnum):
    """What a verb does to the world."""

    READS = "reads"
    CHANGES = "changes"
    AS_SAID = "as_said"
    """A command: only its description knows. It changes, unless the step says `reads: true`."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that a protocol can be asked.

    Attributes:
        is_here: Whether it is done on this computer, so that no address is needed.
    """

    protocol: str
    name: str
    kind: Kind
    is_here: bool = False


def _table(*verbs: Verb) -> Mapping[str, Verb]:
    return MappingProxyType({f"{verb.protocol} {verb.name}": verb for verb in verbs})


VERBS: Final[Mapping[str, Verb]] = _table(
    Verb("LDAP", "search", Kind.READS),
    Verb("LDAP", "modify", Kind.CHANGES),
    Verb("SMTP", "greet", Kind.READS),
    Verb("SMTP", "send", Kind.CHANGES),
    Verb("IMAP", "search", Kind.READS),
    Verb("IMAP", "fetch", Kind.READS),
    Verb("IMAP", "move", Kind.CHANGES),
    Verb("IMAP", "purge", Kind.CHANGES),
    Verb("SSH", "run", Kind.AS_SAID),
    Verb("SURICATA", "ask", Kind.AS_SAID, is_here=True),
    Verb("SURICATA", "read_log", Kind.READS, is_here=True),
    Verb("PROGRAM", "run", Kind.AS_SAID, is_here=True),
    Verb("DNS", "look_up", Kind.READS, is_here=True),
    Verb("TOCSIN", "last_runs", Kind.READS, is_here=True),
    Verb("FILE", "look", Kind.READS, is_here=True),
    Verb("FILE", "write", Kind.CHANGES, is_here=True),
    Verb("FILE", "remove", Kind.CHANGES, is_here=True),
)
"""By the text that a description writes as a step's request."""


def find_verb(request: str) -> Verb | None:
    """Return the verb that a step's request is, or None: then it is one of HTTP, or none at all."""
    return VERBS.get(request)


def is_reading(request: str, *, said: bool | None) -> bool:
    """Tell whether a step only reads: as the description said, else by its method or verb."""
    verb = find_verb(request)
    if verb is not None and verb.kind is not Kind.AS_SAID:
        return verb.kind is Kind.READS
    if said is not None:
        return said
    return verb is None and request.partition(" ")[0] in READING_METHODS


def may_be_read(request: str) -> bool:
    """Tell whether a description may say of a step that it only reads: a search by POST, or a command."""
    verb = find_verb(request)
    if verb is not None:
        return verb.kind is not Kind.CHANGES
    return request.partition(" ")[0] in {*READING_METHODS, "POST"}
