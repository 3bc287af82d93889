"""Pins as files: what is written reads as the same, and what is wrong has its line."""

import pytest

from tocsin.formats import read_pin_file, write_pin_file
from tocsin.model.failures import FailureCode
from tocsin.model.pins import Pin, PinFile, PinnedFailure, is_pins_file, pins_path

TEXT = """\
tocsin_pins: 1
pins:
  reputation:
    output:
      score: 97.0
      tor: true
    from: R-217
  endpoints:
    error:
      code: unavailable
      message: No answer
      retryable: true
  nothing:
    output: null
"""
PINS = PinFile(
    pins={
        "reputation": Pin(output={"score": 97.0, "tor": True}, source="R-217"),
        "endpoints": Pin(error=PinnedFailure(code=FailureCode.UNAVAILABLE, message="No answer", retryable=True)),
        "nothing": Pin(output=None),
    }
)


def problems(text):
    return [(p.line, p.column, p.message) for p in read_pin_file(text, "x.pins.yaml").problems]


def test_it_reads_as_it_was_written():
    assert write_pin_file(PINS) == TEXT
    assert read_pin_file(TEXT, "x.pins.yaml").value == PINS


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("tocsin: 1\n", 1, "This is not a file of pins of Tocsin."),
        ("tocsin_pins: 2\npins: {}\n", 1, "This file has version 2 of the format; this Tocsin reads up to 1."),
        ("tocsin_pins: 1\npins:\n  a: {}\n", 3, "“a” needs “output” or “error”."),
        ("tocsin_pins: 1\npins:\n  a: {output: 1, error: {code: auth}}\n", 3, "“a” needs “output” or “error”."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, message):
    assert [(found[0], found[2]) for found in problems(text)] == [(line, message)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tocsin_pins: 1\n",
        "tocsin_pins: 1\npins: [1]\n",
        "tocsin_pins: 1\npins: {a: {error: {code: nonsense}}}\n",
        "tocsin_pins: 1\npins: {A B: {output: 1}}\n",
        "tocsin_pins: 1\npins: {a: {output: 1, more: 2}}\n",
    ],
)
def test_other_faults_leave_no_value(text):
    assert (read_pin_file(text, "x.pins.yaml").value, bool(problems(text))) == (None, True)


def test_they_lie_beside_the_playbook_under_its_id(tmp_path):
    path = pins_path(tmp_path / "any name.yaml", "contain-suspicious-ip")
    assert path == tmp_path / "contain-suspicious-ip.pins.yaml"
    assert is_pins_file(path)
    assert not is_pins_file(tmp_path / "any name.yaml")
