import pytest

from tocsin.ui.canvas.faces import spell_condition


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("score >= 80.0 && !internal", "score ≥ 80 and not internal"),
        ("a != 'x && y' || b==1", "a ≠ 'x && y' or b=1"),
        ("a.version <= 1.05", "a.version ≤ 1.05"),
        ("has(a.b)", "has(a.b)"),
    ],
)
def test_conditions_are_spelt_with_signs_as_people_write_them(written, spelt):
    assert spell_condition(written) == spelt
