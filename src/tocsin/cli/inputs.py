"""What `--input` says: the event that the trigger fires with."""

from __future__ import annotations

import errno
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.cli.messages import WrongUseError
from tocsin.formats import MAX_BYTES, bytes_of

FROM_FILE = "@"


class BadInputOptionError(WrongUseError):
    """An `--input` cannot be read."""


def read_inputs(texts: Sequence[str]) -> dict[str, Json] | None:
    """Return the event that `--input` options say, merged in order; None without any.

    Args:
        texts: Each is a JSON object, `@FILE` with one, or `KEY=VALUE` with a text.

    Raises:
        BadInputOptionError: One is none of these.
    """
    if not texts:
        return None
    event: dict[str, Json] = {}
    for text in texts:
        event |= _read_input(text)
    return event


def _read_input(text: str) -> dict[str, Json]:
    if text.startswith(FROM_FILE):
        return _parse(_load(text.removeprefix(FROM_FILE)))
    if text.lstrip().startswith("{"):
        return _parse(text)
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise BadInputOptionError(
            _("--input “{text}” is neither JSON nor @FILE nor KEY=VALUE.").format(text=text),
            hint=_("For example src_ip=203.0.113.66."),
        )
    return {key: value}


def read_given(name: str) -> str:
    """Return what a file that an option names says; it may be a pipe.

    Raises:
        OSError: It cannot be read, or has no end in sight.
        UnicodeDecodeError: It is no text in UTF-8.
    """
    data = bytes_of(Path(name))
    if len(data) > MAX_BYTES:
        raise OSError(errno.EFBIG, _("it is larger than {max_bytes} megabytes").format(max_bytes=MAX_BYTES // 2**20))
    return data.decode()


def _load(name: str) -> str:
    try:
        return read_given(name)
    except OSError as error:
        reason = (error.strerror or _("it is refused")).lower()
        raise BadInputOptionError(
            _("--input cannot read “{name}”: {reason}.").format(name=name, reason=reason),
            hint=_("Name a file with JSON."),
        ) from error
    except ValueError as error:
        raise BadInputOptionError(
            _("--input cannot read “{name}”: it is no text in UTF-8.").format(name=name)
        ) from error


def _parse(text: str) -> dict[str, Json]:
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles)
    except BadInputOptionError:
        raise
    except json.JSONDecodeError as error:
        where = _("line {lineno}, column {colno}").format(lineno=error.lineno, colno=error.colno)
        raise BadInputOptionError(
            _("--input is no JSON at {where}: {msg}.").format(where=where, msg=error.msg), hint=_("Check its quotes.")
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadInputOptionError(_("--input has a number or a nesting that is too large.")) from error
    if not isinstance(value, dict):
        raise BadInputOptionError(
            _("--input must be a JSON object."), hint=_('For example {"src_ip": "203.0.113.66"}.')
        )
    return cast("dict[str, Json]", value)


def _refuse_constant(name: str) -> NoReturn:
    raise BadInputOptionError(_("--input has “{name}”, which is no JSON.").format(name=name))


def _without_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _unused in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise BadInputOptionError(_("--input says “{double}” twice.").format(double=double), hint=_("Say it once."))
    return value
