"""A secret value that does not show itself, and the redactor that keeps secrets out of what leaves."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import quote

from typing_extensions import override

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json

MASK = "«secret»"
SHORTEST = 4  # shorter ones would mask half of every text
MOST_PASSING: Final = 100

Learn = Callable[[Iterable[str]], None]
"""Is told secrets, so that they are masked wherever they might be written."""


def learn_nothing(_secrets: Iterable[str]) -> None:
    """Where nothing is written that would have to be masked."""


class Secret:
    """A text whose repr and str are blank. `reveal` is the one way to it, so a search finds every use."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the secret itself, for the request that needs it."""
        return self._text

    @override
    def __repr__(self) -> str:
        return f"Secret({MASK})"

    @override
    def __str__(self) -> str:
        return MASK

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    @override
    def __hash__(self) -> int:
        return hash((Secret, self._text))


class SecretUnusableError(TocsinError):
    """Root of the vault's errors: a secret is kept, and cannot be used as things are."""


class Redactor:
    """Replaces known secrets, also in the forms they take on the way: Base64, URL, JSON escapes (field.md S10).

    Args:
        tell: Is told what this one learns, so that others mask it too.
    """

    def __init__(self, *, tell: Learn = learn_nothing) -> None:
        self._tell = tell
        self._known: set[str] = set()
        self._lasting: set[str] = set()
        self._passing: dict[str, set[str]] = {}
        self._forms: tuple[str, ...] = ()

    def learn(self, secrets: Iterable[str]) -> None:
        """Know these secrets from now on, and what is derived from them."""
        new = {secret for secret in secrets if len(secret) >= SHORTEST} - self._known
        if not new:  # each attempt teaches its secrets again
            return
        self._known |= new
        self._lasting = self._lasting.union(*map(_forms_of, new))
        self._know_forms()
        self._tell(new)

    def learn_for_now(self, secrets: Iterable[str]) -> None:
        """Know these too until a hundred others have come: tokens, of which there is a new one every few minutes."""
        seen = [secret for secret in secrets if len(secret) >= SHORTEST and secret not in self._known]
        new = [secret for secret in seen if secret not in self._passing]
        self._passing |= {secret: self._passing.pop(secret, None) or _forms_of(secret) for secret in seen}
        while len(self._passing) > MOST_PASSING:
            del self._passing[next(iter(self._passing))]
        if new:
            self._know_forms()

    def _know_forms(self) -> None:
        forms = self._lasting.union(*self._passing.values())
        self._forms = tuple(sorted(forms, key=len, reverse=True))

    def text(self, text: str) -> str:
        """Return the text with every known secret masked."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
        return text

    def value(self, value: Json) -> Json:
        """Return the data with every known secret masked, in keys as well; the same object when there is none."""
        if not self._forms:
            return value
        if isinstance(value, str):
            return self.text(value)
        if value is None or isinstance(value, int | float):  # before the protocols: asking for those costs more
            return value
        if isinstance(value, Mapping):
            return {self.text(key): self.value(part) for key, part in value.items()}
        return [self.value(part) for part in value]


def _forms_of(secret: str) -> set[str]:
    raw = secret.encode()
    coded = {base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()}
    forms = {secret, quote(secret, safe=""), quote(secret), json.dumps(secret)[1:-1], raw.hex()}
    forms |= coded | {form.rstrip("=") for form in coded}
    return {form for form in forms if len(form) >= SHORTEST}
