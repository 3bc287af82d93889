"""Reads CEL text into a tree (CEL language definition, “Grammar”); evaluation stays with the library.

The tree is what the library does not give: paths, places, nesting. Size and depth are limited here, before anything is
compiled.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final, NoReturn

from tocsin.base.texts import _
from tocsin.expressions.errors import ExpressionError, TooLargeError
from tocsin.expressions.lexer import Token, TokenKind, read_string, split_tokens
from tocsin.expressions.syntax import (
    MACROS,
    Binary,
    Call,
    Conditional,
    Has,
    Index,
    ListOf,
    Literal,
    Logic,
    Macro,
    MapOf,
    Name,
    Node,
    Select,
    Unary,
)
from tocsin.model.names import CEL_WORDS

MAX_BYTES: Final = 2048
MAX_DEPTH: Final = 32
_BINDING: Final = {
    "||": 1, "&&": 2,
    "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3,
    "+": 4, "-": 4,
    "*": 5, "/": 5, "%": 5,
}  # fmt: skip
_UNARY: Final = 6
_CONSTANTS: Final = {"true": ("bool", True), "false": ("bool", False), "null": ("null", None)}
_WORDS_AS_MEMBER: Final = frozenset({"true", "false", "null", "in"})  # the others are words only where a name begins
_INT_MAX: Final = 2**63 - 1
_UINT_MAX: Final = 2**64 - 1


def parse(text: str) -> Node:
    """Return the tree of an expression.

    Raises:
        ExpressionError: The text is not CEL; the error says where.
        TooLargeError: It has more than 2,048 bytes in UTF-8, or more than 32 levels.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TooLargeError(
            _("The expression is longer than {max_bytes} bytes.").format(max_bytes=MAX_BYTES),
            hint=_("Split it over several nodes."),
        )
    tree = _Parser(split_tokens(text)).parse()
    _ensure_shallow(tree)
    return tree


def _ensure_shallow(tree: Node) -> None:
    level: list[Node] = [tree]
    for _unused in range(MAX_DEPTH):
        level = [part for node in level for part in node.parts]
        if not level:
            return
    raise _too_deep(level[0].start)


def _too_deep(position: int) -> TooLargeError:
    return TooLargeError(
        _("The expression has more than {max_depth} levels.").format(max_depth=MAX_DEPTH),
        position=position,
        hint=_("Split it over several nodes."),
    )


