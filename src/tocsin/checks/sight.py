"""Checks of what a look at a playbook does not show: signs without a shape, nodes behind nodes (field.md S12)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.checks.fixes import replace_field
from tocsin.checks.inspection import Inspection
from tocsin.checks.rewiring import is_out_of_sight, move_aside
from tocsin.checks.survey import Entry, Scope
from tocsin.edits import SetHead
from tocsin.model.playbook import AskNode, GroupNode, NoteNode
from tocsin.model.problems import CheckCode, Fix, Problem, Sentence, Severity
from tocsin.model.slots import slots_of
from tocsin.model.values import Place

_SHAPELESS: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs that turn the order of writing round, join or part letters, or are nothing: none can be seen."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Alphabets with letters that look the same."""
_NEAR: Final = 24
"""Pixels within which one node hides another."""


def find_hidden_characters(case: Inspection) -> Iterator[Problem]:
    """What is read is what is there: no sign turns it round or hides in it, no letter poses as another."""
    for field, text in (("name", case.playbook.name), ("description", case.playbook.description)):
        if _SHAPELESS.search(text):
            fix = Fix(_("Take them out"), SetHead((field,), _SHAPELESS.sub("", text)))
            yield _hidden("", field, fix)
    for entry in case.survey.entries:
        for place, text in _texts(entry):
            field = ".".join(map(str, place))
            if _SHAPELESS.search(text):
                fix = replace_field(entry, place, _SHAPELESS.sub("", text), title=_("Take them out"))
                yield _hidden(entry.name, field, fix)
            elif (word := _find_mixed(text)) is not None:
                yield Problem(
                    CheckCode.HIDDEN_CHARACTERS,
                    Severity.WARNING,
                    _("“{word}” mixes letters of two alphabets: it is not what it seems.").format(word=word),
                    _("Type the word anew."),
                    node=entry.name,
                    field=field,
                )


def find_hidden_nodes(case: Inspection) -> Iterator[Problem]:
    """Whoever looks at the picture sees every node."""
    for scope in case.survey.scopes:
        yield from _hidden_in(case, scope)


def _hidden_in(case: Inspection, scope: Scope) -> Iterator[Problem]:
    spots, seen = case.playbook.layout.nodes, dict[tuple[int, int], Entry]()
    for entry in case.survey.entries:
        if entry.scope is not scope or entry.name not in spots or isinstance(entry.node, GroupNode):
            continue
        x, y = spots[entry.name].at
        first = seen.setdefault((x // _NEAR, y // _NEAR), entry)
        if first is not entry:
            message = Sentence.of(_("This step lies on {step}, so that one of them cannot be seen."), step=first.called)
        elif is_out_of_sight((x, y)):
            message = _("This step lies so far away that nobody sees it.")
        else:
            continue
        yield Problem(
            CheckCode.HIDDEN_NODE,
            Severity.WARNING,
            message,
            _("Move it to where it can be seen."),
            node=entry.name,
            fix=move_aside(case.playbook, entry),
        )


def _texts(entry: Entry) -> Iterator[tuple[Place, str]]:
    node = entry.node
    written: list[tuple[Place, Json]] = [(slot.place, slot.text) for slot in slots_of(node)]
    written += [(("title",), node.title), (("note",), node.note)]
    if isinstance(node, AskNode):
        written += [(("options", number, "title"), option.title) for number, option in enumerate(node.options)]
    if isinstance(node, NoteNode):
        written.append((("text",), node.text))
    yield from ((place, text) for place, text in written if isinstance(text, str) and not text.isascii())


def _find_mixed(text: str) -> str | None:
    """Return the first word that mixes alphabets whose letters look alike, or None."""
    return next((word for word in _WORD.findall(text) if not word.isascii() and _is_mixed(word)), None)


def _is_mixed(word: str) -> bool:
    return len({unicodedata.name(letter, "").partition(" ")[0] for letter in word} & _ALIKE) > 1


def _hidden(node: str, field: str, fix: Fix) -> Problem:
    return Problem(
        CheckCode.HIDDEN_CHARACTERS,
        Severity.WARNING,
        _("This holds signs that cannot be seen and change what is read."),
        _("Take them out."),
        node=node,
        field=field,
        fix=fix,
    )
