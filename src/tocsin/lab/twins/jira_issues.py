"""How Jira shows, takes and searches issues.

Sources: developer.atlassian.com/cloud/jira/platform/rest/v3, api-group-issues and api-group-issue-search.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tocsin.base.json_types import Json
from tocsin.lab.exchange import BadRequestError, as_object, text_in, texts_in
from tocsin.lab.queries.boolean import BadQueryError, texts_at
from tocsin.lab.queries.jql import read_jql
from tocsin.lab.twins.adf import is_document, plain_text
from tocsin.lab.values import Comment, Ticket, TicketStatus

PROJECT = "SEC"
PROJECTS = {PROJECT: "Security", "HELP": "Help desk"}
"""By key: where playbooks open tickets, and where people do who cannot work."""
ISSUE_KINDS = ("Task", "Bug", "Story")
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
LONGEST_SUMMARY = 255
MOST_RESULTS = 100

FIELD_NAMES = {
    "summary": "Summary",
    "description": "Description",
    "labels": "Labels",
    "priority": "Priority",
    "status": "Status",
    "issuetype": "Issue Type",
    "project": "Project",
    "assignee": "Assignee",
    "created": "Created",
    "comment": "Comment",
}
"""Every field of an issue, with its title."""

SETTABLE = ("summary", "description", "labels", "priority", "project", "issuetype")

TRANSITIONS = {"11": TicketStatus.TO_DO, "21": TicketStatus.IN_PROGRESS, "31": TicketStatus.DONE}
_CATEGORIES = {
    TicketStatus.TO_DO: (2, "new", "To Do"),
    TicketStatus.IN_PROGRESS: (4, "indeterminate", "In Progress"),
    TicketStatus.DONE: (3, "done", "Done"),
}


def faults_of_new(fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return what is wrong with the fields of a new issue, by field, in Jira's words."""
    faults = _faults_of(fields)
    if "summary" not in fields:
        faults["summary"] = "You must specify a summary of the issue."
    if _name_in(fields, "project", "key") != PROJECT:
        faults["project"] = "valid project is required"
    if _name_in(fields, "issuetype", "name") not in ISSUE_KINDS:
        faults["issuetype"] = "Specify a valid issue type"
    return faults


def faults_of_update(body: Mapping[str, Json]) -> dict[str, Json]:
    """Return what is wrong with a change of an issue."""
    fields = as_object(body.get("fields", {}), "fields")
    faults = _faults_of(fields)
    update = as_object(body.get("update", {}), "update")
    refused = (
        *(name for name in update if name != "labels"),
        *(name for name in fields if name in {"project", "issuetype"}),
    )
    return faults | {name: _not_settable(name) for name in refused}


