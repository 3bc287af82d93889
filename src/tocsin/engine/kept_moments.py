"""A moment of a run as bytes and back: what the journal keeps of a long run, so that opening it folds only the rest.

A kept moment can always be made again from the events. One of another version, or one that is damaged, counts as none.
The form is JSON, packed: a head, which holds what every face shows, and `pages` of what is asked for path by path. In
the head paths stand once, in the order in which they were heard of, and how they stand is told by number, for most
items of a loop stand alike.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import chain
from operator import attrgetter
from typing import Any, Final

import orjson

from tocsin.base.json_types import Json
from tocsin.engine.details import Attempt, ItemFacts, Look, Origin, RunDetails
from tocsin.engine.events import NodeState, RunStatus
from tocsin.engine.moments import Moment
from tocsin.engine.pages import QUICK, Paged, write_pages
from tocsin.engine.progress import Change, ItemCounts, NodeStatus, OpenQuestion, QuestionOption, RunProgress

MOMENT_VERSION: Final = 2
_BYTES: Final = 4
"""How long the checksum is that the whole begins with, and the length that each part begins with."""
_TOLD: Final = ("effect", "connection", "action")
"""What is still asked of the beginning of an attempt, where it changes something."""
_PROGRESS: Final = ("run", "mode", "is_paused", "error", "started_at", "ended_at")
_DETAILS: Final = ("items_changed", "_lists")
"""What is JSON as it is."""
_DAMAGED: Final = "not as it was written"


def pack_moment(moment: Moment) -> bytes:
    """Return a moment as bytes of this version."""
    packed = [zlib.compress(part, QUICK) for part in _write(moment)]
    body = b"".join(len(part).to_bytes(_BYTES, "big") + part for part in packed)
    return zlib.crc32(body).to_bytes(_BYTES, "big") + body


def is_packed(moment: Moment, data: bytes) -> bool:
    """Tell whether these bytes are this moment's."""
    try:
        return [zlib.decompress(part) for part in _parts(data)] == _write(moment)
    except (zlib.error, ValueError):
        return False


def unpack_moment(data: bytes) -> Moment | None:
    """Return the moment that was packed; None when the bytes are damaged."""
    try:
        parts = _parts(data)
        told = orjson.loads(zlib.decompress(next(parts)))
        pages = {name: [next(parts) for _ in range(count)] for name, count in told["pages"].items()}
        return Moment(_unpack_progress(told["progress"], pages), _unpack_details(told["details"], pages))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration):
        return None


