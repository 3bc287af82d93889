import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import Scope, compile_expression, evaluate
from tocsin.expressions.rules import Joiner, Operator, Path, Rule, Rules, read_rules, write_rules

PATHS = ("alert.src_ip", "alert.tags[0]", "reputation.score", "host", "alert['odd name']", "size(hosts.found)")
METHODS = {Operator.CONTAINS, Operator.BEGINS, Operator.ENDS, Operator.MATCHES}
plain = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


@st.composite
def rules(draw, operators=tuple(Operator)):
    operator = draw(st.sampled_from(operators))
    field = draw(st.sampled_from(PATHS))
    if not operator.takes_value:
        is_inner = operator in {Operator.THERE, Operator.MISSING}
        return Rule("alert.src_ip" if is_inner else field, operator)
    if draw(st.booleans()):
        return Rule(field, operator, Path(draw(st.sampled_from(PATHS))))
    if operator in {Operator.ONE_OF, Operator.NONE_OF}:
        return Rule(field, operator, tuple(draw(st.lists(plain, min_size=1, max_size=3))))
    return Rule(field, operator, draw(plain))


@st.composite
def groups(draw):
    joiner = draw(st.sampled_from(Joiner))
    other = Joiner.ANY if joiner is Joiner.ALL else Joiner.ALL
    inner = st.lists(rules(), min_size=2, max_size=3).map(lambda items: Rules(other, tuple(items)))
    items = draw(st.lists(st.one_of(rules(), inner), min_size=2, max_size=4))
    return Rules(joiner, tuple(items))


@given(st.one_of(groups(), rules().map(lambda rule: Rules(items=(rule,)))))
def test_what_rows_write_reads_back_as_the_same_rows_and_compiles(drawn):
    text = write_rules(drawn)
    assert read_rules(text) == drawn
    compile_expression(text)


READ = {
    "alert.severity >= 7": Rule("alert.severity", Operator.AT_LEAST, 7),
    "reputation.score >= 80.0": Rule("reputation.score", Operator.AT_LEAST, 80.0),
    "score > -2": Rule("score", Operator.MORE, -2),
    "host.critical": Rule("host.critical", Operator.HOLDS),
    "!host.critical": Rule("host.critical", Operator.HOLDS_NOT),
    "is_internal(alert.src_ip)": Rule("alert.src_ip", Operator.INTERNAL),
    "!(alert.rule in ['a', \"b\"])": Rule("alert.rule", Operator.NONE_OF, ("a", "b")),
    "alert.src_ip in env.allowed": Rule("alert.src_ip", Operator.ONE_OF, Path("env.allowed")),
    "!has(nodes.ask.output)": Rule("nodes.ask.output", Operator.MISSING),
    "size(hosts.found) > 0": Rule("size(hosts.found)", Operator.MORE, 0),
    "a.user == b.user": Rule("a.user", Operator.IS, Path("b.user")),
    'alert.name.startsWith("x")': Rule("alert.name", Operator.BEGINS, "x"),
    "hosts.found.exists(h, h.critical)": Rule("hosts.found.exists(h, h.critical)", Operator.HOLDS),
}


@pytest.mark.parametrize("text", READ)
def test_a_condition_of_one_row_is_read(text):
    assert read_rules(text) == Rules(items=(READ[text],))


def test_a_condition_that_always_holds_has_no_rows():
    assert read_rules("true") == Rules()
    assert write_rules(Rules()) == "true"


def test_groups_among_the_rows_are_read():
    text = "reputation.score >= 80.0 && (!is_internal(alert.src_ip) || alert.rule.contains('TOR'))"
    found = read_rules(text)
    inner = Rules(Joiner.ANY, (Rule("alert.src_ip", Operator.EXTERNAL), Rule("alert.rule", Operator.CONTAINS, "TOR")))
    assert found == Rules(Joiner.ALL, (Rule("reputation.score", Operator.AT_LEAST, 80.0), inner))
    assert write_rules(found) == text


TOO_RICH = (
    "a ? b : c",
    "!(a && b)",
    "!(a == b)",
    "a == null",
    "a == 1u",
    "a && (b || (c && (d || e)))",
    "a == 1 // why",
    "1 < a",
    "[1, 2].exists(x, x > 1) == (a && b)",
    "false",
    "a in []",
    "a ==",
)


@pytest.mark.parametrize("text", TOO_RICH)
def test_what_rows_cannot_say_stays_text(text):
    assert read_rules(text) is None


MEANT = ("a.n >= 3 && !(a.s in ['x', 'y'])", '(a.n > 9 || a.s.contains("z")) && has(a.n)', "!a.b || a.n == 4")


@pytest.mark.parametrize("text", MEANT)
@pytest.mark.parametrize("n", [1, 4, 10])
@pytest.mark.parametrize("s", ["x", "az"])
def test_rows_mean_what_was_read(text, n, s):
    scope = Scope()
    scope.bind("a", {"n": n, "s": s, "b": n % 2 == 0})
    found = read_rules(text)
    assert found is not None
    assert evaluate(compile_expression(write_rules(found)), scope) == evaluate(compile_expression(text), scope)
