"""The rows of the timeline, without Qt: which there are, and what each shows at a moment.

Rows are the steps of the snapshot, so they stand still while a run goes on; only items of loops are added. What a row
shows is asked for when it is painted, so that twenty thousand events cost nothing that is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from tocsin.base.texts import _
from tocsin.engine.details import ItemFacts
from tocsin.engine.events import FINISHED, TERMINAL, NodeState, static_id
from tocsin.engine.moments import Moment
from tocsin.engine.progress import NodeStatus
from tocsin.ui.canvas.faces import port_words
from tocsin.ui.canvas.looks import Look, look_of
from tocsin.ui.run_dock.items import Find, item_title, split_item
from tocsin.ui.run_dock.kept_values import plain_value
from tocsin.ui.run_dock.late_rows import LateRows, Row, RowKind, Stretch
from tocsin.ui.run_dock.reasons import branch_reason
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.words import REASON_WORDS, duration_words

WORST_FIRST: Final = (
    *("uncertain", "refused", "failed", "asks", "paused", "retrying", "running", "waits", "queued"),
    *("would", "succeeded", "already", "cancelled", "off", "skipped", "not_reached"),
)
"""Looks by name (visual-design.md §2.3): an item shows the worst of its steps."""
_NEVER_BEGAN: Final = frozenset({Look.SKIPPED, Look.OFF, Look.QUEUED})


@dataclass(frozen=True, slots=True)
class Bar:
    """What a row shows at a moment.

    Attributes:
        look: How.
        start: UTC microseconds, 0 where nothing began.
        end: UTC microseconds, 0 while it goes on.
        label: What happened, in a few words.
    """

    look: Look
    start: int = 0
    end: int = 0
    label: str = ""


class TimelineRows:
    """Which rows there are. Loops are open until they are folded, items are folded until they are opened.

    Args:
        subject: What runs.
        find: Gives values that are too large for events, as far as they are known: items are called by their names.
    """

    def __init__(self, subject: RunSubject, find: Find = plain_value) -> None:
        self._subject = subject
        self._find = find
        self._folded: set[str] = set()
        self._opened: set[str] = set()
        self._turns = 0
        self._titles: dict[str, str] = {}
        self._rows = LateRows(())
        self._built_for: tuple[int, int] | None = None

    def at(self, moment: Moment) -> LateRows:
        """Return the rows at a moment."""
        key = (moment.details.items_changed, self._turns)
        if key != self._built_for:
            self._built_for = key
            self._rows = LateRows(self._rows_in(None, "", 0, moment))
        return self._rows

    def find(self, path: str, moment: Moment) -> int | None:
        """Return the place of the row of a path, or None when it is folded away or not there."""
        return self.at(moment).find(path)

    def set_open(self, row: Row, *, is_open: bool) -> None:
        """Show or hide what is in a row."""
        if row.is_open is None or row.is_open is is_open:
            return
        changed = self._folded if row.kind is RowKind.LOOP else self._opened
        if is_open is (row.kind is RowKind.LOOP):
            changed.discard(row.path)
        else:
            changed.add(row.path)
        self._turns += 1

    def reveal(self, path: str) -> None:
        """Open all that a path lies in."""
        around = path.split("/")[:-1]
        for depth in range(1, len(around) + 1):
            item = "/".join(around[:depth])
            self._opened.add(item)
            self._folded.discard(item.rpartition("[")[0])
        self._turns += bool(around)

    def rename(self) -> None:
        """Ask again what items are called: more of them is known."""
        self._titles.clear()
        self._turns += 1

    def _rows_in(self, loop: str | None, prefix: str, depth: int, moment: Moment) -> list[Row | Stretch]:
        rows: list[Row | Stretch] = []
        for name in self._subject.steps(loop):
            path = f"{prefix}{name}"
            title = self._subject.face(name).title
            if self._subject.body(name) is None:
                rows.append(Row(path, name, title, depth, RowKind.STEP))
                continue
            items = moment.details.items_of(path)
            is_open = path not in self._folded if items else None
            rows.append(Row(path, name, title, depth, RowKind.LOOP, is_open))
            if is_open:
                rows += self._item_rows(path, depth + 1, moment)
        return rows

    def _item_rows(self, loop: str, depth: int, moment: Moment) -> list[Row | Stretch]:
        """Return the rows of a loop's items: those that are folded as stretches, between those that are open."""
        items, rows = moment.details.items_of(loop), list[Row | Stretch]()
        make = partial(self._item_row, loop, depth, moment)
        opened = {index for index in self._opened_in(loop) if index in items and items[index].started_at}
        for is_open, indexes in groupby(sorted(items), opened.__contains__):
            if not is_open:
                rows.append(Stretch(loop, tuple(indexes), make))
                continue
            for index in indexes:
                rows.append(make(index))
                rows += self._rows_in(_last_of(loop), f"{loop}[{index}]/", depth + 1, moment)
        return rows

    def _opened_in(self, loop: str) -> list[int]:
        places = (split_item(path) for path in self._opened)
        return [place[1] for place in places if place is not None and place[0] == loop]

    def _item_row(self, loop: str, depth: int, moment: Moment, index: int) -> Row:
        path, item = f"{loop}[{index}]", moment.details.items_of(loop)[index]
        title = self._titles.get(path)
        if title is None:
            title = self._titles[path] = item_title(path, moment.details, self._find)
        is_open = path in self._opened if item.started_at else None
        return Row(path, _last_of(loop), title, depth, RowKind.ITEM, is_open)


