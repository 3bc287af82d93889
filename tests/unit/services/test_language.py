import pytest

from tocsin.services.language import kept_language
from tocsin.services.settings import LanguageChoice, Settings, SettingsStore


@pytest.mark.parametrize("choice", list(LanguageChoice))
def test_the_language_that_was_set_is_read_without_the_rest(tmp_path, choice):
    path = tmp_path / "settings.yaml"
    store = SettingsStore(path)
    store.change(Settings(autosave_seconds=7, language=choice))
    assert kept_language(path) == choice.value
    assert SettingsStore(path).settings.language is choice


@pytest.mark.parametrize("text", ["", "language: [de]\n", "  language: de\n", "theme: dark\n"])
def test_where_none_is_set_the_system_says_it(tmp_path, text):
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    assert kept_language(path) == "system"
    assert kept_language(tmp_path / "none.yaml") == "system"


def test_a_file_that_is_no_text_says_none(tmp_path):
    path = tmp_path / "settings.yaml"
    path.write_bytes(b"language: de\xff")
    assert kept_language(path) == "system"
