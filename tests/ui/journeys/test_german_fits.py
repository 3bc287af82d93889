"""German words are longer: the pages fit with the largest text in the smallest window (`german.py` tries them all)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = "test_every_page_fits_in_german and small-130"


def test_every_page_fits_in_german():
    command = [sys.executable, "-m", "tests.ui.journeys.german", "-k", PAGES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stdout
