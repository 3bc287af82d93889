"""Mail of Microsoft Graph, as much as looking for messages and moving them takes.

Sources: learn.microsoft.com/en-us/graph/api/resources/message, …/message-move, …/message-permanentdelete,
…/graph/outlook-immutable-id. There is no search over all mailboxes, and a message that is moved gets another id unless
the client asks for ids that last.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, BadRequestError, Request, text_in
from tocsin.lab.seed import hex_id
from tocsin.lab.tokens import Tokens
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.upkeep_values import Message
from tocsin.lab.values import Product
from tocsin.lab.world import World

TENANT: Final = "example"
TOKEN_SECONDS: Final = 3599
FOLDERS: Final = ("inbox", "junkemail", "archive", "deleteditems")
"""The well-known names of the folders that every mailbox of the Lab has."""

_SENDER = re.compile(r"from/emailAddress/address eq '((?:[^']|'')*)'")
_QUERY: Final = frozenset({"$filter", "$select", "$top", "$skip"})


class GraphMail(Twin):
    """The mailboxes. What is in them is the world's.

    Attributes:
        tokens: Those that its sign-in issued.
    """

    product = Product.GRAPH_MAIL
    category = "mailbox"
    options: ClassVar[Mapping[str, str]] = {"tenant": TENANT, "quarantine": "junkemail"}

    def __init__(self, world: World, *, clock: Clock) -> None:
        self.tokens = Tokens(seconds=TOKEN_SECONDS, monotonic=clock.monotonic)
        super().__init__(world, {"client_id": "tocsin", "client_secret": secrets.token_urlsafe(30)})

    @override
    def make_routes(self) -> Sequence[Route]:
        messages = "/v1.0/users/{mailbox}/messages"
        return (
            Route("GET", messages, self._list),
            Route("GET", f"{messages}/{{id}}", partial(self._on_message, self._get)),
            Route("POST", f"{messages}/{{id}}/move", partial(self._on_message, self._move), changes=True),
            Route("POST", f"{messages}/{{id}}/permanentDelete", partial(self._on_message, self._purge), changes=True),
            Route("GET", "/v1.0/users/{mailbox}/mailFolders/{folder}", self._folder),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return self.tokens.is_valid(request.bearer())

    @override
    def failure(self, status: int, message: str) -> Answer:
        codes = {401: "InvalidAuthenticationToken", 403: "ErrorAccessDenied", 404: "ErrorItemNotFound"}
        words = {404: "The specified object was not found in the store."}
        code = codes.get(status, "BadRequest")
        return Answer(status, {"error": {"code": code, "message": words.get(status, message)}})

    @override
    def objection(self, request: Request, route: Route) -> Answer | None:
        del route
        unknown = sorted(set(request.query) - _QUERY)
        return self.failure(400, f"The query parameter “{unknown[0]}” is not supported.") if unknown else None

    def _list(self, request: Request) -> Answer:
        """List a mailbox page by page. The Lab filters by sender, as descriptions ask."""
        mailbox = request.parts["mailbox"].lower()
        if mailbox not in self._mailboxes():
            return self._no_mailbox()
        rows = [row for row in self.world.tables.messages.values() if row.mailbox == mailbox]
        wish = request.parameter("$filter")
        if wish:
            sender = _sender_in(wish)
            rows = [row for row in rows if row.sender.lower() == sender.lower()]
        skip, top = request.number("$skip", 0), request.number("$top", 10, low=1, high=1000)
        page: dict[str, Json] = {"value": [self._record(row, request) for row in rows[skip : skip + top]]}
        if skip + top < len(rows):
            page["@odata.nextLink"] = f"{request.base_url}{request.path}?$skip={skip + top}&$top={top}"
        return Answer(200, page)

    def _on_message(self, act: Callable[[Message, Request], Answer], request: Request) -> Answer:
        mailbox = request.parts["mailbox"].lower()
        if mailbox not in self._mailboxes():
            return self._no_mailbox()
        rows = (row for row in self.world.tables.messages.values() if row.mailbox == mailbox)
        row = next((row for row in rows if _id_of(row, request) == request.parts["id"]), None)
        return act(row, request) if row is not None else self.failure(404, "")

    def _get(self, row: Message, request: Request) -> Answer:
        return Answer(200, self._record(row, request))

    def _move(self, row: Message, request: Request) -> Answer:
        folder = text_in(request.object(), "destinationId")
        if folder not in FOLDERS:
            return self.failure(404, "")
        moved = replace(row, folder=folder, moves=row.moves + 1)
        what = f"moved “{row.subject}” of {row.mailbox} to {folder}"
        self.world.put("messages", row.id, moved, (Product.GRAPH_MAIL, what))
        return Answer(201, self._record(moved, request))

    def _purge(self, row: Message, request: Request) -> Answer:
        del request
        what = f"purged “{row.subject}” of {row.mailbox}"
        self.world.put("messages", row.id, None, (Product.GRAPH_MAIL, what))
        return Answer(204)

    def _folder(self, request: Request) -> Answer:
        mailbox, folder = request.parts["mailbox"].lower(), request.parts["folder"]
        if mailbox not in self._mailboxes():
            return self._no_mailbox()
        if folder not in FOLDERS:
            return self.failure(404, "")
        return Answer(200, {"id": self._folder_id(mailbox, folder), "displayName": folder})

    def _mailboxes(self) -> set[str]:
        return {user.email for user in self.world.tables.users.values()}

    def _no_mailbox(self) -> Answer:
        said = "The requested user is invalid."
        return Answer(404, {"error": {"code": "ErrorInvalidUser", "message": said}})

    def _folder_id(self, mailbox: str, folder: str) -> str:
        """Return the opaque id that a folder has beside its well-known name."""
        return hex_id(self.world.scenario.seed, "folder", mailbox, folder)

    def _record(self, row: Message, request: Request) -> dict[str, Json]:
        record: dict[str, Json] = {
            "id": _id_of(row, request),
            "internetMessageId": row.internet_id,
            "receivedDateTime": row.received,
            "subject": row.subject,
            "from": {"emailAddress": {"name": row.sender, "address": row.sender}},
            "body": {"contentType": "text", "content": row.text},
            "parentFolderId": self._folder_id(row.mailbox, row.folder),
            "hasAttachments": False,
        }
        wanted = {name for name in request.parameter("$select").split(",") if name}
        return {name: value for name, value in record.items() if not wanted or name in {"id", *wanted}}


class GraphLogin(Twin):
    """Where Graph is signed in to: a server of its own."""

    product = Product.GRAPH_MAIL
    category = "mailbox"
    address = "login"

    def __init__(self, world: World, mail: GraphMail) -> None:
        self._tokens = mail.tokens
        super().__init__(world, mail.sign_in)

    @override
    def make_routes(self) -> Sequence[Route]:
        return (Route("POST", f"/{TENANT}/oauth2/v2.0/token", self._token, signed_in=False),)

    @override
    def is_signed_in(self, request: Request) -> bool:
        del request
        return True

    @override
    def failure(self, status: int, message: str) -> Answer:
        return Answer(status, {"error": "invalid_request", "error_description": message})

    def _token(self, request: Request) -> Answer:
        form = request.form()
        known = same_secret(form.get("client_id", ""), self.sign_in["client_id"])
        if not (known and same_secret(form.get("client_secret", ""), self.sign_in["client_secret"])):
            said = "AADSTS7000215: Invalid client secret provided."
            return Answer(401, {"error": "invalid_client", "error_description": said})
        if form.get("grant_type") != "client_credentials" or not form.get("scope", "").endswith("/.default"):
            return Answer(400, {"error": "invalid_request", "error_description": "AADSTS900144"})
        return Answer(200, {"token_type": "Bearer", "expires_in": TOKEN_SECONDS, "access_token": self._tokens.issue()})


def _sender_in(text: str) -> str:
    found = _SENDER.fullmatch(text)
    if found is None:
        raise BadRequestError("the Lab filters by from/emailAddress/address eq 'ADDRESS' alone")
    return found.group(1).replace("''", "'")


def _id_of(row: Message, request: Request) -> str:
    """Return a message's id as this client knows it: only an immutable one outlives a move."""
    lasting = 'IdType="ImmutableId"' in request.headers.get("prefer", "")
    return row.id if lasting else f"{row.id}-{row.moves}"
