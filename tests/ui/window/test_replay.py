"""The replay of a run leaves the window as a page, by the menu as by the bar below the timeline."""


def test_the_replay_of_the_run_that_is_shown_is_offered_in_the_menu(opened, request, qtbot, tmp_path):
    row = opened.window.commands.get("run.export_replay")
    assert not row.isEnabled()
    running = request.getfixturevalue("running")
    qtbot.waitUntil(row.isEnabled)
    running.choice.chosen = tmp_path / "replay.html"
    row.trigger()
    qtbot.waitUntil((tmp_path / "replay.html").exists)
    assert running.choice.asked[-1] == "Run replay.html"
