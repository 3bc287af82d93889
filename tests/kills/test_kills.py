import sys

import pytest

from tests.kills.__main__ import kill_often
from tests.kills.killing import PATIENCE


@pytest.mark.skipif(sys.platform == "win32", reason="no such kill there")
@pytest.mark.timeout(3 * PATIENCE)
def test_a_window_that_is_killed_leaves_a_whole_file_and_all_but_the_last_second():
    found = kill_often(10, seed=7, at_once=5)
    assert [one for one in found if one.wrong] == []
    assert max(one.edits for one in found) > 23
