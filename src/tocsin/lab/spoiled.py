"""Answers that say nothing: what a product in trouble, or whatever stands before it, sends in place of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer

HUGE_BYTES: Final = 50 * 1024 * 1024
_HTML: Final = {"content-type": "text/html; charset=utf-8"}
_PAGE: Final = b"<!doctype html><title>Sign in</title><form action=/login method=post><input name=user></form>"


def _garbage() -> Answer:
    return Answer(
        headers={"content-type": "application/json"}, raw=b'\x00\xff\xfe{"status": "done", ' + bytes(range(256))
    )


def _huge() -> Answer:
    return Answer(headers={"content-type": "application/json"}, raw=b"[" + b" " * HUGE_BYTES + b"]")


def _changed_shape() -> Answer:
    body: Json = {"version": 99, "payload": {"entries": [], "links": {}}, "meta": None}
    return Answer(body=body)


def _wrong_type() -> Answer:
    return Answer(headers=_HTML, raw=_PAGE)


SPOILED: Final[Mapping[str, Callable[[], Answer]]] = {
    "garbage": _garbage,
    "huge": _huge,
    "wrong_type": _wrong_type,
    "changed_shape": _changed_shape,
}
"""By the word of the fault: bytes that are no JSON, 50 MiB of it, a page for people, JSON of a version to come.

Each says status 200.
"""
