"""Where a problem is, in the words that people read in the window: a step's title, a field's label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from tocsin.base.texts import quoted
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Node, Playbook, walk_nodes
from tocsin.model.problems import Problem, Sentence
from tocsin.ui.canvas.faces import face_of
from tocsin.ui.forms.factory import node_form
from tocsin.ui.forms.fields import ROWS, FieldKind, Form, FormField
from tocsin.ui.forms.playbook_form import head_form
from tocsin.ui.forms.words import words_of


@dataclass(frozen=True, slots=True)
class ProblemPlace:
    """Where a problem is.

    Attributes:
        node: The step's title; "" for the playbook as a whole.
        field: The field's label; "" for the step as a whole.
    """

    node: str = ""
    field: str = ""

    @property
    def text(self) -> str:
        """Both in one line: “Look up hash · Hash”."""
        return " · ".join(part for part in (self.node, self.field) if part)

    def at_node(self, message: str) -> str:
        """Return what is wrong as a line at the step itself: it is not named there, and a line has no full stop."""
        said = f"{self.field}: {message}" if self.field else message
        return said.removesuffix(".")


class ProblemPlaces:
    """Tells where the problems of one playbook are. A step that is not there goes by its id.

    Attributes:
        playbook: Whose problems these are. What its forms say is made once: keep this while the playbook is the same.
    """

    def __init__(self, playbook: Playbook, catalogue: Catalogue) -> None:
        self.playbook = playbook
        self._catalogue = catalogue
        self._forms: dict[str, Form] = {}

    def of(self, problem: Problem) -> ProblemPlace:
        """Return where a problem is."""
        name, path = problem.node, tuple(part for part in problem.field.split(".") if part)
        if not name:
            return ProblemPlace("", _label(self._form(""), path, "playbook"))
        if name not in self._nodes:
            return ProblemPlace(name, problem.field)
        if not path:
            return ProblemPlace(self._title(name))
        form = self._form(name)
        return ProblemPlace(form.title, _label(form, path, str(self._nodes[name].kind)))

    def worded(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return problems with every step that they name called as the canvas calls it."""
        return tuple(
            replace(one, message=self._worded(one.message), hint=self._worded(one.hint))
            if isinstance(one.message, Sentence) or isinstance(one.hint, Sentence)
            else one
            for one in problems
        )

    def _worded(self, text: str) -> str:
        return text.worded(self._title) if isinstance(text, Sentence) else text

    def _title(self, name: str) -> str:
        node = self._nodes.get(name)
        return name if node is None else face_of(name, node, self.playbook, self._catalogue).title

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return dict(walk_nodes(self.playbook.graph))

    def _form(self, name: str) -> Form:
        if name not in self._forms:
            playbook, catalogue = self.playbook, self._catalogue
            self._forms[name] = node_form(name, self._nodes[name], playbook, catalogue) if name else head_form(playbook)
        return self._forms[name]


def _label(form: Form, path: tuple[str, ...], owner: str) -> str:
    """Return what people call a field: its label; in rows, with the row; in words where no form shows it."""
    fields = {tuple(map(str, field.place)): field for field in _fields(form)}
    for size in range(len(path), 0, -1):
        field = fields.get(path[:size])
        if field is not None:
            return " ".join((field.title, *_row(field, path[size:])))
    return words_of(path, owner).title if path else ""


def _row(field: FormField, rest: tuple[str, ...]) -> tuple[str, ...]:
    """Return which row is meant: by its number in a list, by its name in a map."""
    if not rest or field.kind not in ROWS:
        return ()
    if field.kind is FieldKind.MAP:
        return (quoted(rest[0]),)
    return (str(int(rest[0]) + 1),) if rest[0].isdecimal() else ()


def _fields(form: Form) -> Iterable[FormField]:
    for section in form.sections:
        yield from section.fields
    if form.note is not None:
        yield form.note