def _last_of(path: str) -> str:
    return path.rpartition("/")[2]


def item_of(row: Row, moment: Moment) -> ItemFacts | None:
    """Return the item that a row stands for, or None."""
    place = split_item(row.path) if row.kind is RowKind.ITEM else None
    return moment.details.items_of(place[0]).get(place[1]) if place is not None else None


def inner_paths(row: Row, subject: RunSubject, moment: Moment) -> list[str]:
    """Return the paths in an item that were heard of."""
    paths = [f"{row.path}/{name}" for name in subject.steps(row.node)]
    return [path for path in paths if moment.progress.status_at(path) != NodeStatus()]


def telling_path(row: Row, subject: RunSubject, moment: Moment) -> str:
    """Return the path that a row leads to: its own, of an item the worst step in it, of several such the last."""
    if row.kind is not RowKind.ITEM:
        return row.path
    paths = inner_paths(row, subject, moment)
    ranked = [(_rank(_look(path, subject, moment)), -_latest(path, moment), path) for path in paths]
    return min(ranked)[2] if ranked else row.path


def item_looks(loop: str, subject: RunSubject, moment: Moment) -> tuple[Look, ...]:
    """Return how the items of the loop at a path stand, in their order."""
    items = moment.details.items_of(loop)
    node = static_id(loop)
    rows = (Row(f"{loop}[{index}]", node, "", 1, RowKind.ITEM) for index in sorted(items))
    return tuple(bar_of(row, subject, moment).look for row in rows)


def bar_of(row: Row, subject: RunSubject, moment: Moment) -> Bar:
    """Return what a row shows at a moment."""
    item = item_of(row, moment)
    if item is not None:
        return _item_bar(row, item, subject, moment)
    status = moment.progress.status_at(row.path)
    look = look_of(status, subject.kind(row.node))
    if status.state is NodeState.PENDING:
        return Bar(look, label=_("not reached") if moment.progress.status in FINISHED else "")
    if look in _NEVER_BEGAN:
        return Bar(look, label=_label(look, status))
    end = status.ended_at if status.state in TERMINAL else 0
    why = branch_reason(moment.details.explained(row.path), port=status.ports[0]) if status.ports else ""
    return Bar(look, status.started_at, end, f"{port_words(status.ports[0])}: {why}" if why else _label(look, status))


def _item_bar(row: Row, item: ItemFacts, subject: RunSubject, moment: Moment) -> Bar:
    path = telling_path(row, subject, moment)
    if item.state is NodeState.SKIPPED:
        return Bar(Look.SKIPPED, label=_("skipped: {reason}").format(reason=REASON_WORDS["duplicate"]))
    if path == row.path:
        look = Look.RUNNING if item.state is NodeState.RUNNING else look_of(NodeStatus(item.state), subject.kind(""))
        return Bar(look, item.started_at, item.ended_at, "")
    look = _look(path, subject, moment)
    if item.state is NodeState.RUNNING and _rank(look) > _rank(Look.RUNNING):
        look = Look.RUNNING
    label = _item_label(look, moment.progress.status_at(path), item)
    return Bar(look, item.started_at, item.ended_at, label)


def _item_label(look: Look, status: NodeStatus, item: ItemFacts) -> str:
    if look is not Look.SUCCEEDED:
        return _label(look, status)
    took = duration_words(item.ended_at - item.started_at) if item.ended_at else ""
    return ", ".join(part for part in (status.summary, took) if part)


def _look(path: str, subject: RunSubject, moment: Moment) -> Look:
    node = path.rpartition("/")[2]
    return look_of(moment.progress.status_at(path), subject.kind(node))


def _rank(look: Look) -> int:
    return WORST_FIRST.index(look.value)


def _latest(path: str, moment: Moment) -> int:
    status = moment.progress.status_at(path)
    return status.ended_at or status.started_at


def _label(look: Look, status: NodeStatus) -> str:
    match look.value:
        case "uncertain":
            return _("may have happened")
        case "asks":
            return _("waits for you")
        case "failed" | "refused":
            return status.summary or _("failed")
        case "cancelled":
            return _("cancelled")
        case "skipped" | "off":
            return (
                _("skipped: {reason}").format(reason=REASON_WORDS.get(status.reason, status.reason))
                if look.value == "skipped"
                else _("off")
            )
        case _:
            return _going_label(look, status)


def _going_label(look: Look, status: NodeStatus) -> str:
    if status.items is not None and status.state is NodeState.RUNNING:
        return _("{done} of {total}").format(done=status.items.done, total=status.items.total)
    match look.value:
        case "retrying":
            return _("try {attempts} failed, tries again").format(attempts=status.attempts)
        case "waits":
            return _("waits")
        case "running":
            return (
                _("running, try {attempts}").format(attempts=status.attempts) if status.attempts > 1 else _("running")
            )
        case _:
            ports = [port_words(port) for port in status.ports if port != "out"]
            return ", ".join([*ports, duration_words(max(status.ended_at - status.started_at, 0))])
