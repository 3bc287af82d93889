"""What a form consists of, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.base.json_types import Json
from tocsin.model.slots import Place


class FieldKind(StrEnum):
    """How a field is written and drawn."""

    TEXT = "text"
    MULTILINE = "multiline"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    DURATION = "duration"
    EXPRESSION = "expression"
    TEMPLATE = "template"
    JSON = "json"


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
        place: Keys from the node to the value, as the file spells them: ("with", "ip"). The id is at ("id",).
        title: Its label.
        kind: How it is written and drawn.
        required: It may not be left empty.
        help: One sentence, or "".
        value: What it holds now; None when the file says nothing.
        choices: What is offered.
        is_open: Other values than the choices may be typed.
        numeric: Text that is such a number is read as one.
        takes_template: Text with `{{` is kept as a template, whatever the kind.
        placeholder: What holds when nothing is said, shown in grey.
        is_late: The value is taken when the field is left, not at every key: half an id would be another id.
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
    takes_template: bool = False
    placeholder: str = ""
    is_late: bool = False

    @property
    def name(self) -> str:
        """The place as problems name it: `with.ip`."""
        return ".".join(str(part) for part in self.place)

    @property
    def shape(self) -> tuple[object, ...]:
        """What a widget is built from; the value apart, which it is filled with."""
        return (self.place, self.title, self.kind, self.required, self.help, self.choices, self.is_open)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading. The first section of a form has none."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form, and what it is about.

    Attributes:
        owner: The node's id, or "" for the playbook's head.
        title: The headline.
        subtitle: What kind of thing it is, and what it does to the world.
        sections: Never empty ones.
    """

    owner: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """What the widgets are built from. Equal shapes differ only in values."""
        rows = tuple((section.title, *(field.shape for field in section.fields)) for section in self.sections)
        return (self.owner, rows)
