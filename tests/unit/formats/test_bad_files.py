"""Bad files, each with its fault beyond line 20: the exact code, line and column of everything found."""

import pytest

from tocsin.formats import read_playbook

HEAD = """\
tocsin: 1
id: bad-file
name: A bad file
roles:
  edge_firewall:
    category: firewall
nodes:
  alert:
    kind: trigger
    event: siem.alert
    sample:
      src_ip: 203.0.113.66
  look:
    kind: action
    use: threat_intel.lookup_ip
    with:
      ip: "{{ alert.src_ip }}"
  risky:
    kind: condition
    when: "look.score >= 80.0"
"""
LINES = HEAD.count("\n")
EDGES = """\
edges:
- alert -> look
- look -> risky
"""

# name, what follows line 20, then (code, line, column) of every problem; the text begins in line 21
TABLE = [
    ("unknown key in a node", "  x1:\n    kind: end\n    mesage: hi\n" + EDGES, [("TOC-E012", 23, 5)]),
    ("unknown key at the top", EDGES + "descripton: x\n", [("TOC-E012", 24, 1)]),
    ("missing key", "  x1:\n    kind: condition\n" + EDGES, [("TOC-E013", 21, 3)]),
    ("missing kind", "  x1:\n    title: Which?\n" + EDGES, [("TOC-E013", 21, 3)]),
    ("unknown kind", "  x1:\n    title: T\n    kind: acton\n" + EDGES, [("TOC-E020", 23, 11)]),
    ("wrong type", "  x1:\n    kind: end\n    stop: yes\n" + EDGES, [("TOC-E014", 23, 11)]),
    ("no time span", "  x1:\n    kind: wait\n    for: 30 seconds\n" + EDGES, [("TOC-E014", 23, 10)]),
    ("wrong value deep down",
     "  x1:\n    kind: action\n    use: a.b\n    retry:\n      max: 3\n      delay: soon\n" + EDGES,
     [("TOC-E014", 26, 14)]),
    ("wrong choice", "  x1:\n    kind: join\n    need: evry\n" + EDGES, [("TOC-E014", 23, 11)]),
    ("duplicate key", "  x1:\n    kind: end\n    message: a\n    message: b\n" + EDGES, [("TOC-E015", 24, 5)]),
    ("duplicate key of a node", "  look:\n    kind: end\n" + EDGES, [("TOC-E015", 21, 3)]),
    ("one name in two graphs",
     "  x1:\n    kind: for_each\n    in: \"[1]\"\n    body:\n"
     "      nodes:\n        look:\n          kind: end\n" + EDGES,
     [("TOC-E025", 26, 9)]),
    ("reserved name", "  item:\n    kind: end\n" + EDGES, [("TOC-E026", 21, 3)]),
    ("bad name", "  Bad-Name:\n    kind: end\n" + EDGES, [("TOC-E026", 21, 3)]),
    ("a port twice",
     "  x1:\n    kind: switch\n    cases:\n    - port: a\n      when: \"true\"\n"
     "    - port: a\n      when: \"true\"\n" + EDGES,
     [("TOC-E026", 26, 13)]),
    ("edge to nowhere", EDGES + "- risky.true -> dnoe\n", [("TOC-E021", 24, 3)]),
    ("edge from nowhere", EDGES + "- nobody -> look\n", [("TOC-E021", 24, 3)]),
    ("bad port", EDGES + "- risky.tru -> look\n", [("TOC-E022", 24, 3)]),
    ("port left out", EDGES + "- risky -> look\n", [("TOC-E022", 24, 3)]),
    ("no edge", EDGES + "- look->risky\n", [("TOC-E022", 24, 3)]),
    ("edge to itself", EDGES + "- look -> look\n", [("TOC-E022", 24, 3)]),
    ("edge into a trigger", EDGES + "- look -> alert\n", [("TOC-E022", 24, 3)]),
    ("edge twice", EDGES + "- look.out -> risky\n", [("TOC-E022", 24, 3)]),
    ("error wired and continue",
     "  x1:\n    kind: set\n    values: {}\n    on_error: continue\n    default: 1\n" + EDGES
     + "- look -> x1\n- x1.error -> risky\n", [("TOC-E022", 30, 3)]),
    ("continue without default", "  x1:\n    kind: set\n    values: {}\n    on_error: continue\n" + EDGES,
     [("TOC-E013", 24, 15)]),
    ("alias", "  x1:\n    kind: end\n    message: *hello\n" + EDGES, [("TOC-E016", 23, 14)]),
    ("anchor", "  x1: &one\n    kind: end\n" + EDGES, [("TOC-E016", 21, 7)]),
    ("merge key", "  x1:\n    <<: {kind: end}\n    kind: end\n" + EDGES, [("TOC-E016", 22, 5)]),
    ("tag", "  x1:\n    kind: condition\n    when: !is_private(alert.src_ip)\n" + EDGES, [("TOC-E028", 23, 11)]),
    ("key that is no text", "  x1:\n    kind: set\n    values:\n      true: 1\n" + EDGES, [("TOC-E014", 24, 7)]),
    ("bare braces", "  x1:\n    kind: set\n    values:\n      a: {{ alert.id }}\n" + EDGES, [("TOC-E027", 24, 10)]),
    ("bare braces with more",
     "  x1:\n    kind: end\n    message: {{ alert.id }} done\n" + EDGES, [("TOC-E027", 23, 14)]),
    ("too deep",
     "  x1:\n    kind: set\n    values:\n      a: " + "[" * 40 + "]" * 40 + "\n" + EDGES, [("TOC-E018", 24, 38)]),
    ("no YAML", EDGES + "description: [open\n", [("TOC-E011", 25, 1)]),
    ("second document", EDGES + "---\ntocsin: 1\n", [("TOC-E011", 24, 1)]),
    ("control character", EDGES + "description: a\x1bb\n", [("TOC-E029", 24, 15)]),
    ("number too large",
     "  x1:\n    kind: set\n    values:\n      a: 9007199254740993\n" + EDGES, [("TOC-E014", 24, 10)]),
    ("later feature", "  x1:\n    kind: action\n    use: a.b\n    locks: [host]\n" + EDGES, [("TOC-E023", 24, 5)]),
    ("layout that is none", EDGES + "layout:\n  alert: [0, far]\n", [("TOC-E014", 25, 14)]),
    ("body that is missing", "  x1:\n    kind: for_each\n    in: \"[1]\"\n" + EDGES, [("TOC-E013", 21, 3)]),
    ("all at once",
     "  x1:\n    kind: acton\n  x2:\n    kind: end\n    stop: 1\n"
     "    mesage: m\nedges:\n- alert -> x3\n- risky.no -> x2\n",
     [("TOC-E020", 22, 11), ("TOC-E014", 25, 11), ("TOC-E012", 26, 5), ("TOC-E021", 28, 3), ("TOC-E022", 29, 3)]),
]  # fmt: skip


