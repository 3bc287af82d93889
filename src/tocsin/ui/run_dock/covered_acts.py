"""The acts that a question binds its answer to, as they would leave the house: step, product, connection, inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.ui.run_dock.kept_values import Found
from tocsin.ui.run_dock.question_text import Piece
from tocsin.ui.run_dock.subject import RunSubject

MOST: Final = 6
MOST_OF_INPUT: Final = 80


def act_pieces(intents: Found, subject: RunSubject) -> tuple[Piece, ...]:
    """Return one line an act, its inputs set off as data; () where the question is about none.

    Args:
        intents: The list that the question was opened with, as far as it is known.
        subject: What runs.
    """
    if not intents.is_there:
        return (Piece(str(intents.value), is_data=False),)
    acts = [act for act in _listed(intents.value) if isinstance(act, Mapping)]
    pieces: list[Piece] = []
    for act in acts[:MOST]:
        pieces += [Piece("\n", is_data=False)] * bool(pieces)
        pieces += _pieces_of(act, subject)
    if len(acts) > MOST:
        pieces.append(Piece(_("\nand {count} more").format(count=len(acts) - MOST), is_data=False))
    return tuple(pieces)


def _listed(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _pieces_of(act: Mapping[str, Json], subject: RunSubject) -> Iterator[Piece]:
    node = str(act.get("path", "")).rpartition("/")[2]
    face, connection = subject.face(node), act.get("connection")
    product = face.subtitle.partition(" · ")[0]
    yield Piece(
        _("{title}: {product}, connection “{connection}”").format(
            title=face.title, product=product, connection=connection
        ),
        is_data=False,
    )
    inputs = act.get("inputs")
    said = ", ".join(_words(inputs)) if isinstance(inputs, Mapping) else ""
    if said:
        yield Piece(", ", is_data=False)
        yield Piece(said, is_data=True)


def _words(inputs: Mapping[str, Json]) -> Iterator[str]:
    for name, value in inputs.items():
        if value not in (None, "", [], {}):
            yield f"{name} {one_line(str(value), most=MOST_OF_INPUT)}"
