"""What an undo takes back: what the run really changed, newest first, once (engine.md 1.21)."""

from tests.helpers.runs import TRIGGER, Driver, playbook_of

from tocsin.engine.outcomes import Answer, Changed, Outcome, Sent, UndoStep, Verdict, Verified
from tocsin.engine.undoing import UndoWish, undo_items
from tocsin.model.failures import Failure, FailureCode

BACK = UndoStep("look", "toy", {"x": "{{ 1 + 1 }}"})


def done(changed=Changed.TRUE, undo=BACK):
    return Answer(Outcome.SUCCEEDED, changed=changed, output={}, summary="did it", undo=undo)


def ran(*uses, answers, verdicts=None):
    nodes = {f"n{place}": {"kind": "action", "use": f"toy.{use}"} for place, use in enumerate(uses)}
    names = ["t", *nodes]
    edges = [f"{names[place]} -> {name}" for place, name in enumerate(nodes)]
    driver = Driver(playbook_of({"t": TRIGGER, **nodes}, edges), answers=answers, verdicts=verdicts).run()
    return undo_items(driver.events, driver.load)


def test_changes_are_taken_back_newest_first_and_reads_are_not():
    items = ran("change", "look", "break_", answers=lambda _: done())
    told = [(item.path, item.action, item.changed) for item in items]
    assert told == [("n2", "look", "true"), ("n0", "look", "true")]


def test_what_was_so_already_is_left_alone():
    assert ran("change", answers=lambda _: done(Changed.FALSE)) == ()


def test_what_nothing_takes_back_is_listed_as_that():
    (item,) = ran("change", answers=lambda _: done(undo=None))
    assert not item.is_undoable
    assert item.summary == "did it"


def test_what_may_have_happened_is_listed_as_that():
    failure = Failure(FailureCode.UNCERTAIN, "no answer")
    (item,) = ran("change", answers=lambda _: Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure))
    assert item.changed == "unknown"


def test_what_a_look_found_not_done_needs_no_undo():
    failure = Failure(FailureCode.UNCERTAIN, "no answer")
    lost = Answer(Outcome.UNCERTAIN, Sent.MAYBE, Changed.UNKNOWN, failure=failure)
    assert ran("checked", answers=lambda _: lost, verdicts=lambda _: Verdict(Verified.NOT_DONE)) == ()


def test_inputs_are_data_and_never_templates():
    (item,) = ran("change", answers=lambda _: done())
    assert item.inputs == {"x": "{{ 1 + 1 }}"}


def test_what_was_taken_back_before_is_left_out():
    nodes = {"t": TRIGGER, "n": {"kind": "action", "use": "toy.change"}}
    driver = Driver(playbook_of(nodes, ["t -> n"]), answers=lambda _: done()).run()
    assert undo_items(driver.events, driver.load, already=frozenset({"n"})) == ()


def test_a_wish_for_some_steps_leaves_the_others_and_what_nothing_takes_back():
    items = ran("change", "look", "break_", answers=lambda _: done())
    assert [item.path for item in UndoWish(items).undoable] == ["n2", "n0"]
    assert [item.path for item in UndoWish(items, only=("n0", "n1")).undoable] == ["n0"]
    assert UndoWish(ran("change", answers=lambda _: done(undo=None))).undoable == []
