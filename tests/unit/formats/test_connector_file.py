import pytest

from tocsin.base.resources import data_folder
from tocsin.formats import read_connector, read_vocabulary

TEXT = """\
tocsin_connector: 1
id: example
title: Example
category: firewall
docs: https://docs.example.com/
addresses: {main: {title: Address}}
sign_in:
  kind: basic
  fields: {user: {title: User}, password: {title: Password, secret: true}}
  user: "{{ secret.user }}"
  password: "{{ secret.password }}"
health: list_blocks
actions:
  list_blocks:
    does: firewall.list_blocks
    title: List
    effect: read
    steps:
    - name: get
      request: GET /blocks
    output: {addresses: "steps.get.body.addresses"}
"""


def codes(result):
    return [(str(problem.code), problem.line, problem.column) for problem in result.problems]


@pytest.mark.parametrize("path", sorted(data_folder("resources").glob("connectors/*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_description_reads_clean(path):
    result = read_connector(path.read_bytes(), path.name)
    assert codes(result) == []
    assert result.value is not None
    assert result.value.id == path.stem


def test_the_shipped_vocabulary_reads_clean():
    result = read_vocabulary((data_folder("resources") / "vocabulary.yaml").read_bytes(), "vocabulary.yaml")
    assert codes(result) == []
    assert result.value is not None
    assert "firewall.block_address" in result.value


def test_a_description_reads_as_a_value():
    connector = read_connector(TEXT, "example.yaml").value
    assert connector is not None
    assert connector.actions["list_blocks"].steps[0].request == "GET /blocks"
    assert connector.sign_in.kind == "basic"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("category: firewall", "category: firewal", [("TOC-E014", 4, 11)]),
        ("  kind: basic", "  kind: basik", [("TOC-E014", 8, 3)]),
        ('  password: "{{ secret.password }}"\n', "", [("TOC-E013", 7, 1)]),
        ("effect: read", "effect: reads", [("TOC-E014", 17, 13)]),
        ("      request: GET /blocks", "      reqest: GET /blocks", [("TOC-E013", 19, 7), ("TOC-E012", 20, 7)]),
        ("tocsin_connector: 1", "tocsin_connector: 2", [("TOC-E019", 1, 19)]),
        ("tocsin_connector: 1", "tocsin: 1", [("TOC-E024", 1, 1)]),
        ('    output: {addresses: "steps.get.body.addresses"}', "    output: 7", [("TOC-E014", 21, 13)]),
        ("  fields:", "  place: x\n  fields:", [("TOC-E012", 9, 3)]),
    ],
)
def test_every_fault_of_a_description_has_its_place(old, new, expected):
    assert old in TEXT
    result = read_connector(TEXT.replace(old, new), "example.yaml")
    assert codes(result) == expected
    assert result.value is None


def test_an_action_of_no_category_is_refused_in_the_vocabulary():
    text = "firewal.block:\n  title: Block\n  effect: change\n  inputs: {}\n  output: {}\n"
    result = read_vocabulary(text, "vocabulary.yaml")
    assert codes(result) == [("TOC-E026", 1, 1)]
    assert result.problems[0].hint == "Did you mean “firewall”?"
