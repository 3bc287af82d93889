"""Random playbooks that run: joins of every need, loops in loops, calls, error ports wired and not, two triggers."""

from __future__ import annotations

import random

from tests.helpers.runs import playbook_of

NEEDS = ("all", "all", "every", "any", 2)


CALLEES = ("inner", "innermost")


def draw_playbooks(draw: random.Random):
    """Return a playbook with 2 to 12 nodes a graph whose every node can run with the toy catalogue, and what it calls.

    The ids of their nodes are the same: each playbook has its own.
    """
    nodes, edges = _draw_graph(draw, [0], depth=0, callees=CALLEES)
    callees = [_draw_callee(draw, name, CALLEES[place + 1 :]) for place, name in enumerate(CALLEES)]
    return playbook_of(nodes, edges), callees


def _draw_callee(draw, name, callees):
    nodes, edges = _draw_graph(draw, [0], depth=0, callees=callees, most=6)
    if draw.random() < 0.25:  # nothing but calls begins it
        triggers = {node for node in nodes if nodes[node]["kind"] == "trigger"}
        nodes = {node: nodes[node] for node in nodes if node not in triggers} or {"n9": {"kind": "join"}}
        edges = [edge for edge in edges if edge.split(" -> ")[0].partition(".")[0] not in triggers]
    inputs = {"n": {"type": "integer", "required": draw.random() < 0.2, "default": 1}}
    outputs = {"outputs": {"x": draw.choice(["inputs.n", "1", "missing.x"])}} if draw.random() < 0.4 else {}
    return playbook_of(nodes, edges, id=name, inputs=inputs, **outputs)


def _draw_graph(draw, count, *, depth, callees, most=12):
    size = draw.randint(2, most if depth == 0 else 4)
    names, nodes = [], {}
    for place in range(size):
        name = f"n{count[0]}"
        count[0] += 1
        names.append(name)
        nodes[name] = _draw_node(draw, count, place, depth, callees)
    actions = [name for name in names if nodes[name]["kind"] == "action"]
    for ask in (node for node in nodes.values() if node["kind"] == "ask" and actions and draw.random() < 0.5):
        ask["covers"] = draw.sample(actions, draw.randint(1, min(2, len(actions))))
    if depth == 0:
        nodes[names[0]] = {"kind": "trigger", "event": "manual", "sample": {"n": 1, "l": [1, 2, 2, 3]}}
        if size > 3 and draw.random() < 0.35:
            nodes[names[1]] = {"kind": "trigger", "event": "siem.alert", "sample": {"n": 1}}
    edges = {
        _draw_edge(draw, nodes, names, a, b) for b in range(size) for a in range(b) if draw.random() < 2.2 / (b + 1)
    }
    return nodes, sorted(edge for edge in edges if edge)


def _draw_node(draw, count, place, depth, callees):
    if callees and draw.random() < 0.12:
        return _draw_call(draw, place, callees)
    roll = draw.random()
    if roll < 0.26:
        kind = draw.choice(["look", "change", "break_", "safe", "checked"])
        node = {"kind": "action", "use": f"toy.{kind}", "with": {"x": draw.choice([place, "{{ string(now()) }}"])}}
        if draw.random() < 0.4:
            node["retry"] = {"max": draw.randint(2, 3), "delay": "1s"}
        if draw.random() < 0.2:
            node["on_uncertain"] = "ask"
        if draw.random() < 0.2:
            node["deadline"] = "1500ms"
        return node
    if roll < 0.40:
        return {"kind": "condition", "when": draw.choice(["true", "false", "1 / 0 == 1"])}
    if roll < 0.48:
        return {"kind": "switch", "cases": [{"port": "a", "when": "false"}, {"port": "b", "when": "true"}]}
    if roll < 0.66:
        return {"kind": "join", "need": draw.choice(NEEDS), "rest": draw.choice(["cancel", "ignore"])}
    if roll < 0.72:
        return {"kind": "set", "values": {"v": "{{ 1 + 1 }}"}}
    if roll < 0.77:
        return {"kind": "wait", "for": "2s"}
    if roll < 0.83:
        return {"kind": "ask", "ask": "approval", "text": "Go on?", "expires": "1m"}
    if roll < 0.86:
        outputs = {"outputs": {"x": "1"}} if draw.random() < 0.3 else {}
        return {"kind": "end", "status": draw.choice(["succeeded", "failed"]), "stop": draw.random() < 0.3, **outputs}
    if depth < 2 and roll < 0.97:
        return _draw_loop(draw, count, depth, callees)
    return {"kind": "set", "values": {"v": 1}, "disabled": True}


def _draw_call(draw, place, callees):
    given = draw.choice([{}, {"n": place}, {"n": "{{ 1 + 1 }}"}, {"n": "no number"}])
    limits = {"deadline": "1500ms"} if draw.random() < 0.2 else {}
    policy = {"on_error": "continue", "default": {}} if draw.random() < 0.2 else {}
    return {"kind": "call", "playbook": draw.choice(callees), "with": given, **limits, **policy}


def _draw_loop(draw, count, depth, callees):
    nodes, edges = _draw_graph(draw, count, depth=depth + 1, callees=callees)
    body = {"nodes": nodes, "edges": edges}
    if draw.random() < 0.7:
        policy = draw.choice([{}, {"on_item_error": "continue"}, {"on_item_error": "continue", "tolerate": 1}])
        name = f"i{depth}"
        return {
            "kind": "for_each",
            "in": draw.choice(["[1, 2, 3]", "[1, 1, 2]", "[]", "'no list'"]),
            "as": name,
            "key": name,
            "concurrency": draw.randint(1, 3),
            "collect": f"{name} * 2",
            "body": body,
            **policy,
        }
    ends = draw.choice([{"until": "state.n >= 2"}, {"when": "state.n < 2"}, {"until": "false"}])
    return {
        "kind": "while",
        "max": 3,
        "every": "1s",
        "init": {"n": 0},
        "carry": {"n": "state.n + 1"},
        "body": body,
        **ends,
    }


def _draw_edge(draw, nodes, names, a, b):
    source, target = nodes[names[a]], nodes[names[b]]
    ports = {
        "condition": ["true", "false", "error"],
        "switch": ["a", "b", "else", "error"],
        "ask": ["approved", "rejected", "expired"],
        "join": ["out", "out", "unmet"],
        "wait": ["out"],
        "trigger": ["out"],
        "end": [],
        "action": ["out", "out", "error"],
    }.get(source["kind"], ["out", "out", "error"])
    if not ports or target["kind"] == "trigger":
        return None
    if source.get("on_error") == "continue":
        ports = ["out"]
    port = draw.choice(ports)
    return f"{names[a]} -> {names[b]}" if port == "out" else f"{names[a]}.{port} -> {names[b]}"
