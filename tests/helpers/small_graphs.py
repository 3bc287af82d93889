"""Every small playbook, and every order in which its steps can end: what random graphs reach by luck, for certain.

A playbook is a trigger and up to five nodes behind it: looks, changes, loops of two items, joins of every need; every
edge from the port of success or of failure. Each step may succeed or fail, whenever it is out. At each moment the run
may also be stopped, or its process may end: it drains, or goes on. Graphs that differ in the names of their nodes only,
or of which the engine makes the same plan, are walked once, and so are ways that lead to the same moment.

`python -m tests.model_check` walks more of them than a test has time for.
"""

from copy import copy
from dataclasses import dataclass
from itertools import chain, combinations, permutations, product

from tests.helpers.runs import TRIGGER, Driver, all_settled, answered, playbook_of
from tocsin.engine.conductor import Conductor
from tocsin.engine.events import FINISHED
from tocsin.engine.news import Answered, CancelAsked, Recovered
from tocsin.engine.outcomes import Outcome

STEP = {"kind": "action", "use": "toy.look"}
CHANGE = {"kind": "action", "use": "toy.change"}
BODY = {"nodes": {"s": STEP}, "edges": []}
LOOP = {"kind": "for_each", "in": "[1, 2]", "concurrency": 2, "body": BODY}
KINDS = {
    "step": STEP,
    "change": CHANGE,
    "loop": LOOP,
    "tolerant": {**LOOP, "on_item_error": "continue"},
    "all": {"kind": "join", "need": "all"},
    **{
        f"{need}-{rest}": {"kind": "join", "need": need, "rest": rest}
        for need in ("every", "any", 2)
        for rest in ("cancel", "ignore")
    },
}
WORK = ("step", "change", "loop", "tolerant")
JOINS = tuple(kind for kind in KINDS if kind not in WORK)
OUTCOMES = (Outcome.SUCCEEDED, Outcome.FAILED)


@dataclass(frozen=True)
class SmallGraph:
    """Nodes behind a trigger.

    Attributes:
        kinds: The kind of each, in an order in which edges only go forward.
        edges: (source, is it the second port, target); the trigger is 0, the first node 1.
    """

    kinds: tuple
    edges: tuple

    @property
    def canonical(self):
        """The same for every graph that differs in names only."""
        return min(self._renamed(order) for order in permutations(range(1, len(self.kinds) + 1)))

    @property
    def plain(self):
        """The graph that the engine makes the very same plan of, written in one way only.

        A join of every gives nothing up, one of both its edges is one of every, and where nothing serves a join alone,
        nothing is cancelled.
        """
        return SmallGraph(tuple(self._plain_kind(place) for place in range(1, len(self.kinds) + 1)), self.edges)

    def playbook(self):
        """The playbook with these nodes."""
        nodes = {"n0": TRIGGER} | {f"n{place}": self._node(place) for place in range(1, len(self.kinds) + 1)}
        return playbook_of(nodes, [f"n{a}{self._port(a, second)} -> n{b}" for a, second, b in self.edges])

    def _node(self, place):
        node = KINDS[self.kinds[place - 1]]
        if "body" in node:  # ids are unique in a file
            return {**node, "body": {"nodes": {f"s{place}": STEP}, "edges": []}}
        return node

    def _plain_kind(self, place):
        kind = self.kinds[place - 1]
        need, _, rest = kind.partition("-")
        if need == "every" or not rest:
            return "every-ignore" if rest else kind
        rest = rest if self._serve_only(place) else "ignore"
        is_of_all = need == "2" and sum(target == place for _, _, target in self.edges) == 2
        return "every-ignore" if is_of_all and rest == "ignore" else f"{need}-{rest}"

    def _serve_only(self, place):
        """The nodes from which every way leads into this one (engine.md 1.3)."""
        serving = {place}
        for node in reversed(range(1, place)):
            targets = {b for a, _, b in self.edges if a == node}
            if targets and targets <= serving:
                serving.add(node)
        return serving - {place}

    def _port(self, place, second):
        if not second:
            return ""
        return ".unmet" if self.kinds[place - 1] in JOINS else ".error"

    def _renamed(self, order):
        names = (0, *order)
        kinds = [""] * len(self.kinds)
        for place, kind in enumerate(self.kinds, 1):
            kinds[names[place] - 1] = kind
        return tuple(kinds), tuple(sorted((names[a], second, names[b]) for a, second, b in self.edges))


