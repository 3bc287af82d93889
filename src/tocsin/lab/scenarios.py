"""Finds and reads the scenarios that are shipped."""

from __future__ import annotations

from pathlib import Path

from tocsin.base.resources import data_folder
from tocsin.formats import read_scenario
from tocsin.lab.errors import UnknownScenarioError
from tocsin.model.scenario import Scenario


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios, in order."""
    return sorted(path.stem for path in (data_folder("resources") / "scenarios").glob("*.yaml"))


def scenario_path(name: str) -> Path:
    """Return the file of one shipped scenario.

    Raises:
        UnknownScenarioError: None has that name.
    """
    names = scenario_names()
    if name not in names:
        raise UnknownScenarioError(name, names)
    return data_folder("resources") / "scenarios" / f"{name}.yaml"


def load_scenario(name: str) -> Scenario:
    """Return a shipped scenario.

    Raises:
        UnknownScenarioError: There is none of that name.
    """
    path = scenario_path(name)
    result = read_scenario(path.read_bytes(), path.name)
    if result.value is None:
        raise RuntimeError("; ".join(problem.text for problem in result.problems))
    return result.value
