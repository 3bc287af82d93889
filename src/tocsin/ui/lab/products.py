"""Makes the product cards of what the Lab tells. Without Qt; rows that a run changed come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tocsin.base.texts import _
from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab import words as w
from tocsin.ui.lab.cards import Card, Cell, Column, Level, Manner, Row, WorldState
from tocsin.ui.lab.further_tables import FURTHER, further_cards
from tocsin.ui.lab.marks import Marks

MAIN: Final = ("elasticsearch", "opnsense", "falcon", "keycloak", "abuseipdb", "jira")
"""The products that a story always needs, by the Lab's ids."""
CARDS: Final = (*MAIN, *FURTHER)
"""Every card, in the order of the tabs."""


def cards_of(look: LabLook) -> tuple[Card, ...]:
    """Return the cards, in the order of `CARDS`."""
    marks = Marks(look)
    makers = (_siem, _firewall, _edr, _directory, _threat_intel, _tickets)
    return (*(make(look, marks) for make in makers), *further_cards(look, marks))


def _card(product: str, fact: str, columns: Iterable[Column], rows: Iterable[Row]) -> Card:
    return Card(product, w.TITLES[product], w.ICONS[product], fact, tuple(columns), tuple(rows))


def _table(look: LabLook, name: str) -> Mapping[str, Mapping[str, Any]]:
    return look.tables.get(name, {})


def _siem(look: LabLook, marks: Marks) -> Card:
    alerts, notes = _table(look, "alerts"), _table(look, "notes")
    arrived = {c.key: c.at for c in look.changes if c.table == "alerts" and c.product == "control"}
    timed = [(arrived.get(key, str(row["time"])), _alert_row(key, row, marks)) for key, row in alerts.items()]
    timed += [(note["created"], _note_row(key, note, marks)) for key, note in notes.items()]
    timed.sort(key=lambda pair: pair[0], reverse=True)
    rows = [_with_time(moment, row) for moment, row in timed]
    fact = _("{count_of}, {count_of2}, newest first").format(
        count_of=w.count_of(len(alerts), "alert"), count_of2=w.count_of(len(notes), "note")
    )
    columns = Column(w.time_column()), Column(_("Source")), Column(_("Event"), stretches=True), Column(_("State"))
    return _card("elasticsearch", fact, columns, rows)


def _with_time(moment: str, row: Row) -> Row:
    return Row(row.key, (Cell(w.clock_time(moment), Manner.CODE_QUIET), *row.cells), row.run)


def _alert_row(key: str, alert: Mapping[str, Any], marks: Marks) -> Row:
    run = marks.run_of("alerts", key)
    cells = (
        Cell(key, Manner.CODE),
        Cell(_("Alert: {rule}").format(rule=alert["rule"]), Manner.STRONG),
        Cell(state=w.alert_state(alert), run=run),
    )
    return Row(("alerts", key), cells, run)


def _note_row(key: str, note: Mapping[str, Any], marks: Marks) -> Row:
    run = marks.run_of("notes", key)
    return Row(
        ("notes", key),
        (Cell(note["alert_id"], Manner.CODE), Cell(_("Note: {text}").format(text=note["text"])), Cell(run=run)),
        run,
    )


def _firewall(look: LabLook, marks: Marks) -> Card:
    aliases, connections = _table(look, "aliases"), _table(look, "connections")
    rows = [*_entry_rows(aliases, marks), *_connection_rows(connections, marks)]
    blocked = sum(len(alias["entries"]) for alias in aliases.values() if alias["blocks"] and alias["enabled"])
    fact = _("{count_of} blocked, {count_of2}").format(
        count_of=w.count_of(blocked, "address", "addresses"),
        count_of2=w.count_of(len(connections), "open connection"),
    )
    columns = Column(_("From")), Column(_("To")), Column(_("By"), stretches=True), Column(_("State"))
    return _card("opnsense", fact, columns, marks.sorted(rows))


def _entry_rows(aliases: Mapping[str, Mapping[str, Any]], marks: Marks) -> Iterator[Row]:
    for name, alias in aliases.items():
        state = w.BLOCKED if alias["blocks"] and alias["enabled"] else w.LISTED
        for address in alias["entries"]:
            key = f"{name}/{address}"
            run = marks.run_of("aliases", key)
            remark = "" if state is w.BLOCKED else _("no rule uses it")
            cells = (
                Cell(address, Manner.CODE),
                Cell("any", Manner.CODE_QUIET),
                Cell(name, Manner.CODE, remark=remark),
                Cell(state=state, run=run),
            )
            yield Row(("aliases", key), cells, run)


def _connection_rows(connections: Mapping[str, Mapping[str, Any]], marks: Marks) -> Iterator[Row]:
    for key, row in connections.items():
        run = marks.run_of("connections", key)
        ends = Cell(row["src_ip"], Manner.CODE), Cell(row["dst_ip"], Manner.CODE)
        yield Row(("connections", key), (*ends, Cell(), Cell(state=w.CONNECTED)), run)


