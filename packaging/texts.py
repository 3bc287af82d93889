"""Collects and compiles the texts that people read.   texts.py [--check]

Writes `resources/locale/tocsin.pot` from the sources and the data files, takes it over into the `.po` of each language
(what is translated stays, what is gone goes) and compiles the `.mo` beside it. `--check` writes nothing and ends with
status 1 when a file is not what it would be. The same input gives the same bytes.
"""

from __future__ import annotations

import ast
import inspect
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "tocsin"
RESOURCES = ROOT / "resources"
LOCALE = RESOURCES / "locale"
HEAD = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# Keys of a description under which no words stand, but what is sent and computed.
SENT = {"json", "form", "query", "headers", "sample", "with", "output", "examples", "default", "enum", "steps"}
# What click says by itself in the commands that there are (`cli.helping` gives it our catalogue).
CLICK = (
    ("Usage:", ""),
    ("Options", ""),
    ("Commands", ""),
    ("Show the version and exit.", ""),
    ("Show this message and exit.", ""),
    ("default: {default}", ""),
    ("Missing argument", ""),
    ("Missing option", ""),
    ("Missing command.", ""),
    ("No such command {name!r}.", ""),
    ("No such option {name!r}.", ""),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Invalid value: {message}", ""),
    ("Invalid value for {param_hint}: {message}", ""),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Option {name!r} does not take a value.", ""),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("{value!r} is not a valid {number_type}.", ""),
    ("{value} is not in the range {range}.", ""),
    ("{name} {filename!r} does not exist.", ""),
    ("{name} {filename!r} is a directory.", ""),
    ("{name} {filename!r} is a file.", ""),
    ("{name} {filename!r} is not readable.", ""),
    ("file", ""),
    ("directory", ""),
    ("path", ""),
)
# Functions that say a text: how many words name it.
SAYING = {"_": 1, "in_context": 2}
# Functions that say a number with its noun: (number, one, many or "").
COUNTING = {"counted", "count_of"}
_MAGIC = 0x950412DE
_BEFORE_TEXT = "\4"


@dataclass(frozen=True)
class Entry:
    """One text with its translations.

    Attributes:
        one: The English text.
        many: Its plural, or "".
        said: The translation, or both; "" where there is none.
        files: Where it stands.
        context: In which of several senses, or "".
    """

    one: str
    many: str = ""
    said: tuple[str, ...] = ("",)
    files: tuple[str, ...] = ()
    context: str = ""

    @property
    def key(self) -> str:
        """What gettext finds it by."""
        return f"{self.context}{_BEFORE_TEXT}{self.one}" if self.context else self.one


def collect() -> dict[str, Entry]:
    """Return every text, in the order of files and places."""
    found: dict[str, Entry] = {}
    of_click = (("click", one, many) for one, many in CLICK)
    for name, key, many in (*_in_sources(), *_in_data(), *of_click):
        context, _, one = key.rpartition(_BEFORE_TEXT)
        before = found.get(key, Entry(one))
        many = many or before.many
        files = before.files if name in before.files else (*before.files, name)
        found[key] = Entry(one, many, ("", "") if many else ("",), files, context)
    return found


def _in_sources() -> Iterator[tuple[str, str, str]]:
    for path in sorted(SOURCES.rglob("*.py")):
        name = str(path.relative_to(ROOT))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            called = call.func.id if isinstance(call.func, ast.Name) else ""
            words = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if len(words) >= SAYING.get(called, len(words) + 1):
                yield name, _BEFORE_TEXT.join(words[: SAYING[called]]), ""
            elif called == "plural" and len(words) == 2:
                yield name, words[0], words[1]
            elif called in COUNTING or getattr(call.func, "attr", "") in COUNTING:
                yield from ((name, one, many) for one, many in _nouns(words))
            elif called == "TableCard":
                pairs = [part for part in call.args if isinstance(part, ast.Tuple) and len(part.elts) == 2]
                yield name, *(str(ast.literal_eval(noun)) for noun in pairs[0].elts)
        if "/cli/" in name:
            yield from ((name, text, "") for text in _helps(tree))


def _nouns(words: list[str]) -> Iterator[tuple[str, str]]:
    """The noun that a count is said with, and its plural as the function makes it."""
    if words:
        yield words[0], words[1] if len(words) > 1 else f"{words[0]}s"


