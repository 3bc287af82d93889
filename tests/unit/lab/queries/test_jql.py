import pytest

from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.queries.jql import read_jql

ISSUE = {
    "project": ["SEC", "Security"],
    "key": "SEC-1",
    "labels": ["run-1", 'quo"ted'],
    "status": "To Do",
    "status_category": ["new", "To Do"],
    "summary": "Contained ws-03",
    "text": "Contained ws-03\nBlocked",
}


def holds(text):
    query = read_jql(text)
    assert query.matches is not None
    return query.matches(ISSUE)


@pytest.mark.parametrize(
    "text",
    [
        "project = SEC",
        "PROJECT = 'security'",
        'labels = "run-1" AND project = SEC ORDER BY created DESC, key',
        r'labels = "quo\"ted"',
        "labels in (x, run-1)",
        "labels not in (x, y)",
        'status = "To Do" and statusCategory != Done',
        "summary ~ contained",
        "NOT (key = SEC-2 OR key = SEC-3)",
        "not not text ~ blocked",
    ],
)
def test_it_holds(text):
    assert holds(text)


@pytest.mark.parametrize(
    "text", ["project = OTHER", "labels not in (run-1)", "summary !~ contained", "key = SEC-2 or key = SEC-3"]
)
def test_it_does_not_hold(text):
    assert not holds(text)


def test_the_order_is_read_and_restricts_nothing():
    query = read_jql("ORDER BY created DESC, key")
    assert (query.matches, query.order_by) == (None, (("created", True), ("key", False)))


@pytest.mark.parametrize(
    "text",
    [
        "colour = red",
        "project SEC",
        "project = ",
        "project = SEC project = SEC",
        "project = SEC ORDER created",
        "labels ~ x",
        "summary = x",
        "labels in run-1",
        'labels = "open',
        "project = SEC; drop",
        "not " * 1000 + "project = SEC",
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(BadQueryError):
        read_jql(text)