@pytest.mark.parametrize(("tail", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_says_what_is_wrong_at_its_exact_line_and_column(tail, expected):
    assert LINES == 20
    file = read_playbook(HEAD + tail, "bad.yaml")
    assert [(problem.code, problem.line, problem.column) for problem in file.problems] == expected
    assert file.playbook is None
    assert all(problem.message and problem.file == "bad.yaml" for problem in file.problems)


@pytest.mark.parametrize(
    ("tail", "hint"),
    [
        ("  x1:\n    kind: end\n    mesage: hi\n" + EDGES, "Did you mean “message”?"),
        ("  x1:\n    kind: acton\n" + EDGES, "Did you mean “action”?"),
        (EDGES + "- risky.tru -> look\n", "Did you mean “true”?"),
        (EDGES + "- lok -> risky\n", "Did you mean “look”?"),
        ("  x1:\n    kind: action\n    use: a.b\n    retry:\n      dely: 1s\n" + EDGES, "Did you mean “delay”?"),
        ("  x1:\n    kind: join\n    need: evry\n" + EDGES, "Did you mean “every”?"),
        ("  x1:\n    kind: end\n    message: {{ a }}\n" + EDGES, 'Put it in double quotes: "{{ … }}".'),
    ],
)
def test_offers_the_close_word(tail, hint):
    assert [problem.hint for problem in read_playbook(HEAD + tail, "bad.yaml").problems] == [hint]


def test_windows_line_ends_and_a_byte_order_mark_change_no_place():
    text = HEAD + "  x1:\n    kind: end\n    mesage: hi\n" + EDGES
    file = read_playbook(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "bad.yaml")
    assert [(problem.code, problem.line, problem.column) for problem in file.problems] == [("TOC-E012", 23, 5)]


def test_bytes_that_are_no_utf8_are_refused_with_their_place():
    file = read_playbook((HEAD + EDGES).encode() + b"description: \xff\n", "bad.yaml")
    assert [(problem.code, problem.line, problem.column) for problem in file.problems] == [("TOC-E029", 24, 14)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tocsin: 2\nid: a\nsomething: new\n", "TOC-E019"),
        ("tocsin: one\nid: a\n", "TOC-E014"),
        ("id: a\nnodes: {}\n", "TOC-E024"),
        ("just text", "TOC-E024"),
        ("", "TOC-E024"),
        ("- a\n", "TOC-E024"),
    ],
)
def test_what_is_no_playbook_of_this_version_is_judged_no_further(text, code):
    file = read_playbook(text, "other.yaml")
    assert [problem.code for problem in file.problems] == [code]
    assert file.playbook is None