def graphs_of(nodes):
    """Yield every graph of so many nodes, the trigger counted, once; each node but the trigger has an edge into it."""
    return _once(_labelled(nodes))


def shapes_of(nodes, *, most_in=None, doubles=True):
    """Yield the edges of every graph of so many nodes, once; each node but the trigger has an edge into it.

    Args:
        nodes: How many, the trigger counted.
        most_in: How many edges may lead into a node; None for any number.
        doubles: Two edges may lead from one node to another, one from each port.
    """
    seen = set()
    fitting = [
        [into for into in _edges_into(target) if _fits(into, most_in, doubles=doubles)] for target in range(1, nodes)
    ]
    for edges in product(*fitting):
        flat = tuple(chain.from_iterable(edges))
        key = SmallGraph(("",) * (nodes - 1), flat).canonical
        if key not in seen:
            seen.add(key)
            yield flat


def dressed(edges, *, special, kinds=None):
    """Yield every graph of these edges in which at most so many nodes are no plain step and no plain join.

    Args:
        edges: As `shapes_of` gives them.
        special: How many.
        kinds: What those may be; None for anything.
    """
    nodes = 1 + max(target for _, _, target in edges)
    usual = ["all" if sum(b == target for _, _, b in edges) > 1 else "step" for target in range(1, nodes)]
    return _once(
        SmallGraph(
            tuple(dict(zip(places, found, strict=True)).get(place, kind) for place, kind in enumerate(usual)), edges
        )
        for places in chain.from_iterable(combinations(range(nodes - 1), size) for size in range(special + 1))
        for found in product(*(_others(usual[place], edges, place + 1, kinds) for place in places))
    )


def draw_graph(draw, nodes):
    """Return one of so many nodes."""
    edges = [edge for target in range(1, nodes) for edge in _draw_edges(draw, target)]
    kinds = [draw.choice(_kinds_for(edges, target)) for target in range(1, nodes)]
    return SmallGraph(tuple(kinds), tuple(edges))


def walk(graph, *, most=100_000, also_stopped=True):
    """Walk every order and outcome of a graph's steps; return how many moments there are.

    Args:
        graph: What runs.
        most: More moments than so many are too many.
        also_stopped: At each of them the run is also stopped, and its process ends.

    Raises:
        AssertionError: A run hangs, a node settles twice or never, or the events give another state.
    """
    first = Driver(graph.playbook(), persons=lambda _: ("done", None)).start()
    seen, waiting, ends = {_moment(first)}, [first], set()
    while waiting:
        driver = waiting.pop()
        again = _fork(driver)
        assert again.state.picture() == driver.state.picture(), "the events give another state"
        if driver.state.status in FINISHED:
            assert all_settled(driver), "a node did not settle"
            continue
        assert driver.in_flight, "the run hangs"
        if also_stopped:
            _let_end(_interrupt(again), seen | ends, ends)
            stopped = _fork(driver)
            stopped.tell(CancelAsked("user:test"))
            _let_end(stopped, ends, ends)
        for after in _followers(driver):
            moment = _moment(after)
            if moment not in seen:
                seen.add(moment)
                assert len(seen) <= most
                waiting.append(after)
    return len(seen)


def _followers(driver):
    """Every way in which one thing that is out ends; the last one takes the run itself."""
    ways = list(product(driver.in_flight, OUTCOMES))
    for path, outcome in ways[:-1]:
        yield _fork(driver).finish(path, answered(outcome))
    path, outcome = ways[-1]
    yield driver.finish(path, answered(outcome))


