"""A run as one file: JSON lines in a fixed order, so that the same run always makes the same bytes.

The first line says what it is, then come the values that the run names, then its events in order, each as it is kept,
with the hash of the chain where a batch ends, and last a hash over all lines before. Bodies are texts in JSON, byte for
byte what the hashes cover. Nothing is packed and nothing names a file, so that a file from a stranger can neither blow
up nor land elsewhere.

    {"tocsin_run": 1, "run": "0190…", "masked": false}
    {"value": "SHA-256", "body": "…"}
    {"event": 1, "type": "run.created", "path": "", "body": "…", "sha256": "…", "durable": 0}
    {"sha256": "…"}
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

import orjson

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.errors import UnknownEventError
from tocsin.engine.events import FINISHED, Event, EventType
from tocsin.journal.chain import Link, find_bad_link
from tocsin.journal.encoding import FOREIGN, decode_event
from tocsin.journal.errors import BadRunFileError
from tocsin.journal.summaries import begun_facts, ended_facts
from tocsin.journal.values import named_values

FORMAT: Final = 1
LONGEST_LINE: Final = 32 * 1024 * 1024
"""A value has 8 MiB at most (engine.md 1.29); as a text in JSON it may become some times as long."""
LARGEST: Final = 512 * 1024 * 1024
"""A run's values have 256 MiB at most."""
_MOST_EVENTS: Final = 2**32 - 1
_MOST_MICROS: Final = 2**53
_RUN_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A run on its way into or out of a file.

    Attributes:
        run: Its id.
        links: Its rows, and the hash where a batch ends.
        durable: For each row whether its batch was, None where no batch ends.
        values: The values that it names, by hash.
        is_masked: A secret was found and masked: the chain is that of the file, no longer the one that was written.
    """

    run: str
    links: Sequence[Link]
    durable: Sequence[int | None]
    values: Mapping[str, bytes]
    is_masked: bool = False

    def events(self) -> Iterator[Event]:
        """Yield the events that are Tocsin's own.

        Raises:
            UnknownEventError: A newer version wrote one.
            ValueError, KeyError, TypeError: One is damaged.
        """
        return (decode_event(link[:5]) for link in self.links if not link[2].startswith(FOREIGN))

    def load_value(self, hash_: str) -> Json:
        """Return one of its values.

        Raises:
            KeyError: It has none under this hash.
        """
        return orjson.loads(self.values[hash_])


def write_parcel(parcel: Parcel) -> bytes:
    """Return the file."""
    hasher, lines = hashlib.sha256(), list[bytes]()
    for line in _lines_of(parcel):
        lines.append(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
        hasher.update(lines[-1])
    lines.append(orjson.dumps({"sha256": hasher.hexdigest()}, option=orjson.OPT_APPEND_NEWLINE))
    return b"".join(lines)


def _lines_of(parcel: Parcel) -> Iterator[dict[str, Any]]:
    yield {"tocsin_run": FORMAT, "run": parcel.run, "masked": parcel.is_masked}
    for key in sorted(parcel.values):
        yield {"value": key, "body": parcel.values[key].decode()}
    for (_unused, seq, kind, path, body, sha), durable in zip(parcel.links, parcel.durable, strict=True):
        line: dict[str, Any] = {"event": seq, "type": kind, "path": path, "body": body.decode()}
        yield line if sha is None else {**line, "sha256": sha.hex(), "durable": int(bool(durable))}


def read_parcel(file: BinaryIO, name: str) -> Parcel:
    """Return the run of a file, every hash of it checked.

    Args:
        file: Its bytes; they may be anybody's.
        name: What the file is called, for messages.

    Raises:
        BadRunFileError: It is no run, too large, of a newer version, cut, or not what was written.
    """
    return _Reader(name).read(file)


def check_parcel(parcel: Parcel, name: str) -> list[Event]:
    """See that a run hangs together, and return its own events.

    Raises:
        BadRunFileError: It does not.
    """
    broken = find_bad_link(parcel.links)
    if broken is not None or not parcel.links:
        raise BadRunFileError(name, broken or _("it has no events"))
    try:
        events = list(parcel.events())
        named = {key for link in parcel.links for key in named_values(link[2], link[4])}
        is_sound = all(_is_sound(event) for event in events) and _has_sound_ends(events)
        is_ours = all(_is_as_we_write(link) for link in parcel.links)
    except UnknownEventError as error:
        raise BadRunFileError(name, _("a newer Tocsin wrote it")) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRunFileError(name, _("an event cannot be read")) from error
    if not (is_sound and is_ours):
        raise BadRunFileError(name, _("an event says what it cannot"))
    if named != set(parcel.values):
        raise BadRunFileError(name, _("its values are not those that its events name"))
    return events


def _is_as_we_write(link: Link) -> bool:
    """Tell whether an event is spelled as Tocsin does; else what is looked for in its bytes could hide from it."""
    return link[2].startswith(FOREIGN) or orjson.dumps(orjson.loads(link[4])) == link[4]


def _is_sound(event: Event) -> bool:
    if event.type is EventType.ASK_OPENED and not isinstance(event.data["text"], str):
        return False
    types = tuple(type(fact) for fact in (event.at, event.cause, event.by, event.data))
    return types == (int, int, str, dict) and 0 <= event.at < _MOST_MICROS


def _has_sound_ends(events: Sequence[Event]) -> bool:
    """Tell whether it is created once, at its beginning, is over once, at its end, and lists can show it."""
    first, last, created, finished = events[0], events[-1], EventType.RUN_CREATED, EventType.RUN_FINISHED
    if first.type is not created or any(e.type is created for e in events[1:]):
        return False
    if any(event.type is finished for event in events[:-1]):
        return False
    *texts, _unused, parent = begun_facts(first)
    if not all(isinstance(text, str) for text in texts) or not isinstance(parent, str | None):
        return False
    if last.type is not finished:
        return True
    status, _unused, changes, error = ended_facts(last)
    return status in FINISHED and type(changes) is int and 0 <= changes < _MOST_MICROS and isinstance(error, str | None)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._run = ""
        self._is_masked = False
        self._values: dict[str, bytes] = {}
        self._links: list[Link] = []
        self._durable: list[int | None] = []

    def read(self, file: BinaryIO) -> Parcel:
        hasher, size, last = hashlib.sha256(), 0, b""
        while raw := file.readline(LONGEST_LINE + 1):
            size += len(raw)
            if len(raw) > LONGEST_LINE or size > LARGEST:
                raise self._bad(_("it is larger than a run can be"))
            if last:
                hasher.update(last)
                self._take(self._parse(last))
            last = raw
        if not last or self._parse(last) != {"sha256": hasher.hexdigest()}:
            raise self._bad(_("it is cut, or not as it was written") if self._run else _("it holds no run"))
        return Parcel(self._run, self._links, self._durable, self._values, self._is_masked)

    def _parse(self, raw: bytes) -> dict[str, Any]:
        try:
            line: Json = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise self._bad(_("it is cut, or not as it was written") if self._run else _("it holds no run")) from error
        if not isinstance(line, dict):
            raise self._bad(_("it holds no run"))
        return cast("dict[str, Any]", line)

    def _take(self, line: dict[str, Any]) -> None:
        match line:
            case {"tocsin_run": int(version), **rest} if not self._run:
                self._take_head(version, rest)
            case {"value": str(key), "body": str(body), **rest} if self._run and not rest and not self._links:
                self._take_value(key, body.encode())
            case {"event": int(seq), "type": str(kind), "path": str(path), "body": str(body), **rest} if self._run:
                if not 0 < seq < _MOST_EVENTS:
                    raise self._bad(_("events are missing or out of order"))
                self._links.append((self._run, seq, kind, path, body.encode(), self._take_end(rest)))
            case _:
                raise self._bad(_("a line of it is nothing that belongs there") if self._run else _("it holds no run"))

    def _take_head(self, version: int, rest: dict[str, Any]) -> None:
        if version > FORMAT:
            raise self._bad(_("a newer Tocsin wrote it"))
        match rest:
            case {"run": str(run), "masked": bool(is_masked), **more} if _RUN_ID.fullmatch(run) and not more:
                self._run, self._is_masked = run, is_masked
            case _:
                raise self._bad(_("it holds no run"))

    def _take_value(self, key: str, body: bytes) -> None:
        if hashlib.sha256(body).hexdigest() != key:
            raise self._bad(_("a value is not what was written"))
        try:
            orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise self._bad(_("a value cannot be read")) from error
        self._values[key] = body

    def _take_end(self, rest: dict[str, Any]) -> bytes | None:
        match rest:
            case {"sha256": str(sha), "durable": 0 | 1 as durable, **more} if not more and len(sha) == 64:
                self._durable.append(durable)
                try:
                    return bytes.fromhex(sha)
                except ValueError as error:
                    raise self._bad(_("a hash of it is none")) from error
            case _ if rest:
                raise self._bad(_("a line of it is nothing that belongs there"))
            case _:
                self._durable.append(None)
                return None

    def _bad(self, why: str) -> BadRunFileError:
        return BadRunFileError(self._name, why)
