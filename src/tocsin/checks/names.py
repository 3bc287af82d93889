"""Checks of names: node ids, ports, the names that loops bind."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.base.texts import _
from tocsin.checks.fixes import rename, rename_item, tell_apart
from tocsin.checks.inspection import Inspection
from tocsin.checks.readings import readings_of
from tocsin.checks.survey import Entry
from tocsin.checks.views import is_visible
from tocsin.model.names import RESERVED_ROOTS, find_name_fault
from tocsin.model.playbook import ForEachNode
from tocsin.model.ports import find_port_faults
from tocsin.model.problems import CheckCode, Problem, Sentence, Severity


def find_duplicate_ids(case: Inspection) -> Iterator[Problem]:
    """A node's id is unique in the whole file, bodies included (engine.md 1.24)."""
    for entry in case.survey.entries:
        first = case.survey.first[entry.name]
        if first is not entry:
            yield Problem(
                CheckCode.DUPLICATE_ID,
                Severity.ERROR,
                _("“{name}” is the id of two nodes, one {where} and one {where2}.").format(
                    name=entry.name, where=_where(first), where2=_where(entry)
                ),
                _("Give one of them another id: expressions could not tell them apart."),
                node=entry.name,
                fix=tell_apart(case.playbook, entry, first),
            )


def find_reserved_names(case: Inspection) -> Iterator[Problem]:
    """Some names mean something already, to expressions, to YAML or to the node itself."""
    for entry in case.survey.entries:
        fault = find_name_fault(entry.name)
        if fault is not None:
            yield Problem(
                CheckCode.RESERVED_NAME,
                Severity.ERROR,
                _("A node cannot be called “{name}”: the name {fault}.").format(name=entry.name, fault=fault),
                _("Give it another id; its title can stay."),
                node=entry.name,
                fix=rename(case.playbook, entry),
            )
        yield from _ports(entry)
        yield from _item_name(case, entry)


def find_shadowed_items(case: Inspection) -> Iterator[Problem]:
    """A loop inside a loop needs another name for its items (engine.md 1.7)."""
    for entry in case.survey.entries:
        node = entry.node
        if not isinstance(node, ForEachNode):
            continue
        outer = [scope.loop for scope in entry.scope.chain() if scope.loop]
        same = next((loop for loop in outer if getattr(loop.node, "item_name", None) == node.item_name), None)
        if same is not None:
            yield Problem(
                CheckCode.SHADOWED_NAME,
                Severity.ERROR,
                Sentence.of(
                    _("The loop {loop} around this one calls its item “{name}” too."),
                    loop=same.called,
                    name=node.item_name,
                ),
                _("Set “as” of the inner loop to another name."),
                node=entry.name,
                field="as",
                fix=rename_item(case.playbook, entry),
            )


def find_shadowed_roots(case: Inspection) -> Iterator[Problem]:
    """A macro calls its items by a name of their own: else a node could not be read inside it (engine.md 1.24)."""
    for reading in readings_of(case):
        names = dict.fromkeys(name for piece in reading.text.pieces for name in piece.expression.variables)
        for name in names:
            if is_visible(case.survey, reading.view, name):
                yield Problem(
                    CheckCode.SHADOWED_NAME,
                    Severity.WARNING,
                    _("A macro calls its items “{name}”, as something that can be read here.").format(name=name),
                    _("Choose another name for them."),
                    node=reading.node,
                    field=reading.text.slot.field,
                )


def _where(entry: Entry) -> str:
    loop = entry.scope.loop
    return _("inside the loop {called}").format(called=loop.called) if loop else _("in the playbook itself")


def _ports(entry: Entry) -> Iterator[Problem]:
    for place, fault in find_port_faults(entry.node):
        yield Problem(
            CheckCode.RESERVED_NAME,
            Severity.ERROR,
            _("No port can be called so: {fault}").format(fault=fault),
            _("Choose another name."),
            node=entry.name,
            field=".".join(str(part) for part in place),
        )


def _item_name(case: Inspection, entry: Entry) -> Iterator[Problem]:
    node = entry.node
    if not isinstance(node, ForEachNode) or node.item_name == "item":
        return
    reserved = node.item_name in RESERVED_ROOTS
    if not reserved and node.item_name not in case.survey.first and find_name_fault(node.item_name) is None:
        return
    yield Problem(
        CheckCode.RESERVED_NAME,
        Severity.ERROR,
        _("No item can be called “{item_name}”: the name has another meaning in expressions.").format(
            item_name=node.item_name
        ),
        _("Set “as” to a name that no node has."),
        node=entry.name,
        field="as",
        fix=rename_item(case.playbook, entry),
    )
