"""What every shipped playbook says of itself."""

import re
from pathlib import Path

import pytest

from tests.matrix.playing import HOMES, playbooks, shipped

README = Path(__file__).parents[2] / "README.md"


def test_every_shipped_playbook_has_a_scenario_to_be_played_in():
    assert set(HOMES) == set(playbooks())


@pytest.mark.parametrize("name", playbooks())
def test_a_playbook_says_what_it_does_what_it_is_good_against_and_what_it_takes(name):
    playbook = shipped(name)
    assert len(playbook.description.split()) > 30
    assert any(re.fullmatch(r"attack\.T\d{4}(\.\d{3})?|d3fend\.D3-[A-Z]+", tag) for tag in playbook.tags)
    silent = [key for key, field in playbook.inputs.items() if not (field.title and field.help and field.examples)]
    assert silent == []


def test_the_readme_tells_of_every_playbook_when_to_use_it_and_in_which_scenario():
    rows = re.findall(r"^\|[^|]*\| `([\w-]+)` \|([^|]+)\| `([\w-]+)` \|$", README.read_text(), re.MULTILINE)
    assert {name: scenario for name, _, scenario in rows} == HOMES
    assert all(len(when.split()) > 5 for _, when, _ in rows)
