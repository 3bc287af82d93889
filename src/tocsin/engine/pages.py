"""Facts by path in packed pages: a page is opened when somebody asks for one of its paths, the others stay bytes.

Which page a path is in is told by its checksum, so no list of paths is needed to find one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Final, TypeVar

import orjson
from typing_extensions import override

SIZE: Final = 256
"""About so many paths a page: one is opened in less than a millisecond."""
QUICK: Final = 1
"""The quickest of zlib's levels: a better one takes longer than folding."""
_T = TypeVar("_T")


def write_pages(facts: Mapping[str, Any]) -> list[bytes]:
    """Return facts as pages, not yet packed; the same facts are always the same bytes."""
    pages: list[dict[str, Any]] = [{} for _ in range(-(-len(facts) // SIZE))]
    for path in sorted(facts):
        pages[_place(path, len(pages))][path] = facts[path]
    return [orjson.dumps(page) for page in pages]


class Paged(MutableMapping[str, _T]):
    """Facts that begin as pages. It is written to as any other mapping.

    Args:
        pages: What `write_pages` gave, each packed by zlib; they must be whole.
        read: Makes a fact of its JSON.
    """

    def __init__(self, pages: Sequence[bytes], read: Callable[[Any], _T]) -> None:
        self._pages: list[bytes | None] = list(pages)
        self._read = read
        self._known: dict[str, _T] = {}

    def __copy__(self) -> Paged[_T]:
        """Return the same once more; what is open of one is open of the other."""
        other = Paged[_T]((), self._read)
        other._pages, other._known = self._pages.copy(), self._known.copy()
        return other

    @override
    def __getitem__(self, path: str) -> _T:
        if path not in self._known and self._pages:
            self._open(_place(path, len(self._pages)))
        return self._known[path]

    @override
    def __setitem__(self, path: str, fact: _T) -> None:
        self._known[path] = fact

    @override
    def __delitem__(self, path: str) -> None:
        self._open_all()
        del self._known[path]

    @override
    def __iter__(self) -> Iterator[str]:
        self._open_all()
        return iter(self._known)

    @override
    def __len__(self) -> int:
        self._open_all()
        return len(self._known)

    def _open_all(self) -> None:
        for place in range(len(self._pages)):
            self._open(place)

    def _open(self, place: int) -> None:
        packed = self._pages[place]
        if packed is None:
            return
        self._pages[place] = None
        for path, fact in orjson.loads(zlib.decompress(packed)).items():
            if path not in self._known:  # else it is another meanwhile
                self._known[path] = self._read(fact)


def _place(path: str, count: int) -> int:
    return zlib.crc32(path.encode()) % count
