"""The examples that `--help` ends with are right: their options exist, and so do the files they name."""

import shlex

import click
import pytest
from tests.journeys.program import ROOT

from tocsin.cli.main import tocsin


def commands(group, *names):
    """Every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


EXAMPLES = [
    pytest.param(words, command, line.strip(), id=line.strip())
    for words, command in commands(tocsin)
    for line in (command.epilog or "").splitlines()
    if line.strip().startswith("tocsin ")
]


def test_what_a_newcomer_needs_first_has_an_example():
    assert {"run", "check", "lab", "render"} <= {words[0] for words, *_ in (example.values for example in EXAMPLES)}


@pytest.mark.parametrize(("words", "command", "line"), EXAMPLES)
def test_an_example_can_be_typed_as_it_stands(monkeypatch, words, command, line):
    monkeypatch.chdir(ROOT)
    said = shlex.split(line)
    assert said[: 1 + len(words)] == ["tocsin", *words]
    above = click.Context(tocsin, **tocsin.context_settings)
    with command.make_context(words[-1], said[1 + len(words) :], parent=above) as context:
        assert context.params
