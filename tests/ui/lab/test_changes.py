from dataclasses import replace

from tests.ui.lab.conftest import OTHER, RUN

from tocsin.lab.values import AlertStatus, Product, TicketStatus
from tocsin.ui.lab.changes import changes_of


def told(story, run=RUN):
    return [(one.title, one.before.words, one.after.words, one.where) for one in changes_of(story.look(), run.run)]


def test_a_containment_is_told_thing_by_thing(story):
    with story.by(RUN):
        story.block()
        story.world.end_sessions(story.user("clerk1"))
        story.contain("ws-03")
        story.ticket()
    assert told(story) == [
        ("Block 203.0.113.66", "not listed", "Blocked", "Firewall"),
        ("End sessions of clerk1", "2 open", "0, ended", "Directory"),
        ("Isolate ws-03", "Online", "Isolated", "EDR"),
        ("Create SEC-1", "none", "To do", "Tickets"),
    ]
    assert {one.at for one in changes_of(story.look(), RUN.run)} == {"10:42:09 UTC"}


def test_what_other_runs_and_people_did_is_left_out(story):
    story.block()
    with story.by(OTHER):
        story.contain("ws-03")
    assert told(story) == []


def test_several_changes_of_one_thing_are_one_from_first_to_last(story):
    with story.by(RUN):
        story.contain("ws-03")
        story.world.read_hosts([story.host("ws-03").id])
    assert told(story) == [("Isolate ws-03", "Online", "Isolated", "EDR")]


def test_what_is_as_it_was_before_is_no_change(story):
    with story.by(RUN):
        story.block()
        story.unblock()
    assert told(story) == []


def test_two_addresses_of_one_list_are_two_changes(story):
    with story.by(RUN):
        story.block()
        story.block("198.51.100.9", alias="unused_block")
        story.block("198.51.100.10")
    assert [one[0] for one in told(story)] == ["Block 203.0.113.66", "Block 198.51.100.9", "Block 198.51.100.10"]


def test_a_block_that_is_taken_back_by_a_run_is_told_as_such(story):
    story.block()
    with story.by(RUN):
        story.unblock()
    assert told(story) == [("Unblock 203.0.113.66", "Blocked", "not listed", "Firewall")]


def test_accounts_alerts_notes_tickets_and_connections_have_their_own_words(story):
    world = story.world
    ticket = story.ticket()
    with story.by(RUN):
        world.update_user(replace(story.user("planner"), enabled=False))
        world.set_alert_status(["a-1001"], AlertStatus.CLOSED, by=Product.ELASTICSEARCH)
        world.add_note("a-1001", "x")
        world.move_ticket(ticket, TicketStatus.DONE)
        world.comment(world.tables.tickets[ticket.key], {})
        world.kill_connections("198.51.100.9")
        world.create_user("intern", {"email": ""})
    assert [one[:3] for one in told(story)] == [
        ("Disable planner", "Active", "Disabled"),
        ("Set a-1001", "Open", "Closed"),
        ("Note on a-1001", "none", "new"),
        ("Move SEC-1", "To do", "Done"),
        ("Comment on SEC-1", "0 comments", "1 comment"),
        ("End 198.51.100.9 to 10.20.1.12", "open", "ended"),
        ("Created user intern", "none", "new"),
    ]
