"""A performer is made for the first thing that is to be done, once."""

import asyncio
from types import SimpleNamespace

from tests.helpers.runs import answered

from tocsin.services.late_performer import LatePerformer


class Known:
    """A performer that says what it was asked."""

    def __init__(self):
        self.asked = []

    def perform(self, intent, *, grant):
        self.asked.append(("perform", intent, grant))
        return answered()

    async def verify(self, intent):
        self.asked.append(("verify", intent))
        return "looked"

    def permit(self, binding):
        self.asked.append(("permit", binding))
        return SimpleNamespace(binding=binding)


def test_nothing_is_made_before_something_is_asked_and_then_one_answers_everything():
    made = []

    def make():
        made.append(Known())
        return made[-1]

    late = LatePerformer(make)
    assert made == []
    assert late.permit("b").binding == "b"
    assert late.perform("i", grant=None) == answered()
    assert asyncio.run(late.verify("i")) == "looked"
    [known] = made
    assert known.asked == [("permit", "b"), ("perform", "i", None), ("verify", "i")]
