"""A server on this computer that answers as a vendor's documents say, and compares what it is asked with them."""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from typing_extensions import override

from tocsin.connectors.exchange import Line, Login, Reply, Request
from tocsin.engine.outcomes import RequestNote

ANYTHING = "*"
"""Stands for any value: a time, a made id."""


class Answers:
    """What is to be asked next and what is answered; notes everything that is asked otherwise.

    Attributes:
        sign_in: The exchange that gives a token, at any time; None where every request carries its credentials.
        signed: Headers that every other request must have.
    """

    def __init__(self, *, sign_in: Mapping[str, Any] | None, signed: Mapping[str, str]) -> None:
        self.sign_in = sign_in
        self.signed = signed
        self.to_come: list[Mapping[str, Any]] = []
        self.faults: list[str] = []

    def expect(self, exchanges: list[Mapping[str, Any]]) -> None:
        self.to_come = list(exchanges)
        self.faults = []

    def answer(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        if self.sign_in is not None and asked["ask"] == self.sign_in["ask"]:
            return self._compared(self.sign_in, asked)
        if not self.to_come:
            self.faults.append(f"nothing was to be asked any more, but {asked['ask']} was")
            return {"status": 500, "json": {}}
        for name, value in self.signed.items():
            if asked["headers"].get(name.lower()) != value:
                self.faults.append(f"{asked['ask']} was not signed: {name} is {asked['headers'].get(name.lower())}")
        return self._compared(self.to_come.pop(0), asked)

    def _compared(self, expected: Mapping[str, Any], asked: Mapping[str, Any]) -> Mapping[str, Any]:
        found = {**asked, "headers": {name: asked["headers"].get(name.lower()) for name in expected.get("headers", {})}}
        for part, nothing in (("ask", None), ("query", {}), ("headers", {}), ("json", None), ("form", {})):
            if not fits(expected.get(part, nothing), found[part]):
                self.faults.append(f"{part} is {found[part]!r}, not {expected.get(part, nothing)!r}")
        return _repeated(expected.get("answer", {}))


def _repeated(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Lengthen the list that `repeat: [place, times]` names, so that no file holds hundreds of equal lines.

    With `only: KEY`, what stands under that key is the whole answer.
    """
    if "repeat" not in answer:
        return answer
    place, times = answer["repeat"]
    body = copy.deepcopy(answer["json"])
    at, keys = body, place.split(".")
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = at[keys[-1]] * times
    return {**answer, "json": body[answer["only"]] if "only" in answer else body}


def fits(expected: Any, found: Any) -> bool:
    """Tell whether what was found is what was expected, type for type."""
    if expected == ANYTHING:
        return found is not None
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return expected.keys() == found.keys() and all(fits(part, found[key]) for key, part in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(fits(*pair) for pair in zip(expected, found, strict=True))
    return type(expected) is type(found) and expected == found


class Spoken:
    """An exchanger for products that speak no HTTP: answers in the same way, and notes with what was signed in."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def exchange(self, request: Request, _line: Line) -> Reply:
        login = request.login or Login("")
        signed = {"user": login.user, "password": login.password, "key": login.key}
        asked = {"ask": request.method, "query": {}, "headers": signed, "json": request.arguments, "form": {}}
        told = self._answers.answer(asked)
        note = RequestNote(request.method, request.origin.host, "", told.get("status", 200), 1.0, 0)
        unreadable = "no JSON" if "text" in told else ""
        return Reply(told.get("status", 200), told.get("headers", {}), told.get("json"), unreadable, note)


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Serve the answers and give the server's address."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            data = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            is_form = "form" in self.headers.get("content-type", "")
            asked = {
                "ask": f"{self.command} {unquote(parts.path)}",
                "query": dict(parse_qsl(parts.query, keep_blank_values=True)),
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "json": None if is_form or not data else json.loads(data),
                "form": dict(parse_qsl(data.decode(), keep_blank_values=True)) if is_form else {},
            }
            reply = answers.answer(asked)
            body = (
                reply["text"].encode()
                if "text" in reply
                else json.dumps(reply["json"]).encode()
                if "json" in reply
                else b""
            )
            self.send_response(reply.get("status", 200))
            for name, value in {
                **({"Content-Type": "application/json"} if "json" in reply else {}),
                **reply.get("headers", {}),
            }.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815  the library's names

        @override
        def log_message(self, format: str, *args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
