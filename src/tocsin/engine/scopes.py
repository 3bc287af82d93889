"""What an expression of a run may see, bound when it is first read (engine.md 1.24)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from tocsin.base.clock import rfc3339
from tocsin.base.json_types import Json
from tocsin.engine.events import NodeState
from tocsin.engine.program import Program
from tocsin.engine.state import Frame, Mark, RunState
from tocsin.engine.values import untag
from tocsin.expressions import Expression, Scope, Template
from tocsin.model.playbook import ForEachNode, TriggerNode, WhileNode
from tocsin.model.ports import ERROR

_READABLE: Final = (Mark.SUCCEEDED, Mark.FAILED)
_STATES: Final = {
    Mark.PENDING: NodeState.PENDING,
    Mark.STARTED: NodeState.RUNNING,
    Mark.SUCCEEDED: NodeState.SUCCEEDED,
    Mark.FAILED: NodeState.FAILED,
    Mark.SKIPPED: NodeState.SKIPPED,
    Mark.CANCELLED: NodeState.CANCELLED,
}


class Scopes:
    """One evaluation scope for each frame; names are bound only when some expression reads them.

    Args:
        program: What runs.
        state: Where it stands.
        load: Gives a large value by its hash.
    """

    def __init__(self, program: Program, state: RunState, load: Callable[[str], Json]) -> None:
        self._program = program
        self._state = state
        self._load = load
        self._by_frame: dict[int, Scope] = {}
        self._items: dict[tuple[int, int], Json] = {}
        self._root = Scope(networks=program.environment.networks)

    def prepare(self, frame: Frame, reader: Expression | Template, *, node: int | None = None) -> Scope:
        """Return the scope of a frame with everything bound that the reader names; what is not there stays unbound."""
        scope = self._scope_of(frame)
        scope.now_micros = self._state.at
        for root in reader.roots:
            if root == "nodes":
                scope.bind("nodes", self._nodes_named(frame, reader.node_ids))
            else:
                self._bind(frame, scope, root, node)
        return scope

    def bind_state(self, frame: Frame, value: Json) -> None:
        """Let `state` be this in a while's frame from now on."""
        self._scope_of(frame).bind("state", value)

    def value_of(self, frame: Frame, node: int) -> Json:
        """Return a settled node's output."""
        return untag(frame.outputs[node], self._load)

    def items_of(self, frame: Frame, node: int) -> Json:
        """Return the frozen list of a loop that runs."""
        key = (id(frame), node)
        if key not in self._items:
            tagged = frame.loops[node].items
            self._items[key] = untag(tagged, self._load) if tagged is not None else None
        return self._items[key]

    def open_item(self, frame: Frame, name: str, item: Json) -> None:
        """Let a frame of a loop that has not begun read an item that the loop would have."""
        scope = Scope(parent=self._scope_of(frame.outer) if frame.outer else None)
        scope.bind("index", frame.item)
        scope.bind(name, item)
        self._by_frame[id(frame)] = scope

    def forget_value(self, frame: Frame, name: str) -> None:
        """What a name of a frame gives is another now: it is bound anew when it is read next."""
        self._scope_of(frame).unbind(name)

    def forget(self, frame: Frame) -> None:
        """A frame is gone."""
        self._by_frame.pop(id(frame), None)

    def forget_items(self, frame: Frame, node: int) -> None:
        """A loop is over."""
        self._items.pop((id(frame), node), None)

    def _scope_of(self, frame: Frame) -> Scope:
        if frame is self._state.root:
            return self._root
        scope = self._by_frame.get(id(frame))
        if scope is None:
            outer = frame.outer
            scope = Scope(networks=self._program.environment.networks, parent=self._scope_of(outer) if outer else None)
            self._by_frame[id(frame)] = scope
            if outer is not None:
                self._bind_item(frame, outer, scope)
        return scope

    def _bind_item(self, frame: Frame, parent: Frame, scope: Scope) -> None:
        loop_node = parent.plan.nodes[frame.opener]
        scope.bind("index", frame.item)
        if isinstance(loop_node, ForEachNode):
            items = self.items_of(parent, frame.opener)
            if isinstance(items, list | tuple):
                scope.bind(loop_node.item_name, items[frame.item])
        elif isinstance(loop_node, WhileNode):
            carried = parent.loops[frame.opener].carried
            scope.bind("state", untag(carried, self._load) if carried is not None else {})

    def _bind(self, frame: Frame, scope: Scope, root: str, node: int | None) -> None:
        """Bind one root in the scope of the frame that owns it."""
        if root == "error":
            self._bind_error(frame, scope, node)
            return
        holder: Frame | None = frame
        top = frame
        while holder is not None:
            number = holder.plan.index.get(root)
            if number is not None:
                self._bind_output(holder, root, number)
                return
            top, holder = holder, holder.outer
        self._bind_root(top, root)

    def _bind_output(self, holder: Frame, root: str, number: int) -> None:
        scope = self._scope_of(holder)
        if holder.mark[number] in _READABLE and number in holder.outputs:
            if root not in scope:
                scope.bind(root, self.value_of(holder, number))
        elif root in scope:
            scope.unbind(root)

    def _bind_root(self, top: Frame, root: str) -> None:
        """Bind a reserved root in the outermost scope of a playbook."""
        scope = self._scope_of(top)
        if root in scope and root != "run":
            return
        values: Mapping[str, Callable[[], Json]] = {
            "trigger": lambda: self._given(top),
            "env": lambda: dict(self._program.environment.values),
            "run": self._run_facts,
        }
        if root in values:
            scope.bind(root, values[root]())
        elif root == "inputs" and (self._is_manual if top is self._state.root else top.inputs is not None):
            scope.bind("inputs", self._given(top))

    def _given(self, top: Frame) -> Json:
        """Return what a playbook began with: what its call gave, else what the trigger fired with."""
        return untag(top.inputs, self._load) if top.inputs is not None else self._program.event

    @property
    def _is_manual(self) -> bool:
        plan = self._program.plan
        trigger = plan.nodes[plan.index[self._program.trigger]]
        return isinstance(trigger, TriggerNode) and trigger.event == "manual"

    def _run_facts(self) -> Json:
        facts: dict[str, Json] = {
            "id": self._state.run,
            "mode": self._program.mode,
            "environment": self._program.environment.id,
            "started_at": rfc3339(self._state.started_at),
        }
        if self._state.first_error is not None:
            facts["first_error"] = self._state.first_error
        return facts

    def _bind_error(self, frame: Frame, scope: Scope, node: int | None) -> None:
        """`error` is known in the direct target of an error edge that was taken, and nowhere else (1.12c)."""
        if "error" in scope:
            scope.unbind("error")
        sources = frame.plan.after_error.get(node, ()) if node is not None else ()
        for source in sources:
            if ERROR in frame.ports.get(source, ()):
                scope.bind("error", frame.errors[source])
                return

    def _nodes_named(self, frame: Frame, names: Iterable[str]) -> dict[str, Json]:
        """Facts about the nodes that an expression names, each from the nearest frame that has it."""
        seen: dict[str, Json] = {}
        for name in names:
            holder: Frame | None = frame
            while holder is not None and name not in holder.plan.index:
                holder = holder.outer
            if holder is not None:
                seen[name] = self._facts_of(holder, holder.plan.index[name])
        return seen

    def _facts_of(self, frame: Frame, number: int) -> dict[str, Json]:
        facts: dict[str, Any] = {"state": str(_STATES[Mark(frame.mark[number])])}
        ports = frame.ports.get(number, ())
        if ports:
            facts["port"] = ports[0]
        if number in frame.outputs:
            facts["output"] = self.value_of(frame, number)
        if number in frame.errors:
            facts["error"] = frame.errors[number]
        if number in frame.tries:
            facts["attempts"] = frame.tries[number]
        if number in frame.changed:
            facts["changed"] = frame.changed[number] == "true"
        if number in frame.answered_by:
            facts["answered_by"] = frame.answered_by[number]
        return facts
