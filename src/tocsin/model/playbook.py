"""The playbook as a value: metadata, roles, a graph of nodes and edges (recursive through loop bodies), its layout.

Keys and their meaning: engine.md §2.4, definitions.md D2. A value that exists is well formed: every edge joins two
nodes of its graph and leaves by a port that its source has. Whether it makes sense is for `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import Field

from tocsin.model.values import (
    Duration,
    Expression,
    ExpressionTree,
    JsonSchema,
    JsonValue,
    NodeId,
    PlaybookId,
    PortName,
    TemplateText,
    TemplateTree,
    Value,
)

FORMAT_VERSION: Final = 1
MAX_DEPTH: Final = 32
"""How deep lists and maps may lie in each other in a file; eight loops in each other fit."""


class Kind(StrEnum):
    """What a node is. Notes and groups do not run."""

    TRIGGER = "trigger"
    ACTION = "action"
    CONDITION = "condition"
    SWITCH = "switch"
    FOR_EACH = "for_each"
    WHILE = "while"
    JOIN = "join"
    SET = "set"
    WAIT = "wait"
    ASK = "ask"
    CALL = "call"
    END = "end"
    NOTE = "note"
    GROUP = "group"


RUNNABLE: Final = frozenset(Kind) - {Kind.NOTE, Kind.GROUP}
EVALUATING: Final = frozenset(
    {
        Kind.ACTION,
        Kind.CONDITION,
        Kind.SWITCH,
        Kind.FOR_EACH,
        Kind.WHILE,
        Kind.SET,
        Kind.WAIT,
        Kind.ASK,
        Kind.CALL,
    }
)
"""Kinds that evaluate something and so have an `error` port."""


class OnError(StrEnum):
    """What a failure does when no error edge takes it."""

    STOP = "stop"
    CONTINUE = "continue"


class NodeBase(Value):
    """What every node may say."""

    title: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    minutes: float | None = None
    disabled: bool = False
    x: Mapping[str, JsonValue] | None = None


class EvaluatingNode(NodeBase):
    """What a node that evaluates something may say besides."""

    on_error: OnError | None = None
    default: JsonValue = None
    deadline: Duration | None = None


class Dedupe(Value):
    """Reserved: when two events are one."""

    key: Expression
    window: Duration


class TriggerNode(NodeBase):
    """Where a run begins. `event`: manual, CATEGORY.alert, schedule, webhook, file, mail."""

    kind: Literal[Kind.TRIGGER] = Kind.TRIGGER
    event: str
    role: str | None = None
    output: JsonSchema | None = None
    sample: JsonValue = None
    filter: Expression | None = None
    map: Mapping[str, Expression] | None = None
    dedupe: Dedupe | None = None
    config: JsonValue = None


class Retry(Value):
    """How often and how fast a failed attempt is tried again. `max` counts all attempts."""

    max: Annotated[int, Field(ge=1, le=20)] = 1
    delay: Duration = "1s"
    factor: Annotated[float, Field(ge=1, le=10, strict=False)] = 2.0
    max_delay: Duration = "5m"
    codes: tuple[str, ...] = ()


class OnUncertain(StrEnum):
    """What follows when a change may have happened and nothing can tell."""

    ERROR = "error"
    ASK = "ask"


class ActionNode(EvaluatingNode):
    """Does one thing with a product. `use`: CATEGORY.ACTION (any product of the role) or CONNECTOR.ACTION."""

    kind: Literal[Kind.ACTION] = Kind.ACTION
    use: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    inputs: Annotated[Mapping[str, TemplateTree], Field(alias="with")] = Field(default_factory=dict)
    role: str | None = None
    unattended: str | None = None
    timeout: Duration | None = None
    retry: Retry | None = None
    on_uncertain: OnUncertain = OnUncertain.ERROR
    rehearse: Literal["never"] | None = None
    project: Mapping[str, Expression] | None = None
    effect: Literal["read", "change", "destructive"] | None = None


class ConditionNode(EvaluatingNode):
    """Two ways: `true` or `false`."""

    kind: Literal[Kind.CONDITION] = Kind.CONDITION
    when: Expression


class Case(Value):
    """One way of a switch."""

    port: PortName
    when: Expression


class SwitchNode(EvaluatingNode):
    """The first case that holds, or `else`."""

    kind: Literal[Kind.SWITCH] = Kind.SWITCH
    cases: tuple[Case, ...]


class OnItemError(StrEnum):
    """What a failed item does to its loop."""

    STOP = "stop"
    CONTINUE = "continue"


class ForEachNode(EvaluatingNode):
    """Runs its body for each item of a list."""

    kind: Literal[Kind.FOR_EACH] = Kind.FOR_EACH
    items: Annotated[Expression, Field(alias="in")]
    body: Graph
    item_name: Annotated[NodeId, Field(alias="as")] = "item"
    key: Expression | None = None
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 1
    max: Annotated[int, Field(ge=1, le=100_000)] = 1000
    on_item_error: OnItemError = OnItemError.STOP
    tolerate: Annotated[int, Field(ge=0)] | Annotated[str, Field(pattern=r"^[0-9]{1,3}%$")] | None = None
    collect: Expression | None = None


class WhileNode(EvaluatingNode):
    """Runs its body again and again: `when` holds before, or `until` holds after; at most `max` times."""

    kind: Literal[Kind.WHILE] = Kind.WHILE
    when: Expression | None = None
    until: Expression | None = None
    max: Annotated[int, Field(ge=1, le=100_000)]
    every: Duration
    body: Graph
    init: Mapping[str, ExpressionTree] = Field(default_factory=dict)
    carry: Mapping[str, Expression] = Field(default_factory=dict)


class Rest(StrEnum):
    """What becomes of the paths that a join no longer needs."""

    CANCEL = "cancel"
    IGNORE = "ignore"


class JoinNode(NodeBase):
    """Where paths meet. `need`: all (settled, one taken), every (all taken), any (one taken), or a number."""

    kind: Literal[Kind.JOIN] = Kind.JOIN
    need: Literal["all", "every", "any"] | Annotated[int, Field(ge=1)] = "all"
    rest: Rest = Rest.CANCEL


class SetNode(EvaluatingNode):
    """Names values. They are its output; nothing else changes."""

    kind: Literal[Kind.SET] = Kind.SET
    values: Mapping[str, TemplateTree]


class WaitNode(EvaluatingNode):
    """Waits for a time span, until a time, or for a signal."""

    kind: Literal[Kind.WAIT] = Kind.WAIT
    duration: Annotated[Duration | None, Field(alias="for")] = None
    until: Expression | None = None
    signal: str | None = None
    expires: Duration | None = None


class AskKind(StrEnum):
    """What a person is asked for."""

    APPROVAL = "approval"
    CHOICE = "choice"
    FORM = "form"


class Option(Value):
    """One answer to a question; its id is a port."""

    id: PortName
    title: str | None = None
    style: Literal["danger", "plain"] | None = None


class AskNode(EvaluatingNode):
    """Asks a person. The answer's option is the port; unanswered in time it is `expired`."""

    kind: Literal[Kind.ASK] = Kind.ASK
    ask: AskKind
    text: TemplateText
    options: tuple[Option, ...] = ()
    form_schema: Annotated[JsonSchema | None, Field(alias="schema")] = None
    covers: tuple[str, ...] = ()
    to: TemplateTree = None
    need: Annotated[int, Field(ge=1)] = 1
    expires: Duration | None = None

    @property
    def answers(self) -> tuple[Option, ...]:
        """The options with their defaults: approval offers approved and rejected, a form is submitted."""
        if self.options:
            return self.options
        if self.ask is AskKind.APPROVAL:
            return (Option(id="approved", title="Approve"), Option(id="rejected", title="Reject"))
        return (Option(id="submitted", title="Submit"),) if self.ask is AskKind.FORM else ()

    @property
    def consents(self) -> frozenset[str]:
        """The answers that let the flow act: those marked as danger, else an approval's first, else all of them."""
        answers = self.answers
        marked = frozenset(option.id for option in answers if option.style == "danger")
        if marked:
            return marked
        return frozenset(option.id for option in (answers[:1] if self.ask is AskKind.APPROVAL else answers))


