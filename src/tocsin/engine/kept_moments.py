"""A moment of a run as bytes and back: what the journal keeps of a long run, so that opening it folds only the rest.

A kept moment can always be made again from the events. One of another version, or one that is damaged, counts as none.
The form is JSON, packed: paths stand once, in the order in which they were heard of, and how they stand is told by
number, for most items of a loop stand alike.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

import orjson

from tocsin.engine.details import Attempt, ItemFacts, Look, Origin, RunDetails
from tocsin.engine.events import NodeState, RunStatus, static_id
from tocsin.engine.moments import Moment
from tocsin.engine.progress import Change, ItemCounts, NodeStatus, OpenQuestion, QuestionOption, RunProgress

MOMENT_VERSION: Final = 1
_PACKING: Final = 1
"""The quickest of zlib's levels: a better one takes longer than folding."""
_TIMES: Final = 6
"""The place of a status' two times among its fields: they differ from item to item, the rest seldom does."""
_TOLD: Final = ("effect", "connection", "action")
"""What is still asked of the beginning of an attempt, where it changes something."""
_PROGRESS: Final = ("run", "mode", "is_paused", "error", "started_at", "ended_at", "_outputs")
_DETAILS: Final = ("items_changed", "_lists", "_inputs")
"""What is JSON as it is."""


def pack_moment(moment: Moment) -> bytes:
    """Return a moment as bytes of this version."""
    return zlib.compress(_write(moment), _PACKING)


def is_packed(moment: Moment, data: bytes) -> bool:
    """Tell whether these bytes are this moment's."""
    try:
        return zlib.decompress(data) == _write(moment)
    except zlib.error:
        return False


def _write(moment: Moment) -> bytes:
    return orjson.dumps({"progress": _pack_progress(moment.progress), "details": _pack_details(moment.details)})


def unpack_moment(data: bytes) -> Moment | None:
    """Return the moment that was packed; None when the bytes are damaged."""
    try:
        told = orjson.loads(zlib.decompress(data))
        return Moment(_unpack_progress(told["progress"]), _unpack_details(told["details"]))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _facts(kind: type[Any]) -> attrgetter[tuple[Any, ...]]:
    """Return what gives the fields of a dataclass of this kind, in order."""
    return attrgetter(*(field.name for field in fields(kind)))


_of_status, _of_counts, _of_change = _facts(NodeStatus), _facts(ItemCounts), _facts(Change)
_of_question, _of_option, _of_origin = _facts(OpenQuestion), _facts(QuestionOption), _facts(Origin)
_of_attempt, _of_look, _of_item = _facts(Attempt), _facts(Look), _facts(ItemFacts)


class _Statuses:
    """Statuses as numbers of shapes, and their times."""

    def __init__(self) -> None:
        self.shapes: dict[tuple[Any, ...], int] = {}

    def pack(self, status: NodeStatus) -> list[int]:
        state, ports, attempts, summary, reason, counts, *times_and_rest = _of_status(status)
        shape = (state, ports, attempts, summary, reason, counts and _of_counts(counts), *times_and_rest[2:])
        return [self.shapes.setdefault(shape, len(self.shapes)), *times_and_rest[:2]]


def _read_statuses(shapes: Sequence[Any], packed: Iterable[list[int]]) -> list[NodeStatus]:
    read: list[list[Any]] = []
    for state, ports, attempts, summary, reason, counts, *rest, flags in shapes:
        shown = ItemCounts(*counts) if counts else None
        read.append([NodeState(state), tuple(ports), attempts, summary, reason, shown, 0, 0, *rest, tuple(flags)])
    statuses: list[NodeStatus] = []
    for shape, *times in packed:
        facts = read[shape]
        facts[_TIMES : _TIMES + 2] = times
        statuses.append(NodeStatus(*facts))
    return statuses


