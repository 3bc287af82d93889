import pytest

from tocsin.formats.environment_file import (
    load_environment,
    read_environment,
    save_environment,
    write_environment,
)

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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fw_main:", "Fw.Main:", ("TOC-E026", 8, 3)),
        ("https://fw", "http://fw", ("TOC-E014", 8, 52)),
        ("10.0.0.0/8", "10.0.0.0/99", ("TOC-E014", 4, 12)),
        ("timeout: 30s", "local_addresses: [localhost]", ("TOC-E014", 8, 97)),
        ("title: Production", "folder: /tmp", ("TOC-E012", 3, 1)),
    ],
)
def test_what_a_connection_cannot_be_is_said_at_its_place(old, new, expected):
    text = TEXT.replace(old, new).replace(
        "edge_firewall: fw_main", "edge_firewall: Fw.Main" if "Fw." in new else "edge_firewall: fw_main"
    )
    [problem] = read_environment(text, "production.yaml").problems
    assert (str(problem.code), problem.line, problem.column) == expected


def test_what_is_written_reads_the_same_and_a_connection_is_a_few_lines():
    environment = read_environment(TEXT, "production.yaml").value
    text = write_environment(environment)
    assert read_environment(text, "production.yaml").value == environment
    assert text.splitlines()[-4:] == [
        "  fw_main:",
        "    connector: opnsense",
        '    addresses: {main: "https://fw.example.com"}',
        "    timeout: 30s",
    ]


def test_a_loaded_environment_knows_its_folder_and_says_the_same(tmp_path):
    path = tmp_path / "production.yaml"
    path.write_text(TEXT)
    loaded = load_environment(path).value
    assert loaded.folder == str(tmp_path)
    assert loaded.hash == read_environment(TEXT, "x").value.hash
    assert "folder" not in write_environment(loaded)


def test_saving_keeps_the_old_text_where_comments_would_be_lost(tmp_path):
    path = tmp_path / "production.yaml"
    path.write_text("# ours\n" + TEXT)
    save_environment(path, load_environment(path).value)
    assert path.with_name("production.yaml~").read_text() == "# ours\n" + TEXT
    assert load_environment(path).problems == ()
