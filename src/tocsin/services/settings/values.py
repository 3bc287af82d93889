"""The settings as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class ThemeChoice(StrEnum):
    """Which theme: the desktop's, or always the same."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TextSize(IntEnum):
    """The size of text and of what holds it, in per cent."""

    NORMAL = 100
    LARGE = 115
    LARGEST = 130


class Motion(StrEnum):
    """Whether things turn and glide."""

    SYSTEM = "system"
    FULL = "full"
    REDUCED = "reduced"


class Contrast(StrEnum):
    """How strong lines are."""

    SYSTEM = "system"
    NORMAL = "normal"
    HIGH = "high"


class Density(StrEnum):
    """How much room a node takes on the canvas; `auto` is compact in a low window. It changes nothing in a file."""

    AUTO = "auto"
    COMPACT = "compact"
    COMFORTABLE = "comfortable"


class LanguageChoice(StrEnum):
    """Which language, from the next start on: the desktop's, or always the same."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


class TimesChoice(StrEnum):
    """In which zone times are shown, from the next start on."""

    UTC = "utc"
    LOCAL = "local"


class HealthEvery(IntEnum):
    """After how many minutes the window looks at the connections again."""

    OFF = 0
    FIVE_MINUTES = 5
    QUARTER = 15
    HOUR = 60


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the program looks."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_size: TextSize = TextSize.NORMAL
    motion: Motion = Motion.SYSTEM
    contrast: Contrast = Contrast.SYSTEM
    density: Density = Density.AUTO


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set.

    Attributes:
        appearance: How the program looks.
        language: Which language it speaks.
        times: In which zone it shows times.
        autosave_seconds: How long a change may wait until a copy for recovery is written.
        shortcuts: An action's id → its keys in portable text ("Ctrl+E"), "" for none; only what differs from the table.
        health_minutes: How often the window looks whether connections are well.
        window_state: What the window wrote of its panels and its files, as JSON; "" for nothing yet.
    """

    appearance: Appearance = Appearance()
    language: LanguageChoice = LanguageChoice.SYSTEM
    times: TimesChoice = TimesChoice.UTC
    autosave_seconds: int = 1
    shortcuts: Mapping[str, str] = field(default_factory=dict[str, str])
    health_minutes: HealthEvery = HealthEvery.OFF
    window_state: str = ""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Something else is set."""

    old: Settings
    new: Settings
