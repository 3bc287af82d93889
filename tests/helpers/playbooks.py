"""Hypothesis strategies that draw playbooks: every kind, loops in loops, joins, wired error ports, several triggers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from hypothesis import strategies as st

from tocsin.model.playbook import (
    ActionNode,
    AskKind,
    AskNode,
    CallNode,
    Case,
    ConditionNode,
    Edge,
    EndNode,
    EndStatus,
    ForEachNode,
    Graph,
    GroupNode,
    InputField,
    JoinNode,
    Kind,
    Layout,
    Node,
    NoteNode,
    OnError,
    OnItemError,
    Option,
    Playbook,
    Rest,
    Retry,
    Role,
    SetNode,
    Spot,
    SwitchNode,
    TriggerNode,
    WaitNode,
    WhileNode,
    walk_graphs,
    walk_nodes,
)
from tocsin.model.ports import ERROR, find_edge_fault, has_input, ports_of

ALL_KINDS = tuple(kind for kind in Kind if kind is not Kind.CALL)
"""What a drawn playbook holds unless told otherwise: everything that this version runs, and notes and groups."""

_TRICKY = (
    "yes", "no", "null", "~", "0777", "12:30:45", "1e5", "- a", "a: b", "a #b", "<<", "=", "{{ x }}", "é €", "a\nb\n",
    "a\n\n  b", " lead", "trail ", "\t", "a" * 140, '"quoted"', "'", "\\", "\u2028", "\x85", "\ufeff", "\x00",
)  # fmt: skip
_SPOTS = st.sampled_from([
    None, None, Spot(at=(0, 0)), Spot(at=(-160, 120)), Spot(at=(1, 2), size=(400, 300)),
    Spot(at=(3, 4), folded=True), Spot(at=(5, 6), size=(7, 8), folded=True, pinned=True),
])  # fmt: skip
_COMMON = st.sampled_from([
    {}, {}, {"title": "A title"}, {"title": "a: b # c", "note": "One.\n\nTwo.\n", "tags": ("yes", "t")},
    {"disabled": True}, {"minutes": 5.0, "x": {"xsoar": {"id": None}}},
])  # fmt: skip
_LABELS = st.sampled_from([None, None, None, "in time", "a: b # c"])
_DURATIONS = st.sampled_from(["250ms", "30s", "5m", "4h", "1d"])


@cache
def texts() -> st.SearchStrategy[str]:
    """Draw texts that files get wrong, and plain ones."""
    return st.sampled_from(_TRICKY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@cache
def json_values() -> st.SearchStrategy:
    """Draw small JSON data that survives a file."""
    numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    leaves = st.none() | st.booleans() | numbers | texts()
    return st.recursive(
        leaves, lambda s: st.lists(s, max_size=3) | st.dictionaries(texts(), s, max_size=3), max_leaves=6
    )


@dataclass
class _Drawing:
    """What the parts of one playbook share while it is drawn."""

    draw: Callable
    kinds: tuple[Kind, ...]
    most: int
    names: list[str] = field(default_factory=list)

    def new_name(self, kind: Kind) -> str:
        name = f"{kind}_{len(self.names)}"
        self.names.append(name)
        return name


@st.composite
def playbooks(draw, *, kinds: tuple[Kind, ...] = ALL_KINDS, most: int = 7) -> Playbook:
    """Draw a valid playbook: acyclic, names unique, edges sound, at least one trigger, a place for most nodes.

    Args:
        draw: Hypothesis gives it.
        kinds: The kinds that may occur.
        most: How many nodes a graph may have beside its triggers.
    """
    drawing = _Drawing(draw, kinds, most)
    graph = _graph(drawing, depth=0)
    return Playbook(
        id=draw(st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True)),
        uid=draw(st.none() | st.just("0b6f3c9e-5a1d-4f0e-9c57-2d1f6c0a7e11")),
        name=draw(texts()),
        description=draw(texts()),
        tags=tuple(draw(st.lists(texts(), max_size=2))),
        inputs=draw(st.dictionaries(texts(), _input_fields(), max_size=2)),
        outputs=draw(st.dictionaries(st.just("out"), _expressions(drawing.names), max_size=1)),
        roles={"edge_firewall": Role(category="firewall")},
        timeout=draw(st.none() | _DURATIONS),
        graph=graph,
        layout=_layout(drawing, graph),
        x=draw(st.none() | st.dictionaries(texts(), json_values(), max_size=2)),
    )


def _input_fields() -> st.SearchStrategy[InputField]:
    return st.builds(InputField, title=st.none() | texts(), required=st.booleans(), default=json_values())


def _expressions(names: list[str]) -> st.SearchStrategy[str]:
    """Expressions that compile; those that read a node read one drawn before."""
    plain = st.sampled_from(["1 < 2", "size('a # b') == 1", "'\"' == '\"'", "[1, 2, 3].all(i, i > 0)"])
    if not names:
        return plain
    reads = st.sampled_from(["has(nodes.{0}.output)", "{0}.value == 1", "get({0}, 'a.b', 1) == 1"])
    return plain | st.builds(lambda text, name: text.format(name), reads, st.sampled_from(names))


def _templates(names: list[str]) -> st.SearchStrategy[str]:
    return texts().filter(lambda t: "{{" not in t) | _expressions(names).map(lambda e: f"Is it? {{{{ {e} }}}}\nSo.")


def _graph(drawing: _Drawing, *, depth: int) -> Graph:
    draw = drawing.draw
    triggers = draw(st.integers(1, 2)) if depth == 0 else 0
    inner = [kind for kind in drawing.kinds if kind is not Kind.TRIGGER]
    inner += [kind for kind in inner if kind is Kind.JOIN]  # twice as likely: what waits is what goes wrong
    if depth == 2:
        inner = [kind for kind in inner if kind not in {Kind.FOR_EACH, Kind.WHILE}]
    most = drawing.most if depth == 0 else 3
    least = 1 if depth else min(3, most)
    kinds = [Kind.TRIGGER] * triggers + draw(st.lists(st.sampled_from(inner), min_size=least, max_size=most))
    nodes: dict[str, Node] = {}
    for kind in kinds:
        name = drawing.new_name(kind)
        nodes[name] = _node(drawing, kind, list(nodes), depth)
    edges = _edges(drawing, nodes)
    wired = {edge.source for edge in edges if edge.port == ERROR}
    return Graph(nodes={name: _going_on(drawing, name, node, wired) for name, node in nodes.items()}, edges=edges)


def _going_on(drawing: _Drawing, name: str, node: Node, wired: set[str]) -> Node:
    """Sometimes let a node whose error port is free go on after a failure (both at once do not load)."""
    if name in wired or ERROR not in ports_of(node) or drawing.draw(st.integers(0, 5)) != 0:
        return node
    return node.model_copy(update={"on_error": OnError.CONTINUE, "default": drawing.draw(json_values())})


def _edges(drawing: _Drawing, nodes: Mapping[str, Node]) -> tuple[Edge, ...]:
    """Edges lead from earlier nodes to later ones, most nodes are reached, some by several."""
    draw, names = drawing.draw, list(nodes)
    edges: dict[tuple[str, str, str], Edge] = {}
    for place, target in enumerate(names):
        sources = [name for name in names[:place] if ports_of(nodes[name])]
        if not sources or not has_input(nodes[target]):
            continue
        for source in draw(st.lists(st.sampled_from(sources), max_size=3)):
            port = draw(st.sampled_from(ports_of(nodes[source])))
            assert find_edge_fault(nodes, (source, port, target)) is None
            label = draw(_LABELS)
            edges[source, port, target] = Edge(source=source, port=port, target=target, label=label)
    return tuple(edges.values())


def _layout(drawing: _Drawing, graph: Graph) -> Layout:
    draw = drawing.draw
    places = {name: draw(_SPOTS) for name, _ in walk_nodes(graph)}
    spots = {name: spot for name, spot in places.items() if spot is not None}
    texts_of_edges = [edge.text for _, part in walk_graphs(graph) for edge in part.edges]
    bent = draw(st.lists(st.sampled_from(texts_of_edges), max_size=2, unique=True)) if texts_of_edges else []
    return Layout(nodes=spots, bends=dict.fromkeys(bent, ((-7, 0), (0, 1))))


def _node(drawing: _Drawing, kind: Kind, before: list[str], depth: int) -> Node:
    draw = drawing.draw
    common = draw(_COMMON)
    if kind in {Kind.FOR_EACH, Kind.WHILE}:
        return _loop(drawing, kind, before, depth, common)
    return _MAKERS[kind](draw, before, common)


def _loop(drawing: _Drawing, kind: Kind, before: list[str], depth: int, common: dict) -> Node:
    draw, body = drawing.draw, _graph(drawing, depth=depth + 1)
    if kind is Kind.WHILE:
        until = draw(st.booleans())
        return WhileNode(
            **{"until" if until else "when": draw(_expressions(before))},
            max=draw(st.integers(1, 5)),
            every="1s",
            init={"n": draw(json_values())},
            carry={"n": "1"},
            body=body,
            **common,
        )
    return ForEachNode(
        items=draw(st.sampled_from(["[1, 2]", "['a', 'a']", "[]"])),
        item_name=draw(st.sampled_from(["item", f"each_{depth}"])),
        key=draw(st.none() | st.just("string(1)")),
        concurrency=draw(st.integers(1, 3)),
        on_item_error=draw(st.sampled_from(OnItemError)),
        tolerate=draw(st.none() | st.just("10%") | st.integers(0, 2)),
        collect=draw(st.none() | st.just("{'a': 1}")),
        body=body,
        **common,
    )


def _action(draw, before, common) -> Node:
    return ActionNode(
        use=draw(st.sampled_from(["firewall.block_address", "edr.isolate_endpoint", "threat_intel.lookup_ip"])),
        inputs=draw(st.dictionaries(texts(), _templates(before) | json_values().map(_without_braces), max_size=2)),
        role=draw(st.none() | st.just("edge_firewall")),
        timeout=draw(st.none() | _DURATIONS),
        retry=draw(st.none() | st.builds(Retry, max=st.integers(1, 5), delay=_DURATIONS)),
        **common,
    )


def _without_braces(value):
    return value if "{{" not in str(value) else None


def _switch(draw, before, common) -> Node:
    ports = draw(st.lists(st.sampled_from(["high", "low", "middle"]), min_size=1, max_size=3, unique=True))
    return SwitchNode(cases=tuple(Case(port=port, when=draw(_expressions(before))) for port in ports), **common)


def _ask(draw, before, common) -> Node:
    ids = draw(st.lists(st.sampled_from(["approved", "rejected", "later"]), max_size=3, unique=True))
    options = tuple(Option(id=name, title=draw(st.none() | texts())) for name in ids)
    kind = AskKind.CHOICE if options else draw(st.sampled_from([AskKind.APPROVAL, AskKind.FORM]))
    return AskNode(
        ask=kind, text=draw(_templates(before)), options=options, expires=draw(st.none() | _DURATIONS), **common
    )


def _wait(draw, before, common) -> Node:
    how = draw(st.sampled_from([{"duration": "1s"}, {"until": "now()"}, {"signal": "go"}]))
    return WaitNode(**how, expires=draw(st.none() | _DURATIONS), **common)


_MAKERS: Mapping[Kind, Callable[..., Node]] = {
    Kind.TRIGGER: lambda draw, _before, common: TriggerNode(
        event=draw(st.sampled_from(["manual", "siem.alert"])), sample=draw(json_values()), **common
    ),
    Kind.ACTION: _action,
    Kind.CONDITION: lambda draw, before, common: ConditionNode(when=draw(_expressions(before)), **common),
    Kind.SWITCH: _switch,
    Kind.JOIN: lambda draw, _before, common: JoinNode(
        need=draw(st.sampled_from(["all", "every", "any", 1, 2])), rest=draw(st.sampled_from(Rest)), **common
    ),
    Kind.SET: lambda draw, before, common: SetNode(
        values=draw(st.dictionaries(st.sampled_from("abc"), _templates(before), max_size=2)), **common
    ),
    Kind.WAIT: _wait,
    Kind.ASK: _ask,
    Kind.CALL: lambda _draw, _before, common: CallNode(playbook="other", **common),
    Kind.END: lambda draw, _before, common: EndNode(
        status=draw(st.sampled_from(EndStatus)), stop=draw(st.booleans()), **common
    ),
    Kind.NOTE: lambda draw, _before, common: NoteNode(text=draw(texts()), **common),
    Kind.GROUP: lambda _draw, before, common: GroupNode(nodes=tuple(before[:2]), **common),
}
