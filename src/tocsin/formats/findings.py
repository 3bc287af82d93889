"""What a file's reader finds: every fault with its line and column, in the order of the file.

All format modules share it; it knows places and faults, and nothing of playbooks or connectors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.formats.yaml_text import YamlText
from tocsin.formats.yaml_tree import Mark, Marks
from tocsin.model.faults import Fault, FaultKind
from tocsin.model.problems import Problem, Severity
from tocsin.model.values import Place

V = TypeVar("V")
_CODES: Final[Mapping[FaultKind, ErrorCode]] = {
    FaultKind.MISSING: ErrorCode.MISSING_KEY,
    FaultKind.UNKNOWN: ErrorCode.UNKNOWN_KEY,
    FaultKind.WRONG: ErrorCode.WRONG_VALUE,
}
_MOST_PROBLEMS: Final = 1000  # nobody reads on; the rest shows when these are mended
_MOST_HINTS: Final = 50
_MOST_NAMES: Final = 2000
_TOP: Final = Marks(Mark(1, 1), Mark(1, 1))


@dataclass(frozen=True, slots=True)
class At:
    """What in a document a problem is about.

    Attributes:
        place: The keys that lead to it.
        node: The keys that lead to the node it belongs to; () for none.
        at_key: Point at its key, not at its value.
        mark: Where it stands, when that is neither.
    """

    place: Place = ()
    node: Place = ()
    at_key: bool = False
    mark: Mark | None = None


class Findings:
    """Gathers the problems of one file.

    Attributes:
        blocked: Whether something was found that leaves no value to load.
    """

    def __init__(self, text: YamlText, file: str) -> None:
        self.blocked = bool(text.problems)
        self._text = text
        self._file = file
        self._problems = list(text.problems)
        self._judged = {(problem.line, problem.column) for problem in text.problems}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found so far, from the top of the file to its end."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.line, problem.column, problem.code)))

    def error(self, code: ErrorCode, at: At, message: str, hint: str = "") -> None:
        """Note what leaves no value to load. Nothing is said twice of one spot that YAML already complained about."""
        self.blocked = True
        if self.mark(at) not in self._judged:
            self.note(code, at, message, hint, severity=Severity.ERROR)

    def note(self, code: str, at: At, message: str, hint: str = "", *, severity: Severity) -> None:
        """Note a problem that keeps nothing from being loaded."""
        if len(self._problems) >= _MOST_PROBLEMS:
            return
        line, column = self.mark(at)
        node = str(at.node[-1]) if at.node else ""
        field = ".".join(str(part) for part in at.place[len(at.node) :])
        found = Problem(code, severity, message, hint, self._file, line, column, node, field)
        self._problems.append(found)

    def faults(self, faults: Iterable[Fault], root: Place, *, node: Place = ()) -> None:
        """Note the faults of a value that stands at `root`."""
        for fault in faults:
            place = (*root, *fault.place)
            at = At(place, node, at_key=fault.kind is FaultKind.UNKNOWN)
            self.error(_CODES[fault.kind], at, fault.message, fault.hint)

    def mark(self, at: At) -> Mark:
        """Return where something stands; what is not there stands where the key of what should hold it does."""
        if at.mark is not None:
            return at.mark
        place, at_key = at.place, at.at_key
        while place and place not in self._text.places:
            place, at_key = place[:-1], True
        marks = self._text.places.get(place, _TOP)
        return marks.key if at_key else marks.value

    def close_to(self, word: str, known: Collection[str]) -> str:
        """Return “Did you mean …?” or "". A file made to have thousands of faults gets no thousands of searches."""
        return "" if len(self._problems) > _MOST_HINTS or len(known) > _MOST_NAMES else did_you_mean(word, known)

    def known_keys(self, data: Mapping[str, Json], known: Iterable[str], root: Place, *, node: Place = ()) -> None:
        """Note every key that may not stand here, with the close one that may."""
        allowed = list(known)
        for key in data:
            if key not in allowed:
                hint = self.close_to(key, allowed) or _("What other tools wrote goes under “x”.")
                message = _("Key “{key}” is not known here.").format(key=key)
                self.error(ErrorCode.UNKNOWN_KEY, At((*root, key), node, at_key=True), message, hint)

    def mapping(self, data: Json, place: Place, *, node: Place = ()) -> Mapping[str, Json] | None:
        """Return data as a map, or note that it is none."""
        if isinstance(data, Mapping):
            return cast("Mapping[str, Json]", data)
        name = f"“{place[-1]}”" if place else _("This")
        message = _("{name} must be a list of keys with values.").format(name=name)
        self.error(ErrorCode.WRONG_VALUE, At(place, node), message)
        return None


def read_head(found: Findings, text: YamlText, key: str, what: str, *, newest: int = 1) -> Mapping[str, Json] | None:
    """Return the document of a file whose first key says what it is and in which version of the format.

    Args:
        found: Where faults go.
        text: The file.
        key: The key that names the format: `tocsin`, `tocsin_connector` …
        what: What such a file is, with its article: “a playbook”.
        newest: The newest version that can be read.

    Returns:
        The document without that key; None when it is not such a file, or newer: then nothing else is judged.
    """
    data = text.data
    if not isinstance(data, Mapping) or key not in data:
        if not text.problems or isinstance(data, Mapping):
            hint = _("Such a file begins with “{key}: {newest}”.").format(key=key, newest=newest)
            found.error(ErrorCode.NOT_A_TOCSIN_FILE, At(), _("This is not {what} of Tocsin.").format(what=what), hint)
        return None
    document = cast("Mapping[str, Json]", data)
    version = document[key]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        found.error(
            ErrorCode.WRONG_VALUE,
            At((key,)),
            _("“{key}” must be the format's version, a number from 1.").format(key=key),
        )
        return None
    if version > newest:
        message = _("This file has version {version} of the format; this Tocsin reads up to {newest}.").format(
            version=version, newest=newest
        )
        found.error(ErrorCode.NEWER_FORMAT, At((key,)), message, _("Update Tocsin to open it."))
        return None
    return {name: value for name, value in document.items() if name != key}


@dataclass(frozen=True, slots=True)
class FileResult(Generic[V]):
    """What reading a file gave.

    Attributes:
        value: What the file says; None when a fault leaves none.
        problems: Everything found, from the top of the file to its end.
    """

    value: V | None
    problems: tuple[Problem, ...]


def result_of(found: Findings, value: V | None) -> FileResult[V]:
    """Return the value with what was found; without it when something found leaves none."""
    return FileResult(None if found.blocked else value, found.problems)