def _let_end(driver, known, ends):
    """Let everything that is out succeed, one after the other; the run must then be over.

    Args:
        driver: A run that was stopped, or whose process ended.
        known: Moments from which every run is known to end.
        ends: Takes the moments that were passed on the way there.
    """
    was_cancelled, passed = driver.state.cancelled, []
    while (moment := _moment(driver)) not in known:
        passed.append(moment)
        if driver.state.status in FINISHED:
            assert all_settled(driver), "a node did not settle after the run was stopped, or its process ended"
            assert driver.state.status == "cancelled" or not was_cancelled
            break
        assert driver.step(), "the run hangs after it was stopped, or its process ended"
    ends.update(passed)


def _fork(driver):
    """The same run once more, taken up from its events as after a crash; what is out stays out."""
    other = copy(driver)
    other.events, other.open, other.attempts = list(driver.events), list(driver.open), []
    other.timers, other.waiting, other.aborted = dict(driver.timers), [], []
    other.conductor = Conductor(driver.program, driver.state.run, driver.load)
    other.conductor.take_back(other.events)
    return other


def _interrupt(fork):
    """The process of a run that was just taken up ends: what was out is lost, people are not."""
    fork.open = [entry for entry in fork.open if isinstance(entry[1], Answered)]
    fork.timers, fork.waiting = {}, []
    fork.tell(Recovered())
    return fork


def _moment(driver):
    """What decides how a run can go on from here: what is known of each frame, without times and numbers."""
    state = driver.state
    frames = tuple((prefix, *_known_of(frame)) for prefix, frame in sorted(state.frames.items()))
    out = tuple(sorted((path, type(thing).__name__) for path, thing in driver.open))
    return state.status, state.cancelled, state.handled_errors, frames, out


def _known_of(frame):
    arrays = bytes(frame.mark), frame.pending.tobytes(), frame.taken.tobytes()
    work = tuple(
        (node, work.unwanted, work.interrupted, work.looking, bool(work.question))
        for node, work in sorted(frame.work.items())
    )
    loops = tuple((node, str(loop)) for node, loop in sorted(frame.loops.items()))
    return (*arrays, tuple(sorted(frame.ports.items())), frame.drain, frame.ended, work, loops)


def _fits(into, most_in, *, doubles):
    return (most_in is None or len(into) <= most_in) and (doubles or len({a for a, _, _ in into}) == len(into))


def _others(usual, edges, target, kinds):
    """The kinds that a node may be besides the usual one."""
    return [kind for kind in _kinds_for(edges, target) if kind != usual and (kinds is None or kind in kinds)]


def _once(graphs):
    """Yield of graphs that differ in names only, or of which the engine makes the same plan, the first in plain."""
    seen = set()
    for graph in graphs:
        plain = graph.plain
        key = plain.canonical
        if key not in seen:
            seen.add(key)
            yield plain


def _labelled(nodes):
    for edges in product(*(_edges_into(target) for target in range(1, nodes))):
        flat = tuple(chain.from_iterable(edges))
        for kinds in product(*(_kinds_for(flat, target) for target in range(1, nodes))):
            yield SmallGraph(kinds, flat)


def _edges_into(target):
    """Every set of edges into a node, at least one: from the trigger, and from either port of each node before it."""
    possible = _possible(target)
    return [chosen for size in range(1, len(possible) + 1) for chosen in combinations(possible, size)]


def _possible(target):
    return [(0, False, target), *((a, second, target) for a in range(1, target) for second in (False, True))]


def _draw_edges(draw, target):
    while True:
        edges = [edge for edge in _possible(target) if draw.random() < 0.35]
        if edges:
            return edges


def _kinds_for(edges, target):
    """A join of one edge is a step that does nothing."""
    return (*WORK, *JOINS) if sum(b == target for _, _, b in edges) > 1 else WORK
