from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.actions.search import Findable, match, rank

THINGS = (
    Findable("1", "Inspector", "View"),
    Findable("2", "Isolate endpoint", "Node", "EDR · undoable hosts/isolate"),
    Findable("3", "Ask before isolating", "Node"),
    Findable("4", "History", "View"),
    Findable("5", "Block address", "Node", "Edge firewall"),
)


def found(query):
    return [thing.id for thing in rank(query, THINGS)]


def test_no_query_gives_everything_as_it_is():
    assert found("") == found("  ") == ["1", "2", "3", "4", "5"]


def test_a_word_that_begins_so_comes_before_letters_far_apart():
    assert found("iso")[:2] == ["2", "3"]


def test_first_letters_of_words_find_a_title():
    assert found("ba")[0] == "5"
    assert found("bl addr")[0] == "5"


def test_more_about_a_thing_finds_it_after_titles():
    assert found("firewall") == ["5"]
    assert found("node")[0] in {"2", "3", "5"}


def test_what_has_not_all_letters_is_not_found():
    assert found("xyz") == []


@given(st.text(alphabet="abc xy", min_size=1, max_size=12), st.data())
def test_letters_taken_from_a_text_in_their_order_are_always_found_in_it(text, data):
    places = data.draw(st.lists(st.integers(0, len(text) - 1), unique=True, min_size=1).map(sorted))
    letters = "".join(text[place] for place in places).replace(" ", "")
    if letters:
        assert match(letters, text) is not None


def test_whole_words_of_a_title_come_before_letters_that_run_on_in_another():
    things = (Findable("list", "List blocked addresses", "Firewall"), Findable("block", "Block an address", "Firewall"))
    assert [thing.id for thing in rank("block address", things)] == ["block", "list"]
