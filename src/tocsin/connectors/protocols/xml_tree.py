"""XML as JSON: the elements of some names, each with all that is in it. Entities are refused (billion laughs)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut
from tocsin.connectors.protocols.call import CallError

_DEEPEST: Final = 100


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, Json]
    text: list[str] = field(default_factory=list[str])
    children: list[Json] = field(default_factory=list[Json])

    def as_json(self) -> Json:
        text = "".join(self.text).strip()
        return {"tag": self.tag, "attributes": self.attributes, "text": text, "children": self.children}


class _Picker:
    """Builds the elements that are wanted, and passes over the rest."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._open: list[_Node] = []
        self._depth = 0
        self.found: list[Json] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CallError(_("the answer cannot be read: it is too deep"), Cut.UNREADABLE)
        tag = name.rpartition(":")[2]
        if self._open or tag in self._names:
            self._open.append(_Node(tag, dict(attributes)))

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            (self._open[-1].children if self._open else self.found).append(node.as_json())

    def text(self, data: str) -> None:
        if self._open:
            self._open[-1].text.append(data)

    def refuse(self, *_facts: object) -> None:
        raise CallError(_("the answer cannot be read: it declares entities"), Cut.UNREADABLE)


def pick(data: bytes, names: Collection[str]) -> list[Json]:
    """Return the elements of these names as `{tag, attributes, text, children}`; a prefix of a name is left out.

    Raises:
        CallError: It is no XML, or one that is not read.
    """
    picker, parser = _Picker(names), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = picker.start, picker.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = picker.text, picker.refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003  the library's own form
    except expat.ExpatError as error:
        raise CallError(_("the answer cannot be read: it is no XML"), Cut.UNREADABLE) from error
    return picker.found
