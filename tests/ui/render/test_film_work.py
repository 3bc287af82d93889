"""A film is made between other work."""

import re

import pytest
from PySide6.QtCore import QObject
from tests.ui.run_dock.stories import SUBJECT, ended

from tocsin.ui.render import film, film_work
from tocsin.ui.render.film import FilmStock, FilmTooLongError, film_page
from tocsin.ui.render.film_work import FilmWork


@pytest.fixture
def stock():
    return FilmStock(SUBJECT, tuple(ended().events), load=lambda _: None)


@pytest.fixture
def place(qapp):
    place = QObject()
    yield place
    place.deleteLater()


def test_the_page_is_the_same_and_the_loop_turns_meanwhile(place, qtbot, stock, monkeypatch):
    monkeypatch.setattr(film_work, "SLICE_MS", 1)
    made, turns = [], []
    work = FilmWork(stock, place)
    work.made.connect(made.append)
    work.findChild(film_work.QTimer).timeout.connect(lambda: turns.append(bool(made)))
    qtbot.waitUntil(lambda: bool(made))
    assert [_without_numbers(page) for page in made] == [_without_numbers(film_page(stock))]
    assert turns.count(False) > 5


def test_a_run_too_long_is_told_and_the_work_is_over(place, qtbot, stock, monkeypatch):
    monkeypatch.setattr(film, "MOST_EVENTS", 3)
    work = FilmWork(stock, place)
    with qtbot.waitSignal(work.failed) as told, qtbot.assertNotEmitted(work.made):
        pass
    assert isinstance(told.args[0], FilmTooLongError)


def _without_numbers(page):
    """Leave out coordinates: a letter's outline differs by hundredths with what else its font was drawn for."""
    return re.sub(r"[-.\d\s]+", "", page)
