"""The list of facts names only tests, cases and contracts that exist (README.md beside this file)."""

import re
from functools import cache
from pathlib import Path

import yaml
from tests.live.contracts import CONTRACTS

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
TEXT = (HERE / "README.md").read_text(encoding="utf-8")
SHOWN = [row.rsplit("|", 2)[1] for row in TEXT.splitlines() if row.startswith("| ")][1:]


@cache
def cases(product: str) -> set[tuple[str, str]]:
    """Actions of the product that are tried, with what each case is about and how it ends."""
    path = TESTS / "live" / "answers" / f"{product}.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []
    return {(case["action"], case.get(key, "")) for case in told for key in ("about", "fails")} | {
        (key.partition(".")[2], "") for key in CONTRACTS if key.startswith(f"{product}.")
    }


def test_every_test_that_the_list_names_exists():
    named = {name for shown in SHOWN for name in re.findall(r"`(test_\w+)`", shown)}
    written = "\n".join(file.read_text(encoding="utf-8") for file in TESTS.rglob("test_*.py"))
    assert named - set(re.findall(r"^def (test_\w+)", written, re.MULTILINE)) == set()


def test_every_case_that_the_list_names_exists():
    named = [case for shown in SHOWN for case in re.findall(r"`([a-z_]+)\.([a-z_]+)(?:\[([^`]*)\])?`", shown)]
    assert len(named) > 60
    assert [case for case in named if case[1:] not in cases(case[0])] == []


def test_every_fact_has_a_test():
    assert len(SHOWN) > 100
    assert [shown for shown in SHOWN if "`" not in shown] == []
