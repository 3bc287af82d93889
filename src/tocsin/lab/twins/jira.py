"""Jira Cloud, REST version 3 (vendor-api.md §9).

Sources: developer.atlassian.com/cloud/jira/platform/rest/v3; developer.atlassian.com/changelog/#CHANGE-2046 (the end of
`/search`); PyPI jira, `client.py`, for what the usual client asks first.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request, as_object, object_in, text_in
from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.seed import hex_id
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.twins.adf import is_document
from tocsin.lab.twins.jira_issues import (
    FIELD_NAMES,
    PROJECT,
    TRANSITIONS,
    changed_fields,
    comment_json,
    comments_with,
    faults_of_new,
    faults_of_transition,
    faults_of_update,
    issue_json,
    label_orders,
    search,
    transition_json,
)
from tocsin.lab.values import Product, Ticket
from tocsin.lab.world import World

API = "/rest/api/3"
VERSION_NUMBERS = (1001, 0, 0)

_OnTicket = Callable[[Ticket, Request], Answer]


class Jira(Twin):
    """The ticketing system. Its tickets are the world's."""

    product = Product.JIRA
    category = "ticketing"
    options: ClassVar[Mapping[str, str]] = {"project": PROJECT}

    def __init__(self, world: World) -> None:
        super().__init__(world, {"email": "tocsin@example.com", "api_token": secrets.token_urlsafe(40)})

    @override
    def make_routes(self) -> Sequence[Route]:
        issue = f"{API}/issue/{{key}}"
        gone = (Route(method, f"{API}/search", self._gone) for method in ("GET", "POST"))
        return (
            Route("GET", "/rest/api/2/serverInfo", self._server_info, signed_in=False),
            Route("GET", f"{API}/serverInfo", self._server_info, signed_in=False),
            Route("GET", f"{API}/myself", self._myself),
            Route("GET", f"{API}/field", self._fields),
            Route("POST", f"{API}/issue", self._create, changes=True),
            Route("GET", issue, partial(self._on_ticket, self._get)),
            Route("PUT", issue, partial(self._on_ticket, self._update), changes=True),
            Route("GET", f"{issue}/comment", partial(self._on_ticket, self._comments)),
            Route("POST", f"{issue}/comment", partial(self._on_ticket, self._comment), changes=True),
            Route("PUT", f"{issue}/assignee", partial(self._on_ticket, self._assign), changes=True),
            Route("GET", f"{issue}/transitions", partial(self._on_ticket, self._transitions)),
            Route("POST", f"{issue}/transitions", partial(self._on_ticket, self._move), changes=True),
            Route("GET", f"{API}/search/jql", self._search_by_query),
            Route("POST", f"{API}/search/jql", self._search_by_body),
            *gone,
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        email, token = request.basic()
        return same_secret(email, self.sign_in["email"]) and same_secret(token, self.sign_in["api_token"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        if status == 401:
            message = "Client must be authenticated to access this resource."
        return Answer(status, {"errorMessages": [message], "errors": {}})

    @property
    def _account_id(self) -> str:
        return hex_id(self.world.scenario.seed, "account")[:24]

    def _server_info(self, request: Request) -> Answer:
        body: Json = {
            "baseUrl": request.base_url,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": list(VERSION_NUMBERS),
            "deploymentType": "Cloud",
            "buildNumber": 100_000,
            "serverTitle": "Lab",
        }
        return Answer(200, body)

    def _myself(self, request: Request) -> Answer:
        body: Json = {
            "self": f"{request.base_url}{API}/user?accountId={self._account_id}",
            "accountId": self._account_id,
            "accountType": "app",
            "emailAddress": self.sign_in["email"],
            "displayName": "Tocsin",
            "active": True,
        }
        return Answer(200, body)

    def _fields(self, request: Request) -> Answer:
        del request
        return Answer(
            200, [{"id": key, "key": key, "name": name, "clauseNames": [key]} for key, name in FIELD_NAMES.items()]
        )

    def _gone(self, request: Request) -> Answer:
        del request
        return self.failure(
            410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."
        )

    def _create(self, request: Request) -> Answer:
        fields = object_in(request.object(), "fields")
        faults = faults_of_new(fields)
        if faults:
            return _refusal(faults)
        facts = {**changed_fields(fields), "kind": text_in(object_in(fields, "issuetype"), "name")}
        ticket = self.world.create_ticket(PROJECT, facts)
        url = f"{request.base_url}{API}/issue/{ticket.id}"
        return Answer(201, {"id": ticket.id, "key": ticket.key, "self": url})

    def _on_ticket(self, act: _OnTicket, request: Request) -> Answer:
        """Do something with the ticket of this key or id. Jira says the same of a hidden one and of none."""
        key = request.parts["key"]
        for ticket in self.world.tables.tickets.values():
            if key.upper() == ticket.key.upper() or key == ticket.id:
                return act(ticket, request)
        return self.failure(404, "Issue does not exist or you do not have permission to see it.")

    def _get(self, ticket: Ticket, request: Request) -> Answer:
        wanted = request.parameter("fields", "*all").split(",")
        return Answer(200, issue_json(ticket, request.base_url + API, wanted))

    def _update(self, ticket: Ticket, request: Request) -> Answer:
        body = request.object()
        faults = faults_of_update(body)
        if faults:
            return _refusal(faults)
        changed = changed_fields(as_object(body.get("fields", {}), "fields"))
        labels = list(changed.get("labels", ticket.labels))
        for order in label_orders(body):
            if "add" in order and order["add"] not in labels:
                labels.append(text_in(order, "add"))
            if "remove" in order:
                labels = [label for label in labels if label != order["remove"]]
        self.world.update_ticket(replace(ticket, **{**changed, "labels": tuple(labels)}))
        return Answer(204)

    def _comments(self, ticket: Ticket, request: Request) -> Answer:
        url = f"{request.base_url}{API}/issue/{ticket.id}"
        comments: list[Json] = [comment_json(comment, url) for comment in ticket.comments]
        return Answer(200, {"startAt": 0, "maxResults": 5000, "total": len(comments), "comments": comments})

    def _comment(self, ticket: Ticket, request: Request) -> Answer:
        body = request.object().get("body")
        if not is_document(body):
            return _refusal({"comment": "Comment body is not valid!"})
        comment = self.world.comment(ticket, body)
        return Answer(201, comment_json(comment, f"{request.base_url}{API}/issue/{ticket.id}"))

    def _assign(self, ticket: Ticket, request: Request) -> Answer:
        account = request.object().get("accountId")
        if account not in {None, self._account_id}:
            return _refusal({"assignee": "Specify a valid user."})
        self.world.update_ticket(replace(ticket, assignee=account))
        return Answer(204)

    def _transitions(self, ticket: Ticket, request: Request) -> Answer:
        del ticket, request
        return Answer(200, {"expand": "transitions", "transitions": [transition_json(key) for key in TRANSITIONS]})

    def _move(self, ticket: Ticket, request: Request) -> Answer:
        """Put the ticket into another column, with the comments that came along."""
        body = request.object()
        key = str(object_in(body, "transition").get("id"))
        if key not in TRANSITIONS:
            return self.failure(400, f"Transition id '{key}' is not valid for this issue.")
        faults = faults_of_transition(body)
        if faults:
            return _refusal(faults)
        self.world.move_ticket(ticket, TRANSITIONS[key])
        for document in comments_with(body):
            self.world.comment(self.world.tables.tickets[ticket.key], document)
        return Answer(204)

    def _search_by_query(self, request: Request) -> Answer:
        body: dict[str, Json] = {"jql": request.parameter("jql")}
        if "maxResults" in request.query:
            body["maxResults"] = request.number("maxResults", 50)
        if "nextPageToken" in request.query:
            body["nextPageToken"] = request.parameter("nextPageToken")
        fields = [name for value in request.query.get("fields", ()) for name in value.split(",") if name]
        return self._search(request, {**body, "fields": fields})

    def _search_by_body(self, request: Request) -> Answer:
        return self._search(request, request.object())

    def _search(self, request: Request, body: Mapping[str, Json]) -> Answer:
        try:
            found = search(list(self.world.tables.tickets.values()), body, request.base_url + API)
        except BadQueryError as error:
            return self.failure(400, str(error))
        return Answer(200, found)


def _refusal(faults: Mapping[str, Json]) -> Answer:
    return Answer(400, {"errorMessages": [], "errors": faults})