class CallNode(EvaluatingNode):
    """Runs another playbook as one step."""

    kind: Literal[Kind.CALL] = Kind.CALL
    playbook: str
    inputs: Annotated[Mapping[str, TemplateTree], Field(alias="with")] = Field(default_factory=dict)


class EndStatus(StrEnum):
    """How a path ends."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"


class EndNode(NodeBase):
    """Closes its path; `stop` closes all others too."""

    kind: Literal[Kind.END] = Kind.END
    status: EndStatus = EndStatus.SUCCEEDED
    message: TemplateText | None = None
    outputs: Mapping[str, Expression] | None = None
    stop: bool = False


class NoteNode(NodeBase):
    """Words on the canvas."""

    kind: Literal[Kind.NOTE] = Kind.NOTE
    text: str


class GroupNode(NodeBase):
    """A frame around nodes, for the eye."""

    kind: Literal[Kind.GROUP] = Kind.GROUP
    nodes: tuple[str, ...]


Node: TypeAlias = (
    TriggerNode
    | ActionNode
    | ConditionNode
    | SwitchNode
    | ForEachNode
    | WhileNode
    | JoinNode
    | SetNode
    | WaitNode
    | AskNode
    | CallNode
    | EndNode
    | NoteNode
    | GroupNode
)
LoopNode: TypeAlias = ForEachNode | WhileNode
NODE_TYPES: Final[Mapping[str, type[NodeBase]]] = {
    str(model.model_fields["kind"].default): model for model in get_args(Node)
}
"""The class of each kind."""

_EDGE: Final = re.compile(r"^([a-z][a-z0-9_]{0,47})(?:\.([a-z][a-z0-9_]{0,31}))? -> ([a-z][a-z0-9_]{0,47})$")


class Edge(Value):
    """A wire from an output port to a node. Its text is its identity."""

    source: NodeId
    port: PortName = "out"
    target: NodeId
    label: str | None = None
    x: Mapping[str, JsonValue] | None = None

    @property
    def text(self) -> str:
        """The edge as the file writes it: `a -> b`, `a.true -> b`."""
        port = "" if self.port == "out" else f".{self.port}"
        return f"{self.source}{port} -> {self.target}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes this edge itself."""
        return (self.source, self.port, self.target)


