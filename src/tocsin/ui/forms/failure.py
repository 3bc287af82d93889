"""What a failure of a node does: stop the run, go on with a value, or take the error path; and the edits between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tocsin.base.texts import _
from tocsin.edits import MISSING, Batch, Connect, Disconnect, Edit, SetField, frame_of, graph_at
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import EVALUATING, Edge, EvaluatingNode, Graph, Node, OnError, Playbook
from tocsin.model.ports import ERROR, has_input
from tocsin.ui.canvas.faces import face_of

ON_ERROR = ("on_error",)
DEFAULT = ("default",)


class Fate(StrEnum):
    """What a failure does."""

    STOP = "stop"
    CONTINUE = "continue"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Target:
    """A node that an error path leads to, or could."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What a failure of a node does now.

    Attributes:
        node: The node's id.
        frame: The loop that it lies in, or None.
        fate: What holds.
        targets: Where the error path leads; empty for nowhere.
        playbook: Where the node is.
        catalogue: What is known of actions, for their titles.
    """

    node: str
    frame: str | None
    fate: Fate
    targets: tuple[Target, ...]
    playbook: Playbook = field(compare=False, repr=False)
    catalogue: Catalogue = field(compare=False, repr=False)

    @property
    def path_words(self) -> str:
        """Where the error path leads, in words; "" for nowhere."""
        titles = [target.title for target in self.targets]
        more = _(" and {count} more").format(count=len(titles) - 1) if len(titles) > 1 else ""
        return _("to {titles}{more}").format(titles=titles[0], more=more) if titles else ""


def find_failure(name: str, node: Node, playbook: Playbook, catalogue: Catalogue) -> Failure | None:
    """Return what a failure of a node does, or None for a node that cannot fail."""
    if node.kind not in EVALUATING or not isinstance(node, EvaluatingNode):
        return None
    frame = frame_of(playbook, name)
    graph = graph_at(playbook, frame)
    targets = tuple(_target(edge.target, graph, playbook, catalogue) for edge in _error_edges(name, graph))
    goes_on = Fate.CONTINUE if node.on_error is OnError.CONTINUE else Fate.STOP
    return Failure(name, frame, Fate.PATH if targets else goes_on, targets, playbook, catalogue)


def offered_targets(failure: Failure) -> tuple[Target, ...]:
    """Return the nodes that the error path could lead to, in the order of the file."""
    graph = graph_at(failure.playbook, failure.frame)
    before = _before(failure.node, graph)
    return tuple(
        _target(name, graph, failure.playbook, failure.catalogue)
        for name, node in graph.nodes.items()
        if name not in before and has_input(node)
    )


def fate_edit(failure: Failure, fate: Fate, target: str = "") -> Edit | None:
    """Return the edit that gives a node another fate, or None when it holds already.

    Args:
        failure: What holds now.
        fate: What is wanted.
        target: Where the error path is to lead; for PATH only.
    """
    graph = graph_at(failure.playbook, failure.frame)
    is_same = fate is failure.fate and (fate is not Fate.PATH or [one.id for one in failure.targets] == [target])
    if is_same or (fate is Fate.PATH and not target):
        return None
    edits: list[Edit] = [Disconnect(failure.frame, edge) for edge in _error_edges(failure.node, graph)]
    if fate is Fate.CONTINUE:
        edits.append(SetField(failure.node, ON_ERROR, str(OnError.CONTINUE)))
    elif failure.fate is Fate.CONTINUE:
        edits += [SetField(failure.node, place, MISSING) for place in (ON_ERROR, DEFAULT)]
    if fate is Fate.PATH:
        edits.append(Connect(failure.frame, Edge(source=failure.node, port=ERROR, target=target)))
    return Batch(tuple(edits), _("Change what a failure of “{node}” does").format(node=failure.node))


def _target(name: str, graph: Graph, playbook: Playbook, catalogue: Catalogue) -> Target:
    """One end of an edge; in a file that somebody wrote an edge may lead to what is not there, which has but an id."""
    node = graph.nodes.get(name)
    return Target(name, name if node is None else face_of(name, node, playbook, catalogue).title)


def _error_edges(name: str, graph: Graph) -> Iterator[Edge]:
    return (edge for edge in graph.edges if edge.source == name and edge.port == ERROR)


def _before(name: str, graph: Graph) -> set[str]:
    """The node and all that lead to it: an error path to one of them would close a circle."""
    into: dict[str, list[str]] = {}
    for edge in graph.edges:
        into.setdefault(edge.target, []).append(edge.source)
    seen, waiting = {name}, [name]
    while waiting:
        for source in into.get(waiting.pop(), ()):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return seen
