"""The cards of the tables that only some stories need: weaknesses, scans, jobs, indicators, mail, groups, limits.

Each is one `TableCard`: which table of the world, and how one row of it becomes cells. What the Lab may tell beyond
them has a card of its own, row by row as it is told, so that nothing in the Lab is out of sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.base.texts import _, in_context
from tocsin.services.lab_desk import LabLook, LabRun
from tocsin.ui.lab import words as w
from tocsin.ui.lab.cards import Card, Cell, Column, Level, Manner, Row, WorldState
from tocsin.ui.lab.marks import Marks

Facts = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Facts]]

OTHER: Final = "other"
FACT_LENGTH: Final = 300
"""More characters of a row that has no words of its own are left out."""
_ELSEWHERE: Final = frozenset({"alerts", "notes", "aliases", "connections", "hosts", "users", "tickets", "reputation"})
"""The tables of the main cards."""


@dataclass(frozen=True, slots=True)
class TableCard:
    """How one table of the world is shown.

    Attributes:
        table: Its name in the world, and the card's id.
        title: Of the card.
        icon: Of the card's tile.
        one: What a row is called, for counting.
        columns: Titles; the one that stretches ends in “~”.
        cells: Makes a row's cells; the last one takes the chip of the run that changed the row.
    """

    table: str
    title: str
    icon: str
    one: tuple[str, str]
    columns: tuple[str, ...]
    cells: Callable[[str, Facts, Tables], tuple[Cell, ...]]

    def card(self, look: LabLook, marks: Marks) -> Card:
        """Return the card as it is now."""
        rows = look.tables.get(self.table, {})
        shown = (self._row(key, facts, look.tables, marks.run_of(self.table, key)) for key, facts in rows.items())
        return Card(
            self.table,
            self.title,
            self.icon,
            w.count_of(len(rows), *self.one),
            _columns(self.columns),
            marks.sorted(shown),
        )

    def _row(self, key: str, facts: Facts, tables: Tables, run: LabRun | None) -> Row:
        *cells, last = self.cells(key, facts, tables)
        marked = Cell(last.text, last.manner, last.state, run, last.remark)
        return Row((self.table, key), (*cells, marked), run)


def further_cards(look: LabLook, marks: Marks) -> Iterator[Card]:
    """Yield the cards in the order of `FURTHER`."""
    for table in _TABLES:
        yield table.card(look, marks)
    yield _limits(look, marks)
    yield _other(look, marks)


def _columns(titles: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(title.rstrip("~"), stretches=title.endswith("~")) for title in titles)


def _name_of(tables: Tables, table: str, key: str) -> str:
    """Return the name of the row that another one points to; its key where it is gone."""
    return str(tables.get(table, {}).get(key, {}).get("name", key))


def _names_of(tables: Tables, table: str, keys: tuple[str, ...]) -> str:
    return ", ".join(_name_of(tables, table, key) for key in keys)


def _weakness(_key: str, facts: Facts, tables: Tables) -> tuple[Cell, ...]:
    is_grave = facts["severity"] >= 4
    return (
        Cell(_name_of(tables, "hosts", facts["host"]), Manner.CODE),
        Cell(facts["cve"], Manner.CODE_QUIET),
        Cell(facts["title"]),
        Cell(w.severity_words(facts["severity"]), Manner.STRONG if is_grave else Manner.QUIET),
        Cell(state=w.weakness_state(facts), remark="" if facts["job"] else _("no patch yet")),
    )


def _scan(_key: str, facts: Facts, tables: Tables) -> tuple[Cell, ...]:
    answered = _("{count} of {count2}").format(count=len(facts["answered"]), count2=len(facts["targets"]))
    return (
        Cell(facts["name"]),
        Cell(_names_of(tables, "hosts", facts["targets"]), Manner.CODE_QUIET),
        Cell(answered if facts["runs"] else _("none"), Manner.QUIET),
        Cell(str(len(facts["found"])), Manner.PLAIN if facts["found"] else Manner.QUIET),
        Cell(
            state=w.scan_state(facts),
            remark=_("run {runs} times").format(runs=facts["runs"]) if facts["runs"] > 1 else "",
        ),
    )


def _job(key: str, facts: Facts, tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(key, Manner.CODE),
        Cell(_name_of(tables, "job_templates", facts["template"])),
        Cell(_names_of(tables, "hosts", facts["hosts"]) or _("all"), Manner.CODE_QUIET),
        Cell(
            state=w.job_state(facts),
            remark=_("{count} reached").format(count=len(facts["reached"])) if facts["reached"] else "",
        ),
    )


def _job_template(key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(key, Manner.CODE),
        Cell(facts["name"]),
        Cell(_("those it is given") if facts["asks_limit"] else _("every host")),
    )


def _indicator(_key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(facts["value"], Manner.CODE),
        Cell(facts["kind"], Manner.QUIET),
        Cell(facts["comment"] or ", ".join(facts["tags"])),
        Cell(facts["changed"][:10], Manner.CODE_QUIET),
        Cell(state=w.indicator_state(facts)),
    )


def _warning_list(_key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return Cell(facts["name"]), Cell(", ".join(facts["values"]), Manner.CODE)


def _message(_key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(w.clock_time(facts["received"]), Manner.CODE_QUIET),
        Cell(facts["mailbox"], Manner.CODE),
        Cell(facts["sender"], Manner.CODE_QUIET),
        Cell(facts["subject"]),
        Cell(state=w.folder_state(facts)),
    )


def _post(_key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(w.clock_time(facts["created"]), Manner.CODE_QUIET),
        Cell(facts["channel"], Manner.CODE),
        Cell(facts["text"]),
        Cell(state=w.post_state(facts)),
    )


def _mail(_key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(w.clock_time(facts["sent"]), Manner.CODE_QUIET),
        Cell(", ".join(facts["recipients"]), Manner.CODE),
        Cell(facts["subject"]),
        Cell(state=w.SENT),
    )


def _dataset(_key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    state = w.WATCHED if facts["tested"] else w.LISTED
    return (
        Cell(facts["name"], Manner.CODE),
        Cell(facts["kind"], Manner.QUIET),
        Cell(", ".join(facts["entries"]) or _("nothing"), Manner.CODE if facts["entries"] else Manner.QUIET),
        Cell(state=state, remark="" if facts["tested"] else _("no rule tests it")),
    )


def _check(key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(key, Manner.CODE),
        Cell(facts["title"]),
        Cell(facts["severity"], Manner.STRONG if facts["severity"] == "high" else Manner.QUIET),
        Cell(state=w.check_state(facts)),
    )


def _report(key: str, facts: Facts, _tables: Tables) -> tuple[Cell, ...]:
    return (
        Cell(w.clock_time(facts["written"]), Manner.CODE_QUIET),
        Cell(key, Manner.CODE),
        Cell(str(facts["text"]).partition("\n")[0].removeprefix("# ")),
        Cell(state=w.WRITTEN),
    )


def _group(key: str, facts: Facts, tables: Tables) -> tuple[Cell, ...]:
    members = [user["name"] for user in tables.get("users", {}).values() if key in user["groups"]]
    return Cell(facts["name"], Manner.CODE), Cell(", ".join(members) or _("nobody"), Manner.PLAIN)


_TABLES: Final = (
    TableCard(
        "messages",
        _("Mailboxes"),
        "mail",
        ("message", "messages"),
        (w.time_column(), _("Mailbox"), _("From"), _("Subject~"), _("Folder")),
        _message,
    ),
    TableCard(
        "weaknesses",
        _("Weaknesses"),
        "bug",
        ("weakness", "weaknesses"),
        (_("Host"), "CVE", _("Weakness~"), _("Severity"), _("State")),
        _weakness,
    ),
    TableCard(
        "scans",
        _("Scans"),
        "radar",
        ("scan", "scans"),
        (_("Scan"), _("Hosts~"), _("Answered"), _("Found"), _("State")),
        _scan,
    ),
    TableCard(
        "jobs", _("Patch jobs"), "package", ("job", "jobs"), (_("Job"), _("Does"), _("Hosts~"), _("State")), _job
    ),
    TableCard(
        "job_templates",
        _("Job templates"),
        "package",
        ("template", "templates"),
        (in_context("number", "No"), _("Does~"), _("Runs on")),
        _job_template,
    ),
    TableCard(
        "indicators",
        _("Intel feed"),
        "network",
        ("indicator", "indicators"),
        (_("Value"), _("Kind"), _("Says~"), _("Changed"), _("State")),
        _indicator,
    ),
    TableCard(
        "warning_lists",
        _("Known as harmless"),
        "info",
        ("list", "lists"),
        (_("List"), _("Values~")),
        _warning_list,
    ),
    TableCard(
        "datasets",
        _("IDS sets"),
        "eye",
        ("set", "sets"),
        (_("Set"), _("Kind"), _("Watches for~"), _("State")),
        _dataset,
    ),
    TableCard(
        "posts",
        _("Chat"),
        "message-square",
        ("message", "messages"),
        (w.time_column(), _("Channel"), _("Says~"), _("State")),
        _post,
    ),
    TableCard(
        "mails", _("Mail sent"), "mail", ("mail", "mails"), (w.time_column(), _("To"), _("Subject~"), _("State")), _mail
    ),
    TableCard(
        "checks",
        _("Hardening checks"),
        "clipboard-list",
        ("check", "checks"),
        (_("Rule"), _("Says~"), _("Severity"), _("State")),
        _check,
    ),
    TableCard(
        "reports",
        _("Reports"),
        "file-text",
        ("report", "reports"),
        (w.time_column(), _("File"), _("Says~"), _("State")),
        _report,
    ),
    TableCard("groups", _("Groups"), "user-check", ("group", "groups"), (_("Group"), _("Members~")), _group),
)
_LIMITS: Final = ("permissions", "searches", "quotas")
FURTHER: Final = (*(table.table for table in _TABLES), "limits", OTHER)
"""The ids of these cards."""


def _limits(look: LabLook, marks: Marks) -> Card:
    """What Tocsin's keys may do, and what a product leaves out: what trainers change by hand."""
    rows = [row for name in _LIMITS for row in _limit_rows(name, look.tables.get(name, {}), marks)]
    return Card(
        "limits",
        _("Keys and limits"),
        "lock",
        _("what Tocsin may do"),
        _columns((_("Product"), _("What~"), _("State"))),
        tuple(rows),
    )


