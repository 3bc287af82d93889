"""The functions that Tocsin adds to CEL: one table for evaluation, completion and documents (definitions.md D2c)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions import addresses, indicators, lists, texts
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.values import name_of_type
from tocsin.model.failures import FailureCode

_FITS: Final[Mapping[str, Callable[[object], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "map": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "timestamp": lambda value: isinstance(value, datetime),
    "any": lambda _value: True,
}
_TYPE_NAMES: Final[Mapping[str, str]] = {
    "string": _("a text"),
    "map": _("a map"),
    "list": _("a list"),
    "timestamp": _("a time"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function takes: a name, and its CEL type or `any`."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Example:
    """An expression and what it gives, as it leaves CEL."""

    text: str
    result: Json


@dataclass(frozen=True, slots=True)
class FunctionInfo:
    """One function. It can be written f(x) and x.f().

    Attributes:
        name: Its name.
        parameters: What it takes; all are needed.
        returns: The CEL type of its result, or `any`.
        help: What it does, in one sentence.
        examples: True examples.
        call: The function itself; None for those that look at the scope (`now`, `is_internal`).
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    help: str
    examples: tuple[Example, ...]
    call: Callable[..., object] | None = None

    @property
    def signature(self) -> str:
        """How to write it: `cidr_contains(cidr, ip)`."""
        return f"{self.name}({', '.join(parameter.name for parameter in self.parameters)})"

    def ensure_fits(self, arguments: tuple[object, ...]) -> None:
        """Raise EvaluationError (`bad_argument`) unless number and types of the arguments are right."""
        if len(arguments) != len(self.parameters):
            raise EvaluationError(
                _("{name}() was given {count} values.").format(name=self.name, count=len(arguments)),
                kind=FailureCode.BAD_ARGUMENT,
                hint=_("Write {signature}.").format(signature=self.signature),
            )
        for parameter, argument in zip(self.parameters, arguments, strict=True):
            if not _FITS[parameter.type](argument):
                raise EvaluationError(
                    _("{name}() takes {type_names} as “{name2}”, not {name_of_type}.").format(
                        name=self.name,
                        type_names=_TYPE_NAMES[parameter.type],
                        name2=parameter.name,
                        name_of_type=name_of_type(argument),
                    ),
                    kind=FailureCode.BAD_ARGUMENT,
                )


