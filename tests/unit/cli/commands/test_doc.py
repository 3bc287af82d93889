import pytest
from tests.unit.cli.commands.kit import FileKit

from tocsin.base.resources import playbook_paths
from tocsin.cli.main import main

FILE = next(str(path) for path in playbook_paths() if path.stem == "isolate-host")


def test_without_a_file_the_page_is_printed(capsys):
    assert main(["doc", FILE], FileKit()) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Isolate a host\n")
    assert "## What it changes" in out


def test_html_is_one_file_with_the_picture_in_it(capsys, tmp_path):
    out = tmp_path / "page.html"
    assert main(["doc", FILE, "-o", str(out)], FileKit()) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert "<svg" in out.read_text(encoding="utf-8")
    assert main(["doc", FILE, "--html"], FileKit()) == 0
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")


def test_markdown_has_its_picture_beside_it(tmp_path):
    assert main(["doc", FILE, "-o", str(tmp_path / "page.md")], FileKit()) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.md", "page.svg"]


def test_where_nothing_can_be_drawn_the_page_comes_without(capsys, tmp_path):
    assert main(["doc", FILE, "-o", str(tmp_path / "page.md")], FileKit(can_draw=False)) == 0
    assert "Without a picture" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]


@pytest.mark.parametrize("words", [["-o", "page.txt"], ["--html", "-o", "page.md"]])
def test_a_name_that_does_not_fit_is_wrong_use(words):
    assert main(["doc", FILE, *words], FileKit()) == 2


def test_a_file_that_holds_no_playbook_is_refused(capsys, tmp_path):
    (tmp_path / "no.yaml").write_text("a: 1\n", encoding="utf-8")
    assert main(["doc", str(tmp_path / "no.yaml")], FileKit()) == 3
    assert "holds no playbook" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_said(capsys, tmp_path):
    assert main(["doc", FILE, "-o", str(tmp_path / "no" / "page.html")], FileKit()) == 3
    assert "cannot be written" in capsys.readouterr().err
