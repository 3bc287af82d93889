import json

import pytest
from tests.unit.cli.commands.kit import FileKit

from tocsin.cli.main import main
from tocsin.formats import load_playbook, write_playbook
from tocsin.model.problems import CheckCode

TEXT = """\
tocsin: 1
id: bad
name: Bad
nodes:
  alert:
    kind: trigger
    event: siem.alert
  severe:
    kind: condition
    when: "{{ alert.severity >= 80 }}"
  block:
    kind: action
    use: firewall.block_address
    with:
      address: "{{ alert.src_ip }}"
    default:
      a: 1
edges:
- alert -> severe
- severe.true -> block
"""


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def said(capsys):
    return capsys.readouterr().out


def test_what_is_found_stands_a_line_each_and_is_counted(bad, capsys):
    assert main(["check", str(bad)], FileKit()) == 1
    lines = said(capsys).splitlines()
    assert [line.split()[1] for line in lines[:-1]] == ["TOC-C003", "TOC-C025", "TOC-C047", "TOC-C042"]
    assert lines[-1] == "1 file: 1 error, 2 warnings."


def test_fixing_does_what_is_safe_and_prints_the_difference(bad, capsys):
    assert main(["check", "--fix", str(bad)], FileKit()) == 0
    out = said(capsys)
    assert '-    when: "{{ alert.severity >= 80 }}"\n+    when: "alert.severity >= 80"\n' in out
    assert "TOC-C025 Take the braces away\n" in out
    assert "TOC-C042" in out.splitlines()[-2]
    mended = load_playbook(bad)
    assert mended.problems == ()
    assert bad.read_text(encoding="utf-8") == write_playbook(mended.playbook)


def test_a_check_that_is_named_is_mended_alone_even_where_somebody_should_look(bad, capsys):
    main(["check", "--fix", "--only", "toc-c042", str(bad)], FileKit())
    out = said(capsys)
    assert '+    when: "!is_internal(alert.src_ip)"\n' in out
    assert "TOC-C025" in out


def test_a_dry_run_prints_and_writes_nothing(bad, capsys):
    assert main(["check", "--fix", "--dry-run", str(bad)], FileKit()) == 0
    assert "+++" in said(capsys)
    assert bad.read_text(encoding="utf-8") == TEXT


def test_what_saving_would_lose_is_left_alone(bad, capsys):
    bad.write_text(f"# why\n{TEXT}", encoding="utf-8")
    assert main(["check", "--fix", str(bad)], FileKit()) == 1
    assert "is left as it is" in capsys.readouterr().err
    assert bad.read_text(encoding="utf-8") == f"# why\n{TEXT}"


def test_a_file_that_cannot_be_written_is_refused(bad, capsys, monkeypatch):
    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tocsin.cli.mending.save_playbook", refuse)
    assert main(["check", "--fix", str(bad)], FileKit()) == 3
    assert "cannot be written: read-only file system" in capsys.readouterr().err


def test_as_json_only_what_is_left_is_printed(bad, capsys):
    main(["check", "--fix", "--json", str(bad)], FileKit())
    assert [problem["code"] for problem in json.loads(said(capsys))] == ["TOC-C042"]


def test_nothing_to_mend_changes_nothing(bad, capsys):
    main(["check", "--fix", str(bad)], FileKit())
    said(capsys)
    main(["check", "--fix", str(bad)], FileKit())
    assert "+++" not in said(capsys)


@pytest.mark.parametrize("words", [["--only", "TOC-C042"], ["--dry-run"], ["--fix", "--only", "TOC-C999"]])
def test_options_that_say_nothing_are_wrong_use(bad, words):
    assert main(["check", *words, str(bad)], FileKit()) == 2


def test_every_check_can_be_listed(capsys):
    assert main(["check", "--explain"], FileKit()) == 0
    assert [line.split()[0] for line in said(capsys).splitlines()] == list(CheckCode)


@pytest.mark.parametrize("code", CheckCode)
def test_an_explanation_says_why_what_to_do_and_what_is_right(code, capsys):
    assert main(["check", "--explain", code.lower()], FileKit()) == 0
    out = said(capsys)
    assert out.startswith(f"{code} ")
    assert out.index("\nWrong:\n") < out.index("\nRight:\n")
