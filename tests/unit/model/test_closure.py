import pytest
from tests.helpers.runs import playbook_of

from tocsin.base.codes import ErrorCode
from tocsin.model.closure import MOST_CALLS, Closure, closure_of
from tocsin.model.errors import CallCycleError, CallsTooDeepError, UnknownPlaybookError
from tocsin.model.playbook import Handler


def calling(name, *callees, **more):
    nodes = {f"c{place}": {"kind": "call", "playbook": callee, **more} for place, callee in enumerate(callees)}
    return playbook_of(nodes, [], id=name)


def shelf(*playbooks):
    return {playbook.id: playbook for playbook in playbooks}.get


def chain(length):
    return [calling(f"p{n}", f"p{n + 1}") for n in range(length)] + [calling(f"p{length}")]


def test_what_is_called_through_others_is_gathered_once():
    found = closure_of(calling("a", "b", "c"), shelf(calling("b", "d"), calling("c", "d"), calling("d")))
    assert list(found.callees) == ["b", "d", "c"]


def test_a_call_in_a_loop_counts():
    body = {"nodes": {"c": {"kind": "call", "playbook": "b"}}, "edges": []}
    looping = playbook_of({"l": {"kind": "for_each", "in": "[]", "body": body}}, [])
    assert list(closure_of(looping, shelf(calling("b"))).callees) == ["b"]


def test_a_call_that_is_switched_off_needs_nothing():
    assert closure_of(calling("a", "b", disabled=True), shelf()) == Closure()


@pytest.mark.parametrize(
    ("playbooks", "way"),
    [
        ([calling("a", "a")], ("a", "a")),
        ([calling("a", "b"), calling("b", "a")], ("a", "b", "a")),
        ([calling("a", "b"), calling("b", "c"), calling("c", "b")], ("b", "c", "b")),
    ],
)
def test_what_calls_itself_is_refused_with_the_way(playbooks, way):
    with pytest.raises(CallCycleError) as caught:
        closure_of(playbooks[0], shelf(*playbooks))
    assert (caught.value.way, caught.value.code) == (way, ErrorCode.CALL_CYCLE)


def test_eight_may_call_each_other_and_nine_may_not():
    assert len(closure_of(chain(MOST_CALLS)[0], shelf(*chain(MOST_CALLS))).callees) == MOST_CALLS
    with pytest.raises(CallsTooDeepError):
        closure_of(chain(MOST_CALLS + 1)[0], shelf(*chain(MOST_CALLS + 1)))


def test_depth_is_counted_along_the_longest_way_whichever_is_found_first():
    row = chain(MOST_CALLS)
    short = calling("a", f"p{MOST_CALLS - 1}", "p0")
    with pytest.raises(CallsTooDeepError):
        closure_of(short, shelf(*row))


def test_what_is_not_there_is_named_with_who_calls_it():
    with pytest.raises(UnknownPlaybookError, match="“b” needs “c”"):
        closure_of(calling("a", "b"), shelf(calling("b", "c")))


def handled(name, handler, *callees):
    return calling(name, *callees).model_copy(update={"handler": Handler(playbook=handler)})


def test_a_handler_belongs_to_it_with_what_it_calls_and_has_no_handler():
    found = closure_of(handled("a", "h", "b"), shelf(handled("h", "x", "c"), calling("b"), calling("c")))
    assert (list(found.callees), found.handler.id, list(found.handler_callees)) == (["b"], "h", ["c"])
    with pytest.raises(UnknownPlaybookError, match="“a” needs “gone”"):
        closure_of(handled("a", "gone"), shelf())
