"""A run of very many steps is shown as far as somebody can read it."""

import json
import re

import pytest

ITEMS = 60
MANY = f"""\
tocsin: 1
id: many
nodes:
  start:
    kind: trigger
    event: manual
    sample: {{}}
  numbers:
    kind: set
    values:
      all: "{{{{ [{", ".join(map(str, range(ITEMS)))}] }}}}"
  each:
    kind: for_each
    in: "numbers.all"
    body:
      nodes:
        twice:
          kind: set
          values: {{n: "{{{{ item + item }}}}"}}
      edges: []
edges:
- start -> numbers
- numbers -> each
"""


@pytest.fixture
def run(program, tmp_path):
    """The id of a run of sixty items."""
    file = tmp_path / "many.yaml"
    file.write_text(MANY)
    done = program.run("run", str(file), "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["run"]


def steps(text):
    return [line.split()[1] for line in text.splitlines() if line.startswith("+")]


def test_a_long_run_is_shown_from_both_ends(program, run):
    shown = program.run("runs", "show", run, "--most", "4").stdout
    assert steps(shown) == ["start", "numbers", *(f"each[{n}]/twice" for n in (0, 1, 57, 58, 59)), "each"]
    assert re.search(r"^… \d+ events in between; --all shows every step$", shown, re.MULTILINE)
    assert shown.endswith("Succeeded.\n")


def test_all_of_it_is_shown_where_somebody_wants_it(program, run):
    whole = program.run("runs", "show", run, "--all").stdout
    assert len(steps(whole)) == ITEMS + 3
    assert "in between" not in whole
    assert steps(program.run("runs", "show", run).stdout) == steps(whole)  # and where it is short enough


def test_how_many_steps_are_wanted_is_a_number_above_nothing(program, run):
    assert program.run("runs", "show", run, "--most", "0").returncode == 2
