"""The list of servers names every file of this folder, and none that is not there (README.md beside this file)."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_the_list_names_every_file_of_tests():
    named = set(re.findall(r"`(test_\w+\.py)`", (HERE / "README.md").read_text(encoding="utf-8")))
    assert named == {file.name for file in HERE.glob("test_*.py")} - {Path(__file__).name}
