"""Each kind of node in words."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import singledispatch
from typing import Final, TypeAlias

from tocsin.base.texts import _
from tocsin.formats.docs.blocks import Code, Step, Words
from tocsin.model.catalogue import ActionFacts, Catalogue, Effect
from tocsin.model.playbook import (
    RUNNABLE,
    ActionNode,
    AskNode,
    CallNode,
    ConditionNode,
    EndNode,
    ForEachNode,
    Graph,
    JoinNode,
    LoopNode,
    Node,
    OnError,
    SetNode,
    SwitchNode,
    TriggerNode,
    WaitNode,
    WhileNode,
)
from tocsin.model.ports import ERROR, OUT
from tocsin.model.values import as_json

Find: TypeAlias = Callable[[str], ActionFacts | None]
EFFECTS: Final[Mapping[Effect, str]] = {
    Effect.READ: _("reads"),
    Effect.CHANGE: _("changes"),
    Effect.DESTRUCTIVE: _("is destructive"),
}
EVENTS: Final[Mapping[str, str]] = {
    "manual": _("somebody starts it by hand"),
    "schedule": _("its time has come"),
    "webhook": _("a message comes in"),
    "file": _("a file comes in"),
    "mail": _("a mail comes in"),
}
_SHORT: Final = frozenset({"siem", "edr", "ids"})
_JOINS: Final[Mapping[str, str]] = {
    "all": _("Waits until every way that leads here is settled."),
    "every": _("Waits until every way that leads here was taken."),
    "any": _("Goes on with the first way that was taken."),
}


def steps_of(graph: Graph, catalogue: Catalogue) -> tuple[Step, ...]:
    """Return the nodes of a graph that run, each after those that lead to it, with what loops hold."""
    return tuple(_step(graph, name, graph.nodes[name], catalogue) for name in _in_order(graph))


def category_words(category: str) -> str:
    """Return a kind of product in words: “threat intel”, “SIEM”."""
    return category.upper() if category in _SHORT else category.replace("_", " ")


def event_words(event: str) -> str:
    """Return what an event is, as the end of a sentence that begins with “when”."""
    category, _unused, what = event.partition(".")
    return (
        _("an alert comes from {category_words}").format(category_words=category_words(category))
        if what == "alert"
        else EVENTS.get(event, f"“{event}” happens")
    )


def title_of(name: str, node: Node) -> str:
    """Return what a node is called: its title, else its id."""
    return node.title or name


def value_words(value: object) -> str:
    """Return a value as the page shows it: text as it is, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(as_json(value), ensure_ascii=False)


def _step(graph: Graph, name: str, node: Node, catalogue: Catalogue) -> Step:
    lines: list[Words] = [*told_of(node, catalogue.find_facts), *_failing(node), *_ways_on(graph, name)]
    if node.disabled:
        lines.insert(0, (_("It is turned off: it does nothing, and the flow goes on."),))
    if node.note:
        lines.append((_("Note: {note}").format(note=node.note),))
    inner = steps_of(node.body, catalogue) if isinstance(node, LoopNode) else ()
    return Step((title_of(name, node), " ", Code(name)), tuple(lines), inner)


def _in_order(graph: Graph) -> Iterator[str]:
    """Yield the nodes that run, each after those that lead to it; those of a circle last, as in the file."""
    running = [name for name, node in graph.nodes.items() if node.kind in RUNNABLE]
    missing = {name: {edge.source for edge in graph.edges if edge.target == name} for name in running}
    ready = deque(name for name in running if not missing[name])
    given: set[str] = set()
    while ready:
        name = ready.popleft()
        given.add(name)
        yield name
        for target in dict.fromkeys(edge.target for edge in graph.edges if edge.source == name):
            missing[target].discard(name)
            if not missing[target] and target not in given and target not in ready:
                ready.append(target)
    yield from (name for name in running if name not in given)


def _failing(node: Node) -> Iterator[Words]:
    if getattr(node, "on_error", None) is OnError.CONTINUE:
        yield (_("When it fails it goes on with "), Code(value_words(getattr(node, "default", None))), ".")


def _ways_on(graph: Graph, name: str) -> Iterator[Words]:
    edges = [edge for edge in graph.edges if edge.source == name]
    for port in dict.fromkeys(edge.port for edge in edges):
        targets = [title_of(edge.target, graph.nodes[edge.target]) for edge in edges if edge.port == port]
        when = {OUT: _("Then"), ERROR: _("When it fails")}.get(port)
        start: Words = (f"{when}: ",) if when else (_("By "), Code(port), ": ")
        yield (*start, ", ".join(f"“{target}”" for target in targets), ".")


