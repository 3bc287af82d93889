"""Each kind of node in words."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import singledispatch
from typing import Final, TypeAlias

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
    Effect.READ: "reads",
    Effect.CHANGE: "changes",
    Effect.DESTRUCTIVE: "is destructive",
}
EVENTS: Final[Mapping[str, str]] = {
    "manual": "somebody starts it by hand",
    "schedule": "its time has come",
    "webhook": "a message comes in",
    "file": "a file comes in",
    "mail": "a mail comes in",
}
_SHORT: Final = frozenset({"siem", "edr", "ids"})
_JOINS: Final[Mapping[str, str]] = {
    "all": "Waits until every way that leads here is settled.",
    "every": "Waits until every way that leads here was taken.",
    "any": "Goes on with the first way that was taken.",
}


def steps_of(graph: Graph, catalogue: Catalogue) -> tuple[Step, ...]:
    """Return the nodes of a graph that run, each after those that lead to it, with what loops hold."""
    return tuple(_step(graph, name, graph.nodes[name], catalogue) for name in _in_order(graph))


def category_words(category: str) -> str:
    """Return a kind of product in words: “threat intel”, “SIEM”."""
    return category.upper() if category in _SHORT else category.replace("_", " ")


def event_words(event: str) -> str:
    """Return what an event is, as the end of a sentence that begins with “when”."""
    category, _, what = event.partition(".")
    return (
        f"an alert comes from {category_words(category)}"
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
        lines.insert(0, ("It is turned off: it does nothing, and the flow goes on.",))
    if node.note:
        lines.append((f"Note: {node.note}",))
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
        yield ("When it fails it goes on with ", Code(value_words(getattr(node, "default", None))), ".")


def _ways_on(graph: Graph, name: str) -> Iterator[Words]:
    edges = [edge for edge in graph.edges if edge.source == name]
    for port in dict.fromkeys(edge.port for edge in edges):
        targets = [title_of(edge.target, graph.nodes[edge.target]) for edge in edges if edge.port == port]
        when = {OUT: "Then", ERROR: "When it fails"}.get(port)
        start: Words = (f"{when}: ",) if when else ("By ", Code(port), ": ")
        yield (*start, ", ".join(f"“{target}”" for target in targets), ".")


def told_of(node: Node, find: Find) -> tuple[Words, ...]:
    """Return what a node does, in lines."""
    return _told_of_action(node, find) if isinstance(node, ActionNode) else _told(node)


@singledispatch
def _told(_node: object) -> tuple[Words, ...]:
    return ()


@_told.register
def _(node: TriggerNode) -> tuple[Words, ...]:
    when: Words = (f"Begins when {event_words(node.event)}.",)
    return (when, ("Only if ", Code(node.filter), ".")) if node.filter else (when,)


def _told_of_action(node: ActionNode, find: Find) -> tuple[Words, ...]:
    facts = find(node.use)
    what = facts.title if facts else "An action that is not known here"
    effect = f"; {EFFECTS[facts.effect]}" if facts else ""
    lines: list[Words] = [(f"{what} (", Code(node.use), f"{effect}).")]
    lines += [(f"{name}: ", Code(value_words(value))) for name, value in node.inputs.items()]
    if node.unattended:
        lines.append((f"Nobody is asked: {node.unattended}",))
    return tuple(lines)


@_told.register
def _(node: ConditionNode) -> tuple[Words, ...]:
    return (("Asks whether ", Code(node.when), "."),)


@_told.register
def _(node: SwitchNode) -> tuple[Words, ...]:
    return (("Takes the first that holds:",), *((Code(case.port), " when ", Code(case.when)) for case in node.cases))


@_told.register
def _(node: ForEachNode) -> tuple[Words, ...]:
    at_once = f", {node.concurrency} at a time" if node.concurrency > 1 else ", one after the other"
    failing = "the others go on" if node.on_item_error == "continue" else "the loop stops"
    return (
        ("For each ", Code(node.item_name), " of ", Code(node.items), f": at most {node.max}{at_once}."),
        (f"When one fails, {failing}.",),
    )


@_told.register
def _(node: WhileNode) -> tuple[Words, ...]:
    bound: Words = (" while ", Code(node.when)) if node.when else (" until ", Code(node.until or ""))
    return ((f"Again every {node.every},", *bound, f", at most {node.max} times."),)


@_told.register
def _(node: JoinNode) -> tuple[Words, ...]:
    need = node.need
    return ((_JOINS[need] if isinstance(need, str) else f"Goes on when {need} of the ways here were taken.",),)


@_told.register
def _(node: SetNode) -> tuple[Words, ...]:
    return tuple((f"{name} = ", Code(value_words(value))) for name, value in node.values.items())


@_told.register
def _(node: WaitNode) -> tuple[Words, ...]:
    if node.duration is not None:
        return ((f"Waits {node.duration}.",),)
    if node.until is not None:
        return (("Waits until ", Code(node.until), "."),)
    return ((f"Waits for the signal “{node.signal or ''}”{_at_most(node.expires)}.",),)


@_told.register
def _(node: AskNode) -> tuple[Words, ...]:
    answers = ", ".join(f"“{option.title or option.id}”" for option in node.answers)
    return (("Asks a person: ", Code(node.text)), (f"Answers: {answers}{_at_most(node.expires)}.",))


@_told.register
def _(node: CallNode) -> tuple[Words, ...]:
    given: tuple[Words, ...] = tuple((f"{name}: ", Code(value_words(value))) for name, value in node.inputs.items())
    return (("Runs the playbook ", Code(node.playbook), "."), *given)


@_told.register
def _(node: EndNode) -> tuple[Words, ...]:
    stop = ", and everything else stops" if node.stop else ""
    end: Words = (f"Ends here: {node.status}{stop}.",)
    return (end, (Code(node.message),)) if node.message else (end,)


def _at_most(expires: str | None) -> str:
    return f", for at most {expires}" if expires else ""