def label_orders(body: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """Return the `add` and `remove` orders for labels in an update."""
    orders = as_object(body.get("update", {}), "update").get("labels", [])
    if not isinstance(orders, list):
        raise BadRequestError("update.labels must be a list")
    return [as_object(order, "an order") for order in orders]


def comments_with(body: Mapping[str, Json]) -> list[Json]:
    """Return the documents of the comments that a transition adds."""
    orders = as_object(body.get("update", {}), "update").get("comment", [])
    if not isinstance(orders, list):
        raise BadRequestError("update.comment must be a list")
    return [as_object(as_object(order, "an order").get("add"), "add").get("body") for order in orders]


def faults_of_transition(body: Mapping[str, Json]) -> dict[str, Json]:
    """Return what is wrong with a transition: it has no screen, so it takes comments and nothing else."""
    named = (*as_object(body.get("fields", {}), "fields"), *as_object(body.get("update", {}), "update"))
    faults: dict[str, Json] = {name: _not_settable(name) for name in named if name != "comment"}
    if not all(is_document(document) for document in comments_with(body)):
        faults["comment"] = "Comment body is not valid!"
    return faults


def changed_fields(fields: Mapping[str, Json]) -> dict[str, Any]:
    """Return checked fields by the world's names."""
    changed: dict[str, Any] = {}
    if "summary" in fields:
        changed["title"] = text_in(fields, "summary")
    if "description" in fields:
        changed["body"] = fields["description"]
    if "labels" in fields:
        changed["labels"] = tuple(texts_in(fields, "labels"))
    if "priority" in fields:
        changed["priority"] = _name_in(fields, "priority", "name")
    return changed


def issue_json(ticket: Ticket, api: str, wanted: Collection[str]) -> dict[str, Json]:
    """Return an issue with the wanted fields; `*all` and `*navigable` are all of them."""
    everything = _fields_json(ticket, api)
    all_of_them = bool({"*all", "*navigable"} & set(wanted))
    fields = {name: value for name, value in everything.items() if all_of_them or name in wanted}
    return {
        "expand": "",
        "id": ticket.id,
        "self": f"{api}/issue/{ticket.id}",
        "key": ticket.key,
        "fields": fields,
    }


def comment_json(comment: Comment, issue_url: str) -> dict[str, Json]:
    """Return a comment."""
    return {
        "self": f"{issue_url}/comment/{comment.id}",
        "id": comment.id,
        "body": comment.body,
        "created": _time(comment.created),
        "updated": _time(comment.created),
    }


def transition_json(key: str) -> Json:
    """Return a transition; which one closes, its target's category tells."""
    status = TRANSITIONS[key]
    names = {"11": "Reopen", "21": "Start work", "31": "Resolve"}
    return {"id": key, "name": names[key], "to": _status_json(status), "hasScreen": False, "isAvailable": True}


def search(tickets: Sequence[Ticket], body: Mapping[str, Json], api: str) -> dict[str, Json]:
    """Return one page of a search: only ids unless fields are asked for, and never a total.

    Raises:
        BadQueryError: The query is not understood, or restricts nothing.
        BadRequestError: Another part of the request is wrong.
    """
    query = read_jql(text_in(body, "jql", ""))
    if query.matches is None:
        raise BadQueryError(
            "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
        )
    found = [ticket for ticket in tickets if query.matches(_search_record(ticket))]
    for name, descends in reversed(query.order_by or (("id", True),)):
        found.sort(key=lambda ticket: texts_at(_search_record(ticket), name), reverse=descends)
    most = body.get("maxResults", 50)
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise BadRequestError("maxResults must be a number from 1")
    start = _start_of(body.get("nextPageToken"))
    end = start + min(most, MOST_RESULTS)
    fields = texts_in(body, "fields")
    shown: list[Json] = [issue_json(row, api, fields) if fields else {"id": row.id} for row in found[start:end]]
    page: dict[str, Json] = {"issues": shown, "isLast": end >= len(found)}
    return page if page["isLast"] else {**page, "nextPageToken": _token_of(end)}


def _faults_of(fields: Mapping[str, Json]) -> dict[str, Json]:
    faults: dict[str, Json] = {name: _not_settable(name) for name in fields if name not in SETTABLE}
    summary = fields.get("summary", "-")
    if not isinstance(summary, str) or not summary.strip():
        faults["summary"] = "You must specify a summary of the issue."
    elif len(summary) > LONGEST_SUMMARY or "\n" in summary:
        faults["summary"] = "The summary is invalid because it is longer than 255 characters or has a line break."
    if fields.get("description") is not None and not is_document(fields["description"]):
        faults["description"] = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
    if any(" " in label for label in texts_in(fields, "labels")):
        faults["labels"] = "The label contains spaces which is invalid."
    if "priority" in fields and _name_in(fields, "priority", "name") not in PRIORITIES:
        faults["priority"] = "Specify a valid priority"
    return faults


def _not_settable(name: str) -> str:
    return f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."


def _name_in(fields: Mapping[str, Json], name: str, key: str) -> str:
    value = fields.get(name)
    return str(value.get(key, "")) if isinstance(value, Mapping) else ""


def _fields_json(ticket: Ticket, api: str) -> dict[str, Json]:
    url = f"{api}/issue/{ticket.id}"
    comments: list[Json] = [comment_json(comment, url) for comment in ticket.comments]
    return {
        "summary": ticket.title,
        "description": ticket.body,
        "labels": list(ticket.labels),
        "priority": {"name": ticket.priority},
        "status": _status_json(ticket.status),
        "issuetype": {"name": ticket.kind, "subtask": False},
        "project": _project_json(ticket),
        "assignee": {"accountId": ticket.assignee} if ticket.assignee else None,
        "created": _time(ticket.created),
        "comment": {"comments": comments, "total": len(comments), "maxResults": len(comments), "startAt": 0},
    }


def project_of(ticket: Ticket) -> str:
    """Return the key of a ticket's project: what its own key begins with."""
    return ticket.key.rpartition("-")[0]


def _project_json(ticket: Ticket) -> Json:
    key = project_of(ticket)
    number = 10_000 + list(PROJECTS).index(key) if key in PROJECTS else 10_900
    return {"id": str(number), "key": key, "name": PROJECTS.get(key, key)}


def _status_json(status: TicketStatus) -> Json:
    number, key, name = _CATEGORIES[status]
    return {"name": status, "statusCategory": {"id": number, "key": key, "name": name}}


def _search_record(ticket: Ticket) -> dict[str, Json]:
    _, category, name = _CATEGORIES[ticket.status]
    key = project_of(ticket)
    description = plain_text(ticket.body)
    texts = (ticket.title, description, *(plain_text(comment.body) for comment in ticket.comments))
    return {
        "project": [key, PROJECTS.get(key, key)],
        "key": ticket.key,
        "id": ticket.id,
        "labels": list(ticket.labels),
        "status": ticket.status,
        "status_category": [category, name],
        "issuetype": ticket.kind,
        "summary": ticket.title,
        "description": description,
        "text": "\n".join(texts),
        "priority": ticket.priority,
        "created": ticket.created,
    }


def _time(rfc3339: str) -> str:
    return rfc3339.replace("Z", "+0000")


def _token_of(start: int) -> str:
    return base64.urlsafe_b64encode(f"after:{start}".encode()).decode()


def _start_of(token: Json) -> int:
    if token is None:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(str(token).encode()).decode().partition(":")
    except ValueError as error:
        raise BadRequestError("nextPageToken is not one that was given") from error
    if word != "after" or not number.isdecimal():
        raise BadRequestError("nextPageToken is not one that was given")
    return int(number)
