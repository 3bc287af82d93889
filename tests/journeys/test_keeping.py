"""`tocsin runs verify`, `export`, `import` and `prune`, as a person or a script drives them."""

import json
import sqlite3

import pytest
from tests.journeys.program import ProgramHere

ANSWERED = ("--answer", "hosts/confirm=approved")


@pytest.fixture
def journal(program):
    return program.home / "data" / "journal.db"


def tamper(journal, statement):
    with sqlite3.connect(journal) as tamperer:
        tamperer.execute(statement)
    tamperer.close()


def test_verify_says_what_is_wrong_where_and_ends_1(program, contain, journal):
    _, first = contain(*ANSWERED)
    _, second = contain("--input", "src_ip=198.51.100.7")
    done = program.run("runs", "verify")
    assert (done.returncode, done.stdout) == (0, "2 runs looked at: all as it was written.\n")
    tamper(journal, "update event set body=replace(body, '203.0.113.66', '203.0.113.67') where id >> 32 = 1")
    done = program.run("runs", "verify")
    assert done.returncode == 1
    fault, last = done.stdout.splitlines()
    assert fault.startswith(f"Run {first['run']}: events 1 to ")
    assert last == "2 runs looked at, 1 fault."
    assert program.run("runs", "verify", second["run"]).returncode == 0
    done = program.run("runs", "verify", first["run"][:13], "--json")
    assert (done.returncode, [fault["run"] for fault in json.loads(done.stdout)["faults"]]) == (1, [first["run"]])


def test_a_run_goes_to_another_place_as_a_file_and_is_shown_there(program, contain, tmp_path):
    _, record = contain(*ANSWERED)
    run, file = record["run"], str(tmp_path / "contained.tocsin-run")
    done = program.run("runs", "export", run[:13], "-o", file)
    assert (done.returncode, done.stdout) == (0, f"{file}\n")
    there = ProgramHere(tmp_path / "there")
    done = there.run("runs", "import", file)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Took in R-1, Contain a suspicious IP; look: tocsin runs show ")
    assert json.loads(there.run("runs", "show", run, "--json").stdout) == record
    assert "(imported)" in there.run("runs", "list").stdout
    assert there.run("runs", "show", run).stdout.splitlines()[1].startswith("Imported from a file, ")
    for command in ("resume", "undo"):
        done = there.run("runs", command, run)
        assert (done.returncode, done.stderr[:8]) == (3, "TOC-E127")
    again = there.run("runs", "import", file)
    assert (again.returncode, again.stderr[:8]) == (3, "TOC-E126")


def test_a_run_becomes_a_page_that_plays_it_again(program, contain, tmp_path):
    _, record = contain(*ANSWERED)
    file = tmp_path / "replay.html"
    done = program.run("runs", "export", record["run"], "--html", "-o", str(file))
    assert (done.returncode, done.stdout) == (0, f"{file}\n"), done.stderr
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "R-1 · Succeeded in " in page
    assert "default-src 'none'" in page
    by_name = program.run("runs", "export", record["run"], "-o", str(tmp_path / "other.html"))
    assert (by_name.returncode, (tmp_path / "other.html").read_text(encoding="utf-8") == page) == (0, True)


def test_the_secrets_of_the_lab_are_in_no_file(program, contain, lab, tmp_path):
    _, record = contain(*ANSWERED)
    program.run("runs", "export", record["run"], "-o", str(tmp_path / "x.tocsin-run"))
    program.run("runs", "export", record["run"], "-o", str(tmp_path / "x.html"))
    text = (tmp_path / "x.tocsin-run").read_text() + (tmp_path / "x.html").read_text(encoding="utf-8")
    products = lab.addresses.to_json()["products"].values()
    secrets = [value for product in products for value in product["sign_in"].values() if len(value) > 8]
    assert secrets
    assert [secret for secret in secrets if secret in text] == []


def test_a_file_that_holds_no_run_ends_3_and_one_that_is_not_there_2(program, tmp_path):
    (tmp_path / "x").write_text("no run")
    done = program.run("runs", "import", str(tmp_path / "x"))
    assert (done.returncode, done.stderr[:8]) == (3, "TOC-E128")
    done = program.run("runs", "import", str(tmp_path / "y"))
    assert (done.returncode, done.stderr[:8]) == (2, "TOC-E140")


def test_prune_says_first_and_then_lets_go_what_may(program, contain):
    _, gone = contain(*ANSWERED)
    _, waiting = contain()
    _, kept = contain("--input", "src_ip=198.51.100.7")
    done = program.run("runs", "prune", "--keep", "1", "--dry-run")
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines)) == (0, 3)
    assert lines[0].startswith(gone["run"])
    assert lines[1].startswith("1 run would go, about ")
    assert lines[2] == "1 stays: not over."
    done = program.run("runs", "prune", "--keep", "1", "--json")
    said = json.loads(done.stdout)
    assert ([run["run"] for run in said["runs"]], said["stay"], said["done"]) == ([gone["run"]], {"open": 1}, True)
    listed = json.loads(program.run("runs", "list", "--json").stdout)
    assert [run["run"] for run in listed] == [kept["run"], waiting["run"]]
    assert program.run("runs", "verify").returncode == 0
    done = program.run("runs", "resume", waiting["run"], *ANSWERED)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("options", [(), ("--older-than", "soon"), ("--max-size", "much"), ("--keep", "-1")])
def test_prune_without_a_limit_that_can_be_understood_ends_2(program, options):
    done = program.run("runs", "prune", *options)
    assert (done.returncode, done.stderr[:8]) == (2, "TOC-E140")


def test_prune_by_age_and_size_leaves_what_is_young_and_small(program, contain):
    contain(*ANSWERED)
    done = program.run("runs", "prune", "--older-than", "90d", "--max-size", "2GB")
    assert (done.returncode, done.stdout) == (0, "0 runs went, 0.0 MB given back.\n")
