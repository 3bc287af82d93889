"""Every fix mends what it is offered for, makes nothing worse, and can be taken back byte for byte."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.checks.build import catalogue, read
from tests.unit.checks.playbooks import FIELD, WORKED

from tocsin.base.resources import playbook_paths
from tocsin.checks import CHECKS, check_playbook
from tocsin.edits import EditRefusedError, RemoveNodes, SetField
from tocsin.formats.playbook_file import load_playbook, read_playbook, write_playbook
from tocsin.model.playbook import Graph, walk_nodes
from tocsin.model.problems import CheckCode, Severity
from tocsin.model.slots import slots_of

WORST = list(Severity)
WITHOUT_A_FIX = {
    CheckCode.UNREACHABLE,
    CheckCode.MISSING_INPUT,
    CheckCode.BAD_EXPRESSION,
    CheckCode.EMPTY_LOOP,
    CheckCode.SECRET_TYPED,
    CheckCode.UNKNOWN_PLAYBOOK,
    CheckCode.CALL_CYCLE,
    CheckCode.CALLED_UNTOLD,
    CheckCode.ONE_SOURCE,
    CheckCode.COMMENTS_LOST,
    CheckCode.COMMENT_AFTER_EXPRESSION,
}
"""What only a person can mend, as their examples show it."""


def judge(playbook):
    return check_playbook(playbook, catalogue(), {}.get)


def told(problems):
    return {(problem.code, problem.node, problem.field, problem.message) for problem in problems}


def worse_than(mended, problems):
    """Return how many are worse than the one that is mended."""
    return sum(WORST.index(problem.severity) < WORST.index(mended.severity) for problem in problems)


def ensure_mends(playbook, problem, before):
    mended = problem.fix.edit.apply(playbook)
    after = judge(mended)
    assert told([problem]).isdisjoint(told(after)), problem
    assert worse_than(problem, after) <= worse_than(problem, before), problem
    text = write_playbook(mended)
    assert write_playbook(read_playbook(text, "mended.yaml").playbook) == text
    assert write_playbook(problem.fix.edit.inverse(playbook).apply(mended)) == write_playbook(playbook)


@pytest.mark.parametrize("code", [code for code in CheckCode if code not in WITHOUT_A_FIX])
def test_the_example_of_a_check_is_mended_in_one_step(code):
    playbook = read(CHECKS[code].bad)
    problems = judge(playbook)
    fixable = [problem for problem in problems if problem.code == code and problem.fix is not None]
    assert fixable
    for problem in fixable:
        ensure_mends(playbook, problem, problems)


@cache
def sound():
    texts = [read(text) for text in (WORKED, FIELD)]
    return [*texts, *(load_playbook(path).playbook for path in playbook_paths() if path.stem in SHIPPED)]


SHIPPED = ("contain-suspicious-ip", "isolate-host", "leaver", "unblock-address")


def spoil(draw, playbook):
    """Do to a playbook what a hurried hand does: drop an edge, misspell, remove a node, forget a setting."""
    names = [name for name, _ in walk_nodes(playbook.graph)]
    node = draw.choice(names)
    match draw.randrange(6):
        case 0:
            edges = list(playbook.graph.edges)
            edges.pop(draw.randrange(len(edges)))
            return playbook.model_copy(update={"graph": Graph(nodes=playbook.graph.nodes, edges=tuple(edges))})
        case 1:
            return RemoveNodes((node,)).apply(playbook)
        case 2:
            key = draw.choice(["expires", "unattended", "max", "role", "covers", "as"])
            value = {"max": 1000, "role": "nobody", "covers": [node], "as": "item"}.get(key)
            return SetField(node, (key,), value).apply(playbook)
        case 3:
            return SetField(node, ("disabled",), value=True).apply(playbook)
        case _:
            return misspell(draw, playbook, node)


def misspell(draw, playbook, name):
    node = dict(walk_nodes(playbook.graph))[name]
    slots = [slot for slot in slots_of(node) if len(slot.text) > 3]
    if not slots:
        return playbook
    slot = draw.choice(slots)
    at = draw.randrange(len(slot.text) - 1)
    swapped = slot.text[:at] + slot.text[at + 1] + slot.text[at] + slot.text[at + 2 :]
    other = draw.choice([swapped, slot.text.replace("is_internal", "is_private"), slot.text.replace("80.0", "80")])
    return SetField(name, slot.place, other).apply(playbook)


def spoilt(seed):
    draw = random.Random(seed)
    playbook = draw.choice(sound())
    for _ in range(draw.randint(1, 4)):
        try:
            playbook = spoil(draw, playbook)
        except EditRefusedError:
            continue
    return playbook


@given(st.integers(0, 100_000))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_whatever_a_hurried_hand_did_each_fix_mends_its_problem_and_nothing_gets_worse(seed):
    playbook = spoilt(seed)
    problems = judge(playbook)
    for problem in problems:
        if problem.fix is not None:
            ensure_mends(playbook, problem, problems)


def test_a_fix_that_is_safe_says_so():
    assert safe_codes() == {
        CheckCode.UNWIRED_BRANCH,
        CheckCode.RESERVED_NAME,
        CheckCode.DUPLICATE_ID,
        CheckCode.SHADOWED_NAME,
        CheckCode.BRACES_IN_CEL,
        CheckCode.HIDDEN_NODE,
        CheckCode.IDLE_SETTING,
    }


def safe_codes():
    found = (problem for info in CHECKS.values() for problem in judge(read(info.bad)))
    return {problem.code for problem in found if problem.fix is not None and problem.fix.is_safe}
