"""Short-lived access tokens, as OAuth 2 servers issue them."""

from __future__ import annotations

import secrets
from collections.abc import Callable


class Tokens:
    """Issues tokens that are valid for a time. They are no part of the world: nobody's story depends on them."""

    def __init__(self, *, seconds: int, monotonic: Callable[[], float]) -> None:
        self.seconds = seconds
        self._monotonic = monotonic
        self._ends: dict[str, float] = {}

    def issue(self) -> str:
        """Return a new token, and forget those that have ended."""
        now = self._monotonic()
        self._ends = {token: end for token, end in self._ends.items() if end > now}
        token = secrets.token_urlsafe(32)
        self._ends[token] = now + self.seconds
        return token

    def is_valid(self, token: str) -> bool:
        """Tell whether the token was issued here and has not ended."""
        return self._ends.get(token, 0.0) > self._monotonic()

    def revoke(self, token: str) -> None:
        """End a token now; an unknown one is no error (RFC 7009 §2.2)."""
        self._ends.pop(token, None)
