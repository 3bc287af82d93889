import pytest

from tocsin.formats.scenario_file import read_scenario
from tocsin.lab import UnknownScenarioError, load_scenario, scenario_names, scenario_path


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


def test_no_two_scenarios_have_one_seed_or_one_title():
    scenarios = [load_scenario(name) for name in scenario_names()]
    assert len({scenario.seed for scenario in scenarios}) == len({s.title for s in scenarios}) == len(scenarios)


def test_every_scenario_begins_with_the_alert_that_the_playbooks_know():
    """So that the sample of a shipped playbook is at home in all of them."""
    assert {load_scenario(name).alert.id for name in scenario_names()} == {"a-1001"}
