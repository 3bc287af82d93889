import pytest

from tocsin.base.resources import data_folder
from tocsin.formats import read_scenario

PATHS = sorted(data_folder("resources").glob("scenarios/*.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_shipped_scenario_reads_clean(path):
    result = read_scenario(path.read_bytes(), path.name)
    assert result.problems == ()
    assert result.value is not None
    assert result.value.id == path.stem


def test_faults_of_a_scenario_have_their_places():
    text = "tocsin_scenario: 1\nid: broken\ntitle: Broken\nseed: many\nhosts: []\nreputation: {no address: 5}\n"
    result = read_scenario(text, "broken.yaml")
    assert [(str(problem.code), problem.line, problem.column) for problem in result.problems] == [
        ("TOC-E013", 1, 1),
        ("TOC-E014", 4, 7),
        ("TOC-E014", 6, 26),
    ]
    assert result.value is None
