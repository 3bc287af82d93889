"""Lists in a README that name tests: what a list names must be written somewhere."""

import re


def named_tests(readme):
    """Return the names of the tests that a README names."""
    return set(re.findall(r"`(test_\w+)`", readme.read_text(encoding="utf-8")))


def unwritten_tests(readme, *folders):
    """Return the tests that a README names and that no file below these folders has, in order."""
    files = [file for folder in folders for file in folder.rglob("test_*.py")]
    written = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return sorted(named_tests(readme) - set(re.findall(r"^def (test_\w+)", written, re.MULTILINE)))
