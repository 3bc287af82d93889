from tests.ui.lab.conftest import OTHER, RUN

from tocsin.services.lab_desk import LabLook
from tocsin.ui.lab.cards import Level
from tocsin.ui.lab.products import CARDS, cards_of


def card(look, product):
    return next(card for card in cards_of(look) if card.id == product)


def texts(row):
    return [cell.text or (cell.state.words if cell.state else "") for cell in row.cells]


def row_of(look, product, first):
    return next(row for row in card(look, product).rows if row.cells[0].text == first)


def test_there_is_a_card_for_each_product_even_of_an_empty_world():
    cards = cards_of(LabLook(""))
    assert tuple(card.id for card in cards) == CARDS
    assert all(card.rows == () for card in cards)


def test_every_row_has_a_cell_for_each_column(story):
    with story.by(RUN):
        story.block()
        story.contain("ws-03")
        story.ticket()
        story.world.add_note("a-1001", "No containment")
    for shown in cards_of(story.look()):
        assert {len(row.cells) for row in shown.rows} <= {len(shown.columns)}
        assert sum(column.stretches for column in shown.columns) == 1


def test_the_firewall_shows_what_is_blocked_and_what_is_open(story):
    look = story.look()
    assert card(look, "opnsense").fact == "0 addresses blocked, 7 open connections"
    with story.by(RUN):
        story.block()
    look = story.look()
    first = card(look, "opnsense").rows[0]
    assert (texts(first), first.run) == (["203.0.113.66", "any", "tocsin_block", "Blocked"], RUN)
    assert card(look, "opnsense").fact == "1 address blocked, 7 open connections"


def test_an_address_in_a_list_that_no_rule_uses_is_not_blocked(story):
    story.block(alias="unused_block")
    first = card(story.look(), "opnsense").rows[0]
    assert (texts(first)[3], first.cells[2].remark) == ("Listed", "no rule uses it")


def test_only_the_address_that_a_run_listed_is_marked_with_it(story):
    story.block("198.51.100.9")
    with story.by(RUN):
        story.block()
    marks = {row.cells[0].text: row.run for row in card(story.look(), "opnsense").rows if row.key[0] == "aliases"}
    assert marks == {"203.0.113.66": RUN, "198.51.100.9": None}


def test_rows_that_a_run_changed_come_first_the_last_change_on_top(story):
    with story.by(RUN):
        story.contain("dc-01")
        story.contain("ws-03")
    rows = card(story.look(), "falcon").rows
    assert [row.cells[0].text for row in rows[:3]] == ["ws-03", "dc-01", "ws-02"]
    assert [bool(row.run) for row in rows[:3]] == [True, True, False]
    assert card(story.look(), "falcon").fact == "10 endpoints, 2 isolated"


def test_a_row_belongs_to_the_run_that_changed_it_last(story):
    with story.by(RUN):
        story.contain("ws-03")
    with story.by(OTHER):
        story.world.read_hosts([story.host("ws-03").id])
        story.world.lift_containment(story.host("ws-03"))
    assert row_of(story.look(), "falcon", "ws-03").run == OTHER


def test_what_was_changed_by_hand_is_no_runs(story):
    story.world.amend({"hosts": {story.host("ws-03").id: {"online": False}}})
    row = row_of(story.look(), "falcon", "ws-03")
    assert (row.run, row.cells[3].state.level) == (None, Level.ODD)


def test_the_directory_tells_sessions_and_accounts(story):
    with story.by(RUN):
        story.world.end_sessions(story.user("clerk1"))
    look = story.look()
    assert texts(row_of(look, "keycloak", "clerk1")) == ["clerk1", "nowhere", "0, ended", "Active"]
    assert texts(row_of(look, "keycloak", "leaver"))[3] == "Disabled"


def test_alerts_and_notes_stand_in_one_list_the_newest_first(story):
    story.world.inject(story.world.tables.alerts["a-1001"])
    with story.by(RUN):
        story.world.add_note("a-1001", "No containment")
    rows = card(story.look(), "elasticsearch").rows
    assert {texts(row)[2] for row in rows} == {"Note: No containment", "Alert: Brute force from a TOR exit"}
    assert [texts(row)[0] for row in rows] == ["10:42:09", "10:42:09"]


def test_tickets_are_listed_newest_first(story):
    story.ticket("one")
    with story.by(RUN):
        story.ticket("two")
    assert [texts(row)[1] for row in card(story.look(), "jira").rows] == ["two", "one"]


def test_a_cell_says_all_it_shows_in_words(story):
    with story.by(RUN):
        story.contain("ws-03")
    row = row_of(story.look(), "falcon", "ws-03")
    assert [cell.words for cell in row.cells] == [
        "ws-03",
        "10.20.1.3",
        "workstation, critical",
        "Isolated, changed by R-218",
    ]
