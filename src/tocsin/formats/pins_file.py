"""Pins as files: `ID.pins.yaml` beside the playbook, never in it, so that nothing of a rehearsal travels with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.formats.findings import At, FileResult, Findings, read_head, result_of
from tocsin.formats.yaml_text import bytes_of, read_yaml
from tocsin.formats.yaml_writing import write_yaml
from tocsin.model.faults import parse_value
from tocsin.model.pins import Pin, PinFile

_KEY: Final = "tocsin_pins"


def read_pin_file(source: str | bytes, file: str) -> FileResult[PinFile]:
    """Read the pins of one playbook. Never raises for what the text says.

    Args:
        source: The file's text, or its bytes in UTF-8.
        file: Its name for problems.
    """
    text = read_yaml(source, file)
    found = Findings(text, file)
    data = read_head(found, text, _KEY, _("a file of pins"))
    if data is None:
        return result_of(found, None)
    pins, faults = parse_value(PinFile, data)
    found.faults(faults, ())
    for name, pin in pins.pins.items() if pins is not None else ():
        if not pin.says_one_thing:
            hint = _("Give what the step gives, or how it fails.")
            found.error(
                ErrorCode.WRONG_VALUE,
                At(("pins", name)),
                _("“{name}” needs “output” or “error”.").format(name=name),
                hint,
            )
    return result_of(found, pins)


def load_pin_file(path: Path) -> FileResult[PinFile]:
    """Read pins from disk.

    Raises:
        OSError: The file cannot be read.
    """
    return read_pin_file(bytes_of(path), str(path))


def save_pin_file(path: Path, pins: PinFile) -> None:
    """Write pins whole or not at all.

    Raises:
        OSError: The disk or the permissions refuse it. The old file stands.
    """
    write_atomically(path, write_pin_file(pins).encode())


def write_pin_file(pins: PinFile) -> str:
    """Return the text of such a file, one value a line. It reads as an equal one."""
    return write_yaml({_KEY: 1, "pins": {name: _written(pin) for name, pin in pins.pins.items()}})


def _written(pin: Pin) -> dict[str, Json]:
    given = "output" if pin.error is None else "error"
    said: dict[str, Json] = pin.model_dump(mode="json", by_alias=True, include={given, "source"})
    return {key: value for key, value in said.items() if key != "from" or value}
