"""Every shipped playbook that changes something, played and then taken back: the world is as it was before.

What stays is listed: tickets are closed and not torn up, what was said was said, and nobody brings a session, a mail
or a patch back.
"""

import pytest
from tests.journeys.differing import differing
from tests.matrix.playing import HOMES

from tocsin.cli.messages import Exit
