"""The judgement is compared with every way that small drawn graphs can really go."""

import json
import random

import pytest
from tests.unit.checks.build import read

from tocsin.checks.certainty import Certainty, certainty, worlds_of
from tocsin.checks.outcomes import with_output
from tocsin.checks.survey import survey_of

PORTS = {"set": ("out", "error"), "condition": ("true", "false"), "join": ("out", "unmet")}


def drawn(seed, *, body):
    """Draw a graph of up to six nodes: kinds by number, edges, and how many taken edges a join needs (0: waits)."""
    draw = random.Random(seed)
    count = draw.randint(3, 6)
    kinds = ["set", *(draw.choice(["set", "set", "condition", "join"]) for _ in range(count - 1))]
    edges = [
        (source, port, target)
        for target in range(1, count)
        for source in range(target)
        for port in PORTS[kinds[source]]
        if draw.random() < 0.35
    ]
    needs = [draw.choice(["all", "every", "any", 2]) if kind == "join" else None for kind in kinds]
    if not body:
        kinds[0] = "trigger"
        edges = [edge for edge in edges if edge[0] != 0 or edge[1] == "out"]
    return kinds, edges, needs


def scope_of(kinds, edges, needs, *, body):
    nodes = {}
    for number, kind in enumerate(kinds):
        more = {
            "set": {"values": {}},
            "condition": {"when": "true"},
            "join": {"need": needs[number], "rest": "ignore"},
            "trigger": {"event": "siem.alert"},
        }
        nodes[f"n{number}"] = {"kind": kind, **more[kind]}
    graph = {"nodes": nodes, "edges": [f"n{source}.{port} -> n{target}" for source, port, target in edges]}
    if not body:
        return survey_of(from_parts(graph)).root
    loop = {"kind": "for_each", "in": "[1]", "body": graph}
    outer = {"nodes": {"alert": {"kind": "trigger", "event": "siem.alert"}, "loop": loop}, "edges": ["alert -> loop"]}
    return survey_of(from_parts(outer)).scopes[1]


def from_parts(graph):
    return read(json.dumps(graph))


class Simulation:
    """Walks every order and every outcome; remembers with which outputs each node has ever started."""

    def __init__(self, kinds, edges, needs, *, body):
        self.kinds, self.edges, self.body = kinds, edges, body
        self.into = [[i for i, edge in enumerate(edges) if edge[2] == n] for n in range(len(kinds))]
        self.needs = [
            0 if need in (None, "all") or not into else {"every": len(into), "any": 1}.get(need, need)
            for need, into in zip(needs, self.into, strict=True)
        ]
        self.wired = [{port for source, port, _ in edges if source == n} for n in range(len(kinds))]
        self.started = [set() for _ in kinds]
        self.seen = set()

    def run(self):
        marks, wires = ["pending"] * len(self.kinds), ["pending"] * len(self.edges)
        for number, into in enumerate(self.into):
            if not into and marks[number] == "pending":
                if self.body or self.kinds[number] == "trigger":
                    marks[number] = "running"
                    self.started[number].add(frozenset())
                else:
                    self.settle(marks, wires, number, None)
        self.explore(tuple(marks), tuple(wires))

    def explore(self, marks, wires):
        if (marks, wires) in self.seen:
            return
        self.seen.add((marks, wires))
        for number, mark in enumerate(marks):
            if mark == "running":
                for port in self.ways(number):
                    new_marks, new_wires = list(marks), list(wires)
                    self.settle(new_marks, new_wires, number, port)
                    self.explore(tuple(new_marks), tuple(new_wires))

    def ways(self, number):
        if self.kinds[number] == "set":
            return ["out", "error"] if "error" in self.wired[number] else ["out"]
        return ["true", "false"] if self.kinds[number] == "condition" else ["out"]

    def settle(self, marks, wires, number, port):
        marks[number] = "skipped" if port is None else f"left by {port}"
        mine = [i for i, edge in enumerate(self.edges) if edge[0] == number]
        for i in mine:
            wires[i] = "taken" if self.edges[i][1] == port else "skipped"
        for target in dict.fromkeys(self.edges[i][2] for i in mine):
            self.look(marks, wires, target)

    def look(self, marks, wires, number):
        if marks[number] != "pending":
            return
        states = [wires[i] for i in self.into[number]]
        taken, pending, need = states.count("taken"), states.count("pending"), self.needs[number]
        if need == 0:
            if not pending:
                self.start(marks, number) if taken else self.settle(marks, wires, number, None)
        elif taken >= need:
            self.start(marks, number)
        elif taken + pending < need:
            if "unmet" not in self.wired[number] or not (taken or pending):
                self.settle(marks, wires, number, None)
            elif taken:
                self.settle(marks, wires, number, "unmet")

    def start(self, marks, number):
        marks[number] = "running"
        there = ("left by out", "left by true", "left by false", "left by unmet")
        self.started[number].add(frozenset(n for n, mark in enumerate(marks) if mark in there))


def expected(starts, read_number):
    there = [read_number in outputs for outputs in starts]
    if all(there):
        return Certainty.SURE
    return Certainty.MAYBE if any(there) else Certainty.NEVER


@pytest.mark.parametrize("body", [False, True])
@pytest.mark.parametrize("start", range(0, 200, 20))
def test_says_what_really_can_happen(start, body):
    for seed in range(start, start + 20):
        kinds, edges, needs = drawn(seed, body=body)
        scope = scope_of(kinds, edges, needs, body=body)
        simulation = Simulation(kinds, edges, needs, body=body)
        simulation.run()
        for reader, starts in enumerate(simulation.started):
            if kinds[reader] == "join":
                continue  # reads nothing
            for number in range(reader):
                if scope.wiring.before[reader] >> number & 1:
                    wanted = with_output(scope.wiring.nodes[number])
                    said = certainty(scope, reader, number, wanted)
                    assert said is expected(starts, number), (seed, reader, number, kinds, edges, needs)


def test_graphs_that_are_wired_alike_are_searched_once():
    kinds, edges, needs = ["set", "condition", "set"], [(0, "out", 1), (1, "true", 2)], [None] * 3
    one, other = (scope_of(kinds, edges, needs, body=True) for _ in range(2))
    assert worlds_of(one) is worlds_of(other)
    assert worlds_of(scope_of(kinds, edges[:1], needs, body=True)) is not worlds_of(one)
    assert worlds_of(scope_of(["trigger", *kinds[1:]], edges, needs, body=False)) is not worlds_of(one)