def _write(moment: Moment) -> list[bytes]:
    """Return the head and the pages."""
    progress, details = moment.progress.lay_out(), moment.details.lay_out()
    started, settled = progress["_started"].items(), details["_settled"].items()
    by_path: dict[str, Mapping[str, Any]] = {
        "outputs": progress["_outputs"],
        "changing": {path: {name: data[name] for name in _TOLD} for path, data in started if data["effect"] != "read"},
        "attempts": {path: [*map(_of_attempt, own)] for path, own in details["_attempts"].items()},
        "inputs": details["_inputs"],
        "explained": {path: {"explain": data["explain"]} for path, data in settled},
    }
    pages = {name: write_pages(own) for name, own in by_path.items()}
    head = {
        "progress": _pack_progress(moment.progress),
        "details": _pack_details(moment.details),
        "pages": {name: len(own) for name, own in pages.items()},
    }
    return [orjson.dumps(head), *chain.from_iterable(pages.values())]


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield what `pack_moment` joined.

    Raises:
        ValueError: The bytes are damaged.
    """
    place = _BYTES
    if int.from_bytes(data[:place], "big") != zlib.crc32(memoryview(data)[place:]):
        raise ValueError(_DAMAGED)
    while place < len(data):
        start = place + _BYTES
        place = start + int.from_bytes(data[place:start], "big")
        yield data[start:place]


def _facts(kind: type[Any]) -> attrgetter[tuple[Any, ...]]:
    """Return what gives the fields of a dataclass of this kind, in order."""
    return attrgetter(*(field.name for field in fields(kind)))


_of_status, _of_counts, _of_change = _facts(NodeStatus), _facts(ItemCounts), _facts(Change)
_of_question, _of_option, _of_origin = _facts(OpenQuestion), _facts(QuestionOption), _facts(Origin)
_of_attempt, _of_look, _of_item = _facts(Attempt), _facts(Look), _facts(ItemFacts)


class _Statuses:
    """Statuses as numbers of shapes, and their two times: these differ from item to item, the rest seldom does."""

    def __init__(self) -> None:
        self.shapes: dict[tuple[Any, ...], int] = {}

    def pack(self, statuses: Iterable[NodeStatus]) -> list[tuple[int, ...]]:
        """Return all shapes, all beginnings and all ends."""
        return [*zip(*map(self._pack, statuses), strict=True)] or [(), (), ()]

    def _pack(self, status: NodeStatus) -> tuple[int, int, int]:
        state, ports, attempts, summary, reason, counts, started_at, ended_at, *rest = _of_status(status)
        shape = (state, ports, attempts, summary, reason, counts and _of_counts(counts), *rest)
        return self.shapes.setdefault(shape, len(self.shapes)), started_at, ended_at


def _read_statuses(shapes: Sequence[Any], packed: Iterable[Sequence[int]]) -> list[NodeStatus]:
    read: list[tuple[Sequence[Any], Sequence[Any]]] = []
    for state, ports, attempts, summary, reason, counts, *rest, flags in shapes:
        shown = ItemCounts(*counts) if counts else None
        read.append(([NodeState(state), tuple(ports), attempts, summary, reason, shown], [*rest, tuple(flags)]))
    stands, began, ended = packed
    statuses: list[NodeStatus] = []
    for shape, started_at, ended_at in zip(stands, began, ended, strict=True):
        before, after = read[shape]
        facts: list[Any] = [*before, started_at, ended_at, *after]
        statuses.append(NodeStatus(*facts))
    return statuses


def _pack_progress(progress: RunProgress) -> dict[str, Any]:
    known, statuses = progress.lay_out(), _Statuses()
    by_path: Mapping[str, NodeStatus] = known["_by_path"]
    places, nodes = {path: place for place, path in enumerate(by_path)}, sorted(progress.statuses)
    return {
        **{name: known[name] for name in _PROGRESS},
        "status": progress.status,
        "paths": list(by_path),
        "by_node": {node: [places[path] for path in own] for node, own in known["_paths"].items()},
        "statuses": statuses.pack(by_path.values()),
        "nodes": nodes,
        "shown": statuses.pack(map(progress.status_of, nodes)),
        "shapes": list(statuses.shapes),
        "by_state": {
            node: [[state, [places[path] for path in paths]] for state, paths in by_state.items()]
            for node, by_state in known["_by_state"].items()
        },
        "questions": [_pack_question(question) for question in progress.questions.values()],
        "changes": _pack_changes(known["_changes"].values(), places),
    }


def _unpack_progress(told: Mapping[str, Any], pages: Mapping[str, Sequence[bytes]]) -> RunProgress:
    paths: list[str] = told["paths"]
    statuses = _read_statuses(told["shapes"], told["statuses"])
    shown = _read_statuses(told["shapes"], told["shown"])
    progress = RunProgress(told["run"])
    progress.take_over(
        {name: told[name] for name in _PROGRESS}
        | {
            "status": RunStatus(told["status"]),
            "questions": {question.ask: question for question in map(_read_question, told["questions"])},
            "_by_path": dict(zip(paths, statuses, strict=True)),
            "_paths": {node: [*map(paths.__getitem__, own)] for node, own in told["by_node"].items()},
            "_by_state": {
                node: {state and NodeState(state): dict.fromkeys(map(paths.__getitem__, own)) for state, own in states}
                for node, states in told["by_state"].items()
            },
            "_shown": dict(zip(told["nodes"], shown, strict=True)),
            "_changes": _read_changes(told["changes"], paths),
            "_outputs": Paged(pages["outputs"], _as_it_is),
            "_started": Paged(pages["changing"], _as_it_is),
        }
    )
    return progress


def _pack_changes(changes: Iterable[Change], places: Mapping[str, int]) -> dict[str, Any]:
    """Return where changes were, and by number what they were: most items of a loop do the same."""
    shapes: dict[tuple[Any, ...], int] = {}
    kinds = {places[change.path]: shapes.setdefault(_of_change(change)[1:], len(shapes)) for change in changes}
    return {"places": list(kinds), "kinds": list(kinds.values()), "shapes": list(shapes)}


def _read_changes(told: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Change]:
    places: list[int] = told["places"]
    own = zip(map(paths.__getitem__, places), told["kinds"], strict=True)
    return {path: Change(path, *told["shapes"][kind]) for path, kind in own}


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
        "looks": {path: [_of_look(each) for each in own] for path, own in known["_looks"].items()},
        "items": {path: _pack_items(own.values()) for path, own in known["_items"].items()},
    }


def _unpack_details(told: Mapping[str, Any], pages: Mapping[str, Sequence[bytes]]) -> RunDetails:
    details = RunDetails()
    details.take_over(
        {name: told[name] for name in _DETAILS}
        | {
            "origin": Origin(*told["origin"]),
            "_attempts": Paged(pages["attempts"], _read_attempts),
            "_inputs": Paged(pages["inputs"], _as_it_is),
            "_settled": Paged(pages["explained"], _as_it_is),
            "_looks": {path: tuple(Look(*each) for each in own) for path, own in told["looks"].items()},
            "_items": {path: _read_items(own) for path, own in told["items"].items()},
        }
    )
    return details


def _as_it_is(fact: Json) -> Json:
    return fact


def _read_attempts(packed: Iterable[Sequence[Any]]) -> tuple[Attempt, ...]:
    attempts: Iterable[list[Any]] = ([*facts, tuple(requests)] for *facts, requests in packed)
    return tuple(Attempt(*facts) for facts in attempts)


def _pack_items(items: Collection[ItemFacts]) -> dict[str, Any]:
    """Return the items of a loop by columns; most stand alike and hardly any has an error."""
    states = list(dict.fromkeys(item.state for item in items))
    indexes, keys, stands, began, ended, errors = zip(*map(_of_item, items), strict=True)
    return {
        "states": states,
        "columns": [indexes, keys, [*map(states.index, stands)], began, ended],
        "errors": [(place, error) for place, error in enumerate(errors) if error is not None],
    }


def _read_items(told: Mapping[str, Any]) -> dict[int, ItemFacts]:
    indexes, keys, stands, began, ended = told["columns"]
    states, errors = [*map(NodeState, told["states"])], [None] * len(indexes)
    for place, error in told["errors"]:
        errors[place] = error
    items = map(ItemFacts, indexes, keys, map(states.__getitem__, stands), began, ended, errors)
    return dict(zip(indexes, items, strict=True))
