"""Says which German words do not fit, on any page of the window.   python -m tests.ui.journeys.german [-k SIZE]

The language of a process is chosen before its rooms are imported, so these tests have one of their own: pytest does not
collect this file by itself, and `test_german_fits.py` starts it for the tightest of its sizes. `PICTURES=FOLDER` keeps
a picture of each page.
"""

import os
import sys
from contextlib import suppress
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from tocsin.base import texts

if __name__ == "__main__":
    texts.choose(environment={texts.VARIABLE: "de"})

from tests.test_texts import entries
from tests.ui.journeys.cut_words import OwnWords, cut_words
from tests.ui.journeys.further import further
from tests.ui.journeys.test_small_windows import faults_of
from tests.ui.journeys.tour import tour

from tocsin.services.settings import TextSize

SIZES = {"small": (960, 600), "usual": (1440, 900)}
SETTLE_MS = 600
in_every_size = pytest.mark.parametrize(
    ("size", "text"), list(product(SIZES, (TextSize.NORMAL, TextSize.LARGEST))), ids=lambda value: str(value)
)


@pytest.fixture
def faults(start, qtbot):
    """What is cut on pages, in a window of a size and with text of a size."""
    own = OwnWords(said for entry in entries().values() for said in entry.said if said)

    def find(pages, size, text):
        assert texts.language() == "de"
        desk = start(SIZES[size])
        before = desk.settings.settings
        desk.settings.change(replace(before, appearance=replace(before.appearance, text_size=text)))
        wrong = []
        for number, (name, top) in enumerate(pages(desk, qtbot)):
            with suppress(qtbot.TimeoutError):  # what glides or waits for a layout has a moment
                qtbot.waitUntil(lambda top=top: not faults_of(top), timeout=SETTLE_MS)
            wrong += [f"{name}: {fault}" for fault in (*faults_of(top), *cut_words(top, own))]
            _keep_picture(top, f"{size}-{text.value}-{pages.__name__}-{number:02}-{name}")
        return "\n".join(dict.fromkeys(wrong))

    return find


@in_every_size
def test_every_page_fits_in_german(faults, size, text):
    assert faults(tour, size, text) == ""


@in_every_size
def test_every_question_fits_in_german(faults, size, text):
    assert faults(further, size, text) == ""


def _keep_picture(top, name):
    if folder := os.environ.get("PICTURES"):
        top.grab().save(str(Path(folder, f"{name.replace(' ', '-').replace(':', '')}.png")))


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider", "--tb=short", "--show-capture=no", *sys.argv[1:]]))
