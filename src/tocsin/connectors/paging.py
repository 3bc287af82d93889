"""Asks for further pages of a read until there are no more, or more than the description allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from tocsin.base.codes import ErrorCode
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import ConnectorError
from tocsin.connectors.exchange import Reply, Request
from tocsin.connectors.plans import PagePlan
from tocsin.expressions import Scope, evaluate

Send = Callable[[Request], Awaitable[Reply]]


class PagingError(ConnectorError):
    """The pages do not come to an end that can be trusted."""

    code = ErrorCode.PAGES_ENDLESS

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            _("The pages of the answer cannot be read: {reason}.").format(reason=reason), hint=_("Ask for less.")
        )


def first_page(plan: PagePlan, request: Request) -> Request:
    """Return the request for the first page."""
    page = plan.page
    if page.size is not None and page.size_parameter is not None:
        request = _with(request, page.size_parameter, str(page.size))
    start = {"page": "1", "offset": "0"}.get(page.kind)
    return _with(request, page.parameter, start) if start is not None and page.parameter is not None else request


def items_of(plan: PagePlan, scope: Scope) -> Sequence[Json]:
    """Return the items of the page that the scope's `body` holds.

    Raises:
        PagingError: It holds no list.
        EvaluationError: The expression ends in an error.
    """
    items = evaluate(plan.items, scope)
    if not isinstance(items, list):
        raise PagingError(_("a page has no list of items"))
    return items


def next_page(plan: PagePlan, request: Request, scope: Scope, *, got: Sequence[Json], total: int) -> Request | None:
    """Return the request for the page after, or None when this was the last.

    Args:
        plan: How pages are asked for.
        request: The request of the page before.
        scope: Sees its status, body and headers.
        got: The items of the page before.
        total: How many items there are so far, of all pages.

    Raises:
        PagingError: There are more than the description allows, or the next page is on another server.
        EvaluationError: The expression `next` ends in an error.
    """
    page = plan.page
    following = evaluate(plan.next, scope) if plan.next is not None else None
    is_last = not got if plan.next is None else following in (None, "", False)
    if plan.next is None and page.size is not None and len(got) < page.size:
        is_last = True
    if is_last:
        return None
    if total >= page.at_most:
        raise PagingError(_("there are more than {at_most} items").format(at_most=page.at_most))
    if page.keeps_cursor and not got:
        raise PagingError(_("a page that is not the last has no items"))
    return _following(plan, request, following, total=total)


def _following(plan: PagePlan, request: Request, following: Json, *, total: int) -> Request:
    page = plan.page
    if page.kind == "link":
        return _followed(request, str(following))
    name = page.parameter or page.kind
    if page.kind == "offset":
        return _with(request, name, str(total))
    if page.kind == "page":
        number = next((int(value) for key, value in request.query if key == name), 1)
        return _with(request, name, str(number + 1))
    before = dict(request.query).get(name)
    if str(following) == before and not page.keeps_cursor:
        raise PagingError(_("the product gives the same page again"))
    return _with(request, name, str(following))


def _followed(request: Request, link: str) -> Request:
    """Follow a link to the next page, never to another server (vendor-api.md: “check its host”)."""
    parts = urlsplit(link)
    if (parts.scheme or parts.netloc) and not link.startswith(request.origin.url + "/"):
        raise PagingError(_("the next page is on another server"))
    base = urlsplit(request.origin.url).path
    path = parts.path.removeprefix(base) if base else parts.path
    if not path.startswith("/") or any(part in {".", ".."} for part in path.split("/")):
        raise PagingError(_("the next page has no plain path"))
    return replace(request, path=path, query=tuple(parse_qsl(parts.query, keep_blank_values=True)))


def _with(request: Request, name: str, value: str) -> Request:
    kept = tuple(pair for pair in request.query if pair[0] != name)
    return replace(request, query=(*kept, (name, value)))
