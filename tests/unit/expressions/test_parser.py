import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import ExpressionError, TooLargeError
from tocsin.expressions.library import compile_program
from tocsin.expressions.parser import parse
from tocsin.expressions.syntax import Binary, Call, Conditional, Literal, Logic, Macro, Name, Node, Select, Unary
from tocsin.model.names import CEL_WORDS

PIECES = "a b.c 1 2.5 'x' - ! ( ) [ ] { } : ? && || == < in + * , . has(a.b) .map(x,x) true null 0x1F 1u r'\\' f( .5 9."


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a + b * c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a || b && c", "(a || (b && c))"),
        ("a && b && c", "(a && b && c)"),
        ("a < b == c", "((a < b) == c)"),
        ("!a.b", "!a.b"),
        ("- -1", "-Literal"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("(a + b) * c", "((a + b) * c)"),
        ("find-hosts.x", "(find - hosts.x)"),
    ],
)
def test_operators_bind_as_cel_says(text, shape):
    assert _shape(parse(text)) == shape


def test_a_method_is_a_call_whose_target_is_its_first_argument():
    assert isinstance(tree := parse("a.b.defang()"), Call)
    assert (tree.function, tree.is_method, _shape(tree.arguments[0])) == ("defang", True, "a.b")


def test_a_macro_knows_its_variable():
    assert isinstance(tree := parse("l.map(x, x > 1, x * 2)"), Macro)
    assert (tree.variable, len(tree.steps)) == ("x", 2)


def test_the_smallest_whole_number_can_be_written():
    assert parse("-9223372036854775808") == Literal(0, 20, "int", -(2**63))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("a.", 3),
        ("a +", 4),
        ("(a", 3),
        ("a b", 3),
        ("a.?b", 3),
        ("a[?'b']", 3),
        ("a.in", 3),
        ("f(1,)", 5),
        (".a", 1),
        ("has(a)", 1),
        ("has(a['b'])", 1),
        ("l.map(1, 2)", 7),
        ("9223372036854775808", 1),
        ("1e999", 1),
        ("__get0", 1),
        ("Message{a: 1}", 8),
    ],
)
def test_what_is_not_allowed_is_refused_at_its_column(text, column):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize("word", [word for word in CEL_WORDS if word not in {"true", "false", "null"}])
def test_words_of_the_language_are_no_roots(word):
    with pytest.raises(ExpressionError):
        parse(f"{word}.x")


@pytest.mark.parametrize("word", ["loop", "for", "as", "while"])
def test_words_of_the_language_may_be_fields(word):
    assert isinstance(parse(f"a.{word}"), Select)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "é" * 1100,
        "(" * 40 + "1" + ")" * 40,
        "1" + "+1" * 40,
        "!" * 40 + "a",
        "a" + ".b" * 40,
        "a ? b : " * 40 + "c",
        "[" * 40 + "]" * 40,
    ],
)
def test_what_is_too_long_or_too_deep_is_refused(text):
    with pytest.raises(TooLargeError):
        parse(text)


def test_many_operands_of_one_logic_are_one_level():
    assert isinstance(tree := parse(" || ".join(["a"] * 200)), Logic)
    assert len(tree.operands) == 200


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_at_a_place_in_it(text):
    try:
        place = parse(text).start
    except ExpressionError as error:
        place = error.position
    assert 0 <= place <= len(text)


@given(st.lists(st.sampled_from(PIECES.split()), max_size=9))
def test_what_the_parser_accepts_the_library_accepts(pieces):
    text = " ".join(pieces)
    try:
        parse(text)
    except ExpressionError:
        return
    compile_program(text)


def _shape(node: Node) -> str:
    inner = [_shape(part) for part in node.parts]
    match node:
        case Name():
            return node.name
        case Select():
            return f"{inner[0]}.{node.member}"
        case Unary():
            return node.operator + inner[0]
        case Binary() | Logic():
            return f"({f' {node.operator} '.join(inner)})"
        case Conditional():
            return "({} ? {} : {})".format(*inner)
    return type(node).__name__
