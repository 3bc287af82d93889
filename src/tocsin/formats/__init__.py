"""Tocsin's files: text in, values and problems out, and text out again. YAML is met here and nowhere else.

Services, engine and faces may enter. Start reading at `playbook_file`; `yaml_text` says what YAML may hold, `findings`
how a fault gets its line and column. Nothing in a file is evaluated, and nothing in it can raise.
"""

from tocsin.formats.connector_file import read_connector, read_vocabulary
from tocsin.formats.environment_file import read_environment
from tocsin.formats.findings import FileResult
from tocsin.formats.pins_file import load_pin_file, read_pin_file, save_pin_file, write_pin_file
from tocsin.formats.playbook_file import (
    PlaybookFile,
    load_playbook,
    place_of,
    read_playbook,
    save_playbook,
    write_playbook,
)
from tocsin.formats.scenario_file import read_scenario
from tocsin.formats.yaml_text import MAX_BYTES, bytes_of

__all__ = [
    "MAX_BYTES",
    "FileResult",
    "PlaybookFile",
    "bytes_of",
    "load_pin_file",
    "load_playbook",
    "place_of",
    "read_connector",
    "read_environment",
    "read_pin_file",
    "read_playbook",
    "read_scenario",
    "read_vocabulary",
    "save_pin_file",
    "save_playbook",
    "write_pin_file",
    "write_playbook",
]
