"""What a person can get wrong: each is a sentence with code, place and hint on stderr, no trace, nothing lost."""

import json
import re
import socket

import pytest
from tests.journeys.program import PLAYBOOK

GOOD = """\
tocsin: 1
id: bad
nodes:
  start:
    kind: trigger
    event: manual
  last:
    kind: end
edges:
- start -> last
"""
PADDING = "".join(f"  pad{number}:\n    kind: end\n" for number in range(12))
LONG = GOOD.replace("edges:\n", PADDING + "edges:\n")
ALIAS_BOMB = "x:\n  a: &a [x]\n" + "".join(
    f"  {chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
ACTION = "  act:\n    kind: action\n    use: {use}\n    with: {{}}\nedges:\n- start -> act\n"


def with_action(use):
    return LONG.replace("edges:\n", ACTION.format(use=use))


FILES = {
    "not YAML": (LONG + "- [1, 2\nx: }\n", "TOC-E011", True),
    "an alias bomb": (GOOD + ALIAS_BOMB, "TOC-E016", True),
    "a key twice": (LONG.replace("edges:\n", "edges: []\nedges:\n"), "TOC-E015", True),
    "an unknown kind": (LONG.replace("edges:\n", "  odd:\n    kind: actoin\nedges:\n"), "TOC-E020", True),
    "an unknown key": (LONG.replace("edges:\n", "  odd:\n    kind: end\n    messge: x\nedges:\n"), "TOC-E012", True),
    "an edge to nowhere": (LONG + "- start -> lost\n", "TOC-E021", True),
    "a newer format": (LONG.replace("tocsin: 1\n", "tocsin: 2\n"), "TOC-E019", True),
    "an expression of 1 MB": (
        LONG.replace("edges:\n", f'  big:\n    kind: condition\n    when: "{"1 + " * 262_144}1 > 0"\nedges:\n')
        + "- start -> big\n",
        "TOC-",
        True,
    ),
    "a connector that is not there": (with_action("nosuch.block_address"), "TOC-C", True),
    "an action that is not there": (with_action("firewall.blok_address"), "TOC-C", True),
    "something reserved": (
        LONG.replace("edges:\n", "  other:\n    kind: call\n    playbook: x\nedges:\n"),
        "TOC-",
        True,
    ),
    "no playbook": ("hello: world\n", "TOC-E024", True),
    "nothing": ("", "TOC-E", False),
}


def sentences(errors):
    lines = errors.splitlines()
    assert lines
    assert "Traceback" not in errors
    assert all(re.match(r"TOC-[EC]\d{3} \S", line) for line in lines), errors
    return lines


@pytest.mark.parametrize("what", FILES)
def test_a_file_with(program, tmp_path, what):
    text, code, has_line = FILES[what]
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    done = program.run("run", "bad.yaml", "--json", cwd=tmp_path)
    lines = sentences(done.stderr)
    assert done.returncode == 3
    first = lines[0]
    assert first.startswith(code)
    assert re.match(r"TOC-\w+ bad\.yaml:\d+:\d+ ", first) or not has_line, first
    record = json.loads(done.stdout)
    assert (record["status"], record["run"]) == ("refused", None)
    assert [problem["code"] for problem in record["problems"] if problem["severity"] == "error"]
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("what", ["a key twice", "an edge to nowhere", "an unknown kind", "no playbook"])
def test_check_of_a_file_with(program, tmp_path, what):
    text, code, _ = FILES[what]
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = program.run("check", "bad.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"error: {code}" in done.stdout


def test_a_file_of_200_mb_is_refused_without_being_read(program, tmp_path):
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    done = program.run("run", "huge.yaml", cwd=tmp_path)
    first, *_ = sentences(done.stderr)
    assert (done.returncode, first.startswith("TOC-E017 huge.yaml")) == (3, True)


@pytest.mark.parametrize("command", ["run", "check", "render"])
def test_a_file_that_is_not_there(program, tmp_path, command):
    more = ("-o", str(tmp_path / "x.png")) if command == "render" else ()
    done = program.run(command, "nowhere.yaml", *more, cwd=tmp_path)
    said = done.stdout if command == "check" else done.stderr
    assert (done.returncode, "TOC-E010 nowhere.yaml" in said) == (1 if command == "check" else 3, True)
    assert "Traceback" not in done.stderr


def test_a_folder_where_a_file_should_be(program, tmp_path):
    done = program.run("run", ".", cwd=tmp_path)
    assert (done.returncode, sentences(done.stderr)[0][:8]) == (3, "TOC-E010")


@pytest.mark.parametrize(
    "words",
    [
        ("nosuch",),
        ("run",),
        ("run", PLAYBOOK, "--nosuch"),
        ("check", "--explain", "TOC-C999"),
        ("lab", "--port", "99999"),
        ("render", PLAYBOOK, "-o", "picture.doc"),
        ("demo", "--answer", "nosuch=approved"),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_2(program, tmp_path, words):
    done = program.run(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout, len(sentences(done.stderr))) == (2, "", 1)


@pytest.mark.parametrize(
    "text",
    ['{"src_ip": NaN}', "src_ip", "@nowhere.json"],
)
def test_an_input_that_cannot_be_read_ends_2(program, tmp_path, text):
    done = program.run("run", PLAYBOOK, f"--input={text}", cwd=tmp_path)
    [line] = sentences(done.stderr)
    assert (done.returncode, line.startswith("TOC-E140 --input ")) == (2, True)


def test_an_input_of_a_type_that_the_trigger_does_not_take_ends_3(program, lab):
    done = program.run("run", PLAYBOOK, "--input", '{"src_ip": 7}')
    [line] = sentences(done.stderr)
    assert (done.returncode, line[:8]) == (3, "TOC-E101")
    assert "src_ip" in line
    assert lab.reception.requests == ()


def test_a_port_that_is_taken_stops_the_lab(program):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = program.run("lab", "--port", str(taken.getsockname()[1]))
    [line] = sentences(done.stderr)
    assert (done.returncode, line[:8]) == (3, "TOC-E080")
    assert str(taken.getsockname()[1] if taken.fileno() != -1 else "") in line


def test_a_scenario_that_is_not_there_stops_the_lab(program):
    done = program.run("lab", "--scenario", "tor-brute-forse")
    [line] = sentences(done.stderr)
    assert (done.returncode, line[:8]) == (3, "TOC-E081")
    assert "tor-brute-force" in line


def test_a_run_that_is_not_there_ends_3(program):
    done = program.run("runs", "show", "0190")
    [line] = sentences(done.stderr)
    assert (done.returncode, line[:8]) == (3, "TOC-E122")


def test_a_description_that_cannot_be_read_names_its_file_and_line(program, tmp_path):
    folder = program.home / "config" / "connectors"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text("tocsin_connector: 1\nid: own\ntitel: Own\n", encoding="utf-8")
    done = program.run("connectors", "list")
    own = [line for line in done.stderr.splitlines() if f" {folder / 'own.yaml'}:" in line]
    assert (done.returncode, [line for line in own if ":3:1 titel: " in line]) == (1, [own[-1]])
    assert "elasticsearch" in done.stdout  # a faulty one takes nothing from the others
