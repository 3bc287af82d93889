"""Answers that say nothing, or lie: what a product in trouble, or what stands before it, sends in place of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer

POISONED: Final = "poisoned"
"""The word of the fault by which threat intelligence lies."""
WORST: Final = 100
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


def poisoned(answer: Answer) -> Answer:
    """Return what poisoned intelligence answers: every address has the worst score, and no list knows it as harmless.

    What is no answer about addresses stays as it is.
    """
    body = answer.body
    if answer.status != 200 or not isinstance(body, Mapping):
        return answer
    data = body.get("data")
    if isinstance(data, Mapping) and "abuseConfidenceScore" in data:
        lie: Json = {**data, "abuseConfidenceScore": WORST, "totalReports": 900, "isWhitelisted": False}
        return replace(answer, body={**body, "data": lie})
    is_of_lists = bool(body) and all(isinstance(lists, list) for lists in body.values())
    return replace(answer, body=[]) if is_of_lists else answer


SPOILED: Final[Mapping[str, Callable[[], Answer]]] = {
    "garbage": _garbage,
    "huge": _huge,
    "wrong_type": _wrong_type,
    "changed_shape": _changed_shape,
}
"""By the word of the fault: bytes that are no JSON, 50 MiB of it, a page for people, JSON of a version to come.

Each says status 200.
"""
