"""Kibana's detections and notes (vendor-api.md §1): the second server of the SIEM.

Sources: elastic.co/docs/api/doc/kibana, operations SetAlertsStatus, SearchAlerts, PersistNoteRoute, GetNotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request, object_in, text_in, texts_in
from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.twin import Route, Twin
from tocsin.lab.twins.alert_search import find_alerts
from tocsin.lab.twins.elasticsearch import KEY_NAME, VERSION, is_api_key, search_answer
from tocsin.lab.values import AlertStatus, Note, Product

REASONS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}


class Kibana(Twin):
    """The SIEM's desk. It takes Elasticsearch's API key, and `kbn-xsrf` on whatever is no GET."""

    product = Product.ELASTICSEARCH
    category = "siem"
    address = "kibana"

    @override
    def make_routes(self) -> Sequence[Route]:
        calls = (
            Route("GET", "/api/status", self._status),
            Route("POST", "/api/detection_engine/signals/search", self._search),
            Route("POST", "/api/detection_engine/signals/status", self._set_status, changes=True),
            Route("PATCH", "/api/note", self._persist_note, changes=True),
            Route("GET", "/api/note", self._notes),
        )
        in_space = (Route(call.method, f"/s/default{call.template}", call.handle, call.changes) for call in calls)
        return (*calls, *in_space)

    @override
    def is_signed_in(self, request: Request) -> bool:
        return is_api_key(request, self.sign_in["api_key"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        reason = REASONS.get(status, "Internal Server Error")
        return Answer(status, {"statusCode": status, "error": reason, "message": message})

    @override
    def objection(self, request: Request, route: Route) -> Answer | None:
        del route
        if request.method not in {"GET", "HEAD"} and not request.headers.get("kbn-xsrf"):
            return self.failure(400, "Request must contain a kbn-xsrf header.")
        return None

    def _status(self, request: Request) -> Answer:
        del request
        level: Json = {"level": "available", "summary": "All services and plugins are available"}
        return Answer(200, {"name": "lab", "version": {"number": VERSION}, "status": {"overall": level}})

    def _search(self, request: Request) -> Answer:
        return search_answer(self.world, dict(request.object()))

    def _set_status(self, request: Request) -> Answer:
        """Set the status of the alerts named; unknown ids are left out, and the answer is still 200."""
        body = request.object()
        word = text_in(body, "status")
        if word not in set(AlertStatus):
            return self.failure(400, "[request body]: status: Invalid enum value.")
        updated = self.world.set_alert_status(self._ids_in(body), AlertStatus(word), by=self.product)
        return Answer(200, _update_by_query(updated))

    def _ids_in(self, body: Mapping[str, Json]) -> list[str]:
        if "query" not in body:
            return texts_in(body, "signal_ids")
        try:
            return [alert.id for alert in find_alerts(self.world, body["query"])]
        except BadQueryError as error:
            raise BadRequestError(str(error)) from error

    def _persist_note(self, request: Request) -> Answer:
        body = request.object()
        given = object_in(body, "note")
        text_in(given, "timelineId")  # required by the schema, and "" for a note on an alert alone
        if body.get("noteId") is not None:
            return self.failure(400, "[request body]: noteId: the Lab only creates notes.")
        note = self.world.add_note(text_in(given, "eventId", ""), text_in(given, "note"))
        return Answer(200, {"note": _note(note)})

    def _notes(self, request: Request) -> Answer:
        wanted = request.query.get("documentIds", ())
        notes = [_note(note) for note in self.world.tables.notes.values() if not wanted or note.alert_id in wanted]
        return Answer(200, {"totalCount": len(notes), "notes": notes})


def _note(note: Note) -> Json:
    created = int(datetime.fromisoformat(note.created).timestamp() * 1000)
    return {
        "noteId": note.id,
        "version": "WzEsMV0=",
        "note": note.text,
        "eventId": note.alert_id,
        "timelineId": "",
        "created": created,
        "createdBy": KEY_NAME,
        "updated": created,
        "updatedBy": KEY_NAME,
    }


def _update_by_query(updated: int) -> Json:
    return {
        "took": 1,
        "timed_out": False,
        "total": updated,
        "updated": updated,
        "deleted": 0,
        "batches": 1,
        "version_conflicts": 0,
        "noops": 0,
        "retries": {"bulk": 0, "search": 0},
        "failures": [],
    }
