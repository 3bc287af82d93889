from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.outcomes import Changed
from tocsin.services.lab_desk import LeftAlone
from tocsin.services.lab_desk.left_alone import left_alone

ASK = {"kind": "ask", "ask": "approval", "text": "Isolate db-01? It is critical."}
CHANGE = {"kind": "action", "use": "toy.change"}


def events_of(option, changed):
    playbook = playbook_of(
        {"t": TRIGGER, "q": ASK, "c": CHANGE, "l": {"kind": "action", "use": "toy.look"}, "e": {"kind": "end"}},
        ["t -> q", "t -> c", "t -> l", "q.approved -> e", "q.rejected -> e"],
    )
    same = answered(changed=changed)
    driver = Driver(playbook, answers=answer_by_path(c=same, l=answered(changed=Changed.FALSE))).run()
    return driver.answer("q?1", option).events


def test_what_was_rejected_and_what_was_so_already_is_left_alone():
    assert left_alone(events_of("rejected", Changed.FALSE)) == (
        LeftAlone("toy.change"),
        LeftAlone("Isolate db-01? It is critical.", "user:test"),
    )


def test_what_was_approved_and_what_was_changed_is_not():
    assert left_alone(events_of("approved", Changed.TRUE)) == ()
