"""The settings as a document, and back. What others wrote in the file stays where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum
from typing import Final, TypeVar

from tocsin.base.json_types import Json
from tocsin.services.settings.values import Appearance, Settings

FORMAT: Final = "tocsin_settings"
VERSION: Final = 1
APPEARANCE: Final = "appearance"
AUTOSAVE: Final = range(1, 601)
"""The seconds that can be set."""

E = TypeVar("E", bound=Enum)


def settings_from(document: Mapping[str, Json]) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings and the names of those whose value does not exist; the usual one stands for these."""
    reading, usual = _Reading(document), Settings()
    appearance = reading.part(APPEARANCE)
    settings = Settings(
        appearance=Appearance(
            theme=appearance.choice("theme", usual.appearance.theme),
            text_size=appearance.choice("text_size", usual.appearance.text_size),
            motion=appearance.choice("motion", usual.appearance.motion),
            contrast=appearance.choice("contrast", usual.appearance.contrast),
            density=appearance.choice("density", usual.appearance.density),
        ),
        language=reading.choice("language", usual.language),
        times=reading.choice("times", usual.times),
        autosave_seconds=reading.number("autosave_seconds", usual.autosave_seconds, AUTOSAVE),
        shortcuts=reading.texts("shortcuts"),
        health_minutes=reading.choice("health_minutes", usual.health_minutes),
        window_state=reading.text("window_state", usual.window_state),
    )
    return settings, tuple(reading.faults)


def document_of(settings: Settings, before: Settings, document: Mapping[str, Json]) -> dict[str, Json]:
    """Return a document with what differs from `before` written into it; every other key stays as it is."""
    made: dict[str, Json] = {FORMAT: VERSION, **document}
    new, old = _as_data(settings), _as_data(before)
    for name, value in new.items():
        if value != old[name]:
            made[name] = value if name != APPEARANCE else _mixed(made.get(name), value, old[name])
    return made


def _mixed(there: Json, new: Json, old: Json) -> Json:
    """The parts of a map that differ, put into the map that is there."""
    parts, before = _map(new), _map(old)
    return _map(there) | {name: value for name, value in parts.items() if value != before[name]}


def _map(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, Mapping) else {}


def _as_data(settings: Settings) -> dict[str, Json]:
    data: dict[str, Json] = asdict(settings)
    data["language"] = settings.language.value
    data["times"] = settings.times.value
    data["health_minutes"] = settings.health_minutes.value
    data[APPEARANCE] = {name: value.value for name, value in asdict(settings.appearance).items()}
    return data


class _Reading:
    """Reads values out of one map, noting what cannot be used."""

    def __init__(self, data: Mapping[str, Json], at: str = "", faults: list[str] | None = None) -> None:
        self.faults: list[str] = [] if faults is None else faults
        self._data = data
        self._at = at

    def part(self, name: str) -> _Reading:
        value = self._data.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.faults.append(self._at + name)
        return _Reading(value if isinstance(value, Mapping) else {}, f"{self._at}{name}.", self.faults)

    def choice(self, name: str, usual: E) -> E:
        value = self._data.get(name)
        if value is None:
            return usual
        try:
            return type(usual)(value)
        except ValueError:
            self.faults.append(self._at + name)
            return usual

    def number(self, name: str, usual: int, allowed: range) -> int:
        value = self._data.get(name, usual)
        if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
            return value
        self.faults.append(self._at + name)
        return usual

    def text(self, name: str, usual: str) -> str:
        value = self._data.get(name, usual)
        if isinstance(value, str):
            return value
        self.faults.append(self._at + name)
        return usual

    def texts(self, name: str) -> dict[str, str]:
        value = self._data.get(name)
        if value is None:
            return {}
        if isinstance(value, Mapping):
            texts = {key: text for key, text in value.items() if isinstance(text, str)}
            self.faults += [f"{self._at}{name}.{key}" for key in value if key not in texts]
            return texts
        self.faults.append(self._at + name)
        return {}