class _Parser:
    """Top-down operator precedence (Pratt, 1973) over the tokens of one text."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        tree = self._expression()
        if self._token.kind is not TokenKind.END:
            self._refuse(_("an operator"))
        return tree

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _sees(self, *operators: str) -> bool:
        token = self._token
        return token.kind is TokenKind.OPERATOR and token.text in operators

    def _take(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _expect(self, operator: str) -> Token:
        if not self._sees(operator):
            self._refuse(f"“{operator}”")
        return self._take()

    def _refuse(self, wanted: str) -> NoReturn:
        token = self._token
        if token.kind is TokenKind.END:
            raise ExpressionError(
                _("The expression ends where {wanted} is missing.").format(wanted=wanted), position=token.start
            )
        hint = ""
        if token.text == "?":
            hint = _("Read what may be missing with get(value, 'a.b', default).")
        raise ExpressionError(
            _("“{text}” stands where {wanted} should be.").format(text=token.text, wanted=wanted),
            position=token.start,
            hint=hint,
        )

    def _expression(self) -> Node:
        """Expr = ConditionalOr ["?" ConditionalOr ":" Expr]."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _too_deep(self._token.start)
        node = self._operators(1)
        if self._sees("?"):
            self._take()
            then = self._operators(1)
            self._expect(":")
            otherwise = self._expression()
            node = Conditional(node.start, otherwise.end, node, then, otherwise)
        self._depth -= 1
        return node

    def _operators(self, least: int) -> Node:
        node = self._unary()
        while (binding := self._binding()) >= least:
            operator = self._take().text
            if operator in {"&&", "||"}:
                node = self._logic(operator, node, binding)
            else:
                right = self._operators(binding + 1)
                node = Binary(node.start, right.end, operator, node, right)
        return node

    def _logic(self, operator: str, first: Node, binding: int) -> Node:
        operands = [first, self._operators(binding + 1)]
        while self._sees(operator):
            self._take()
            operands.append(self._operators(binding + 1))
        return Logic(first.start, operands[-1].end, operator, tuple(operands))

    def _binding(self) -> int:
        token = self._token
        if token.kind is TokenKind.OPERATOR or token.text == "in":
            return _BINDING.get(token.text, 0)
        return 0

    def _unary(self) -> Node:
        signs: list[Token] = []
        while self._sees("!", "-") and (not signs or signs[0].text == self._token.text):
            signs.append(self._take())
        if len(signs) > MAX_DEPTH:
            raise _too_deep(signs[0].start)
        if signs and signs[-1].text == "-" and self._token.kind in {TokenKind.INT, TokenKind.DOUBLE}:
            node = self._members(self._number(self._take(), sign=signs.pop()))
        else:
            node = self._members(self._primary())
        for sign in reversed(signs):
            node = Unary(sign.start, node.end, sign.text, node)
        return node

    def _members(self, node: Node) -> Node:
        while self._sees(".", "["):
            if self._take().text == "[":
                index = self._expression()
                node = Index(node.start, self._expect("]").end, node, index)
            else:
                node = self._member(node)
        return node

    def _member(self, node: Node) -> Node:
        name = self._token
        if name.kind is not TokenKind.NAME or name.text in _WORDS_AS_MEMBER:
            self._refuse(_("the name of a field"))
        self._take()
        if not self._sees("("):
            return Select(node.start, name.end, node, name.text, name.start)
        arguments, end = self._arguments()
        if name.text in MACROS and len(arguments) >= 2:  # a variable and a step
            return _macro(node, name, arguments, end)
        return Call(node.start, end, name.text, (node, *arguments), name.start, is_method=True)

    def _arguments(self) -> tuple[tuple[Node, ...], int]:
        """Read from “(” to “)”; return the arguments and the place after the bracket."""
        self._expect("(")
        arguments: list[Node] = []
        if not self._sees(")"):
            arguments.append(self._expression())
            while self._sees(","):
                self._take()
                arguments.append(self._expression())
        return tuple(arguments), self._expect(")").end

    def _primary(self) -> Node:
        token = self._token
        match token.kind:
            case TokenKind.NAME:
                return self._name(self._take())
            case TokenKind.INT | TokenKind.UINT | TokenKind.DOUBLE:
                return self._number(self._take())
            case TokenKind.STRING:
                value = read_string(self._take())
                return Literal(token.start, token.end, "bytes" if isinstance(value, bytes) else "string", value)
            case _:
                return self._bracketed(token)

    def _bracketed(self, token: Token) -> Node:
        if self._sees("("):
            self._take()
            inner = self._expression()
            return replace(inner, start=token.start, end=self._expect(")").end)
        if self._sees("["):
            return self._list(self._take())
        if self._sees("{"):
            return self._map(self._take())
        return self._refuse(_("a value"))

    def _list(self, opening: Token) -> Node:
        items: list[Node] = []
        while not self._sees("]"):
            items.append(self._expression())
            if not self._sees("]"):
                self._expect(",")
        return ListOf(opening.start, self._take().end, tuple(items))

    def _map(self, opening: Token) -> Node:
        entries: list[tuple[Node, Node]] = []
        while not self._sees("}"):
            key = self._expression()
            self._expect(":")
            entries.append((key, self._expression()))
            if not self._sees("}"):
                self._expect(",")
        return MapOf(opening.start, self._take().end, tuple(entries))

    def _name(self, token: Token) -> Node:
        if token.text in _CONSTANTS:
            kind, value = _CONSTANTS[token.text]
            return Literal(token.start, token.end, kind, value)
        if token.text in CEL_WORDS:
            raise ExpressionError(
                _("“{text}” is a word of the language.").format(text=token.text), position=token.start
            )
        if token.text.startswith("__"):
            raise ExpressionError(_("A name cannot begin with “__”."), position=token.start)
        if not self._sees("("):
            return Name(token.start, token.end, token.text, token.start)
        arguments, end = self._arguments()
        if token.text == "has":
            return _has(token, arguments, end)
        return Call(token.start, end, token.text, arguments, token.start, is_method=False)

    def _number(self, token: Token, *, sign: Token | None = None) -> Node:
        start = sign.start if sign else token.start
        if token.kind is TokenKind.DOUBLE:
            double = float(token.text)
            if not math.isfinite(double):
                raise ExpressionError(_("“{text}” is too large.").format(text=token.text), position=token.start)
            return Literal(start, token.end, "double", -double if sign else double)
        value = int(token.text.rstrip("uU"), 16 if "x" in token.text else 10)
        most = _UINT_MAX if token.kind is TokenKind.UINT else _INT_MAX + bool(sign)
        if value > most:
            raise ExpressionError(
                _("“{text}” is too large.").format(text=token.text), position=token.start, hint=_("Write it as a text.")
            )
        return Literal(start, token.end, token.kind.value, -value if sign else value)


def _has(token: Token, arguments: tuple[Node, ...], end: int) -> Node:
    if len(arguments) == 1 and isinstance(arguments[0], Select):
        return Has(token.start, end, arguments[0])
    raise ExpressionError(
        _("has() takes a path with a dot, such as has(nodes.x.output)."),
        position=token.start,
        hint=_("For a whole output, ask has(nodes.x.output); for what has no name, use get(value, 'a.b', default)."),
    )


def _macro(node: Node, name: Token, arguments: tuple[Node, ...], end: int) -> Node:
    variable, *steps = arguments
    if len(steps) > (2 if name.text == "map" else 1):
        raise ExpressionError(
            _("{text}() takes a name and one expression.").format(text=name.text), position=name.start
        )
    if not isinstance(variable, Name):
        raise ExpressionError(
            _("{text}() needs a name first, such as {text}(x, …).").format(text=name.text), position=variable.start
        )
    return Macro(node.start, end, name.text, node, variable.name, tuple(steps))
