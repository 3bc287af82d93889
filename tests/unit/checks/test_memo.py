import sys
from collections import OrderedDict

from tocsin.checks.memo import IdentityMemo


class Thing:
    """Equal to every other."""

    def __eq__(self, other):
        return True

    __hash__ = None


def counting():
    made = []

    def make(key):
        made.append(key)
        return len(made)

    return made, make


def test_the_same_object_is_worked_out_once():
    memo, (made, make), thing = IdentityMemo(2), counting(), Thing()
    assert ([memo.get(thing, make), memo.get(thing, make)], len(made)) == ([1, 1], 1)


def test_an_equal_object_is_another():
    memo, (_, make) = IdentityMemo(2), counting()
    assert [memo.get(Thing(), make), memo.get(Thing(), make)] == [1, 2]


def test_only_the_last_few_are_kept():
    memo, (made, make), things = IdentityMemo(2), counting(), [Thing(), Thing(), Thing()]
    for thing in [*things, things[2], things[1], things[0]]:
        memo.get(thing, make)
    assert len(made) == 4


def test_what_was_found_goes_with_its_object():
    memo, thing = IdentityMemo(2), Thing()
    memo.get(thing, lambda _: 1)
    del thing
    assert len(memo) == 0


def test_an_object_that_goes_while_another_thread_pushes_it_out_is_no_error(monkeypatch):
    class Raced(OrderedDict):
        """Loses a key as soon as somebody has looked at it."""

        def get(self, key, /):
            return self.pop(key, None)

    memo, thing, seen = IdentityMemo(2), Thing(), []
    memo.get(thing, lambda _: 1)
    memo._known = Raced(memo._known)
    monkeypatch.setattr(sys, "unraisablehook", seen.append)
    del thing
    assert seen == []
