"""Cuts CEL text into tokens, each with its place (CEL language definition, “Syntax”)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.texts import _
from tocsin.expressions.errors import ExpressionError

STRING_PATTERN: Final = (
    r"(?:"
    r"[bB]?[rR]'''(?s:.)*?'''|[bB]?[rR]\"\"\"(?s:.)*?\"\"\"|[bB]?[rR]'[^'\r\n]*'|[bB]?[rR]\"[^\"\r\n]*\""
    r"|[bB]?'''(?s:[^\\]|\\.)*?'''|[bB]?\"\"\"(?s:[^\\]|\\.)*?\"\"\""
    r"|[bB]?'(?:[^'\\\r\n]|\\[^\r\n])*'|[bB]?\"(?:[^\"\\\r\n]|\\[^\r\n])*\""
    r")"
)
"""A CEL string or bytes literal in any of its forms."""

_TOKEN: Final = re.compile(
    r"(?P<blank>[ \t\r\n\f]+|//[^\n]*)"
    rf"|(?P<string>{STRING_PATTERN})"
    r"|(?P<double>[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)"
    r"|(?P<uint>(?:0x[0-9a-fA-F]+|[0-9]+)[uU])"
    r"|(?P<int>0x[0-9a-fA-F]+|[0-9]+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>&&|\|\||[=!<>]=|[-+*/%!<>?:.,()\[\]{}])"
)
_OPEN_STRING: Final = re.compile(r"['\"][^\r\n]*")
_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([abfnrtv\\?\"'`]))|\\"
)
_SIMPLE: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class TokenKind(StrEnum):
    """What a token is."""

    NAME = "name"
    INT = "int"
    UINT = "uint"
    DOUBLE = "double"
    STRING = "string"
    OPERATOR = "operator"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text.

    Attributes:
        kind: What it is.
        text: The characters as they stand.
        start: Its first character, from 0.
    """

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


def split_tokens(text: str) -> list[Token]:
    """Return the tokens of a text without blanks and comments; the last one is END.

    Raises:
        ExpressionError: A character that begins nothing, or a string that is not closed.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _no_token(text, position)
        if match.lastgroup != "blank":
            tokens.append(Token(TokenKind(match.lastgroup or ""), match.group(), position))
        position = match.end()
    tokens.append(Token(TokenKind.END, "", len(text)))
    return tokens


def find_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text that may be half written, without END: for colours and completion, never to run.

    A string that is not closed goes to the end of its line; a character that begins nothing is left out.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position) or _OPEN_STRING.match(text, position)
        if match is not None and match.lastgroup != "blank":
            tokens.append(Token(TokenKind(match.lastgroup or TokenKind.STRING), match.group(), position))
        position = match.end() if match is not None else position + 1
    return tuple(tokens)


def read_string(token: Token) -> str | bytes:
    """Return what a string or bytes literal says.

    Raises:
        ExpressionError: An escape that CEL does not know, or one that is no character.
    """
    quoted = token.text.lstrip("bBrR")
    prefix = token.text[: -len(quoted)].lower()
    width = 3 if quoted[:3] in {"'''", '"""'} and len(quoted) >= 6 else 1
    body = quoted[width:-width]
    if "r" not in prefix:
        body = _ESCAPE.sub(lambda match: _read_escape(match, token), body)
    return body.encode("utf-8", "surrogatepass") if "b" in prefix else body


def quote(text: str) -> str:
    """Return the CEL string literal that says this text."""
    escaped = "".join(_QUOTED.get(char) or (char if char.isprintable() else f"\\U{ord(char):08x}") for char in text)
    return f'"{escaped}"'


def _read_escape(match: re.Match[str], token: Token) -> str:
    *hexes, octal, simple = match.groups()
    code = next((int(digits, 16) for digits in hexes if digits), int(octal, 8) if octal else None)
    if code is None and simple is None:
        raise ExpressionError(
            _("A “\\” in this text begins no known escape."), position=token.start, hint=_("Write “\\\\”.")
        )
    if code is None:
        return _SIMPLE.get(simple, simple)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:  # the end of Unicode, and its surrogates
        raise ExpressionError(_("“{group}” is no character.").format(group=match.group()), position=token.start)
    return chr(code)


def _no_token(text: str, position: int) -> ExpressionError:
    if text[position] in "'\"":
        return ExpressionError(_("This text is not closed."), position=position, hint=_("Add the closing quote."))
    hint = _("Write “{text}”.").format(text=text[position] * 2) if text[position] in "&|=" else ""
    return ExpressionError(
        _("“{text}” means nothing in an expression.").format(text=text[position]), position=position, hint=hint
    )
