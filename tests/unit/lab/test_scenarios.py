import pytest

from tocsin.formats.scenario_file import read_scenario
from tocsin.lab import UnknownScenarioError, scenario_names, scenario_path


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_reads_without_a_problem_and_has_its_own_name(name):
    read = read_scenario(scenario_path(name).read_bytes(), name)
    assert (read.problems, read.value.id if read.value else None) == ((), name)


def test_a_name_that_is_not_there_is_answered_with_the_close_one():
    with pytest.raises(UnknownScenarioError) as caught:
        scenario_path("tor-brute-farce")
    assert caught.value.line == "TOC-E081 There is no scenario “tor-brute-farce”. Did you mean “tor-brute-force”?"


def test_a_name_cannot_lead_out_of_the_folder():
    with pytest.raises(UnknownScenarioError):
        scenario_path("../scenarios/tor-brute-force")
