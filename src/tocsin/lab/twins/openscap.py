"""OpenSCAP's `oscap`, a program of this computer (vendor-api.md §13): asked here instead of started there.

Exit 2 is that something failed, not that the program did. Source: the manual of oscap(8), “EXIT STATUS”.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.audit_values import Check, CheckResult
from tocsin.lab.exchange import Answer, Request, text_in, texts_in
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Product
from tocsin.lab.world import World

VERSION: Final = "OpenSCAP command line tool (oscap) 1.4.1"
PREFIX: Final = "xccdf_org.ssgproject.content_"
PROFILE: Final = f"{PREFIX}profile_standard"
_ALL_WELL, _BROKEN, _FINDINGS = 0, 1, 2
_NOT_INSTALLED: Final = 127


class OpenScap(Twin):
    """The checker. Nobody signs in to a program; its content lies where only who was told can know."""

    product = Product.OPENSCAP
    category = "vulnerability"
    options: ClassVar[Mapping[str, str]] = {"content": f"/lab-{secrets.token_hex(8)}/ssg-debian12-ds.xml"}

    def __init__(self, world: World) -> None:
        super().__init__(world, {})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (Route("POST", "/program/run", self._run),)

    @override
    def is_signed_in(self, request: Request) -> bool:
        del request
        return True

    @override
    def failure(self, status: int, message: str) -> Answer:
        return _ended(_BROKEN, status=status, err=message)

    def _run(self, request: Request) -> Answer:
        given = request.object()
        options, operands = texts_in(given, "options"), texts_in(given, "operands")
        if text_in(given, "program") != "oscap":
            return _ended(_NOT_INSTALLED, status=404)
        if options == ["--version"]:
            return _ended(_ALL_WELL, out=VERSION)
        profile = next((one.removeprefix("--profile=") for one in options if one.startswith("--profile=")), "")
        if options[:2] != ["xccdf", "eval"] or not same_secret("/".join(operands), self.options["content"]):
            return _ended(_BROKEN, err="OpenSCAP Error: Unable to open file")
        if profile != PROFILE:
            return _ended(_BROKEN, err=f'No profile matching suffix "{profile}" was found.')
        told_where = text_in(given, "result_option", "") == "--results"  # else it tells people, not programs
        return self._evaluated(texts_in(given, "pick") if told_where else ())

    def _evaluated(self, wanted: Sequence[str]) -> Answer:
        checks = list(self.world.tables.checks.values())
        failed = sum(check.result is CheckResult.FAILED for check in checks)
        passed = sum(check.result is CheckResult.PASSED for check in checks)
        found = [*_results(checks), _element("score", f"{100 * passed / max(passed + failed, 1):.2f}")]
        picked: list[Json] = [one for one in found if one["tag"] in wanted]
        return _ended(_FINDINGS if failed else _ALL_WELL, picked=picked)


def _results(checks: Sequence[Check]) -> Iterator[dict[str, Json]]:
    for check in checks:
        about: dict[str, Json] = {"idref": f"{PREFIX}rule_{check.id}", "severity": check.severity}
        yield _element("rule-result", "", about, [_element("result", check.result)])


def _element(
    tag: str, text: str, attributes: Mapping[str, Json] | None = None, children: Sequence[Json] = ()
) -> dict[str, Json]:
    """Return an element of the result as `connectors.protocols.xml_tree` picks it."""
    return {"tag": tag, "attributes": dict(attributes or {}), "text": text, "children": list(children)}


def _ended(code: int, *, status: int = 0, out: str = "", err: str = "", picked: Sequence[Json] = ()) -> Answer:
    body: Json = {"exit": code, "out": out, "err": err, "picked": list(picked)}
    return Answer(status or (200 if code == _ALL_WELL else 500), body)
