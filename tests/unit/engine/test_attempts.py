"""What follows from an attempt: engine.md 1.13 to 1.15."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, action, answer_by_path, answered, playbook_of, test_catalogue

from tocsin.engine.news import CancelAsked
from tocsin.engine.outcomes import Answer, Changed, Outcome, UndoStep, Verdict, Verified

NOTE = {"kind": "set", "values": {"v": 1}}
RETRY = {"retry": {"max": 3, "delay": "1s"}}


def drive(use, answers, *, verdict=Verified.UNKNOWN, wired=False, **more):
    """A driver of one action `a` that answers so."""
    nodes = {"t": TRIGGER, "a": {"kind": "action", "use": f"toy.{use}", **more}, "help": NOTE}
    edges = ["t -> a", "a.error -> help" if wired else "t -> help"]
    kind = {"answers": answer_by_path(a=answers), "verdicts": lambda intent: Verdict(verdict, {})}
    return Driver(playbook_of(nodes, edges), **kind)


def attempts(driver):
    return [intent.n for intent in driver.attempts]


FAILED, REFUSED = answered(Outcome.FAILED), answered(Outcome.REFUSED)
NOT_SENT, UNCERTAIN = answered(Outcome.NOT_SENT), answered(Outcome.UNCERTAIN)
FINAL = answered(Outcome.FAILED, code="permission", retryable=False)


def test_without_retry_there_is_one_attempt():
    assert attempts(drive("look", FAILED).run()) == [1]


def test_max_counts_all_attempts():
    assert attempts(drive("look", FAILED, **RETRY).run()) == [1, 2, 3]


@pytest.mark.parametrize("use", ["look", "change", "break_"])
@pytest.mark.parametrize("answer", [NOT_SENT, REFUSED], ids=["not_sent", "refused"])
def test_what_did_not_act_is_tried_again_whatever_the_effect(use, answer):
    assert attempts(drive(use, [answer, answered()], **RETRY).run()) == [1, 2]


def test_a_read_that_failed_for_good_is_not_tried_again():
    assert attempts(drive("look", FINAL, **RETRY).run()) == [1]


def test_a_change_that_failed_is_not_tried_again():
    assert attempts(drive("change", FAILED, **RETRY).run()) == [1]


def test_only_the_listed_codes_are_tried_again():
    only = {"retry": {"max": 3, "delay": "1s", "codes": ["rate_limit"]}}
    assert attempts(drive("look", FAILED, **only).run()) == [1]
    assert attempts(drive("look", answered(Outcome.FAILED, code="rate_limit"), **only).run()) == [1, 2, 3]


def test_a_listed_code_is_tried_again_though_it_usually_is_not():
    listed = {"retry": {"max": 2, "delay": "1s", "codes": ["permission"]}}
    assert attempts(drive("look", FINAL, **listed).run()) == [1, 2]


def test_pauses_grow_and_are_the_same_for_the_same_attempt():
    first, second = drive("look", FAILED, **RETRY).run(), drive("look", FAILED, **RETRY).run()
    dues = [event.data["due"] - event.at for event in first.of("timer.set")]
    assert dues == [event.data["due"] - event.at for event in second.of("timer.set")]
    assert 1_000_000 <= dues[0] <= 1_250_000
    assert 2_000_000 <= dues[1] <= 2_500_000


def test_a_pause_is_no_longer_than_the_longest_but_what_the_product_asks():
    short = {"retry": {"max": 2, "delay": "1h", "max_delay": "1s"}}
    driver = drive("look", FAILED, **short).run()
    assert driver.of("timer.set")[0].data["due"] - driver.of("timer.set")[0].at <= 1_250_000
    asked = drive("look", answered(Outcome.REFUSED, code="rate_limit", retry_after=90.0), **short).run()
    assert asked.of("timer.set")[0].data["due"] - asked.of("timer.set")[0].at == 90_000_000


def test_a_product_cannot_make_a_run_wait_for_ever():
    driver = drive("look", answered(Outcome.REFUSED, retry_after=float("inf")), **RETRY).start().finish("a")
    assert driver.of("timer.set")[0].data["due"] - driver.of("timer.set")[0].at == 86_400_000_000


def test_inputs_and_key_are_the_same_for_every_attempt():
    driver = drive("look", FAILED, **{"with": {"n": "{{ string(now()) }}"}}, **RETRY).run()
    assert len({(intent.inputs_hash, intent.idempotency_key, str(intent.inputs)) for intent in driver.attempts}) == 1
    assert ["inputs" in event.data for event in driver.of("attempt.started")] == [True, False, False]


def test_the_key_is_another_for_another_path():
    body = {"nodes": {"a": {"kind": "action", "use": "toy.change"}}, "edges": []}
    loop = {"kind": "for_each", "in": "[1, 2]", "body": body}
    driver = Driver(playbook_of({"t": TRIGGER, "l": loop}, ["t -> l"])).run()
    assert len({intent.idempotency_key for intent in driver.attempts}) == 2


# uncertain


def test_an_uncertain_read_is_like_a_failed_one():
    assert attempts(drive("look", UNCERTAIN, **RETRY).run()) == [1, 2, 3]


def test_an_uncertain_change_is_not_done_twice():
    driver = drive("change", UNCERTAIN, wired=True, **RETRY).run()
    assert attempts(driver) == [1]
    assert driver.error("a")["code"] == "uncertain"
    assert driver.ports()["a"] == ("error",)


def test_one_that_is_safe_to_repeat_is_repeated():
    assert attempts(drive("safe", [UNCERTAIN, answered()], **RETRY).run()) == [1, 2]


def test_verify_that_says_done_makes_it_succeed():
    driver = drive("checked", UNCERTAIN, verdict=Verified.DONE).run()
    settled = driver.of("node.settled", "a")[0].data
    assert (settled["state"], settled["via"]) == ("succeeded", "verify")
    assert driver.end["changes"] == 1


def test_verify_that_says_not_done_tries_again_while_a_try_is_left():
    assert attempts(drive("checked", UNCERTAIN, verdict=Verified.NOT_DONE, **RETRY).run()) == [1, 2, 3]


def test_verify_that_says_not_done_fails_when_no_try_is_left():
    driver = drive("checked", UNCERTAIN, verdict=Verified.NOT_DONE).run()
    assert driver.error("a")["code"] == "unavailable"
    assert driver.end["changes"] == 0


def test_verify_that_cannot_tell_leaves_it_uncertain():
    driver = drive("checked", UNCERTAIN).run()
    assert driver.error("a")["code"] == "uncertain"
    assert driver.end["changes"] == 1


def test_retries_come_before_the_look_where_repeating_is_safe():
    both = test_catalogue(both=action("both", "change", safe_to_repeat=True, verify={"action": "look", "done": "true"}))
    playbook = playbook_of({"t": TRIGGER, "a": {"kind": "action", "use": "toy.both", **RETRY}}, ["t -> a"])
    driver = Driver(playbook, answers=answer_by_path(a=UNCERTAIN), catalogue=both).run()
    assert attempts(driver) == [1, 2, 3]
    assert len(driver.of("attempt.verified")) == 1


def asking(answers=UNCERTAIN, **more):
    return drive("change", answers, on_uncertain="ask", **more).start().finish("a")


def test_a_person_may_say_that_it_happened():
    driver = asking().answer("a?1", "done")
    assert driver.of("node.settled", "a")[0].data["via"] == "person"
    assert driver.end["changes"] == 1


def test_a_person_may_say_that_it_did_not_and_it_is_tried_again():
    driver = asking([UNCERTAIN, answered()], **RETRY).answer("a?1", "not_done")
    driver.pass_time(10)
    driver.finish("a")
    assert attempts(driver) == [1, 2]
    assert driver.states()["a"] == "succeeded"


def test_a_second_question_is_another_so_that_old_answers_do_not_count():
    driver = asking(UNCERTAIN, **RETRY).answer("a?1", "not_done")
    driver.pass_time(10)
    driver.finish("a")
    assert [event.path for event in driver.of("ask.opened")] == ["a?1", "a?2"]
    driver.answer("a?1", "done")
    assert len(driver.of("ask.refused")) == 1


def test_a_question_about_an_uncertain_change_takes_only_its_own_answers():
    driver = asking().answer("a?1", "approved")
    assert len(driver.of("ask.refused")) == 1


def test_cancelling_while_a_person_is_asked_what_happened_ends_the_run():
    driver = asking()
    driver.tell(CancelAsked("user:test"))
    assert (driver.end["status"], driver.end["changes"]) == ("cancelled", 1)


def test_cancelling_while_a_repeatable_change_rests_starts_it_no_more():
    driver = drive("safe", UNCERTAIN, **RETRY).start().finish("a")
    driver.tell(CancelAsked("user:test"))
    driver.pass_time(60)
    assert attempts(driver) == [1]
    assert driver.end["status"] == "cancelled"


# deadline


def test_a_deadline_ends_the_tries():
    driver = drive("look", FAILED, deadline="2s", retry={"max": 20, "delay": "1s", "factor": 1}).run()
    assert driver.error("a")["code"] == "timeout"
    assert attempts(driver) == [1, 2]
    assert driver.timers == {}


def test_a_deadline_aborts_a_read():
    driver = drive("look", FAILED, deadline="2s").start().pass_time(2)
    assert driver.aborted == ["a"]
    assert driver.error("a")["code"] == "timeout"


def test_a_deadline_covers_the_wait_for_a_permit():
    driver = drive("look", FAILED, deadline="2s")
    driver.has_room = False
    driver.start().pass_time(2)
    assert driver.waiting == []
    assert driver.error("a")["code"] == "timeout"
    assert driver.attempts == []


def test_a_change_that_is_out_when_the_deadline_passes_ends_and_may_succeed():
    driver = drive("change", answered(), deadline="2s").start().pass_time(2)
    assert driver.in_flight == ["a"]
    assert driver.finish("a").states()["a"] == "succeeded"


def test_an_overdue_change_is_not_tried_again():
    driver = drive("change", NOT_SENT, deadline="2s", **RETRY).start().pass_time(2)
    driver.finish("a")
    assert driver.states()["a"] == "failed"


def test_an_overdue_uncertain_change_asks_nobody():
    driver = drive("change", UNCERTAIN, deadline="2s", on_uncertain="ask").start().pass_time(2)
    driver.finish("a")
    assert driver.error("a")["code"] == "uncertain"


def test_a_deadline_that_passes_while_a_person_is_asked_leaves_it_uncertain():
    driver = asking(deadline="1h").pass_time(3600)
    assert driver.error("a")["code"] == "uncertain"
    assert driver.of("ask.closed")


# what an attempt changed


@pytest.mark.parametrize(
    ("answers", "changes"),
    [
        ([answered(changed=Changed.TRUE)], 1),
        ([answered(changed=Changed.FALSE)], 0),
        ([UNCERTAIN, answered(changed=Changed.FALSE)], 1),
        ([UNCERTAIN, NOT_SENT], 1),
        ([NOT_SENT, answered(changed=Changed.TRUE)], 1),
    ],
    ids=["changed", "was so", "perhaps it was us", "not sent again", "at the second try"],
)
def test_what_may_have_happened_is_counted_whatever_comes_after(answers, changes):
    assert drive("safe", answers, retry={"max": 2, "delay": "1s"}).run().end["changes"] == changes


def test_a_read_changes_nothing():
    assert drive("look", answered(changed=Changed.TRUE)).run().end["changes"] == 0


def test_what_takes_a_change_back_is_kept():
    answer = Answer(Outcome.SUCCEEDED, output={}, changed=Changed.TRUE, undo=UndoStep("unchange", "toy", {"x": 1}))
    driver = drive("change", answer).run()
    assert driver.of("attempt.finished")[0].data["undo"] == {
        "action": "unchange",
        "connection": "toy",
        "inputs": {"v": {"x": 1}},
    }


# limits


def test_an_output_over_8_mib_fails_the_node_though_the_change_happened():
    driver = drive("change", answered(output={"x": "y" * 9_000_000})).run()
    assert driver.error("a")["code"] == "limit"
    assert driver.of("attempt.finished")[0].data["outcome"] == "succeeded"
    assert driver.end["changes"] == 1


def test_inputs_over_8_mib_make_no_attempt():
    action = {"kind": "action", "use": "toy.look", "with": {"x": "{{ [t.x, t.x] }}"}}
    driver = Driver(playbook_of({"t": TRIGGER, "a": action}, ["t -> a"]), event={"x": "y" * 5_000_000}).run()
    assert driver.error("a")["code"] == "limit"
    assert driver.attempts == []


def test_inputs_without_an_exact_spelling_make_no_attempt():
    driver = drive("look", answered(), **{"with": {"x": "{{ 9007199254740993 }}"}}).run()
    assert driver.error("a")["code"] == "bad_input"
    assert driver.attempts == []
