"""Functions over text, time and data that CEL itself does not have (definitions.md D2c)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NoReturn
from urllib.parse import urlsplit

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.values import MISSING, follow, from_value, time_text, to_value
from tocsin.model.failures import FailureCode

_DIGESTS: Final = ("md5", "sha1", "sha256", "sha512")
_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443, "ftp": 21}
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")
_PATH: Final = re.compile(r"(?:^|\.)([A-Za-z_@$][^.\[\]]*)|\[([0-9]{1,9})\]")


def get(value: object, path: str, default: object) -> object:
    """Return what lies at a path such as `a.b[0].c`, or the default when any part of it is not there."""
    found = follow(value, split_path(path))
    return default if found is MISSING else found


def split_path(path: str) -> tuple[str | int, ...]:
    """Return the parts of a path such as `a.b[0].c`.

    Raises:
        EvaluationError: It is not a path.
    """
    parts: list[str | int] = []
    position = 0
    while match := _PATH.match(path, position):
        name, index = match.groups()
        parts.append(name if index is None else int(index))
        position = match.end()
    if position != len(path) or not parts or path.startswith("."):
        _refuse(_("“{path}” is not a path.").format(path=path[:64]), _("Write it as in “a.b[0].c”."))
    return tuple(parts)


def hash_text(text: str, algorithm: str) -> str:
    """Return the digest of a text (UTF-8) in hexadecimal; md5 and sha1 name files, they protect nothing."""
    if algorithm not in _DIGESTS:
        _refuse(
            _("“{algorithm}” is not a known digest.").format(algorithm=algorithm[:32]),
            _("Use one of {digests}.").format(digests=", ".join(_DIGESTS)),
        )
    return hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()


def to_json(value: object) -> str:
    """Return a value as JSON in one line, keys sorted."""
    return json.dumps(to_value(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> object:
    """Return the value that a JSON text says; duplicate keys and numbers that JSON has not are refused."""
    try:
        value: object = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
        return from_value(value)
    except (ValueError, RecursionError):
        _refuse(_("The text is not JSON."), _("It must be one JSON value (RFC 8259)."))
    except EvaluationError as error:
        _refuse(error.message, error.hint)


def base64_encode(text: str) -> str:
    """Return a text (UTF-8) in Base64 (RFC 4648 §4)."""
    return base64.b64encode(text.encode()).decode()


def base64_decode(text: str) -> str:
    """Return the text (UTF-8) that Base64 holds."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        _refuse(
            _("This is not a text in Base64."),
            _("Its characters are A to Z, a to z, 0 to 9, + and /, with = at the end."),
        )


def url(text: str) -> dict[str, Json]:
    """Return {scheme, host, port, path, query} of a URL (RFC 3986); without a written port, the scheme's own."""
    try:
        parts = urlsplit("" if _BLANK.search(text) else text)  # it would drop line breaks
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if not parts.scheme or not parts.hostname:
        _refuse(_("“{text}” is not a URL.").format(text=text[:64]), _("Write it as in “https://example.com/path”."))
    return {
        "scheme": parts.scheme,
        "host": parts.hostname,
        "port": _PORTS.get(parts.scheme) if port is None else port,
        "path": parts.path,
        "query": parts.query,
    }


def parse_time(text: str) -> datetime:
    """Return the time that a text with a zone says (RFC 3339)."""
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        _refuse(_("“{text}” is not a time.").format(text=text[:64]), _("Write it as in “2026-11-24T03:00:00Z”."))
    if zoned is None:
        _refuse(_("“{text}” has no time zone.").format(text=text[:64]), _("Add “Z” for UTC, or “+01:00”."))
    return zoned


def format_time(moment: datetime, style: str) -> str:
    """Return a time in UTC as `date` (2026-11-24) or `rfc3339`."""
    written = time_text(moment)
    if style not in {"date", "rfc3339"}:
        _refuse(_("“{style}” is not a known style of time.").format(style=style[:32]), _("Use “date” or “rfc3339”."))
    return written[: written.index("T")] if style == "date" else written


def keys(value: Mapping[str, object]) -> list[str]:
    """Return the keys of a map, sorted."""
    return sorted(_texts(value))


def entries(value: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the entries of a map as {key, value}, sorted by key."""
    return [{"key": key, "value": value[key]} for key in sorted(_texts(value))]


def _texts(names: Mapping[str, object]) -> Sequence[str]:
    if not all(isinstance(name, str) for name in names):  # pyright: ignore[reportUnnecessaryIsInstance]  CEL has other keys
        _refuse(_("The map has keys that are not texts."), _("Only maps with texts as keys can be sorted."))
    return list(names)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse(_("The JSON text has a key twice."), _("Each key may stand once in an object."))
    return found


def _refuse_constant(_name: str) -> NoReturn:
    _refuse(_("The JSON text has a number that is not finite."), _("JSON has no NaN and no Infinity."))


def _refuse(message: str, hint: str) -> NoReturn:
    raise EvaluationError(message, kind=FailureCode.BAD_ARGUMENT, hint=hint)
