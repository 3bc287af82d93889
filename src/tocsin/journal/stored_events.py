"""The events of a long run as a sequence that loads them when somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, overload

from typing_extensions import override

from tocsin.engine.events import Event

PAGE: Final = 2_000
_PAGES: Final = 4


class StoredEvents(Sequence[Event]):
    """Events in order; a page of them is loaded at a time, and the last few pages stay. Any thread may look.

    Args:
        load: Gives those from one number to another, both counted in, the first of the run being 1.
        count: How many there are; no number is missing among them.
    """

    def __init__(self, load: Callable[[int, int], list[Event]], count: int) -> None:
        self._load = load
        self._count = count
        self._pages: dict[int, list[Event]] = {}

    def _page(self, number: int) -> list[Event]:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._load(number * PAGE + 1, min((number + 1) * PAGE, self._count))
            for old in list(self._pages)[:-_PAGES]:
                self._pages.pop(old, None)
        return page

    def _part(self, first: int, last: int) -> Iterator[Event]:
        for number in range(first // PAGE, -(-last // PAGE)):
            begin = number * PAGE
            yield from self._page(number)[max(first - begin, 0) : last - begin]

    @override
    def __len__(self) -> int:
        return self._count

    @override
    def __iter__(self) -> Iterator[Event]:
        return self._part(0, self._count)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    @override
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        if isinstance(index, slice):
            first, last, step = index.indices(self._count)
            return list(self._part(first, last)) if step == 1 else [self[place] for place in range(first, last, step)]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError("no such event")
        return self._page(place // PAGE)[place % PAGE]
