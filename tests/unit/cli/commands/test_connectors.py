import json

import pytest
from tests.unit.cli.commands.kit import FileKit
from tests.unit.connectors.support import catalogue

from tocsin.cli.main import main


class ProductKit(FileKit):
    def catalogue(self):
        return catalogue()


def test_every_product_is_listed(capsys):
    assert main(["connectors", "list"], ProductKit()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(catalogue().connectors)


def test_what_is_shipped_has_no_error(capsys):
    assert main(["connectors", "lint"], ProductKit()) == 0
    assert "error:" not in capsys.readouterr().out


def test_a_new_description_is_clean(capsys, tmp_path):
    out = tmp_path / "own" / "acme.yaml"
    assert main(["connectors", "new", "acme", "-o", str(out)], ProductKit()) == 0
    assert main(["connectors", "lint", str(out), "--json"], ProductKit()) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == []


@pytest.mark.parametrize("name", ["Acme", "../acme", "jira", ""])
def test_an_id_that_cannot_be_or_is_taken_is_wrong_use(name):
    assert main(["connectors", "new", name], ProductKit()) == 2


def test_a_description_with_faults_is_told_with_its_place(capsys, tmp_path):
    main(["connectors", "new", "acme", "-o", str(tmp_path / "acme.yaml")], ProductKit())
    text = (tmp_path / "acme.yaml").read_text(encoding="utf-8")
    (tmp_path / "acme.yaml").write_text(text.replace("GET /api/status", "DELETE /api/status"), encoding="utf-8")
    (tmp_path / "other.yaml").write_text(text.replace("title: My", "titel: My"), encoding="utf-8")
    assert main(["connectors", "lint", str(tmp_path / "acme.yaml"), str(tmp_path / "other.yaml")], ProductKit()) == 1
    out = capsys.readouterr().out
    assert "acme.yaml:19:1 health.steps.0: The action only reads, but “status” is sent with DELETE." in out
    assert "other.yaml:3:1" in out


def test_a_file_that_is_not_there_is_said(capsys, tmp_path):
    assert main(["connectors", "lint", str(tmp_path / "no.yaml")], ProductKit()) == 3
    assert "cannot be used: no such file or directory" in capsys.readouterr().err


def test_a_page_says_settings_sign_in_actions_and_refusals(capsys):
    assert main(["connectors", "docs", "nftables"], ProductKit()) == 0
    page = capsys.readouterr().out
    assert page.startswith("# nftables (SSH)\n")
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## Settings", "## Sign-in", "## Actions", "## What a refusal means",
    ]  # fmt: skip
    assert "`firewall.block_address`" in page
    assert "taken back by “Unblock an address”" in page


def test_every_product_has_a_page(tmp_path):
    assert main(["connectors", "docs", "--html", "-o", str(tmp_path)], ProductKit()) == 0
    assert {path.stem for path in tmp_path.iterdir()} == set(catalogue().connectors)


def test_an_unknown_product_offers_the_closest(capsys):
    assert main(["connectors", "docs", "nftable"], ProductKit()) == 3
    assert "Did you mean “nftables”" in capsys.readouterr().err


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The folder of one's own descriptions, with one in it."""
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path))
    file = tmp_path / "config" / "connectors" / "acme.yaml"
    assert main(["connectors", "new", "acme", "-o", str(file)], ProductKit()) == 0
    return file


def test_a_faulty_description_of_ones_own_is_told_by_list_and_lint(own, capsys):
    own.write_text(own.read_text(encoding="utf-8").replace("GET /api/status", "SSH run"), encoding="utf-8")
    assert main(["connectors", "list"], ProductKit()) == 1
    out, err = capsys.readouterr()
    assert "jira" in out
    assert f"{own}:19:1 health.steps.0.request" in err
    for words in (["connectors", "lint"], ["connectors", "lint", str(own)]):
        assert main(words, ProductKit()) == 1
        assert "Only descriptions that come with Tocsin may use “SSH run”" in capsys.readouterr().out


def test_a_review_shows_whom_the_description_asks_and_is_kept_for_what_was_seen(own, capsys):
    assert main(["connectors", "review", str(own)], ProductKit()) == 2
    assert "    GET /api/status" in capsys.readouterr().out
    assert main(["connectors", "review", str(own), "--yes"], ProductKit()) == 0
    capsys.readouterr()
    assert main(["connectors", "review", str(own)], ProductKit()) == 0
    assert capsys.readouterr().out == "It was reviewed as it is.\n"
    own.write_text(own.read_text(encoding="utf-8") + "#\n", encoding="utf-8")
    assert main(["connectors", "review", str(own)], ProductKit()) == 2
