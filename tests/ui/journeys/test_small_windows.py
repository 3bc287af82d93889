"""Every page of the window fits: at its smallest, and with large text. Nothing is cut off, squeezed or laid over."""

from contextlib import suppress
from dataclasses import replace

import pytest
from tests.ui.journeys.measuring import overlapping, sticking_out, too_small
from tests.ui.journeys.tour import seen, tour

from tocsin.services.settings import TextSize

SMALLEST, USUAL = (960, 600), (1440, 900)
SETTLE_MS = 600


def faults_of(top):
    widgets = seen(top)
    return sticking_out(widgets) + overlapping(widgets) + too_small(widgets)


@pytest.mark.parametrize(
    ("size", "text"), [(SMALLEST, TextSize.NORMAL), (SMALLEST, TextSize.LARGE), (USUAL, TextSize.LARGEST)]
)
def test_every_page_fits(start, qtbot, size, text):
    desk = start(size)
    before = desk.settings.settings
    desk.settings.change(replace(before, appearance=replace(before.appearance, text_size=text)))
    assert desk.window.size().toTuple() == size
    wrong = []
    for name, top in tour(desk, qtbot):
        with suppress(qtbot.TimeoutError):  # what glides or waits for a layout has a moment
            qtbot.waitUntil(lambda top=top: not faults_of(top), timeout=SETTLE_MS)
        wrong += [f"{name}: {fault}" for fault in faults_of(top)]
    assert not wrong, "\n".join(wrong)
