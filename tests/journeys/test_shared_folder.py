"""A team's folder comes by git to a computer that never saw it: it opens, says what is missing, and runs in the Lab."""

import json
from pathlib import Path

from tests.journeys.program import PLAYBOOK

ENVIRONMENT = """\
tocsin_environment: 1
id: production
connections:
  fw_main:
    connector: opnsense
    addresses: {base: "https://fw.example.com"}
"""


def cloned(folder):
    """The folder as git brings it, with the line ends that it makes on Windows."""
    for name, text in (
        ("tocsin-workspace.yaml", ""),
        ("environments/production.yaml", ENVIRONMENT),
        ("contain.yaml", Path(PLAYBOOK).read_text(encoding="utf-8")),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace("\n", "\r\n").encode())
    return folder


def test_a_folder_that_came_by_git_says_which_secrets_are_missing_and_runs_in_the_lab(program, lab, tmp_path):
    folder = cloned(tmp_path / "clone")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    listed = program.run("connections", "list", "--json", cwd=folder)
    (row,) = json.loads(listed.stdout)
    assert (row["id"], row["secrets"]) == ("fw_main", {"key": "missing", "secret": "missing"})
    assert program.run("check", "contain.yaml", cwd=folder).returncode == 0
    done = program.run("run", "contain.yaml", "--environment", "lab", "--input", "src_ip=198.51.100.7", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
