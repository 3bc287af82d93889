import pytest

from tocsin.ui.canvas.faces import spell_condition


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("score >= 80.0 && !internal", "score ≥ 80 and not internal"),
        ("a != 'x && y' || b==1", "a ≠ 'x && y' or b=1"),
        ("a.version <= 1.05", "version ≤ 1.05"),
        ("has(a.b)", "has(b)"),
        ("is_internal(alert.ip)", "internal"),
        ("nodes.a.state == 'failed'", "nodes.a.state = 'failed'"),
        ("a.list.exists(x, x > 1)", "a.list.exists(x, x > 1)"),
    ],
)
def test_conditions_are_spelt_with_signs_as_people_write_them(written, spelt):
    assert spell_condition(written) == spelt
