"""The values that may be read as a tree: sources, their fields, the fields of these; without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.services.samples import ValueField, ValueGroup, origin_words
from tocsin.ui.expression.faces import Faces, SourceFace


@dataclass(frozen=True, slots=True)
class Branch:
    """One value, with what lies in it.

    Attributes:
        path: As an expression writes it; "" for a source that is no value itself.
        title: What it is called, without what it lies in.
        kind: Its type, in a word; "" when nobody knows. Of a source: where its samples come from.
        sample: Its sample value, short; "" when there is none.
        face: The look of a source; None of a value.
        inner: What lies in it.
    """

    path: str
    title: str
    kind: str = ""
    sample: str = ""
    face: SourceFace | None = None
    inner: tuple[Branch, ...] = ()


def branches_of(groups: Iterable[ValueGroup], faces: Faces, sought: str = "") -> tuple[Branch, ...]:
    """Return a tree of what may be read.

    Args:
        groups: What may be read.
        faces: What its sources are called.
        sought: Words that a value, or what it lies in, must have in its title or its path; "" for all.
    """
    words = sought.lower().split()
    found: list[Branch] = []
    for group in groups:
        face = faces.group(group.root, group.node)
        inner = _kept(_tree(group.fields), face.title.lower(), words)
        if inner:
            origin = origin_words(group.origin, group.run) if group.origin is not None else ""
            found.append(Branch("", face.title, "", origin, face, inner))
    return tuple(found)


@dataclass(slots=True)
class _Open:
    """A value while the ones that lie in it are still read."""

    value: ValueField
    title: str
    inner: list[_Open] = field(default_factory=list["_Open"])

    def closed(self) -> Branch:
        one = self.value
        return Branch(one.path, self.title, one.kind, one.sample, None, tuple(part.closed() for part in self.inner))


def _tree(fields: Sequence[ValueField]) -> tuple[Branch, ...]:
    known: dict[str, _Open] = {}
    top: list[_Open] = []
    for one in fields:
        around = _around(one.path, known)
        title = one.title if around is None else one.title.removeprefix(around.value.title).strip() or one.title
        opened = known[one.path] = _Open(one, title)
        (top if around is None else around.inner).append(opened)
    return tuple(one.closed() for one in top)


def _around(path: str, known: Mapping[str, _Open]) -> _Open | None:
    """Return the value that a path lies in: the longest one that it goes on from."""
    starts = (path[:at] for at in range(len(path) - 1, 0, -1) if path[at] in ".[")
    return next((known[start] for start in starts if start in known), None)


def _kept(branches: Iterable[Branch], around: str, words: Sequence[str]) -> tuple[Branch, ...]:
    """Return what has all the words in it, or in what it lies in; with the way that leads there."""
    found: list[Branch] = []
    for branch in branches:
        said = f"{around} {branch.title} {branch.path}".lower()
        inner = _kept(branch.inner, said, words)
        if inner or all(word in said for word in words):
            found.append(Branch(branch.path, branch.title, branch.kind, branch.sample, None, inner))
    return tuple(found)
