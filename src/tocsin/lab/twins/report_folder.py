"""A folder of this computer that reports are put in; the Lab's has no place on any disk, so nothing is left there."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.audit_values import Report
from tocsin.lab.exchange import Answer, Request, text_in
from tocsin.lab.reports import remove_report, write_report
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Product
from tocsin.lab.world import World


class ReportFolder(Twin):
    """The folder. Nobody signs in to one; its path is known to whom it was told."""

    product = Product.REPORT_FOLDER
    category = "general"
    options: ClassVar[Mapping[str, str]] = {"folder": f"/lab-{secrets.token_hex(8)}/reports"}

    def __init__(self, world: World) -> None:
        super().__init__(world, {})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (
            self._route("look", self._look),
            self._route("write", self._write, changes=True),
            self._route("remove", self._remove, changes=True),
        )

    def _route(self, verb: str, act: Callable[[str, Mapping[str, Json]], Answer], *, changes: bool = False) -> Route:
        def handle(request: Request) -> Answer:
            given = request.object()
            if not same_secret(text_in(given, "folder"), self.options["folder"]):
                return self.failure(404, "")
            return act(text_in(given, "name"), given)

        return Route("POST", f"/file/{verb}", handle, changes=changes)

    @override
    def is_signed_in(self, request: Request) -> bool:
        del request
        return True

    @override
    def failure(self, status: int, message: str) -> Answer:
        del message
        return _told(None, status)

    def _look(self, name: str, given: Mapping[str, Json]) -> Answer:
        del given
        return _told(self.world.tables.reports.get(name))

    def _write(self, name: str, given: Mapping[str, Json]) -> Answer:
        text, there = text_in(given, "text"), self.world.tables.reports.get(name)
        if there is not None:
            return _told(there, 200 if there.text == text else 409)
        return _told(write_report(self.world, name, text))

    def _remove(self, name: str, given: Mapping[str, Json]) -> Answer:
        there = self.world.tables.reports.get(name)
        if there is not None and _digest(there.text) != text_in(given, "sha256"):
            return _told(there, 409)
        if there is not None:
            remove_report(self.world, there)
        return _told(None)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _told(row: Report | None, status: int = 200) -> Answer:
    """Return what `connectors.protocols.files` tells of a file."""
    text = row.text if row is not None else ""
    digest = _digest(text) if row is not None else ""
    return Answer(status, {"exists": row is not None, "size": len(text.encode()), "sha256": digest})
