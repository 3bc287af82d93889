"""What a product's card shows, as values: columns, rows, cells, and the grey states of the Lab's world."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabRun


class Level(IntEnum):
    """How far a thing is from its normal state; the tokens `world1` to `world3`."""

    NORMAL = 1
    ODD = 2
    CUT_OFF = 3


@dataclass(frozen=True, slots=True)
class WorldState:
    """A state of the world in words.

    Attributes:
        words: What it is: “Isolated”, “2 open”.
        level: Its grey.
        icon: Its glyph; a state is never told by its grey alone.
    """

    words: str
    level: Level
    icon: str


class Manner(StrEnum):
    """How a cell's text is written."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"
    CODE_QUIET = "code-quiet"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text or a state, then a run's chip, then a remark.

    Attributes:
        text: Plain text from the world; never markup.
        state: What stands there as a chip of its own.
        run: The run that changed the row, in the one cell that says what was changed.
        remark: A word that belongs to the text or the state.
    """

    text: str = ""
    manner: Manner = Manner.PLAIN
    state: WorldState | None = None
    run: LabRun | None = None
    remark: str = ""

    @property
    def words(self) -> str:
        """All of it as one line, for tooltips and for those who hear it."""
        chip = _("changed by {label}").format(label=self.run.label) if self.run else ""
        return ", ".join(
            part for part in (self.text, self.state.words if self.state else "", chip, self.remark) if part
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `run` is the one that changed it last, if any did."""

    key: tuple[str, str]
    cells: tuple[Cell, ...]
    run: LabRun | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; the one that stretches takes the room that is left."""

    title: str
    stretches: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What one product holds.

    Attributes:
        id: Its category.
        title: What people call such a product.
        icon: Of its tile.
        fact: What it holds, in a line beside the title.
    """

    id: str
    title: str
    icon: str
    fact: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