def parse_edge(text: str) -> tuple[str, str, str] | None:
    """Return (source, port, target) of an edge's text, or None when it is not written as an edge."""
    match = _EDGE.fullmatch(text)
    return (match.group(1), match.group(2) or "out", match.group(3)) if match else None


class Graph(Value):
    """Nodes in the order of the file, and the edges among them."""

    nodes: Mapping[NodeId, Annotated[Node, Field(discriminator="kind")]] = Field(default_factory=dict)
    edges: tuple[Edge, ...] = ()


class Role(Value):
    """What a playbook needs some product for; the environment says which connection plays it."""

    category: str
    title: str | None = None
    help: str | None = None


class InputField(Value):
    """One input of a playbook: a JSON Schema with a few words around it."""

    type: Literal["string", "number", "integer", "boolean", "array", "object"] = "string"
    title: str | None = None
    help: str | None = None
    required: bool = False
    default: JsonValue = None
    examples: tuple[JsonValue, ...] = ()


class Concurrency(Value):
    """How many runs of one key there may be at once, and what becomes of one more."""

    key: Expression
    limit: Annotated[int, Field(ge=1)] = 1
    when_busy: Literal["queue", "skip", "replace"] = "queue"


HANDLER_INPUTS: Final = ("run", "playbook", "status", "error", "changes")
"""What a handler is told, by the names of its inputs."""


class Handler(Value):
    """The playbook that is told when a run failed or was stopped."""

    playbook: str
    when: tuple[Literal["failed", "cancelled"], ...] = ("failed",)


class Spot(Value):
    """Where a node lies: pixels in its own graph, from its top centre. A frame may have a size."""

    at: tuple[int, int]
    size: tuple[int, int] | None = None
    folded: bool = False
    pinned: bool = False


class Layout(Value):
    """Where things lie, apart from what they mean. Keys are node ids (unique in the file) and edge texts."""

    nodes: Mapping[str, Spot] = Field(default_factory=dict)
    bends: Mapping[str, tuple[tuple[int, int], ...]] = Field(default_factory=dict)


class Playbook(Value):
    """One playbook: the document of one file."""

    id: PlaybookId
    uid: str | None = None
    name: str = ""
    description: str = ""
    created: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    inputs: Mapping[str, InputField] = Field(default_factory=dict)
    outputs: Mapping[str, Expression] = Field(default_factory=dict)
    roles: Mapping[str, Role] = Field(default_factory=dict)
    concurrency: Concurrency | None = None
    timeout: Duration | None = None
    handler: Handler | None = None
    graph: Graph = Field(default_factory=Graph)
    layout: Layout = Field(default_factory=Layout)
    x: Mapping[str, JsonValue] | None = None


for _model in (ForEachNode, WhileNode, Graph, Playbook):
    _model.model_rebuild()


def is_loop(node: Node) -> bool:
    """Tell whether a node holds a body of its own."""
    return node.kind in {Kind.FOR_EACH, Kind.WHILE}


def walk_graphs(graph: Graph, frame: str | None = None) -> Iterator[tuple[str | None, Graph]]:
    """Yield (loop node's id or None, graph) for the graph and every body in it, outer ones first."""
    yield frame, graph
    for name, node in graph.nodes.items():
        if isinstance(node, ForEachNode | WhileNode):
            yield from walk_graphs(node.body, name)


def walk_nodes(graph: Graph) -> Iterator[tuple[str, Node]]:
    """Yield (id, node) of the graph and every body in it, in the order of the file."""
    for name, node in graph.nodes.items():
        yield name, node
        if isinstance(node, ForEachNode | WhileNode):
            yield from walk_nodes(node.body)
