import pytest

from tocsin.formats import read_environment

TEXT = """\
tocsin_environment: 1
id: production
title: Production
networks: [10.0.0.0/8, 198.51.100.0/24]
values: {score_limit: 80}
roles: {edge_firewall: fw_main}
connections:
  fw_main: {connector: opnsense, addresses: {main: "https://fw.example.com"}, timeout: 30s}
"""


def test_an_environment_reads_as_a_value():
    result = read_environment(TEXT, "production.yaml")
    assert result.problems == ()
    assert result.value is not None
    assert result.value.connections["fw_main"].addresses == {"main": "https://fw.example.com"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: production", "id: lab", [("TOC-E026", 2, 5)]),
        ("fw_main}", "fw_mian}", [("TOC-E014", 6, 24)]),
        ("timeout: 30s", "timeout: 30", [("TOC-E014", 8, 88)]),
        ("connector: opnsense, ", "", [("TOC-E013", 8, 3)]),
        ("title:", "titel:", [("TOC-E012", 3, 1)]),
        ("tocsin_environment: 1", "tocsin: 1", [("TOC-E024", 1, 1)]),
    ],
)
def test_every_fault_of_an_environment_has_its_place(old, new, expected):
    assert old in TEXT
    result = read_environment(TEXT.replace(old, new), "production.yaml")
    assert [(str(problem.code), problem.line, problem.column) for problem in result.problems] == expected
    assert result.value is None


def test_a_role_that_nobody_plays_gets_the_close_name():
    result = read_environment(TEXT.replace("fw_main}", "fw_mian}"), "production.yaml")
    assert result.problems[0].hint == "Did you mean “fw_main”?"
