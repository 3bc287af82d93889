"""Where the names of one frame live, and how they reach CEL: converted once, and only what an expression reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.addresses import Network, is_in_networks, read_network
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.expression import RANGE_FUNCTION, Expression, Read
from tocsin.expressions.functions import FUNCTIONS, FunctionInfo
from tocsin.expressions.library import Context, new_context
from tocsin.expressions.values import MISSING, Path, follow, from_value
from tocsin.model.failures import FailureCode

MAX_ITERATIONS: Final = 100_000
_MAX_COUNTED: Final = 10_000  # counted lists travel through Python, some 20 µs an item
_MAX_CONTEXTS: Final = 128
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Prepared:
    """A context, and which object each of its variables was converted from."""

    context: Context
    sources: dict[str, object] = field(default_factory=dict[str, object])


@dataclass(slots=True, eq=False)
class _Facts:
    """What the functions of one run's scopes know, and what the last evaluation ran into.

    Apart from the contexts, which hold these functions: Python's collector does not see into a context of CEL, so
    functions that led back to it would keep it for ever, with all that it was told.
    """

    networks: tuple[Network, ...]
    now_micros: int = 0
    failure: EvaluationError | None = None
    limit: EvaluationError | None = None
    counted: int = 0

    def bound(self, info: FunctionInfo) -> Callable[..., object]:
        call = info.call or self._own(info.name)

        def checked(*arguments: object) -> object:
            info.ensure_fits(arguments)
            return call(*arguments)

        return checked

    def noting(self, function: Callable[..., object]) -> Callable[..., object]:
        """Keep what a function says of its failure: CEL passes on only that there was one, or absorbs it."""

        def noted(*arguments: object) -> object:
            try:
                return function(*arguments)
            except EvaluationError as error:
                self.failure = error
                if error.kind is FailureCode.LIMIT:
                    self.limit = error
                raise

        return noted

    def count(self, items: object) -> object:
        if not isinstance(items, list):
            raise EvaluationError(_("map(), filter(), exists() and all() go through lists."), hint=_("Use keys(map)."))
        self.counted += len(cast("list[object]", items))
        if self.counted > _MAX_COUNTED:
            raise too_many_steps()
        return cast("object", items)

    def _own(self, name: str) -> Callable[..., object]:
        return self._now if name == "now" else self._is_internal

    def _now(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self.now_micros)

    def _is_internal(self, ip: str) -> bool:
        return is_in_networks(ip, self.networks)


@dataclass(slots=True, eq=False)
class _Shared:
    """What all scopes of one run share: contexts, functions, and the facts that these look at."""

    facts: _Facts
    extra: Mapping[str, Callable[..., object]]
    contexts: dict[Expression, _Prepared] = field(default_factory=dict[Expression, _Prepared])

    def prepared(self, expression: Expression) -> _Prepared:
        found = self.contexts.get(expression)
        if found is None:
            if len(self.contexts) >= _MAX_CONTEXTS:
                self.contexts.clear()
            found = self.contexts[expression] = _Prepared(new_context())
            for name, function in self._functions(expression):
                found.context.add_function(name, self.facts.noting(function))
        return found

    def forget(self, expression: Expression) -> None:
        del self.contexts[expression]

    def _functions(self, expression: Expression) -> Iterator[tuple[str, Callable[..., object]]]:
        for name in expression.functions:
            if name in self.extra:
                yield name, self.extra[name]
            elif name in FUNCTIONS:
                yield name, self.facts.bound(FUNCTIONS[name])
            elif name == "string":
                yield name, _string_of_bool
        if any(loop.is_counted for outer in expression.loops for loop in outer.inner):
            yield RANGE_FUNCTION, self.facts.count


class Scope:
    """The names of one frame: a run, or one item of a loop. A name that is not found is looked up in the parent.

    Mutable, and owned by one frame of the engine; not for two threads at once. Values are shared, not copied: whoever
    binds a value does not change it afterwards. A parent and its children share the time, the networks and the
    functions, unless a child is given some of its own.

    Args:
        networks: The environment's own networks, for is_internal().
        parent: The scope around this one.
        functions: Functions beyond the table, by name; what they raise is EvaluationError.

    Raises:
        EvaluationError: A network is not written as one.
    """

    __slots__ = ("_names", "_parent", "_shared")

    def __init__(
        self,
        *,
        networks: Sequence[str] = (),
        parent: Scope | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
    ) -> None:
        self._names: dict[str, object] = {}
        self._parent = parent
        shared = parent._shared if parent else _Shared(_Facts(()), {})
        if networks or functions:
            parsed = tuple(read_network(text) for text in networks)
            facts = _Facts(parsed or shared.facts.networks, shared.facts.now_micros)
            shared = _Shared(facts, functions or shared.extra)
        self._shared = shared

    @property
    def now_micros(self) -> int:
        """The time that now() returns, in microseconds since 1970 UTC."""
        return self._shared.facts.now_micros

    @now_micros.setter
    def now_micros(self, micros: int) -> None:
        self._shared.facts.now_micros = micros

    def bind(self, name: str, value: Json) -> None:
        """Give a root its value. `nodes` of a scope and its parents are read as one map."""
        self._names[name] = value

    def unbind(self, name: str) -> None:
        """Take a root away, if it is there; a parent's value shows again."""
        self._names.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.find(name) is not MISSING

    def child_with(self, name: str, value: object) -> Scope:
        """Return a scope within this one where a macro's variable has a value of CEL."""
        child = Scope(parent=self)
        child._names[name] = value
        return child

    def find(self, name: str) -> object:
        """Return the value of a root, or MISSING."""
        if name == "nodes":
            return self._find_nodes()
        scope: Scope | None = self
        while scope is not None:
            if name in scope._names:
                return scope._names[name]
            scope = scope._parent
        return MISSING

    def find_path(self, name: str, path: Path) -> object:
        """Return what lies at a path of a root, or MISSING."""
        return follow(self.find(name), path)

    def context_for(self, expression: Expression) -> Context:
        """Return a context in which every root that the expression reads is bound, as far as it is there.

        Raises:
            EvaluationError: A value cannot enter CEL.
        """
        values = [(read, self._value_of(read)) for read in expression.reads]
        prepared = self._shared.prepared(expression)
        if any(value is MISSING and read.name in prepared.sources for read, value in values):
            self._shared.forget(expression)
            prepared = self._shared.prepared(expression)
        for read, value in values:
            if value is not MISSING and prepared.sources.get(read.name, MISSING) is not value:
                prepared.context.add_variable(read.name, _convert(read, value))
                prepared.sources[read.name] = value
        return prepared.context

    def begin(self) -> None:
        """Forget what the last evaluation ran into."""
        facts = self._shared.facts
        facts.failure = facts.limit = None
        facts.counted = 0

    @property
    def limit(self) -> EvaluationError | None:
        """The limit that the last evaluation ran into, though CEL may have absorbed it."""
        return self._shared.facts.limit

    @property
    def failure(self) -> EvaluationError | None:
        """What the last function that failed in the last evaluation said."""
        return self._shared.facts.failure

    def has_function(self, name: str) -> bool:
        """Tell whether a function is known beyond CEL's own."""
        return name in FUNCTIONS or name in self._shared.extra

    def _find_nodes(self) -> object:
        held = [scope._names["nodes"] for scope in self._chain() if "nodes" in scope._names]
        if len(held) < 2:
            return held[0] if held else MISSING
        maps = [cast("Mapping[str, object]", value) for value in reversed(held)]
        return {key: value for nodes in maps for key, value in nodes.items()}

    def _chain(self) -> Iterator[Scope]:
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope._parent

    def _value_of(self, read: Read) -> object:
        value = self.find_path(read.root, read.path)
        return None if value is MISSING and read.is_optional else value


def too_many_steps() -> EvaluationError:
    """Return the error for an expression that would go through too many items."""
    return EvaluationError(
        _("The expression goes through too many items."),
        kind=FailureCode.LIMIT,
        hint=_("Filter the lists before, or split the work over a loop."),
    )


def _convert(read: Read, value: object) -> object:
    try:
        return from_value(value, read.reads)
    except EvaluationError as error:
        raise EvaluationError(
            _("{message} in “{root}”.").format(message=error.message.removesuffix("."), root=read.root),
            kind=error.kind,
            hint=error.hint,
        ) from None


def _string_of_bool(value: object) -> str:
    """CEL's own string() does all types but this one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise EvaluationError(
        _("string() cannot take this value."), kind=FailureCode.BAD_ARGUMENT, hint=_("Use to_json(value).")
    )
