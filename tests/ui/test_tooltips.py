"""No tooltip reads what comes from outside as markup: by the code of each, and by a window full of hostile names."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

import tocsin.ui

UI = Path(tocsin.ui.__file__).parent
MAKERS = {"plain_tip", "with_key", "tooltip", "clock_words", "toolTip", "_"}
"""Functions whose answer is safe: they escape, or hold no word from outside."""
SETTERS = ("setToolTip", "setStatusTip", "setWhatsThis")
HOSTILE = "<b>x</b>"
BOOK = f"""
tocsin: 1
id: hostile
name: "{HOSTILE}"
description: "{HOSTILE}"
nodes:
  start: {{kind: trigger, event: manual, title: "{HOSTILE}", note: "{HOSTILE}"}}
  ask:
    kind: ask
    title: "{HOSTILE}"
    ask: choice
    text: "{HOSTILE}"
    options: [{{id: a, title: "{HOSTILE}"}}, {{id: b, title: "{HOSTILE}"}}]
  look: {{kind: condition, title: "{HOSTILE}", when: "{HOSTILE}"}}
  block: {{kind: action, use: firewall.block_address, title: "{HOSTILE}", with: {{address: "{HOSTILE}"}}}}
edges: [start -> ask, ask.a -> look, look.true -> block]
"""


def is_safe(value, constants):
    """Whether what a tooltip is set to cannot hold markup that the program did not write."""
    if isinstance(value, ast.IfExp):
        return is_safe(value.body, constants) and is_safe(value.orelse, constants)
    if isinstance(value, ast.Call):
        called = value.func
        return (called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")) in MAKERS
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in constants)


def unsafe_tips(path):
    text = path.read_text(encoding="utf-8")
    if not any(setter in text for setter in SETTERS):
        return []
    tree = ast.parse(text)
    constants = {
        target.id
        for line in tree.body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        for target in (line.targets if isinstance(line, ast.Assign) else [line.target])
        if isinstance(target, ast.Name)
    }
    return [
        f"{path.relative_to(UI)}:{call.lineno}"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in SETTERS
        and not is_safe(call.args[-1], constants)
    ]


def test_every_tooltip_is_a_fixed_text_or_made_plain():
    assert [place for path in sorted(UI.rglob("*.py")) for place in unsafe_tips(path)] == []


@pytest.mark.parametrize("value", ["name", "f'{a}'", "node.title", "'' if a else node.title", "LINKS[kind].help"])
def test_the_rule_sees_what_comes_from_elsewhere(value):
    assert not is_safe(ast.parse(value, mode="eval").body, {"NAME"})


def indexes(model, parent=None):
    parent = QModelIndex() if parent is None else parent
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield index
            yield from indexes(model, index)


def tips(window):
    """Every tooltip of the window: its widgets', actions' and rows'."""
    for kind in (QWidget, QAction):
        yield from (thing.toolTip() for thing in window.findChildren(kind))
    for model in window.findChildren(QAbstractItemModel):
        yield from (index.data(Qt.ItemDataRole.ToolTipRole) or "" for index in indexes(model))


def test_a_playbook_with_hostile_names_shows_them_letter_by_letter(desk, tmp_path, qtbot):
    path = tmp_path / f"{HOSTILE.replace('/', '-')}.yaml"
    path.write_text(BOOK, encoding="utf-8")
    desk.window.open(path)
    qtbot.waitUntil(lambda: bool(desk.panels.problems.problems))
    for name in desk.session.playbook.graph.nodes:
        desk.session.select({name})
        found = list(tips(desk.window))
        assert [tip for tip in found if HOSTILE in tip or "<b>x" in tip] == []
    assert any("&lt;b&gt;x" in tip for tip in found)
