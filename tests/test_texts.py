"""Every text that people read can be translated, and the German ones are all there."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "tocsin"
SPEC = importlib.util.spec_from_file_location("packaging_texts", ROOT / "packaging" / "texts.py")
texts = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = texts  # its dataclass looks itself up
SPEC.loader.exec_module(texts)
PO = texts.LOCALE / "de" / "LC_MESSAGES" / "tocsin.po"

# Calls whose words are for developers, for Qt or for files.
UNSEEN = {
    "_", "plural", "in_context", "cast", "TypeVar", "compile", "debug", "info", "warning", "error", "exception",
    "critical", "ValueError", "TypeError", "RuntimeError", "LookupError", "AssertionError", "IndexError", "KeyError",
    "OSError", "setProperty", "Part", "version_option", "option", "setWindowTitle",
}  # fmt: skip
# Sentences in the code that nobody reads as words, by module.
NO_WORDS = {
    "ui/node_list/new_nodes.py": "a sample event, as a product sends it",
    "ui/lab/words.py": "states of the simulated products",
    "ui/forms/cron.py": "what the library's errors begin with",
    "ui/theme/fonts.py": "names of fonts",
    "ui/canvas/silhouettes.py": "paths",
}
SENTENCE = re.compile(r"^[A-Z“][^<>=|_]* [a-z]{2,}")


@cache
def entries():
    return texts.read_po(PO.read_text(encoding="utf-8"))


def names_in(text):
    return sorted((name, spec, turn) for _, name, spec, turn in Formatter().parse(text) if name is not None)


def said(entry):
    """Each translation beside its source."""
    return zip((entry.one, entry.many), entry.said, strict=False)


def test_the_files_of_texts_are_what_sources_and_data_say():
    stale = [path.name for path, data in texts.files().items() if not path.is_file() or path.read_bytes() != data]
    assert stale == [], "run packaging/texts.py, then translate what is new in tocsin.po, then run it again"


def test_every_text_is_said_in_german():
    assert [entry.one for entry in entries().values() if not all(entry.said)] == []


def test_a_translation_takes_the_same_facts():
    def facts(text):
        try:
            return names_in(text)
        except ValueError:  # braces that are no places for facts
            return []

    wrong = [
        (source, german)
        for entry in entries().values()
        for source, german in said(entry)
        if facts(german) != facts(source) and not (entry.many and set(facts(german)) < set(facts(source)))
    ]
    assert wrong == []


def test_a_translation_begins_and_ends_as_its_source_does():
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], text.rstrip()[-1:] == "…"

    assert [entry.one for entry in entries().values() for one, de in said(entry) if edges(one) != edges(de)] == []


def test_german_speaks_to_nobody_by_name_and_quotes_as_german_does():
    polite = re.compile(r"(?<=[a-zäöüß,] )(Sie|Ihr|Ihre|Ihnen|Ihren)\b|\b[Bb]itte\b|”")
    assert [german for entry in entries().values() for _, german in said(entry) if polite.search(german)] == []


def unseen(node, parents):
    """Whether a text stands where nobody reads it: in a docstring, a log line, a comparison, an annotation."""
    above = parents.get(node)
    if isinstance(above, ast.Expr | ast.Compare | ast.Subscript | ast.MatchValue):
        return True
    while above is not None:
        if isinstance(above, ast.Call):
            called = getattr(above.func, "attr", getattr(above.func, "id", ""))
            if called in UNSEEN:
                return True
        if isinstance(above, ast.FunctionDef) and node in above.decorator_list:
            return True
        if isinstance(above, ast.AnnAssign) and above.annotation is node:
            return True
        node, above = above, parents.get(above)
    return False


@pytest.mark.parametrize("room", ["ui", "cli"])
def test_no_visible_sentence_is_left_in_english(room):
    found = []
    for path in sorted((PACKAGE / room).rglob("*.py")):
        if str(path.relative_to(PACKAGE)) in NO_WORDS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        found += [
            f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SENTENCE.match(node.value)
            and not unseen(node, parents)
        ]
    assert found == []


MARKED = """
import json
from tocsin.base import texts

class Marker:
    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context, message):
        return self.gettext(message)

texts.speak("xx", Marker())
from tocsin.checks import CHECKS
from tocsin.cli.main import COMMANDS
from tocsin.ui.actions.canvas_keys import CANVAS_KEYS
from tocsin.ui.actions.spec import Menu
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.dialogs.settings.appearance_page import QUESTIONS
from tocsin.ui.forms.words import Group
from tocsin.ui.run_dock.words import STATUS_WORDS
from tocsin.ui.tour.steps import STEPS

said = {
    "actions": [row.title for row in ACTIONS],
    "menus": list(Menu),
    "keys of the canvas": [key.does for key in CANVAS_KEYS],
    "settings": [question.title for question in QUESTIONS],
    "sections": list(Group),
    "states": list(STATUS_WORDS.values()),
    "tour": [step.title for step in STEPS],
    "commands": list(COMMANDS.values()),
    "checks": [text for info in CHECKS.values() for text in (info.title, info.why)],
}
left = {place: [text for text in found if text and text[0] != "⟦"] for place, found in said.items()}
print(json.dumps(left))
"""


def test_every_table_speaks_the_language_that_was_chosen_before_it_was_imported():
    done = subprocess.run([sys.executable, "-c", MARKED], capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stderr
    assert {place: left for place, left in json.loads(done.stdout).items() if left} == {}


def test_no_two_rows_of_a_menu_are_called_alike_in_german():
    code = (
        "import json; from tocsin.base import texts; texts.choose('de', {}); "
        "from tocsin.ui.actions.table import ACTIONS; "
        "print(json.dumps([[str(row.menu), row.title] for row in ACTIONS if isinstance(row.title, str)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=True)
    rows = [tuple(row) for row in json.loads(done.stdout)]
    assert [row for row in rows if rows.count(row) > 1] == []
