"""What a form consists of, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.model.values import Place
from tocsin.ui.forms.failure import Failure


class FieldKind(StrEnum):
    """How a field is written and drawn."""

    TEXT = "text"
    MULTILINE = "multiline"
    NUMBER = "number"
    CHOICE = "choice"
    SENTENCE = "sentence"
    FLAG = "flag"
    DURATION = "duration"
    ISO_DURATION = "iso duration"
    TIME = "time"
    ADDRESS = "address"
    CIDR = "cidr"
    DOMAIN = "domain"
    URL = "url"
    MAIL = "mail"
    HASH = "hash"
    FILE = "file"
    SECRET = "secret"  # noqa: S105  a kind of field, no password
    EXPRESSION = "expression"
    CONDITION = "condition"
    CHAIN = "chain"
    SCHEMA = "schema"
    CRON = "cron"
    JSON = "json"
    LIST = "list"
    TABLE = "table"
    MAP = "map"
    OBJECT = "object"


NETWORK: Final = frozenset(
    {FieldKind.ADDRESS, FieldKind.CIDR, FieldKind.DOMAIN, FieldKind.URL, FieldKind.MAIL, FieldKind.HASH}
)
"""What is often written so that nobody clicks it, and is made whole again when it is pasted."""
ROWS: Final = frozenset({FieldKind.LIST, FieldKind.TABLE, FieldKind.MAP})
"""What is written in rows that can be added, taken away and put in another order."""
CHOSEN: Final = frozenset({FieldKind.CHOICE, FieldKind.SENTENCE})
_SHORT: Final = frozenset({FieldKind.CHOICE, FieldKind.NUMBER, FieldKind.DURATION, FieldKind.ISO_DURATION})


class Numeric(StrEnum):
    """Which numbers a field takes."""

    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field offers, and its words. The value None means: as if nothing were said."""

    value: Json
    title: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        place: Keys from the node to the value, as the file spells them: ("with", "ip"). The id is at ("id",). Of a
            part, the keys from its whole: ("port",); () for the items of a list.
        title: Its label.
        kind: How it is written and drawn.
        required: It may not be left empty.
        help: One sentence, or "".
        value: What it holds now; None when the file says nothing.
        choices: What is offered.
        is_open: Other values than the choices may be typed.
        numeric: Text that is such a number is read as one.
        least: The smallest number, or None.
        most: The largest number, or None.
        unit: What is counted, said after the number; what one row of a list, a table or a map is called.
        takes_template: Text with `{{` is kept as a template, whatever the kind.
        placeholder: What holds when nothing is said, or an example; shown in grey.
        is_late: The value is taken when the field is left, not at every key: half an id would be another id.
        is_half: It is short enough to share its line with another.
        zone: The time zone that a schedule is read in.
        parts: What one item of a list is, the columns of a table, what a name of a map holds, the keys of an object.
    """

    place: Place
    title: str
    kind: FieldKind
    required: bool = False
    help: str = ""
    value: Json = None
    choices: tuple[Choice, ...] = ()
    is_open: bool = False
    numeric: Numeric | None = None
    least: float | None = None
    most: float | None = None
    unit: str = ""
    takes_template: bool = False
    placeholder: str = ""
    is_late: bool = False
    is_half: bool = False
    zone: str = "UTC"
    parts: tuple[FormField, ...] = ()

    @property
    def name(self) -> str:
        """The place as problems name it: `with.ip`."""
        return ".".join(str(part) for part in self.place)

    @property
    def label(self) -> str:
        """The title, and in words that it is required, where that could be overlooked."""
        is_chosen = self.kind is FieldKind.CHOICE and self.value is not None
        is_said = self.required and not is_chosen and self.kind not in ROWS
        return _("{title} (required)").format(title=self.title) if is_said else self.title

    @property
    def reads_values(self) -> bool:
        """It, or a part of it, can hold values of other steps."""
        is_read = self.takes_template or self.kind in {FieldKind.EXPRESSION, FieldKind.CONDITION}
        return is_read or any(part.reads_values for part in self.parts)

    @property
    def shares_line(self) -> bool:
        """Two such fields that follow each other stand side by side."""
        return self.is_half or self.kind in _SHORT

    @property
    def shape(self) -> tuple[object, ...]:
        """What a widget is built from; the value apart, which it is filled with."""
        parts = tuple(part.shape for part in self.parts)
        words = (self.title, self.help, self.placeholder, self.unit)
        return (self.place, self.kind, self.required, words, self.choices, self.is_open, parts)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading. The first section of a form has none.

    Attributes:
        title: The heading.
        fields: What stands under it.
        summary: What is set there, for when it is folded.
        is_open: It is unfolded at first.
    """

    title: str
    fields: tuple[FormField, ...]
    summary: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A form, and what it is about.

    Attributes:
        owners: Ids of the nodes; ("",) for the playbook's head.
        title: The headline.
        subtitle: What kind of thing it is, and what it does to the world.
        sections: Never empty ones.
        failure: What a failure does, for nodes that can fail.
        note: The field of what people wrote about it, or None.
    """

    owners: tuple[str, ...]
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    failure: Failure | None = None
    note: FormField | None = None

    @property
    def owner(self) -> str:
        """The one node's id; "" for the playbook's head and for several nodes."""
        return self.owners[0] if len(self.owners) == 1 else ""

    @property
    def shape(self) -> tuple[object, ...]:
        """What the widgets are built from. Equal shapes differ only in values."""
        rows = tuple((section.title, *(field.shape for field in section.fields)) for section in self.sections)
        return (self.owners, self.failure is None, rows)
