"""Playbooks as files: read with every fault at once, written so that people can review and merge them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place as FilePlace
from tocsin.base.json_types import Json
from tocsin.base.texts import _, going_on
from tocsin.formats.findings import At, Findings, read_head
from tocsin.formats.graph_reading import REFUSED, GraphReader, judge_refused
from tocsin.formats.yaml_text import MAX_BYTES, YamlText, bytes_of, read_yaml, too_large
from tocsin.formats.yaml_tree import Marks
from tocsin.formats.yaml_writing import Flow, Quoted, Writable, write_yaml
from tocsin.model.document import HEAD, to_document
from tocsin.model.faults import parse_value
from tocsin.model.playbook import FORMAT_VERSION, Graph, LoopNode, Playbook, walk_nodes
from tocsin.model.problems import CheckCode, Problem, Severity
from tocsin.model.slots import slots_of
from tocsin.model.values import Place, Value

_KEY: Final = "tocsin"
_TOP: Final = (_KEY, *HEAD, "nodes", "edges", "layout", "x")


@dataclass(frozen=True, slots=True)
class PlaybookFile:
    """What a file says.

    Attributes:
        playbook: The playbook; None when a fault leaves none.
        problems: Everything found, from the top of the file to its end. A playbook may be there beside problems: the
            run refuses it, the editor shows it.
        file: The file's name as given.
        places: Keys and indexes → where they stand.
        node_places: Node id → the keys that lead to it.
        has_comments: Whether saving would lose some.
    """

    playbook: Playbook | None
    problems: tuple[Problem, ...]
    file: str = ""
    places: Mapping[Place, Marks] = field(default_factory=dict[Place, Marks])
    node_places: Mapping[str, Place] = field(default_factory=dict[str, Place])
    has_comments: bool = False


def read_playbook(source: str | bytes, file: str) -> PlaybookFile:
    """Read a playbook. Never raises for what the text says, and evaluates nothing.

    Args:
        source: The file's text, or its bytes in UTF-8.
        file: Its name for problems, as the user gave it.
    """
    text = read_yaml(source, file)
    found = Findings(text, file)
    data = read_head(found, text, _KEY, _("a playbook"), newest=FORMAT_VERSION)
    if data is None:
        return PlaybookFile(None, found.problems, file, text.places)
    head = _read_head_fields(found, data)
    reader = GraphReader(found)
    parts = {"graph": reader.read(data, ()), "layout": reader.read_layout(data.get("layout"))}
    playbook = head.model_copy(update=parts) if head is not None else None
    _note_comments(found, text, playbook, reader.places)
    return PlaybookFile(
        None if found.blocked else playbook,
        found.problems,
        file,
        text.places,
        reader.places,
        has_comments=bool(text.comments),
    )


def load_playbook(path: Path) -> PlaybookFile:
    """Read a playbook from disk. What cannot be read is a problem, not an exception; a huge file is not read."""
    file = str(path)
    try:
        if not path.is_file():
            return PlaybookFile(None, (_unreadable(file, _("There is no such file")),), file)
        if path.stat().st_size > MAX_BYTES:
            return PlaybookFile(None, (too_large(file),), file)
        content = bytes_of(path)  # it may be growing
    except OSError as error:
        return PlaybookFile(None, (_unreadable(file, error.strerror or _("It cannot be read")),), file)
    return read_playbook(content, file)


def save_playbook(path: Path, playbook: Playbook) -> bytes:
    """Write a playbook whole or not at all; return the file's new content.

    What saving would lose of the old text, its comments or what was no playbook, stays beside it as `NAME.yaml~`
    (definitions.md D14).

    Raises:
        OSError: The disk or the permissions refuse it. The old file stands.
    """
    if path.is_file():
        old = path.read_bytes()
        text = read_yaml(old, str(path))
        if text.comments or text.problems:
            write_atomically(path.with_name(f"{path.name}~"), old)
    content = write_playbook(playbook).encode()
    write_atomically(path, content)
    return content


def write_playbook(playbook: Playbook) -> str:
    """Return the text of a playbook: keys in a fixed order, one field and one edge a line, the layout last.

    `read_playbook` gives an equal playbook back.
    """
    document: dict[str, Any] = to_document(playbook)
    _quote(document, playbook)
    _prepare_graph(document, playbook.graph)
    layout: Mapping[str, Json] = document.get("layout", {})
    ordered: dict[str, Writable] = {key: value for key, value in document.items() if key != "layout"}
    if layout:
        ordered["layout"] = {name: Flow(place) for name, place in layout.items()}
    return write_yaml(ordered)


def place_of(file: PlaybookFile, node: str, field_path: str = "") -> FilePlace:
    """Return where a node, or a field of it, stands in the file: for checks, which know no lines.

    Args:
        file: The file as read.
        node: The node's id; "" for the playbook's head.
        field_path: The field as problems name it: `with.ip`, `cases.0.when`; "" for the node itself.
    """
    root = file.node_places.get(node, ()) if node else ()
    place = root
    for part in field_path.split(".") if field_path else ():
        longer = (*place, int(part)) if part.isdecimal() and (*place, int(part)) in file.places else (*place, part)
        if longer not in file.places:
            break
        place = longer
    marks = file.places.get(place)
    if marks is None or (node and not root):
        return FilePlace(file.file)
    mark = marks.key if place == root else marks.value
    return FilePlace(file.file, mark.line, mark.column)


def _read_head_fields(found: Findings, data: Mapping[str, Json]) -> Playbook | None:
    found.known_keys(data, (*_TOP, *REFUSED), ())
    judge_refused(found, data, ())
    head, faults = parse_value(Playbook, {key: value for key, value in data.items() if key in {*HEAD, "x"}})
    found.faults(faults, ())
    return head


def _note_comments(found: Findings, text: YamlText, playbook: Playbook | None, nodes: Mapping[str, Place]) -> None:
    if not text.comments:
        return
    hint = _("Write them as notes. The first save keeps the old text beside the file, with “~” after its name.")
    message = _("This file has comments, and saving keeps none of them.")
    found.note(CheckCode.COMMENTS_LOST, At(mark=text.comments[0].mark), message, hint, severity=Severity.WARNING)
    owners = dict(_slot_places(playbook, nodes)) if playbook is not None else {}
    message = _("What follows “#” is a comment here, not part of the expression.")
    hint = _("Put the expression in double quotes if it belongs to it.")
    for comment in text.comments:
        if comment.after is not None and comment.after in owners:
            at = At(comment.after, owners[comment.after], mark=comment.mark)
            found.note(CheckCode.COMMENT_AFTER_EXPRESSION, at, message, hint, severity=Severity.WARNING)


def _slot_places(playbook: Playbook, nodes: Mapping[str, Place]) -> Iterator[tuple[Place, Place]]:
    """(Place of a slot in the file, place of its node or ()) for every expression and template."""
    for slot in slots_of(playbook):
        yield slot.place, ()
    for name, node in walk_nodes(playbook.graph):
        for slot in slots_of(node):
            yield (*nodes[name], *slot.place), nodes[name]


def _unreadable(file: str, reason: str) -> Problem:
    message = _("This file cannot be read: {reason}.").format(reason=going_on(reason))
    return Problem(ErrorCode.NOT_READABLE, Severity.ERROR, message, hint=_("Check the name and the rights."), file=file)


def _prepare_graph(document: dict[str, Any], graph: Graph) -> None:
    """Mark in a graph's document what has a style of its own: expressions, and edges that say more than their ends."""
    edges: list[Json] = document["edges"]
    document["edges"] = [edge if isinstance(edge, str) else Flow(edge) for edge in edges]
    for name, node in graph.nodes.items():
        fields = document["nodes"][name]
        _quote(fields, node)
        if isinstance(node, LoopNode):
            _prepare_graph(fields["body"], node.body)


def _quote(document: dict[str, Any], owner: Value) -> None:
    """Mark every expression and template in the owner's document. Those at their defaults are not in it."""
    for slot in slots_of(owner):
        at: Any = document
        if slot.place[0] in document:
            for part in slot.place[:-1]:
                at = at[part]
            at[slot.place[-1]] = Quoted(slot.text)
