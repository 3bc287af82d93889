import threading

import pytest

from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.services.problems import Problems

FIRST, SECOND = Playbook(id="first"), Playbook(id="second")


def found_in(playbook):
    return [Problem("TOC-C001", Severity.ERROR, playbook.id)]


class Ear:
    """Hears what a checker tells, and lets a test wait for it."""

    def __init__(self, problems):
        self.said = []
        self.threads = set()
        self._told = threading.Event()
        problems.problems_changed.connect(self.hear)

    def hear(self, found):
        self.said.append(tuple(problem.message for problem in found))
        self.threads.add(threading.current_thread())
        self._told.set()

    def wait(self):
        assert self._told.wait(5)
        self._told.clear()


@pytest.fixture
def make():
    made = []

    def make(check=found_in, delay=0.0):
        made.append(Problems(check, delay=delay))
        return made[-1], Ear(made[-1])

    yield make
    for problems in made:
        problems.stop()


def test_problems_are_found_on_another_thread(make):
    problems, ear = make()
    problems.check_soon(FIRST)
    ear.wait()
    assert ear.said == [("first",)]
    assert threading.current_thread() not in ear.threads


def test_of_many_changes_in_a_moment_only_the_last_is_checked(make):
    problems, ear = make(delay=0.05)
    for _ in range(100):
        problems.check_soon(FIRST)
    problems.check_soon(SECOND)
    ear.wait()
    assert ear.said == [("second",)]


def test_what_was_found_in_an_outdated_playbook_is_not_told(make):
    is_checking, may_end = threading.Event(), threading.Event()

    def check(playbook):
        if playbook is FIRST:
            is_checking.set()
            assert may_end.wait(5)
        return found_in(playbook)

    problems, ear = make(check)
    problems.check_soon(FIRST)
    assert is_checking.wait(5)
    problems.check_soon(SECOND)
    may_end.set()
    ear.wait()
    assert ear.said == [("second",)]


def test_stopping_waits_for_the_thread_and_tells_nothing_more(make):
    is_checking, may_end = threading.Event(), threading.Event()

    def check(playbook):
        is_checking.set()
        assert may_end.wait(5)
        return found_in(playbook)

    problems, ear = make(check)
    problems.check_soon(FIRST)
    assert is_checking.wait(5)
    threading.Timer(0.01, may_end.set).start()
    problems.stop()
    problems.check_soon(SECOND)
    assert ear.said == []
    assert not any(thread.name == "tocsin-checks" for thread in threading.enumerate())


def test_stopping_what_never_began_is_harmless():
    Problems(found_in).stop()


def test_a_check_that_fails_is_reported_and_the_next_change_is_checked_again(make, monkeypatch):
    reported = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _facts: reported.set())

    def check(playbook):
        if playbook is FIRST:
            raise RuntimeError
        return found_in(playbook)

    problems, ear = make(check)
    problems.check_soon(FIRST)
    assert reported.wait(5)
    for thread in threading.enumerate():
        if thread.name == "tocsin-checks":
            thread.join(5)
    problems.check_soon(SECOND)
    ear.wait()
    assert ear.said == [("second",)]
