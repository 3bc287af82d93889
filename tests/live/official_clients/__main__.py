"""`python -m tests.live.official_clients`: let the clients call, and write down what they called."""

import sys
from pathlib import Path

import pytest
from tests.live.official_clients.calls import PAGE, SEEN, page

if __name__ == "__main__":
    here = Path(__file__).parent
    options = ("-q", "-p", "no:xdist", "-p", "no:cacheprovider", f"--ignore={here / 'test_page.py'}")
    status = pytest.main([str(here), *options])
    if status == pytest.ExitCode.OK:
        PAGE.write_text(page(SEEN))
    sys.exit(status)