def _pack_progress(progress: RunProgress) -> dict[str, Any]:
    known, statuses = progress.lay_out(), _Statuses()
    by_path: Mapping[str, NodeStatus] = known["_by_path"]
    places = {path: place for place, path in enumerate(by_path)}
    return {
        **{name: known[name] for name in _PROGRESS},
        "status": progress.status,
        "paths": list(by_path),
        "statuses": [statuses.pack(status) for status in by_path.values()],
        "shown": {node: statuses.pack(progress.status_of(node)) for node in sorted(progress.statuses)},
        "shapes": list(statuses.shapes),
        "by_state": {
            node: [[state, [places[path] for path in paths]] for state, paths in by_state.items()]
            for node, by_state in known["_by_state"].items()
        },
        "questions": [_pack_question(question) for question in progress.questions.values()],
        "changes": [_of_change(change) for change in known["_changes"].values()],
        "changing": {
            path: {name: data[name] for name in _TOLD}
            for path, data in known["_started"].items()
            if data["effect"] != "read"
        },
    }


def _unpack_progress(told: Mapping[str, Any]) -> RunProgress:
    paths: list[str] = told["paths"]
    statuses = _read_statuses(told["shapes"], told["statuses"])
    shown = _read_statuses(told["shapes"], told["shown"].values())
    by_node: dict[str, list[str]] = {}
    for path in paths:
        by_node.setdefault(static_id(path), []).append(path)
    progress = RunProgress(told["run"])
    progress.take_over(
        {name: told[name] for name in _PROGRESS}
        | {
            "status": RunStatus(told["status"]),
            "questions": {question.ask: question for question in map(_read_question, told["questions"])},
            "_by_path": dict(zip(paths, statuses, strict=True)),
            "_paths": by_node,
            "_by_state": {
                node: {state and NodeState(state): dict.fromkeys(map(paths.__getitem__, own)) for state, own in states}
                for node, states in told["by_state"].items()
            },
            "_shown": dict(zip(told["shown"], shown, strict=True)),
            "_changes": {change[0]: Change(*change) for change in told["changes"]},
            "_started": told["changing"],
        }
    )
    return progress


def _pack_question(question: OpenQuestion) -> list[Any]:
    ask, path, node, kind, text, options, *rest = _of_question(question)
    return [ask, path, node, kind, text, [_of_option(option) for option in options], *rest]


def _read_question(packed: Sequence[Any]) -> OpenQuestion:
    ask, path, node, kind, text, options, *rest = packed
    form, expires, asked_at, need, given, *intents = rest
    offered = tuple(QuestionOption(*option) for option in options)
    answers = tuple((by, option) for by, option in given)
    return OpenQuestion(ask, path, node, kind, text, offered, form, expires, asked_at, need, answers, *intents)


def _pack_details(details: RunDetails) -> dict[str, Any]:
    known = details.lay_out()
    return {
        **{name: known[name] for name in _DETAILS},
        "origin": _of_origin(details.origin),
        "attempts": {path: [_of_attempt(each) for each in own] for path, own in known["_attempts"].items()},
        "looks": {path: [_of_look(each) for each in own] for path, own in known["_looks"].items()},
        "items": {path: [_of_item(each) for each in own.values()] for path, own in known["_items"].items()},
        "explained": {path: {"explain": data["explain"]} for path, data in known["_settled"].items()},
    }


def _unpack_details(told: Mapping[str, Any]) -> RunDetails:
    details = RunDetails()
    details.take_over(
        {name: told[name] for name in _DETAILS}
        | {
            "origin": Origin(*told["origin"]),
            "_attempts": {path: tuple(map(_read_attempt, own)) for path, own in told["attempts"].items()},
            "_looks": {path: tuple(Look(*each) for each in own) for path, own in told["looks"].items()},
            "_items": {path: {each[0]: _read_item(each) for each in own} for path, own in told["items"].items()},
            "_settled": told["explained"],
        }
    )
    return details


def _read_attempt(packed: Sequence[Any]) -> Attempt:
    facts: list[Any] = [*packed[:-1], tuple(packed[-1])]
    return Attempt(*facts)


def _read_item(packed: Sequence[Any]) -> ItemFacts:
    index, key, state, *rest = packed
    return ItemFacts(index, key, NodeState(state), *rest)
