"""The list of numbers names only tests that exist (README.md beside this file)."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_test_that_the_list_names_exists():
    named = set(re.findall(r"`(test_\w+)`", (HERE / "README.md").read_text(encoding="utf-8")))
    written = "\n".join(file.read_text(encoding="utf-8") for file in HERE.parent.rglob("test_*.py"))
    assert len(named) > 100
    assert named - set(re.findall(r"^def (test_\w+)", written, re.MULTILINE)) == set()