def _edr(look: LabLook, marks: Marks) -> Card:
    hosts = _table(look, "hosts")
    rows = (_host_row(key, host, marks) for key, host in hosts.items())
    cut = sum(w.host_state(host).level is Level.CUT_OFF for host in hosts.values())
    fact = _("{count_of}, {cut} isolated").format(count_of=w.count_of(len(hosts), "endpoint"), cut=cut)
    columns = Column(_("Host")), Column(_("Address")), Column(_("Role"), stretches=True), Column(_("State"))
    return _card("falcon", fact, columns, marks.sorted(rows))


def _host_row(key: str, host: Mapping[str, Any], marks: Marks) -> Row:
    run = marks.run_of("hosts", key)
    is_critical = any(tag.endswith("/critical") for tag in host["tags"])
    cells = (
        Cell(host["name"], Manner.CODE),
        Cell(host["ip"], Manner.CODE_QUIET),
        Cell(w.machine_words(host["machine"]), Manner.QUIET, remark=_("critical") if is_critical else ""),
        Cell(state=w.host_state(host), run=run),
    )
    return Row(("hosts", key), cells, run)


def _directory(look: LabLook, marks: Marks) -> Card:
    users = _table(look, "users")
    rows = (_user_row(key, user, marks) for key, user in users.items())
    sessions = sum(len(user["sessions"]) for user in users.values())
    fact = f"{w.count_of(len(users), 'user')}, {w.count_of(sessions, 'open session')}"
    columns = (
        Column(_("User")),
        Column(_("Signed in from"), stretches=True),
        Column(_("Sessions")),
        Column(_("Account")),
    )
    return _card("keycloak", fact, columns, marks.sorted(rows))


def _user_row(key: str, user: Mapping[str, Any], marks: Marks) -> Row:
    run = marks.run_of("users", key)
    places = dict.fromkeys(session["ip"] for session in user["sessions"])
    cells = (
        Cell(user["name"], Manner.CODE),
        Cell(", ".join(places) or _("nowhere"), Manner.CODE_QUIET if places else Manner.QUIET),
        Cell(state=w.sessions_state(user), run=run),
        _account_cell(w.account_state(user)),
    )
    return Row(("users", key), cells, run)


def _account_cell(state: WorldState) -> Cell:
    """An account in use needs no chip beside the one of its sessions."""
    return Cell(state.words, Manner.QUIET) if state.words == "Active" else Cell(state=state)


def _tickets(look: LabLook, marks: Marks) -> Card:
    tickets = _table(look, "tickets")
    rows = [_ticket_row(key, ticket, marks) for key, ticket in reversed(list(tickets.items()))]
    fact = _("{sum} open, newest first").format(sum=sum(ticket["status"] != "Done" for ticket in tickets.values()))
    columns = Column(_("Ticket")), Column(_("Title"), stretches=True), Column(_("Priority")), Column(_("State"))
    return _card("jira", fact, columns, rows)


def _ticket_row(key: str, ticket: Mapping[str, Any], marks: Marks) -> Row:
    run = marks.run_of("tickets", key)
    cells = (
        Cell(key, Manner.CODE),
        Cell(ticket["title"]),
        Cell(ticket["priority"], Manner.QUIET),
        Cell(state=w.ticket_state(ticket), run=run),
    )
    return Row(("tickets", key), cells, run)


def _threat_intel(look: LabLook, marks: Marks) -> Card:
    known = _table(look, "reputation")
    rows = (_reputation_row(key, fact, marks) for key, fact in known.items())
    used = sum(quota["used"] for quota in _table(look, "quotas").values())
    fact = _("{count_of} known, {count_of2}").format(
        count_of=w.count_of(len(known), "address", "addresses"), count_of2=w.count_of(used, "look-up")
    )
    columns = Column(_("Indicator")), Column(_("Score")), Column(_("Tags"), stretches=True), Column(_("Reports"))
    return _card("abuseipdb", fact, columns, rows)


def _reputation_row(key: str, fact: Mapping[str, Any], marks: Marks) -> Row:
    tags = [tag for tag, holds in ((_("TOR exit"), fact["tor"]), ("allow-listed", fact["allow_listed"])) if holds]
    cells = (
        Cell(key, Manner.CODE),
        Cell(str(fact["score"]), Manner.STRONG if fact["score"] >= 80 else Manner.PLAIN),
        Cell(", ".join(tags) or _("none"), Manner.PLAIN if tags else Manner.QUIET),
        Cell(str(fact["reports"]), Manner.QUIET),
    )
    return Row(("reputation", key), cells, marks.run_of("reputation", key))
