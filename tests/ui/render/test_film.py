"""A run as a page: it holds every moment, loads nothing, and nothing that an alert says becomes markup or script."""

import base64
import hashlib
import json
import re
from functools import partial
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from PySide6.QtGui import QImage
from tests.helpers.browser import need_browser, opened, pictured
from tests.ui.run_dock.stories import ALERT, SUBJECT, ended, isolating

from tocsin.engine.details import RunDetails
from tocsin.engine.moments import Moment, moment_at
from tocsin.engine.progress import RunProgress
from tocsin.ui.render import film
from tocsin.ui.render.film import FilmStock, FilmTooLongError, film_page
from tocsin.ui.render.film_picture import NOTHING, FilmPicture
from tocsin.ui.render.film_script import LONGEST_VALUE, FilmScript
from tocsin.ui.run_dock.canvas_replay import CanvasReplay
from tocsin.ui.run_dock.kept_values import plain_value
from tocsin.ui.run_dock.playback import SPEEDS
from tocsin.ui.theme import LIGHT

HOSTILE = (
    "</script><script>document.title='bad'</script><img src=x onerror=\"document.title='bad'\">"
    "\u2028\u2029${x}<!--<script>\"'&amp;"
)


@pytest.fixture(scope="module")
def events():
    return tuple(ended().events)


@pytest.fixture(scope="module")
def page(qapp, events):
    film_page(stock_of(events))  # letters drawn for the first time may differ by hundredths
    return film_page(stock_of(events))


@pytest.fixture(scope="module")
def data(page):
    return film_in(page)


def stock_of(events, **facts):
    return FilmStock(SUBJECT, events, load=lambda _: None, **facts)


def film_in(page):
    return json.loads(re.search(r'<script type="application/json" id="film">(.*?)</script>', page, re.DOTALL)[1])


def latest(pairs, index):
    """What of a list of pairs is so after so many events, as the page looks it up."""
    return next((pair[1] for pair in reversed(pairs) if pair[0] <= index), NOTHING)


