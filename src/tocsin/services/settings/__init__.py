"""What a person set for this program on this machine, in one file (definitions.md D1), for every face.

Faces enter here. Start reading at `values`; `store` keeps them in the file.
"""

from tocsin.services.settings.document import AUTOSAVE
from tocsin.services.settings.errors import BrokenSettingsError, CannotSaveSettingsError, WrongSettingsError
from tocsin.services.settings.store import SettingsStore
from tocsin.services.settings.values import (
    Appearance,
    Contrast,
    Density,
    HealthEvery,
    LanguageChoice,
    Motion,
    Settings,
    SettingsChanged,
    TextSize,
    ThemeChoice,
    TimesChoice,
)

__all__ = [
    "AUTOSAVE",
    "Appearance",
    "BrokenSettingsError",
    "CannotSaveSettingsError",
    "Contrast",
    "Density",
    "HealthEvery",
    "LanguageChoice",
    "Motion",
    "Settings",
    "SettingsChanged",
    "SettingsStore",
    "TextSize",
    "ThemeChoice",
    "TimesChoice",
    "WrongSettingsError",
]
