"""Scenarios of the Lab as files (definitions.md D5).

A late door: their model costs a twentieth of `tocsin check`, which meets no scenario.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tocsin.base.texts import _
from tocsin.formats.findings import FileResult, Findings, read_head, result_of
from tocsin.formats.yaml_text import read_yaml
from tocsin.model.faults import parse_value

if TYPE_CHECKING:
    from tocsin.model.scenario import Scenario

_KEY: Final = "tocsin_scenario"


def read_scenario(source: str | bytes, file: str) -> FileResult[Scenario]:
    """Read one scenario. Never raises for what the text says.

    Args:
        source: The file's text, or its bytes in UTF-8.
        file: Its name for problems.
    """
    from tocsin.model.scenario import Scenario

    text = read_yaml(source, file)
    found = Findings(text, file)
    data = read_head(found, text, _KEY, _("a scenario"))
    if data is None:
        return result_of(found, None)
    scenario, faults = parse_value(Scenario, data)
    found.faults(faults, ())
    return result_of(found, scenario)