def told_of(node: Node, find: Find) -> tuple[Words, ...]:
    """Return what a node does, in lines."""
    return _told_of_action(node, find) if isinstance(node, ActionNode) else _told(node)


@singledispatch
def _told(_node: object) -> tuple[Words, ...]:
    return ()


@_told.register
def _say_trigger(node: TriggerNode) -> tuple[Words, ...]:
    when: Words = (_("Begins when {event_words}.").format(event_words=event_words(node.event)),)
    return (when, (_("Only if "), Code(node.filter), ".")) if node.filter else (when,)


def _told_of_action(node: ActionNode, find: Find) -> tuple[Words, ...]:
    facts = find(node.use)
    what = facts.title if facts else _("An action that is not known here")
    effect = f"; {EFFECTS[facts.effect]}" if facts else ""
    lines: list[Words] = [(f"{what} (", Code(node.use), f"{effect}).")]
    lines += [(f"{name}: ", Code(value_words(value))) for name, value in node.inputs.items()]
    if node.unattended:
        lines.append((_("Nobody is asked: {unattended}").format(unattended=node.unattended),))
    return tuple(lines)


@_told.register
def _say_condition(node: ConditionNode) -> tuple[Words, ...]:
    return ((_("Asks whether "), Code(node.when), "."),)


@_told.register
def _say_switch(node: SwitchNode) -> tuple[Words, ...]:
    return (
        (_("Takes the first that holds:"),),
        *((Code(case.port), _(" when "), Code(case.when)) for case in node.cases),
    )


@_told.register
def _say_for_each(node: ForEachNode) -> tuple[Words, ...]:
    at_once = (
        _(", {concurrency} at a time").format(concurrency=node.concurrency)
        if node.concurrency > 1
        else _(", one after the other")
    )
    failing = _("the others go on") if node.on_item_error == "continue" else _("the loop stops")
    return (
        (
            _("For each "),
            Code(node.item_name),
            _(" of "),
            Code(node.items),
            _(": at most {max}{at_once}.").format(max=node.max, at_once=at_once),
        ),
        (_("When one fails, {failing}.").format(failing=failing),),
    )


@_told.register
def _say_while(node: WhileNode) -> tuple[Words, ...]:
    bound: Words = (" while ", Code(node.when)) if node.when else (" until ", Code(node.until or ""))
    return (
        (_("Again every {every},").format(every=node.every), *bound, _(", at most {max} times.").format(max=node.max)),
    )


@_told.register
def _say_join(node: JoinNode) -> tuple[Words, ...]:
    need = node.need
    return (
        (
            _JOINS[need]
            if isinstance(need, str)
            else _("Goes on when {need} of the ways here were taken.").format(need=need),
        ),
    )


@_told.register
def _say_set(node: SetNode) -> tuple[Words, ...]:
    return tuple((f"{name} = ", Code(value_words(value))) for name, value in node.values.items())


@_told.register
def _say_wait(node: WaitNode) -> tuple[Words, ...]:
    if node.duration is not None:
        return ((_("Waits {duration}.").format(duration=node.duration),),)
    if node.until is not None:
        return ((_("Waits until "), Code(node.until), "."),)
    return (
        (
            _("Waits for the signal “{signal}”{at_most}.").format(
                signal=node.signal or "", at_most=_at_most(node.expires)
            ),
        ),
    )


@_told.register
def _say_ask(node: AskNode) -> tuple[Words, ...]:
    answers = ", ".join(f"“{option.title or option.id}”" for option in node.answers)
    return (
        (_("Asks a person: "), Code(node.text)),
        (_("Answers: {answers}{at_most}.").format(answers=answers, at_most=_at_most(node.expires)),),
    )


@_told.register
def _say_call(node: CallNode) -> tuple[Words, ...]:
    given: tuple[Words, ...] = tuple((f"{name}: ", Code(value_words(value))) for name, value in node.inputs.items())
    return ((_("Runs the playbook "), Code(node.playbook), "."), *given)


@_told.register
def _say_end(node: EndNode) -> tuple[Words, ...]:
    stop = _(", and everything else stops") if node.stop else ""
    end: Words = (_("Ends here: {status}{stop}.").format(status=node.status, stop=stop),)
    return (end, (Code(node.message),)) if node.message else (end,)


def _at_most(expires: str | None) -> str:
    return _(", for at most {expires}").format(expires=expires) if expires else ""
