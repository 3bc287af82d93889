"""What a run ran, for those who show it: its steps by id, with their faces."""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import RUNNABLE, ForEachNode, Graph, Kind, Node, Playbook, WhileNode, walk_nodes
from tocsin.ui.canvas.faces import Face, Family, face_of
from tocsin.ui.canvas.flow import flow_order
from tocsin.ui.canvas.geometry import Silhouette


@dataclass(frozen=True, slots=True)
class RunSubject:
    """A playbook's snapshot as a run is shown by it.

    Attributes:
        playbook: The snapshot.
        catalogue: What is known of actions; without it icons and effects are plain.
        person: Who sits here, as events name people.
        name: What the run is called: “R-218”; "" while nobody knows.
    """

    playbook: Playbook
    catalogue: Catalogue | None = None
    person: str = ""
    name: str = ""
    _nodes: dict[str, Node] = field(default_factory=dict[str, Node], repr=False, compare=False)
    _faces: dict[str, Face] = field(default_factory=dict[str, Face], repr=False, compare=False)
    _order: dict[str, int] = field(default_factory=dict[str, int], repr=False, compare=False)

    def __post_init__(self) -> None:
        self._nodes.update(walk_nodes(self.playbook.graph))

    def find_node(self, name: str) -> Node | None:
        """Return a step, or None when the snapshot has none of that id."""
        return self._nodes.get(name)

    def face(self, name: str) -> Face:
        """Return what a step shows; one that is not in the snapshot shows its id."""
        face = self._faces.get(name)
        if face is None:
            node = self._nodes.get(name)
            plain = Face(name, "", "zap", Family.LOGIC, Silhouette.PLAIN)
            face = self._faces[name] = face_of(name, node, self.playbook, self.catalogue) if node else plain
        return face

    def kind(self, name: str) -> Kind:
        """Return a step's kind; one that is not in the snapshot counts as an action."""
        node = self._nodes.get(name)
        return Kind(node.kind) if node else Kind.ACTION

    def body(self, name: str) -> Graph | None:
        """Return what a loop repeats; None for all that is no loop."""
        node = self._nodes.get(name)
        return node.body if isinstance(node, ForEachNode | WhileNode) else None

    def steps(self, loop: str | None = None) -> tuple[str, ...]:
        """Return the ids of what runs in a loop, or in the playbook itself, each after those that lead to it."""
        graph = self.playbook.graph if loop is None else self.body(loop)
        if graph is None:
            return ()
        if not self._order:  # a snapshot from the journal has its nodes by name, not in the order of its file
            self._order.update((name, place) for place, name in enumerate(flow_order(self.playbook.graph)))
        names = (name for name, node in graph.nodes.items() if node.kind in RUNNABLE)
        return tuple(sorted(names, key=self._order.__getitem__))
