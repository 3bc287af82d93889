import pytest
from tests.ui.design.studio import Studio


@pytest.fixture(scope="module")
def studio(qapp):
    """The window in the light theme, one for each module."""
    made = Studio(qapp)
    yield made
    made.close()
