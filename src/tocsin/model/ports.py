"""What leaves a node: its output ports, in the order they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tocsin.base.texts import _, quoted
from tocsin.model.names import YAML_WORDS
from tocsin.model.playbook import EVALUATING, AskNode, Kind, Node, OnError, SwitchNode
from tocsin.model.values import Place

OUT: Final = "out"
ERROR: Final = "error"
TRUE: Final = "true"
FALSE: Final = "false"
ELSE: Final = "else"
UNMET: Final = "unmet"
EXPIRED: Final = "expired"

_FIXED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.CONDITION: (TRUE, FALSE),
    Kind.JOIN: (OUT, UNMET),
    Kind.WAIT: (OUT, EXPIRED),
    Kind.END: (),
    Kind.NOTE: (),
    Kind.GROUP: (),
}


def ports_of(node: Node) -> tuple[str, ...]:
    """Return the names of a node's output ports; the first is the main one, `error` is last. Ends, notes have none."""
    return (*_own_ports(node), ERROR) if node.kind in EVALUATING else _own_ports(node)


def main_port(node: Node) -> str | None:
    """Return the port that a node leaves by when nothing is decided (it is disabled, or continues after a failure)."""
    ports = _own_ports(node)
    return ports[0] if ports else None


def has_input(node: Node) -> bool:
    """Tell whether edges may end at this node."""
    return node.kind not in {Kind.TRIGGER, Kind.NOTE, Kind.GROUP}


def _own_ports(node: Node) -> tuple[str, ...]:
    if isinstance(node, SwitchNode):
        return (*(case.port for case in node.cases), ELSE)
    if isinstance(node, AskNode):
        return (*(option.id for option in node.answers), EXPIRED)
    return _FIXED.get(node.kind, (OUT,))


def find_port_faults(node: Node) -> tuple[tuple[Place, str], ...]:
    """Return (place in the node, sentence) for every case or option whose name cannot be a port of its own."""
    named = [(("cases", index, "port"), case.port) for index, case in enumerate(getattr(node, "cases", ()))]
    named += [(("options", index, "id"), option.id) for index, option in enumerate(getattr(node, "options", ()))]
    taken = {ELSE, ERROR} if node.kind is Kind.SWITCH else {EXPIRED, ERROR}
    faults: list[tuple[Place, str]] = []
    for place, name in named:
        if name in YAML_WORDS:
            faults.append((place, _("“{name}” cannot name a port: files read it as something else.").format(name=name)))
        elif name in taken:
            faults.append((place, _("“{name}” names two ports of this node.").format(name=name)))
        taken.add(name)
    return tuple(faults)


def find_edge_fault(nodes: Mapping[str, Node], key: tuple[str, str, str]) -> str | None:
    """Return why (source, port, target) may not join these nodes, as a sentence, or None when it may."""
    source, port, target = key
    for name in (source, target):
        if name not in nodes:
            return _("There is no node “{name}” in this graph.").format(name=name)
    ports = ports_of(nodes[source])
    if port not in ports:
        offered = quoted(*ports)
        return _("“{source}” has no port “{port}”").format(source=source, port=port) + (
            _("; it has {offered}.").format(offered=offered) if ports else _(", and no ports at all.")
        )
    if port == ERROR and getattr(nodes[source], "on_error", None) is OnError.CONTINUE:
        return _(
            "“{source}” goes on after an error (on_error: continue), so nothing can leave by its port “error”."
        ).format(source=source)
    if not has_input(nodes[target]):
        return _("“{target}” has no input.").format(target=target)
    return _("A node cannot lead to itself.") if source == target else None
