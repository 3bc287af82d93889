"""A person's own descriptions of products: what is in their folder, what is wrong there, and what was reviewed.

A mark holds for a file's very bytes and on this computer only: who changes the file, or hands it on, has not reviewed
it (field.md S16).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from filelock import FileLock

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place, TocsinError
from tocsin.base.private_folder import make_private
from tocsin.base.texts import _
from tocsin.connectors.registry import OwnDescription, load_catalogue, read_own, read_own_file
from tocsin.model.catalogue import Catalogue
from tocsin.model.catalogue_texts import in_readers_language
from tocsin.services.places import Places

_KEY: Final = "reviewed"
_Stamp: TypeAlias = tuple[str, int, int, int]


class UnreviewableError(TocsinError):
    """What cannot be used cannot be reviewed; the message is the first fault's."""

    code = ErrorCode.BAD_DESCRIPTION

    def __init__(self, own: OwnDescription) -> None:
        first = own.problems[0]
        super().__init__(first.message, hint=first.hint, place=Place(str(own.path), first.line, first.column))


class UnkeptReviewError(TocsinError):
    """The disk or the permissions refuse the file of reviews."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("That it was reviewed cannot be kept: {reason}.").format(reason=reason),
            hint=_("See that Tocsin's folder can be written."),
        )


class OwnDescriptions:
    """Reads the folder anew when something in it has changed. Calls read files: not on the window's thread.

    Args:
        places: This person's folders.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._read: tuple[tuple[_Stamp, ...], Catalogue] | None = None

    def catalogue(self) -> Catalogue:
        """Return every product that can be used, in the reader's language; the same one until a file changes."""
        stamps = tuple(self._stamps())
        if self._read is None or self._read[0] != stamps:
            self._read = (stamps, self._load())
        return self._read[1]

    def shipped(self) -> Catalogue:
        """Return the products that come with Tocsin alone, as they are described."""
        return load_catalogue(cache=self._cache)

    def files(self) -> tuple[OwnDescription, ...]:
        """Return what is in the folder, file by file, with what is wrong there."""
        return read_own([self._places.own_descriptions], self.shipped())

    def read(self, path: Path) -> OwnDescription:
        """Return what is in a file, wherever it lies.

        Raises:
            UnreviewableError: It cannot be used.
        """
        own = read_own_file(path, self.shipped())
        if own.connector is None:
            raise UnreviewableError(own)
        return own

    def is_reviewed(self, own: OwnDescription) -> bool:
        """Tell whether this person has reviewed what is in a file now."""
        return own.mark in self._marks()

    def review(self, own: OwnDescription) -> None:
        """Keep that this person has reviewed a description: from the next look on, its actions count as what they say.

        Raises:
            UnkeptReviewError: It cannot be written.
        """
        path = self._places.reviews
        try:
            make_private(path.parent)
            with FileLock(f"{path}.lock"):
                marks = sorted({*self._marks(), own.mark})
                write_atomically(path, json.dumps({_KEY: marks}).encode(), mode=PRIVATE)
        except OSError as error:
            raise UnkeptReviewError(error.strerror or _("it is refused")) from error

    def _load(self) -> Catalogue:
        found = load_catalogue(
            [self._places.own_descriptions], cache=self._cache, is_reviewed=self._marks().__contains__
        )
        return in_readers_language(found)

    @property
    def _cache(self) -> Path:
        return self._places.cache / "catalogue.json"

    def _stamps(self) -> Iterator[_Stamp]:
        """What tells one state of the folder and the reviews from the next."""
        for path in (self._places.reviews, *sorted(self._places.own_descriptions.glob("*.yaml"))):
            try:
                facts = path.stat()
            except OSError:  # it went meanwhile, or there is none yet
                continue
            yield (path.name, facts.st_ino, facts.st_size, facts.st_mtime_ns)

    def _marks(self) -> frozenset[str]:
        """What cannot be read was reviewed by nobody: that is the safe side."""
        try:
            marks = json.loads(self._places.reviews.read_bytes())[_KEY]
            return frozenset(mark for mark in marks if isinstance(mark, str))
        except (OSError, ValueError, KeyError, TypeError):
            return frozenset()