_IP: Final = Parameter("ip", "string")
_TEXT: Final = Parameter("text", "string")
_MAP: Final = Parameter("map", "map")
_LIST: Final = Parameter("list", "list")
_TABLE: Final = (
    FunctionInfo(
        "is_private", (_IP,), "bool", _("Tells whether an address is for private networks (RFC 1918, RFC 4193)."),
        (Example("is_private('10.1.2.3')", result=True), Example("is_private('100.64.0.1')", result=False)),
        addresses.is_private,
    ),
    FunctionInfo(
        "is_special", (_IP,), "bool",
        _("Tells whether an address is loopback, link-local, carrier-grade NAT, multicast, unspecified or reserved."),
        (Example("is_special('127.0.0.1')", result=True), Example("is_special('203.0.113.66')", result=False)),
        addresses.is_special,
    ),
    FunctionInfo(
        "is_internal", (_IP,), "bool", _("Tells whether an address is in one of the environment's own networks."),
        (Example("is_internal('203.0.113.66')", result=False),),
    ),
    FunctionInfo(
        "cidr_contains", (Parameter("cidr", "string"), _IP), "bool", _("Tells whether a network holds an address."),
        (Example("cidr_contains('203.0.113.0/24', '203.0.113.66')", result=True),), addresses.cidr_contains,
    ),
    FunctionInfo(
        "extract_indicators", (_TEXT,), "list",
        _("Finds addresses, networks, domains, URLs, mail addresses, hashes and CVE ids in a text, defanged or not."),
        (Example("extract_indicators('Seen 203[.]0[.]113[.]66')", [{"type": "ip", "value": "203.0.113.66"}]),),
        indicators.extract_indicators,
    ),
    FunctionInfo(
        "defang", (_TEXT,), "string", _("Makes addresses and links in a text harmless to click."),
        (Example("defang('https://example.com/a.b')", "hxxps[:]//example[.]com/a.b"),), indicators.defang,
    ),
    FunctionInfo(
        "refang", (_TEXT,), "string", _("Turns a text that was made harmless back."),
        (Example("refang('hxxps[:]//example[.]com')", "https://example.com"),), indicators.refang,
    ),
    FunctionInfo(
        "now", (), "timestamp", _("The time at which the node became ready."),
        (Example("now() > timestamp('1960-01-01T00:00:00Z')", result=True),),
    ),
    FunctionInfo(
        "get", (Parameter("value", "any"), Parameter("path", "string"), Parameter("default", "any")), "any",
        _("Reads a path that may not be there; then the default counts."),
        (Example("get({'a': {'b': [1]}}, 'a.b[0]', 0)", 1), Example("get({'a': 1}, 'b.c', 'none')", "none")), texts.get,
    ),
    FunctionInfo(
        "hash", (_TEXT, Parameter("algorithm", "string")), "string",
        _("The digest of a text in hexadecimal: md5, sha1, sha256 or sha512."),
        (Example("hash('abc', 'md5')", "900150983cd24fb0d6963f7d28e17f72"),), texts.hash_text,
    ),
    FunctionInfo(
        "to_json", (Parameter("value", "any"),), "string", _("Writes a value as JSON."),
        (Example("to_json({'b': [1, 2.5], 'a': null})", '{"a":null,"b":[1,2.5]}'),), texts.to_json,
    ),
    FunctionInfo(
        "from_json", (_TEXT,), "any", _("Reads JSON."),
        (Example("from_json('[1, true]')", [1, True]),), texts.from_json,
    ),
    FunctionInfo(
        "base64_encode", (_TEXT,), "string", _("Writes a text in Base64."),
        (Example("base64_encode('abc')", "YWJj"),), texts.base64_encode,
    ),
    FunctionInfo(
        "base64_decode", (_TEXT,), "string", _("Reads a text in Base64."),
        (Example("base64_decode('YWJj')", "abc"),), texts.base64_decode,
    ),
    FunctionInfo(
        "url", (_TEXT,), "map", _("The parts of a URL: scheme, host, port, path and query."),
        (Example("url('https://example.com/a?b=1').host", "example.com"),), texts.url,
    ),
    FunctionInfo(
        "parse_time", (_TEXT,), "timestamp", _("Reads a time with its zone (RFC 3339)."),
        (Example("parse_time('2026-11-24T03:00:00+01:00')", "2026-11-24T02:00:00.000Z"),), texts.parse_time,
    ),
    FunctionInfo(
        "format_time", (Parameter("time", "timestamp"), Parameter("style", "string")), "string",
        _("Writes a time in UTC, as date or rfc3339."),
        (Example("format_time(timestamp('2026-11-24T03:00:00Z'), 'date')", "2026-11-24"),), texts.format_time,
    ),
    FunctionInfo(
        "keys", (_MAP,), "list", _("The keys of a map, sorted."),
        (Example("keys({'b': 1, 'a': 2})", ["a", "b"]),), texts.keys,
    ),
    FunctionInfo(
        "entries", (_MAP,), "list", _("The entries of a map as key and value, sorted by key."),
        (Example("entries({'a': 1})", [{"key": "a", "value": 1}]),), texts.entries,
    ),
    FunctionInfo(
        "sort", (_LIST,), "list", _("Puts numbers, texts or times in order, smallest first."),
        (Example("sort(['b', 'a'])", ["a", "b"]), Example("sort([2.5, 1])", [1, 2.5])), lists.sort,
    ),
    FunctionInfo(
        "sort_by", (_LIST, Parameter("path", "string")), "list",
        _("Puts items in the order of a field; those without it come last."),
        (Example("sort_by([{'n': 2}, {'n': 1}], 'n')", [{"n": 1}, {"n": 2}]),), lists.sort_by,
    ),
    FunctionInfo(
        "unique", (_LIST,), "list", _("Each item once, where it stood first."),
        (Example("unique(['a', 'b', 'a'])", ["a", "b"]),), lists.unique,
    ),
    FunctionInfo(
        "join_text", (_LIST, Parameter("between", "string")), "string",
        _("The items as one text, with a text between."),
        (Example("join_text(['a', 'b'], ', ')", "a, b"),), lists.join_text,
    ),
)  # fmt: skip

FUNCTIONS: Final[Mapping[str, FunctionInfo]] = MappingProxyType({info.name: info for info in _TABLE})
"""The functions of file format 1 by name."""
