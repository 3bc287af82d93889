"""What differs between two playbooks, in words: steps, lines and settings, one row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from tocsin.base.texts import _
from tocsin.model.document import to_document
from tocsin.model.playbook import Playbook, walk_graphs

PLAYBOOK: Final = "Playbook"
LINE: Final = "Line"
_APART: Final = frozenset({"nodes", "edges", "layout", "tocsin"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same.

    Attributes:
        subject: The step's title, or what else it is.
        field: Which of its settings: `with.ip`; "" for the whole of it.
        here: What the first says; "" where it has it not.
        there: What the second says.
    """

    subject: str
    field: str
    here: str
    there: str


def compare(here: Playbook, there: Playbook) -> tuple[Difference, ...]:
    """Return what differs, the playbook's own settings first, then steps in the order of the first, then lines.

    Where steps lie on the canvas is told in one row.
    """
    return (*_settings(here, there), *_steps(here, there), *_lines(here, there), *_places(here, there))


def _settings(here: Playbook, there: Playbook) -> Iterator[Difference]:
    own, other = (_flat({k: v for k, v in to_document(one).items() if k not in _APART}) for one in (here, there))
    for field, before, after in _pairs(own, other):
        yield Difference(PLAYBOOK, field, before, after)


def _steps(here: Playbook, there: Playbook) -> Iterator[Difference]:
    own, other = _nodes(here), _nodes(there)
    for name in dict.fromkeys([*own, *other]):
        title = str((own.get(name) or other[name]).get("title") or name)
        if name not in other or name not in own:
            yield Difference(title, "", "step" if name in own else "", "step" if name in other else "")
            continue
        for field, before, after in _pairs(_flat(own[name]), _flat(other[name])):
            yield Difference(title, field, before, after)


def _lines(here: Playbook, there: Playbook) -> Iterator[Difference]:
    own, other = _edges(here), _edges(there)
    for text in dict.fromkeys([*own, *other]):
        if text not in own or text not in other:
            yield Difference(LINE, "", text if text in own else "", text if text in other else "")


def _places(here: Playbook, there: Playbook) -> Iterator[Difference]:
    if here.layout != there.layout:
        yield Difference("Canvas", "", _("places of steps"), _("other places"))


def _nodes(playbook: Playbook) -> dict[str, dict[str, Any]]:
    """Return every step as the file writes it, without what lies in it."""
    found: dict[str, dict[str, Any]] = {}
    for _unused, graph in walk_graphs(playbook.graph):
        for name, node in graph.nodes.items():
            written = node.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            found[name] = {key: value for key, value in written.items() if key != "body"} | {"kind": str(node.kind)}
    return found


def _edges(playbook: Playbook) -> list[str]:
    return [edge.text for _unused, graph in walk_graphs(playbook.graph) for edge in graph.edges]


def _flat(value: Mapping[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            found |= _flat(cast("Mapping[str, Any]", inner), f"{before}{key}.")
        else:
            found[f"{before}{key}"] = str(inner)
    return found


def _pairs(own: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for field in dict.fromkeys([*own, *other]):
        before, after = own.get(field, ""), other.get(field, "")
        if before != after:
            yield field, before, after