def _limit_rows(table: str, rows: Mapping[str, Facts], marks: Marks) -> Iterator[Row]:
    for key, facts in rows.items():
        run = marks.run_of(table, key)
        cells = Cell(w.TITLES.get(key, key)), Cell(_LIMIT_WORDS[table], Manner.QUIET), _limit_cell(table, facts, run)
        yield Row((table, key), cells, run)


_LIMIT_WORDS: Final = {
    "permissions": _("what Tocsin's key may do"),
    "searches": _("whether a search tells all"),
    "quotas": _("look-ups used of those allowed in a day"),
}


def _limit_cell(table: str, facts: Facts, run: LabRun | None) -> Cell:
    if table == "quotas":
        return Cell(_("{used} of {limit}").format(used=facts["used"], limit=facts["limit"]), Manner.CODE, run=run)
    if table == "permissions":
        may = str(facts["access"])
        level = Level.NORMAL if may == "full" else Level.CUT_OFF if may == "none" else Level.ODD
        return Cell(state=WorldState(may.capitalize(), level, "key-round"), run=run)
    is_whole = not facts["timed_out"] and not facts["failed_shards"]
    state = WorldState(_("All"), Level.NORMAL, "check") if is_whole else WorldState(_("A part"), Level.ODD, "minus")
    return Cell(state=state, run=run)


def _other(look: LabLook, marks: Marks) -> Card:
    """Rows of tables that have no card, each as the Lab tells it."""
    known = {*_ELSEWHERE, *_LIMITS, *(table.table for table in _TABLES)}
    rows = [
        Row((table, key), _other_cells(table, key, facts, marks.run_of(table, key)), marks.run_of(table, key))
        for table, held in look.tables.items()
        if table not in known
        for key, facts in held.items()
    ]
    columns = _columns((_("Table"), _("Row"), _("What it holds~"), _("Changed")))
    return Card(OTHER, _("Everything else"), "boxes", w.count_of(len(rows), "row"), columns, marks.sorted(rows))


def _other_cells(table: str, key: str, facts: Facts, run: LabRun | None) -> tuple[Cell, ...]:
    held = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in facts.items() if value not in ("", None))
    return (
        Cell(table.replace("_", " "), Manner.QUIET),
        Cell(key, Manner.CODE),
        Cell(held[:FACT_LENGTH]),
        Cell(run=run),
    )
