import copy
import subprocess
import sys

import pytest

from tocsin.base import texts
from tocsin.base.errors import TocsinError
from tocsin.base.texts import (
    Translated,
    _,
    beginning,
    choose,
    going_on,
    in_context,
    joined,
    language,
    neutral,
    plural,
    quoted,
    speak,
)


class Upper:
    """Translations that can be told from their source."""

    def gettext(self, message):
        return message.upper().replace("{NAME}", "{name}").replace("{MORE}", "{more}")

    def ngettext(self, one, many, count):
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context, message):
        return self.gettext(message) + f" ({context})"


@pytest.fixture(autouse=True)
def english_again():
    yield
    speak("en", None)


@pytest.mark.parametrize(
    ("wanted", "environment", "spoken"),
    [
        ("system", {"LANG": "de_DE.UTF-8"}, "de"),
        ("system", {"LANG": "de_AT.UTF-8", "LC_ALL": "C"}, "en"),
        ("system", {"LC_MESSAGES": "de", "LANG": "en_US.UTF-8"}, "de"),
        ("system", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("de", {"LANG": "en_US.UTF-8"}, "de"),
        ("en", {"LANG": "de_DE.UTF-8"}, "en"),
        ("en", {"TOCSIN_LANG": "de"}, "de"),
        ("xx", {"LANG": "de_DE.UTF-8"}, "de"),
    ],
)
def test_the_variable_comes_before_the_setting_and_that_before_the_system(wanted, environment, spoken):
    assert choose(wanted, environment) == language() == spoken


def test_english_gives_the_very_text():
    speak("en", None)
    text = "No run matches."
    assert _(text) is text
    assert plural("{n} run", "{n} runs", 2) == "{n} runs"


def test_english_asks_no_catalogue_and_imports_no_gettext():
    code = (
        "import sys; from tocsin.base import texts; texts.choose('en', {}); texts._('Save'); "
        "print('gettext' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=True)
    assert done.stdout == "False\n"


def test_german_comes_out_of_the_catalogue():
    choose("de", {})
    assert _("Save") == "Speichern"
    assert plural("{n} field", "{n} fields", 2).format(n=2) == "2 Felder"
    assert _("a text that nobody translated") == "a text that nobody translated"


def test_a_translated_text_remembers_its_source():
    speak("xx", Upper())
    said = _("“{name}” is missing.").format(name=_("home"))
    assert said == "“HOME” IS MISSING."
    assert neutral(said) == "“home” is missing."
    assert neutral({"message": said, "list": [said, 1], "none": None}) == {
        "message": "“home” is missing.",
        "list": ["“home” is missing.", 1],
        "none": None,
    }


def test_one_text_has_two_senses():
    choose("de", {})
    assert _("Open") == "Öffnen"
    assert in_context("state", "Open") == "Offen"
    assert neutral(in_context("state", "Open")) == "Open"
    assert in_context("nobody's sense", "Open") == "Open"


def test_names_are_quoted_as_the_language_does():
    assert quoted("a", "b", between=_(" and ")) == "“a” and “b”"
    choose("de", {})
    said = quoted("a", "b", between=_(" and "))
    assert said == "„a“ und „b“"
    assert neutral(said) == "“a” and “b”"


def test_nouns_stay_large_where_english_changes_the_case():
    assert (beginning("a list"), going_on("Block it"), going_on("IP address")) == ("A list", "block it", "IP address")
    choose("de", {})
    large, on = beginning(_("a list")), going_on(_("Address"))
    assert (large, neutral(large)) == ("Eine Liste", "A list")
    assert (on, neutral(on)) == ("Adresse", "address")


def test_what_stands_between_is_translated_too():
    speak("xx", Upper())
    assert neutral(joined(_("a"), _("b"), between=_(" or "))) == "a or b"


def test_copies_remember_it_too():
    speak("xx", Upper())
    said = _("Save")
    copied = copy.deepcopy({"said": said})["said"]
    assert (copied, neutral(copied), type(copied)) == ("SAVE", "Save", Translated)


def test_every_language_has_its_own_name():
    assert texts.LANGUAGES == {"en": "English", "de": "Deutsch"}


def test_an_error_that_becomes_a_failure_remembers_it():
    speak("xx", Upper())
    error = TocsinError(_("No key."), hint=_("Get one."))
    assert (str(error), neutral(str(error))) == ("NO KEY. GET ONE.", "No key. Get one.")


def test_ends_are_cut_of_both():
    speak("xx", Upper())
    assert neutral(_("Done. {more}").format(more="").strip()) == "Done."
