import pytest
from PySide6.QtWidgets import QAbstractButton, QPushButton
from tests.ui.fakes import CREATED, RUN, asked, finished, settled
from tests.ui.hands import SMALL, card_on, trigger

OTHER = "01890a5d-ac96-774b-bcce-000000000002"


@pytest.fixture
def two(running, tmp_path, qtbot):
    """Two tabs whose runs ask, the second in front."""
    first = running.window.documents.current
    running.runs.tell(CREATED, settled("start"), asked(text="Go on with the first?"))
    other = tmp_path / "other.yaml"
    other.write_text(SMALL.replace("name: Small", "name: Other"), encoding="utf-8")
    running.window.open(other)
    second = running.window.documents.current
    running.runs.id = OTHER
    trigger(running, "run.run")
    qtbot.waitUntil(lambda: second.run_id == OTHER)
    running.runs.tell(CREATED, settled("start"), asked(text="Go on with the second?"), run=OTHER)
    qtbot.waitUntil(lambda: len(second.questions) == len(first.questions) == 1)
    return running, first, second


def count(desk, kind):
    return desk.window.footer.findChild(QAbstractButton, f"count-{kind}")


def test_the_footer_counts_the_questions_of_every_tab(two):
    desk, _, second = two
    assert desk.window.documents.current is second
    assert count(desk, "waiting").text() == "2 wait for you"


def test_a_press_on_the_count_goes_from_question_to_question_over_the_tabs(two):
    desk, first, second = two
    seen = []
    for _ in range(3):
        count(desk, "waiting").click()
        seen.append(desk.window.documents.current)
    assert seen == [second, first, second]
    assert desk.window.documents.current.session.selection == {"ask"}


def test_f7_goes_over_the_tabs_too(two):
    desk, first, second = two
    trigger(desk, "view.next_finding")
    trigger(desk, "view.next_finding")
    assert desk.window.documents.current is first
    trigger(desk, "view.previous_finding")
    assert desk.window.documents.current is second


def test_the_list_of_questions_names_the_other_tab_s_and_leads_there(two, qtbot):
    desk, first, _ = two
    waiting = desk.panels.run.page.waiting
    assert [(line.place, line.text) for line in waiting.lines] == [
        ("", "Go on with the second?"),
        ("Small", "Go on with the first?"),
    ]
    link = next(b for b in waiting.findChildren(QPushButton) if b.text() == "Small: Go on with the first?")
    link.click()
    assert desk.window.documents.current is first
    qtbot.waitUntil(lambda: card_on(first.canvas.view) is not None)


def test_a_question_that_was_answered_is_counted_no_more(two, qtbot):
    desk, _, second = two
    desk.runs.tell(("ask.answered", "ask?1", {"option": "approved"}), finished(), run=RUN)
    qtbot.waitUntil(lambda: count(desk, "waiting").text() == "1 waits for you")
    assert desk.panels.run.page.waiting.lines == ()
    assert second.questions
