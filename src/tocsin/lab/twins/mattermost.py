"""Mattermost, as much as posting into a channel and reading it takes (vendor-api.md, “Traps of the rest”).

A channel is named by its id, not its name; a bot that is no member of it may neither post nor read there. Sources:
developers.mattermost.com/api-documentation; github.com/mattermost/mattermost, `server/channels/api4/post.go`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar, Final

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.lab.exchange import Answer, Request, as_object, text_in
from tocsin.lab.telling import post, take_back
from tocsin.lab.told_values import Post
from tocsin.lab.twin import Route, Twin, same_secret
from tocsin.lab.values import Product
from tocsin.lab.world import World

CHANNEL: Final = "4xp9fdt77pncbef59f4k1qe83o"
"""The channel of the security team, which the bot is a member of."""

FOREIGN_CHANNEL: Final = "8rk3ysq1obgt5mzn7w2hcde49a"
"""A channel that there is, and that the bot is no member of."""

BOT: Final = "1qz7n5cxw3fydkp6t8rhme4bao"
MOST_LETTERS: Final = 16_383
LARGEST_PAGE: Final = 200

_WORDS: Final = {
    401: ("api.context.session_expired.app_error", "Invalid or expired session, please login again."),
    403: ("api.context.permissions.app_error", "You do not have the appropriate permissions."),
    404: ("app.post.get.app_error", "Unable to get the post."),
}


class Mattermost(Twin):
    """The team's chat. What is said in it is the world's."""

    product = Product.MATTERMOST
    category = "messaging"
    options: ClassVar[Mapping[str, str]] = {"channel": CHANNEL}

    def __init__(self, world: World) -> None:
        super().__init__(world, {"token": secrets.token_hex(13)})

    @override
    def make_routes(self) -> Sequence[Route]:
        posts, channel = "/api/v4/posts", "/api/v4/channels/{channel}"
        return (
            Route("GET", "/api/v4/system/ping", self._ping, signed_in=False),
            Route("GET", "/api/v4/users/me", self._me),
            Route("GET", channel, partial(self._on_channel, self._channel)),
            Route("GET", f"{channel}/posts", partial(self._on_channel, self._posts)),
            Route("POST", posts, self._create, changes=True),
            Route("GET", f"{posts}/{{id}}", partial(self._on_post, self._get)),
            Route("DELETE", f"{posts}/{{id}}", partial(self._on_post, self._delete), changes=True),
        )

    @override
    def is_signed_in(self, request: Request) -> bool:
        return same_secret(request.bearer(), self.sign_in["token"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        code, words = _WORDS.get(status, ("api.context.invalid_body_param.app_error", message))
        said: Json = {"id": code, "message": words, "detailed_error": "", "request_id": "", "status_code": status}
        return Answer(status, said)

    def _ping(self, request: Request) -> Answer:
        del request
        return Answer(200, {"status": "OK"})

    def _me(self, request: Request) -> Answer:
        del request
        return Answer(200, {"id": BOT, "username": "tocsin", "is_bot": True, "roles": "system_user"})

    def _on_channel(self, act: Callable[[Request], Answer], request: Request) -> Answer:
        """Refuse what is done to a channel without the bot; whether there is such a channel is not told either."""
        return act(request) if request.parts["channel"] == CHANNEL else self.failure(403, "")

    def _channel(self, request: Request) -> Answer:
        del request
        return Answer(200, {"id": CHANNEL, "type": "P", "name": "security", "display_name": "Security"})

    def _posts(self, request: Request) -> Answer:
        """Return one page, the newest first: ids in `order`, the messages beside it."""
        rows = [row for row in self.world.tables.posts.values() if not row.deleted][::-1]
        page, size = request.number("page", 0), min(request.number("per_page", 60, low=1), LARGEST_PAGE)
        shown = rows[page * size : (page + 1) * size]
        later = rows[page * size - 1].id if 0 < page * size <= len(rows) else ""
        earlier = rows[(page + 1) * size].id if (page + 1) * size < len(rows) else ""
        posts: dict[str, Json] = {row.id: _record(row) for row in shown}
        body: Json = {"order": list(posts), "posts": posts, "next_post_id": later, "prev_post_id": earlier}
        return Answer(200, body)

    def _create(self, request: Request) -> Answer:
        body = request.object()
        if text_in(body, "channel_id", "") != CHANNEL:
            return self.failure(403, "")
        text = text_in(body, "message", "")
        if not text or len(text) > MOST_LETTERS:
            return self.failure(400, "Invalid message.")
        props = as_object(body.get("props") or {}, "props")
        return Answer(201, _record(post(self.world, CHANNEL, text, props)))

    def _on_post(self, act: Callable[[Post], Answer], request: Request) -> Answer:
        row = self.world.tables.posts.get(request.parts["id"])
        return self.failure(404, "") if row is None or row.deleted else act(row)

    def _get(self, row: Post) -> Answer:
        return Answer(200, _record(row))

    def _delete(self, row: Post) -> Answer:
        take_back(self.world, row)
        return Answer(200, {"status": "OK"})


def _record(row: Post) -> dict[str, Json]:
    created = int(datetime.fromisoformat(row.created).timestamp() * 1000)
    return {
        "id": row.id,
        "create_at": created,
        "update_at": created,
        "edit_at": 0,
        "delete_at": 0,
        "user_id": BOT,
        "channel_id": row.channel,
        "root_id": "",
        "message": row.text,
        "type": "",
        "props": row.props,
        "hashtags": "",
        "metadata": {},
    }
