"""Gives every visible text in the reader's language: English is the source and costs nothing, German is a catalogue.

One system for all faces, the standard library's gettext. `_("No run matches.")` gives the text to show; where facts go
into it, `_("Run {run}").format(run=run)`, and `plural("{n} run", "{n} runs", n).format(n=n)` where a number decides.
`in_context("state", "Open")` is for a text that English uses in two senses and another language says in two ways.

- The language is chosen once, by `choose` before the rooms are imported, and holds until the process ends. So a table
  of a module may call `_` where it stands, and a change in Settings holds after a restart.
- The order: `TOCSIN_LANG`, then the setting (`system`, `en`, `de`), then the system (`LC_ALL`, `LC_MESSAGES`, `LANG`).
- A text is translated where it is made and remembers its English: what programs read (journal, `--json`) is passed
  through `neutral`, which gives that. Codes, ids, names, expressions, YAML and the developers' log stay as they are.
- `packaging/texts.py` collects the texts into `resources/locale/tocsin.pot` and compiles `tocsin.mo` of each language.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from typing import Final, Protocol, TypeVar, cast

from typing_extensions import override

DOMAIN: Final = "tocsin"
VARIABLE: Final = "TOCSIN_LANG"
SYSTEM: Final = "system"
ENGLISH: Final = "en"
LANGUAGES: Final = {ENGLISH: "English", "de": "Deutsch"}
"""Each language there is, by its own name."""

_SAYS: Final = ("LC_ALL", "LC_MESSAGES", "LANG")

T = TypeVar("T")


class Translations(Protocol):
    """Where translations are looked up; gettext's catalogues are such."""

    def gettext(self, message: str, /) -> str:
        """Return the translation of a text, else the text."""
        ...

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """Return the translation of the form that a number needs."""
        ...

    def pgettext(self, context: str, message: str, /) -> str:
        """Return the translation of a text in one of its senses, else the text."""
        ...


class Translated(str):
    """A text in another language, which remembers its source.

    Attributes:
        source: The same in English.
    """

    source: str

    def __new__(cls, text: str, source: str) -> Translated:
        """Keep both."""
        made = super().__new__(cls, text)
        made.source = source
        return made

    @override
    def __reduce__(self) -> tuple[type[Translated], tuple[str, str]]:
        return (Translated, (str(self), self.source))

    @override
    def format(self, *args: object, **facts: object) -> Translated:
        """Put facts into both."""
        english = {name: neutral(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        return Translated(super().format(*args, **facts), self.source.format(*args, **english))

    @override
    def strip(self, chars: str | None = None, /) -> Translated:
        """Cut the ends of both."""
        return Translated(super().strip(chars), self.source.strip(chars))


class _Speech:
    """What is spoken: None until it is chosen, then a language and its translations; English has none."""

    language: str | None = None
    translations: Translations | None = None


def choose(wanted: str = SYSTEM, environment: Mapping[str, str] = os.environ) -> str:
    """Choose the language of this process and return it: the variable's, else the wanted one, else the system's."""
    said = environment.get(VARIABLE, "") or wanted
    language = said if said in LANGUAGES else _of_system(environment)
    speak(language, _catalogue(language) if language != ENGLISH else None)
    return language


def speak(language: str, translations: Translations | None) -> None:
    """Take every text from these translations from now on; None leaves them English."""
    _Speech.language, _Speech.translations = language, translations


def language() -> str:
    """Return the language that is spoken."""
    return _Speech.language or choose()


def _(message: str) -> str:
    """Return a text in the reader's language."""
    if _Speech.language is None:
        choose()
    if _Speech.translations is None or not message:
        return message
    return Translated(_Speech.translations.gettext(message), message)


def in_context(context: str, message: str) -> str:
    """Return a text in the reader's language, in the sense that the context tells: “state”, “column”."""
    if _Speech.language is None:
        choose()
    if _Speech.translations is None:
        return message
    return Translated(_Speech.translations.pgettext(context, message), message)


def plural(one: str, many: str, count: int) -> str:
    """Return one of two texts in the reader's language, as the number wants it; facts are put in afterwards."""
    if _Speech.language is None:
        choose()
    source = one if count == 1 else many
    if _Speech.translations is None:
        return source
    return Translated(_Speech.translations.ngettext(one, many, count), source)


def joined(*parts: str, between: str = "") -> str:
    """Return texts put together; what is made of translated ones remembers its English as they do."""
    text = between.join(parts)
    if _Speech.translations is None:
        return text
    return Translated(text, neutral(between).join(neutral(part) for part in parts))


def quoted(*names: str, between: str = ", ") -> str:
    """Return names in the quotes of the reader's language, with this between them."""
    return joined(*(_("“{name}”").format(name=name) for name in names), between=between)


def beginning(words: str) -> str:
    """Return words as a line begins with them: the first letter large, the others as they are."""
    source = neutral(words)
    large = source[:1].upper() + source[1:]
    return large if _Speech.translations is None else Translated(words[:1].upper() + words[1:], large)


def going_on(title: str) -> str:
    """Return a title as a sentence goes on with it: English begins it small, German, with its large nouns, does not."""
    source = neutral(title)
    small = source if source[1:2].isupper() else source[:1].lower() + source[1:]
    return small if _Speech.translations is None else Translated(title, small)


def neutral(value: T) -> T:
    """Return a value, or all that a JSON value holds, with each translated text in English, for programs to read."""
    if _Speech.translations is None:
        return value
    return cast("T", _neutral(value))


def _neutral(value: object) -> object:
    if isinstance(value, str):
        return getattr(value, "source", value)
    if isinstance(value, dict):
        return {name: _neutral(part) for name, part in cast("dict[str, object]", value).items()}
    if isinstance(value, list | tuple):
        return [_neutral(part) for part in cast("list[object]", value)]
    return value


def _of_system(environment: Mapping[str, str]) -> str:
    """The system's language if it is there; on Windows, where no variable says it, by the name of the locale."""
    said = next((environment[name] for name in _SAYS if environment.get(name)), "") or locale.getlocale()[0] or ""
    return "de" if said.lower().startswith(("de_", "de.", "german")) or said.lower() == "de" else ENGLISH


def _catalogue(language: str) -> Translations:
    import gettext

    from tocsin.base.data_places import find_data_folder

    folder = find_data_folder("resources")
    return gettext.translation(DOMAIN, folder / "locale" if folder else None, [language], fallback=True)