class Tags(HTMLParser):
    """Every element of a page with its attributes, and what stands in its scripts and style sheets."""

    def __init__(self, page):
        super().__init__()
        self.found, self.inner, self._within = [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._within = self.found[-1] if tag in ("script", "style") else None

    def handle_endtag(self, _tag):
        self._within = None

    def handle_data(self, data):
        if self._within is not None:
            self.inner.append((self._within, data))


def test_every_moment_of_the_page_is_drawn_as_the_moment_itself(qapp, events, data):
    film = FilmPicture(SUBJECT.playbook, SUBJECT.catalogue, LIGHT)
    replay = CanvasReplay(film, SUBJECT)
    film.settle(0)
    for index in range(1, len(events) + 1):
        replay.show(moment_at(events, index))
        film.settle(index)
    assert [[list(pair) for pair in layer.seen] for layer in film.layers] == data["layers"]
    for index in (3, len(events) // 2, len(events) - 1, len(events)):
        fresh = FilmPicture(SUBJECT.playbook, SUBJECT.catalogue, LIGHT)
        CanvasReplay(fresh, SUBJECT).show(moment_at(events, index))
        fresh.settle(index)
        for seen, whole, alone in zip(data["layers"], film.layers, fresh.layers, strict=True):
            place = latest(seen, index)
            now = alone.drawings[alone.seen[-1][1]] if alone.seen[-1][1] != NOTHING else ""
            assert (whole.drawings[place] if place != NOTHING else "") == now


def test_each_look_is_drawn_once_and_only_what_changes_is_noted(data, events):
    assert len(data["times"]) == len(data["said"]) == len(events)
    for seen in data["layers"]:
        assert all(one[1] != other[1] for one, other in pairwise(seen))


def test_a_step_tells_its_state_its_tries_and_its_data_at_each_moment(data):
    cards = data["cards"]["find"]
    states = [card[1] for card in cards]
    assert states[0].startswith("running")
    assert states[-1].startswith("succeeded")
    assert [len(card[2]) for card in cards][-1] == 2
    assert "ws-01" in data["values"][cards[-1][4]]
    assert "hosts[1]/isolate" in data["cards"]


def test_each_event_names_the_step_that_it_is_about_and_items_have_their_names(data):
    step, path = data["about"][data["said"].index("Isolate, item 2 is tried")]
    assert (data["steps"][step]["title"], path, data["labels"][path]) == ("Isolate", "hosts[1]/isolate", "ws-02")
    assert data["about"][0] == [-1, ""]


def test_the_events_are_said_in_words(data):
    said = data["said"]
    assert said[0] == "The run is made"
    assert "Isolate, item 2 is tried" in said
    assert "Ask first, item 3 asks" in said
    assert "Note is skipped" in said
    assert said[-1] == "The run succeeded"


def test_the_page_loads_nothing_and_runs_one_script_by_its_hash(page):
    tags = Tags(page)
    [policy] = [facts["content"] for tag, facts in tags.found if facts.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert not {"src", "href", "xlink:href", "action", "style"} & {name for _, facts in tags.found for name in facts}
    assert not any(name.startswith("on") for _, facts in tags.found for name in facts)
    inner = {f"{tag}{facts.get('type', '')}": text for (tag, facts), text in tags.inner}
    assert set(inner) == {"style", "scriptapplication/json", "script"}
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(inner[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_a_hostile_alert_becomes_text_and_nothing_else(qapp, page):
    event = {**ALERT, "rule": HOSTILE, "user": HOSTILE}
    hostile = film_page(stock_of(tuple(isolating(event).events)))
    assert len(Tags(hostile).found) < len(Tags(page).found) * 2
    assert [tag for tag, _ in Tags(hostile).found].count("script") == 2
    assert not {"img", "iframe", "object", "a"} & {tag for tag, _ in Tags(hostile).found}
    assert any(json.dumps(HOSTILE, ensure_ascii=False) in value for value in film_in(hostile)["values"])


def test_a_known_secret_is_masked_in_all_that_is_said(qapp, events):
    def mask(value):
        if isinstance(value, str):
            return value.replace("ws-01", "***")
        if isinstance(value, dict):
            return {key: mask(one) for key, one in value.items()}
        return [mask(one) for one in value] if isinstance(value, list | tuple) else value

    assert "ws-01" not in film_page(stock_of(events, mask=mask))


def test_a_long_value_is_cut_and_says_so(qapp, events):
    stock = FilmStock(SUBJECT, tuple(isolating({**ALERT, "rule": "x" * 900}).events), lambda _: "y" * 50_000)
    values = film_in(film_page(stock))["values"]
    assert all(len(value) < LONGEST_VALUE + 100 for value in values)


def test_a_run_too_long_for_a_page_is_refused_with_a_hint(monkeypatch, qapp, events):
    monkeypatch.setattr(film, "MOST_EVENTS", 3)
    with pytest.raises(FilmTooLongError, match="a page plays 3 at most"):
        film_page(stock_of(events))


def test_the_speeds_go_from_a_quarter_to_sixteen(page):
    assert (SPEEDS[0], SPEEDS[-1]) == (0.25, 16.0)
    assert all(f'<option value="{speed:g}"' in page for speed in SPEEDS)


def test_a_browser_plays_it_to_its_end_offline(tmp_path, page, data):
    need_browser()
    file = tmp_path / "film.html"
    file.write_text(page, encoding="utf-8")
    count = len(data["times"])
    assert f'data-index="{count}"' in opened(file, "#play=16")
    middle = opened(file, "#event=9")
    assert 'data-index="9"' in middle
    assert data["said"][8] in middle
    step, path = data["about"][8]
    assert f'<h2 id="step">{data["steps"][step]["title"]}</h2>' in middle
    assert path in data["cards"]


def test_in_a_browser_a_hostile_alert_runs_nothing(tmp_path, qapp):
    need_browser()
    file = tmp_path / "film.html"
    event = {**ALERT, "rule": HOSTILE, "user": HOSTILE}
    file.write_text(film_page(stock_of(tuple(isolating(event).events))), encoding="utf-8")
    seen = opened(file)
    assert "<title>bad</title>" not in seen
    assert "<img" not in seen
    assert 'data-index="' in seen


def test_a_browser_pictures_it(tmp_path, page):
    need_browser()
    file = tmp_path / "film.html"
    file.write_text(page, encoding="utf-8")
    image = QImage(str(pictured(file, tmp_path / "film.png")))
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)}
    assert {LIGHT.canvas.lower(), LIGHT.node.lower()} <= colours


def test_values_that_the_page_has_no_room_for_say_how_long_they_are(events):
    script, moment = FilmScript(SUBJECT, plain_value, room=100), Moment(RunProgress(events[0].run), RunDetails())
    for index, event in enumerate(events, start=1):
        moment.apply(event)
        script.take(index, event, moment)
    told = [value for value in script.values if value.startswith("Left out")]
    assert len(told) == script.left_out > 0
    assert sum(len(value) for value in script.values if value not in told) <= 100


def test_the_page_says_that_values_were_left_out(monkeypatch, qapp, events, page):
    assert "left out" not in page
    monkeypatch.setattr(film, "FilmScript", partial(FilmScript, room=100))
    assert re.search(r"; \d+ values are left out, or the page would be too large", film_page(stock_of(events)))