def _helps(tree: ast.Module) -> Iterator[str]:
    """The helps of commands and options, which `cli.help` translates when they are shown."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            makers = [ast.unparse(maker) for maker in node.decorator_list]
            if any("command(" in maker or "group(" in maker for maker in makers):
                yield inspect.cleandoc(ast.get_docstring(node) or node.name)
        if isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _in_data() -> Iterator[tuple[str, str, str]]:
    for path in (RESOURCES / "vocabulary.yaml", *sorted((RESOURCES / "connectors").glob("*.yaml"))):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        document.pop("title", None) if "tocsin_connector" in document else None  # the product's own name
        yield from ((str(path.relative_to(ROOT)), text, "") for text in _described(document))
    for path in sorted((RESOURCES / "scenarios").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        goals = [goal if isinstance(goal, str) else goal["say"] for goal in document.get("goals", ())]
        yield from ((str(path.relative_to(ROOT)), text, "") for text in (document["title"], *goals))
    for path in sorted((ROOT / "playbooks").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "name" in document:
            summary = " ".join(document.get("description", "").split()).partition(". ")[0].rstrip(".")
            yield from ((str(path.relative_to(ROOT)), text, "") for text in (document["name"], summary) if text)


def _described(part: Any) -> Iterator[str]:  # noqa: ANN401  YAML
    """The titles and helps in a description."""
    if isinstance(part, list):
        for item in part:
            yield from _described(item)
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"title", "help"} and isinstance(value, str):
                yield value
            elif key not in SENT:
                yield from _described(value)


def write_po(entries: dict[str, Entry], language: str = "") -> str:
    """Return the text of a `.po`, or of the template when no language is told."""
    head = HEAD | ({"Language": language} if language else {})
    lines = ['msgid ""', 'msgstr ""', *(_quoted(f"{name}: {value}\n") for name, value in head.items()), ""]
    for entry in entries.values():
        lines += [f"#: {name}" for name in entry.files]
        if "{" in entry.one:
            lines.append("#, python-brace-format")
        if entry.context:
            lines.append(f"msgctxt {_quoted(entry.context)}")
        lines.append(f"msgid {_quoted(entry.one)}")
        if entry.many:
            lines.append(f"msgid_plural {_quoted(entry.many)}")
            lines += [f"msgstr[{place}] {_quoted(text)}" for place, text in enumerate(entry.said)]
        else:
            lines.append(f"msgstr {_quoted(entry.said[0])}")
        lines.append("")
    return "\n".join(lines)


def read_po(text: str) -> dict[str, Entry]:
    """Return what a `.po` says, without its head."""
    found: dict[str, Entry] = {}
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("msg"):
                key, _, line = line.partition(" ")
            if key and line.startswith('"'):
                parts[key] = parts.get(key, "") + ast.literal_eval(line)
        one = parts.get("msgid", "")
        if one:
            said = (parts["msgstr[0]"], parts["msgstr[1]"]) if "msgid_plural" in parts else (parts.get("msgstr", ""),)
            entry = Entry(one, parts.get("msgid_plural", ""), said, context=parts.get("msgctxt", ""))
            found[entry.key] = entry
    return found


def merge(entries: dict[str, Entry], before: dict[str, Entry]) -> dict[str, Entry]:
    """Return the entries with what was translated before."""
    return {
        key: replace(entry, said=before[key].said)
        if key in before and len(before[key].said) == len(entry.said)
        else entry
        for key, entry in entries.items()
    }


def compile_mo(entries: dict[str, Entry], language: str) -> bytes:
    """Return the `.mo` of what is translated (GNU gettext manual, section 11.3)."""
    head = "".join(f"{name}: {value}\n" for name, value in (HEAD | {"Language": language}).items())
    texts = {b"": head.encode()}
    for entry in entries.values():
        if all(entry.said):
            texts[entry.key.encode()] = entry.said[0].encode()
            if entry.many:
                texts[f"{entry.key}\0{entry.many}".encode()] = "\0".join(entry.said).encode()
    rows = sorted(texts.items())
    keys, values = b"".join(key + b"\0" for key, _ in rows), b"".join(value + b"\0" for _, value in rows)
    at_keys = 28 + 16 * len(rows)
    tables = [[], []]
    places = [at_keys, at_keys + len(keys)]
    for row in rows:
        for side in (0, 1):
            tables[side] += [len(row[side]), places[side]]
            places[side] += len(row[side]) + 1
    numbers = [_MAGIC, 0, len(rows), 28, 28 + 8 * len(rows), 0, at_keys, *tables[0], *tables[1]]
    return struct.pack(f"<{len(numbers)}I", *numbers) + keys + values


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def files() -> dict[Path, bytes]:
    """Return every file as it should be."""
    entries = collect()
    made = {LOCALE / "tocsin.pot": write_po(entries).encode()}
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        po = folder / "LC_MESSAGES" / "tocsin.po"
        translated = merge(entries, read_po(po.read_text(encoding="utf-8")) if po.is_file() else {})
        made[po] = write_po(translated, folder.name).encode()
        made[po.with_suffix(".mo")] = compile_mo(translated, folder.name)
    return made


def main() -> int:
    """Write or check the files."""
    made = files()
    stale = [path for path, data in made.items() if not path.is_file() or path.read_bytes() != data]
    for path in stale:
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_bytes(made[path])
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
