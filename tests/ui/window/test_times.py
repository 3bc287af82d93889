"""Every time in the window says its zone (field.md H6)."""

import re

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.fakes import CREATED, asked, finished, settled
from tests.ui.hands import trigger

CLOCK = re.compile(r"(?<![\d:])\d\d:\d\d:\d\d\b(?P<zone>\sUTC(?:[+-]\d{1,2}(?::\d\d)?)?)?")


def told(window):
    """Every text that somebody can read or hear in a window, hidden pages too."""
    for widget in window.findChildren(QWidget):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel):
            yield widget.text()


@pytest.mark.parametrize(("zone", "mark"), [("UTC", "UTC"), ("Europe/Berlin", "UTC+1")])
def test_no_time_stands_without_its_zone(in_local_zone, running, qtbot, zone, mark):
    in_local_zone(zone)
    running.runs.tell(CREATED, settled("start"), asked())
    qtbot.waitUntil(lambda: bool(running.window.documents.current.questions))
    seen = list(told(running.window))
    running.runs.tell(settled("ask", ports=("approved",)), settled("done"), finished())
    qtbot.waitUntil(lambda: not running.window.documents.current.is_running)
    trigger(running, "view.run")
    seen += told(running.window)
    found = [match["zone"] for text in seen for match in CLOCK.finditer(text)]
    assert found
    assert {zone and zone[1:] for zone in found} == {mark}
