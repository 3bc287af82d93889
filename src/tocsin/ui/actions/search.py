"""Finds by a few letters what a person can go to or do, best first. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

START_OF_TITLE: Final = 10
START_OF_WORD: Final = 24
NEXT_TO_LAST: Final = 20
MOST_GAP: Final = 12
IN_DETAIL: Final = -200
"""What a letter is worth, by where it stands: letters side by side and words that begin as typed come first."""


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing that can be found.

    Attributes:
        id: What is told when it is chosen.
        title: Its name; what is searched first.
        group: Which kind of thing it is: “Run”, “Node”.
        detail: More words about it, searched after the title.
        icon: A name in `resources/icons`, or "".
        tone: The token that colours the icon.
        keys: Its shortcut as this machine writes it, or "".
        also: What else it is called; its words count as those of the title.
    """

    id: str
    title: str
    group: str
    detail: str = ""
    icon: str = ""
    tone: str = "text2"
    keys: str = ""
    also: str = ""


def rank(query: str, things: Iterable[Findable]) -> tuple[Findable, ...]:
    """Return what holds all letters of the query in their order, best first; all of it, as it is, for no query."""
    letters = "".join(query.casefold().split())
    if not letters:
        return tuple(things)
    words = query.casefold().split()
    scored = [(score, thing) for thing in things if (score := _score(letters, words, thing)) is not None]
    scored.sort(key=lambda pair: -pair[0])  # Python's sort keeps the order of equals
    return tuple(thing for _, thing in scored)


def _score(letters: str, words: Sequence[str], thing: Findable) -> int | None:
    named = (match(letters, thing.title), _match_words(words, thing.title), _match_words(words, thing.also))
    found = [one for one in named if one is not None]
    if found:
        return max(found) - len(thing.title)
    of_all = match(letters, f"{thing.title} {thing.group} {thing.detail}")
    return None if of_all is None else of_all + IN_DETAIL - len(thing.title)


def match(letters: str, text: str) -> int | None:
    """Return how well a text holds the letters in their order, or None when it does not: the best of all beginnings."""
    folded = text.casefold()
    beginnings = (at for at, letter in enumerate(folded) if letter == letters[0])
    scores = [score for at in beginnings if (score := _match_from(at, letters, folded)) is not None]
    return max(scores, default=None)


def _match_words(words: Sequence[str], title: str) -> int | None:
    """Return how well words of a title, in their order, begin as those typed: “block addr” is “Block an address”."""
    score, place = 0, 0
    there = title.casefold().split()
    for word in words:
        found = next((at for at in range(place, len(there)) if there[at].startswith(word)), None)
        if found is None:
            return None
        score += START_OF_WORD + (START_OF_TITLE if found == 0 else 0) + NEXT_TO_LAST * (len(word) - 1)
        place = found + 1
    return score


def _match_from(at: int, letters: str, folded: str) -> int | None:
    """Each letter is taken where it continues the last one, else at the start of a word, else anywhere."""
    score, last = _worth(folded, at, -1), at
    for place, letter in enumerate(letters[1:], start=1):
        at = _place(folded, letter, last)
        if not _holds(letters[place + 1 :], folded, at + 1):  # it ran past the rest: take the first that is there
            at = folded.find(letter, last + 1)
        if at < 0:
            return None
        score += _worth(folded, at, last)
        last = at
    return score


def _holds(letters: str, folded: str, start: int) -> bool:
    """Tell whether the letters come in their order from a place on."""
    for letter in letters:
        start = folded.find(letter, start) + 1
        if start == 0:
            return False
    return True


def _place(folded: str, letter: str, last: int) -> int:
    following = last + 1
    while folded[following : following + 1].isspace():
        following += 1
    if folded[following : following + 1] == letter:
        return following
    starts = (at for at in range(following, len(folded)) if folded[at] == letter and _starts_word(folded, at))
    return next(starts, folded.find(letter, following))


def _worth(folded: str, at: int, last: int) -> int:
    if _starts_word(folded, at):
        return START_OF_WORD + (START_OF_TITLE if at == 0 else 0)
    return NEXT_TO_LAST if at == last + 1 and last >= 0 else -min(at - last, MOST_GAP)


def _starts_word(folded: str, at: int) -> bool:
    return at == 0 or not folded[at - 1].isalnum()
