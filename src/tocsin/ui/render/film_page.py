"""Writes a film as one HTML page. Without Qt's widgets; nothing that a run says can become markup or script.

The page loads nothing: its Content-Security-Policy allows one script and one style sheet, by their hashes (CSP Level 3
§6.7.2, https://www.w3.org/TR/CSP3/). What the run says stands in a block of JSON in which `<`, `>` and `&` are written
as escapes, and the script puts it into the page as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.resources import resource_path
from tocsin.base.texts import _, language
from tocsin.engine.events import static_id
from tocsin.ui.render.film_picture import NOTHING, FilmPicture, Layer
from tocsin.ui.render.film_script import Card, FilmScript
from tocsin.ui.run_dock.playback import LONGEST_PAUSE, SPEEDS

_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_POLICY: Final = "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What stands over the film.

    Attributes:
        title: The playbook's name.
        run: What the run is called.
        summary: How it ended.
        began: When it began, with the zone.
        environment: Where it ran.
        times: When each event was, UTC microseconds.
        labels: What the items are called that paths lie in.
    """

    title: str
    run: str
    summary: str
    began: str
    environment: str
    times: Sequence[int]
    labels: Mapping[str, str]


def write_film(facts: FilmFacts, picture: FilmPicture, script: FilmScript, *, mask: Callable[[Json], Json]) -> str:
    """Return the page; `mask` is asked for every text that the run says."""
    code, style = _resource("replay.js"), _resource("replay.css")
    policy = _POLICY.format(script=_hash(code), style=_hash(style))
    title = escape(str(mask(f"{facts.run}: {facts.title}")))
    data = json.dumps(mask(_film(facts, picture, script)), ensure_ascii=False, separators=(",", ":"))
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{language()}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *_head(facts, mask),
        f'<main><figure id="stage" aria-label="{escape(_("The run on the canvas"))}">',
        *_svg(picture),
        "</figure>",
        _inspector(),
        "</main>",
        *_controls(len(facts.times)),
        f'<script type="application/json" id="film">{data.translate(_ESCAPES)}</script>',
        f"<script>{code}</script>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts)


def _inspector() -> str:
    return f"""<aside aria-label="{escape(_("The chosen step"))}">
<h2 id="step">{escape(_("Choose a step"))}</h2>
<label id="items-label" hidden>{escape(_("Item"))} <select id="items"></select></label>
<p id="state"></p>
<ul id="attempts"></ul>
<h3>{escape(_("Input"))}</h3><pre id="given" tabindex="0"></pre>
<h3>{escape(_("Output"))}</h3><pre id="made" tabindex="0"></pre>
</aside>"""


def _head(facts: FilmFacts, mask: Callable[[Json], Json]) -> Iterator[str]:
    told = " · ".join(part for part in (facts.summary, facts.began, facts.environment) if part)
    yield "<header>"
    yield f"<h1>{escape(str(mask(facts.title)))}</h1>"
    yield f"<p>{escape(str(mask(f'{facts.run} · {told}')))}</p>"
    yield "</header>"


def _controls(count: int) -> Iterator[str]:
    speeds = "".join(
        f'<option value="{speed:g}"{" selected" if speed == 1 else ""}>{speed:g}\N{MULTIPLICATION SIGN}</option>'
        for speed in SPEEDS
    )
    yield "<footer>"
    yield f'<button id="back" title="{escape(_("Back to the moment before (,)"))}">{escape(_("Back"))}</button>'
    yield f'<button id="play" title="{escape(_("Play or pause (Space)"))}">{escape(_("Play"))}</button>'
    yield f'<button id="forth" title="{escape(_("On to the next moment (.)"))}">{escape(_("Next"))}</button>'
    yield f'<label>{escape(_("Speed"))} <select id="speed">{speeds}</select></label>'
    yield f'<label><input id="follow" type="checkbox" checked> {escape(_("Follow the run"))}</label>'
    moment = escape(_("Moment of the run"))
    yield f'<input id="track" type="range" min="0" max="{count}" value="{count}" aria-label="{moment}">'
    yield '<output id="time"></output>'
    yield '<p id="said" role="status"></p>'
    yield "</footer>"


def _svg(picture: FilmPicture) -> Iterator[str]:
    """Yield the drawings in their layers, at first as the run ended, and over them what can be chosen."""
    area = picture.area
    box = f"{area.left():g} {area.top():g} {area.width():g} {area.height():g}"
    yield f'<svg viewBox="{box}" width="{area.width():g}" height="{area.height():g}">'
    for number, layer in enumerate(picture.layers):
        last = layer.seen[-1][1] if layer.seen else NOTHING
        for place, drawing in enumerate(layer.drawings):
            hidden = "" if place == last else ' display="none"'
            yield f'<g id="l{number}d{place}"{hidden}>{drawing}</g>'
    for number, rect in enumerate(picture.places.values()):
        yield (
            f'<rect class="step" id="s{number}" tabindex="0" role="button" x="{rect.left():g}" y="{rect.top():g}" '
            f'width="{rect.width():g}" height="{rect.height():g}" rx="10"/>'
        )
    yield "</svg>"


def _film(facts: FilmFacts, picture: FilmPicture, script: FilmScript) -> Json:
    first = facts.times[0] if facts.times else 0
    paths: dict[str, list[str]] = {}
    for path in script.cards:
        paths.setdefault(static_id(path), []).append(path)
    steps = {name: number for number, name in enumerate(picture.places)}
    return {
        "began": first // 1000,
        "times": [(at - first) // 1000 for at in facts.times],
        "pause": LONGEST_PAUSE // 1000,
        "said": list(script.said),
        "words": {
            "before": _("Before the run"),
            "nothing": _("Nothing happened here yet."),
            "play": _("Play"),
            "pause": _("Pause"),
        },
        "about": [[steps.get(static_id(path), -1), path] for path in script.paths],
        "labels": dict(facts.labels),
        "layers": [_seen(layer) for layer in picture.layers],
        "steps": [{"title": script.subject.face(name).title, "paths": paths.get(name, [])} for name in picture.places],
        "cards": {path: [[index, *_card(card)] for index, card in cards] for path, cards in script.cards.items()},
        "values": list(script.values),
    }


def _seen(layer: Layer) -> Json:
    return [list(pair) for pair in layer.seen]


def _card(card: Card) -> tuple[Json, ...]:
    return card.state, list(card.attempts), card.given, card.made


def _resource(name: str) -> str:
    return resource_path("replay", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the source expression of an inline script or style sheet."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
