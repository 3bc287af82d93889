"""What a check found: values that every face prints the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING, Protocol, Self

from tocsin.base.json_types import Json
from tocsin.base.texts import neutral, quoted

if TYPE_CHECKING:
    from tocsin.model.playbook import Playbook


class Severity(StrEnum):
    """How bad it is: an error stops a run, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class CheckCode(StrEnum):
    """The stable codes of checks. Never reuse one."""

    NO_TRIGGER = "TOC-C001"
    UNREACHABLE = "TOC-C002"
    UNWIRED_BRANCH = "TOC-C003"
    UNKNOWN_CONNECTOR = "TOC-C004"
    UNKNOWN_ACTION = "TOC-C005"
    UNKNOWN_ROLE = "TOC-C006"
    MISSING_INPUT = "TOC-C007"
    MISTYPED_INPUT = "TOC-C008"
    UNKNOWN_REFERENCE = "TOC-C009"
    MAYBE_SKIPPED = "TOC-C010"
    BAD_EXPRESSION = "TOC-C011"
    TYPE_MIX = "TOC-C012"
    CYCLE = "TOC-C013"
    EMPTY_LOOP = "TOC-C014"
    NO_BOUND = "TOC-C015"
    DESTRUCTIVE_UNAPPROVED = "TOC-C016"
    DUPLICATE_ID = "TOC-C017"
    RESERVED_NAME = "TOC-C018"
    COMMENTS_LOST = "TOC-C019"
    SECRET_TYPED = "TOC-C020"  # noqa: S105  a code, no password
    TIMEOUT_APPROVES = "TOC-C021"
    CONFLICTING_ENDS = "TOC-C022"
    ERROR_TWICE = "TOC-C023"
    NOT_YET = "TOC-C024"
    BRACES_IN_CEL = "TOC-C025"
    CEL_WITHOUT_BRACES = "TOC-C026"
    UNGUARDED_OPTIONAL = "TOC-C027"
    QUESTIONS_IN_LOOP = "TOC-C028"
    BAD_DEFAULT = "TOC-C029"
    COMMENT_AFTER_EXPRESSION = "TOC-C030"
    UNKNOWN_INPUT = "TOC-C031"
    NOT_BEFORE = "TOC-C032"
    SHADOWED_NAME = "TOC-C033"
    NO_WAY_OUT = "TOC-C034"
    UNKNOWN_EVENT = "TOC-C035"
    UNKNOWN_PLAYBOOK = "TOC-C036"
    CALL_CYCLE = "TOC-C037"
    NOT_KNOWN_WHEN_ASKED = "TOC-C038"
    WRONG_RESULT = "TOC-C039"
    VALUE_IN_TEXT = "TOC-C040"
    ONE_SOURCE = "TOC-C041"
    UNCHECKED_TARGET = "TOC-C042"
    PRIVATE_ONLY = "TOC-C043"
    HIDDEN_CHARACTERS = "TOC-C044"
    HIDDEN_NODE = "TOC-C045"
    WAITS_FOREVER = "TOC-C046"
    IDLE_SETTING = "TOC-C047"
    FIRST_OF_MANY = "TOC-C048"
    CALLED_UNTOLD = "TOC-C049"


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One check, explained.

    Attributes:
        code: Its code.
        title: What it finds, in a few words.
        why: What would happen without it.
        bad: A whole playbook, as YAML, in which it finds something.
        good: The same, mended.
    """

    code: CheckCode
    title: str
    why: str
    bad: str
    good: str


class EditLike(Protocol):
    """What a quick fix holds; `tocsin.edits` has the kinds."""

    def apply(self, playbook: Playbook, /) -> Playbook:
        """Return the changed playbook."""
        ...


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a problem in one step.

    Attributes:
        title: What it does, verb first: “Add an approval before it”.
        edit: The edit that does it.
        is_safe: Nobody need look at it first: what a run does stays, or only one thing can have been meant.
    """

    title: str
    edit: EditLike
    is_safe: bool = field(default=False, kw_only=True)


class StepName(str):
    """What a sentence calls a step, in quotes, as those read it who have the file before them: its title, else its id.

    Attributes:
        step: Its id, for whoever shows other names.
    """

    step: str

    def __new__(cls, step: str, title: str | None) -> Self:
        """Name a step."""
        made = super().__new__(cls, quoted(title or step))
        made.step = step
        return made


class Sentence(str):
    """A text that names steps, and can name them otherwise.

    Attributes:
        parts: What it is made of; a step's name is a StepName.
        source: The same in English.
    """

    parts: tuple[str, ...]
    source: str

    def __new__(cls, *parts: str) -> Self:
        """Put a text together."""
        made = super().__new__(cls, "".join(parts))
        made.parts = parts
        made.source = "".join(neutral(part) for part in parts)
        return made

    @classmethod
    def of(cls, text: str, **facts: str) -> Self:
        """Put facts where a text has their names in braces."""
        pieces = ((before, facts[name] if name else "") for before, name, *_ in Formatter().parse(text))
        made = cls(*(part for piece in pieces for part in piece if part))
        made.source = neutral(text).format(**{name: neutral(fact) for name, fact in facts.items()})
        return made

    def worded(self, title_of: Callable[[str], str]) -> str:
        """Return the text with each step called by the title that is told for its id."""
        return "".join(quoted(title_of(part.step)) if isinstance(part, StepName) else part for part in self.parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. Order and texts are stable, so lists can be compared.

    What is said is said at its place: it names neither its own node nor its own field. Whoever shows it says where, in
    the words of its readers: the terminal by ids, the window by titles and labels.

    Attributes:
        code: TOC-C… of a check, or TOC-E… of a file that could not be read.
        severity: How bad.
        message: What is wrong, in one sentence; a Sentence where it names other steps.
        hint: What to do, likewise; or "".
        file: The file's name as the user gave it, or "".
        line: From 1; 0 when unknown.
        column: From 1; 0 when unknown.
        node: The node's id, or "".
        field: The field's path in the node, dotted: `with.ip`; or "".
        fix: A quick fix, or None.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    node: str = ""
    field: str = ""
    fix: Fix | None = None

    @property
    def said(self) -> str:
        """The sentence after its place in the playbook, by ids: `block.with.ip` of a field."""
        where = ".".join(part for part in (self.node, self.field) if part)
        return f"{where}: {self.message}" if where else self.message

    @property
    def text(self) -> str:
        """The problem in one line: code, place, sentence, hint (definitions.md D7)."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return " ".join(part for part in (str(self.code), place, self.said, self.hint) if part)

    def to_json(self) -> dict[str, Json]:
        """Return the problem as `--json` prints it; `fix` is its title or null."""
        return {
            "code": str(self.code),
            "severity": str(self.severity),
            "message": self.message,
            "hint": self.hint,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "node": self.node,
            "field": self.field,
            "fix": self.fix.title if self.fix else None,
        }
