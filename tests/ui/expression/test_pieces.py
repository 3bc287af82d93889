from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.expression.pieces import PieceKind, find_chips, pieces_of

FRAGMENTS = st.sampled_from(
    ["{{ alert.src_ip }}", "{{run.id}}", "{{", "}}", "{{ x", "{{ defang(alert.src_ip) }}", "\n", "\r\n", "￼", "'"]
)
TEMPLATES = st.lists(st.one_of(st.text(), FRAGMENTS), max_size=8).map("".join)


def kinds(text, **more):
    pieces = pieces_of(text, has_lines=True, chips=find_chips(text, **more))
    return [(piece.kind, piece.source) for piece in pieces]


@given(TEMPLATES, st.booleans())
def test_the_pieces_of_any_text_are_the_text(text, has_lines):
    pieces = pieces_of(text, has_lines=has_lines, chips=find_chips(text))
    assert "".join(piece.source for piece in pieces) == text


def test_values_formulas_and_lines_are_told_from_words():
    assert kinds("Hi {{ alert.user }}\n{{ defang(alert.src_ip) }}") == [
        (PieceKind.PLAIN, "Hi "),
        (PieceKind.VALUE, "{{ alert.user }}"),
        (PieceKind.LINE_END, "\n"),
        (PieceKind.VALUE, "{{ defang(alert.src_ip) }}"),
    ]


def test_what_cannot_be_read_stays_text():
    assert kinds("{{ alert. }} {{ a") == [(PieceKind.PLAIN, "{{ alert. }} {{ a")]


def test_the_slot_that_is_typed_in_stays_text():
    text = "{{ alert.user }}{{ run.id }}"
    assert kinds(text, typed_at=5) == [(PieceKind.PLAIN, "{{ alert.user }}"), (PieceKind.VALUE, "{{ run.id }}")]
    assert [kind for kind, _ in kinds(text, typed_at=16)] == [PieceKind.VALUE, PieceKind.VALUE]


def test_in_one_line_a_line_end_is_a_mark():
    assert [piece.kind for piece in pieces_of("a\nb", has_lines=False)] == [
        PieceKind.PLAIN,
        PieceKind.ODD,
        PieceKind.PLAIN,
    ]
