"""What is wrong with the texts of a description's requests: who may be read where, and what a query language needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from tocsin.base.codes import ErrorCode
from tocsin.base.texts import _
from tocsin.connectors.errors import DescriptionError
from tocsin.connectors.plans import compile_request
from tocsin.connectors.quoting import Language
from tocsin.connectors.request import SLOT_FUNCTIONS
from tocsin.expressions import (
    Expression,
    ExpressionError,
    compile_expression,
    compile_template,
    find_slots,
    unknown_functions,
)
from tocsin.expressions.syntax import Call
from tocsin.model.catalogue import Action, Connector, OAuth2RefreshSignIn, OAuth2SignIn, SessionSignIn, Step
from tocsin.model.environment import FURTHER_FIELDS
from tocsin.model.problems import Problem, Severity
from tocsin.model.slots import slots_of
from tocsin.model.values import Notation

NO_LANGUAGE: Final = "none"
_QUERY_KEYS: Final = frozenset({"filter", "fql", "jql", "q", "query", "search", "searchPhrase", "aql", "spl"})
_QUERY_TEXT: Final = re.compile(r"[:=~<>\"'()]|\b(?:AND|OR|NOT)\b")
_STEP_ROOTS: Final = frozenset({"input", "option", "steps", "before", "idempotency_key", "origin"})
_ANSWER_ROOTS: Final = frozenset({"status", "body", "headers"})
_RESULT_ROOTS: Final = frozenset({"output", "poll"})
_SIGN_IN_ROOTS: Final = frozenset({"secret", "option", "origin", "token"}) | _ANSWER_ROOTS


def check_slots(name: str, action: Action) -> Iterator[Problem]:
    """Return what is wrong with an action's texts: unknown names and functions, secrets, slots that are not quoted."""
    for slot in slots_of(action):
        for expression in _expressions(slot.text, slot.notation):
            yield from _check_names(name, slot.field, expression, _roots_at(slot.place))
    for index, step in enumerate(action.steps):
        yield from _check_languages(name, f"steps.{index}", step)


def check_sign_in(connector: Connector) -> Iterator[Problem]:
    """Return what is wrong with a sign-in: fields that are not there, names that it cannot read."""
    way = connector.sign_in
    for name in way.fields:
        if name in FURTHER_FIELDS:
            text = _("“{name}” is what every connection calls its own; give the field another name.")
            yield _fault("", f"sign_in.fields.{name}", text.format(name=name))
    for slot in slots_of(way):
        for expression in _expressions(slot.text, slot.notation):
            yield from _check_names("", f"sign_in.{slot.field}", expression, _SIGN_IN_ROOTS)
            for reference in expression.references:
                if reference.root == "secret" and reference.path and str(reference.path[0]) not in way.fields:
                    yield _fault(
                        "",
                        f"sign_in.{slot.field}",
                        _("The sign-in has no field “{path}”.").format(path=reference.path[0]),
                    )
    if isinstance(way, OAuth2SignIn | OAuth2RefreshSignIn | SessionSignIn):
        yield from _check_token_request(connector, way)


def _check_token_request(
    connector: Connector, way: OAuth2SignIn | OAuth2RefreshSignIn | SessionSignIn
) -> Iterator[Problem]:
    try:
        compile_request(connector.id, way.at, way.request, {"form": way.form})
    except DescriptionError as error:
        yield _fault("", "sign_in.request", error.message)
    if way.at not in connector.addresses:
        yield _fault("", "sign_in.at", _("There is no address “{at}”.").format(at=way.at))
    if isinstance(way, OAuth2RefreshSignIn) and (way.renews not in way.fields or not way.fields[way.renews].secret):
        yield _fault("", "sign_in.renews", _("It must name a field of the sign-in that is secret."))


def _roots_at(place: tuple[str | int, ...]) -> frozenset[str]:
    if place[0] == "steps":
        return _STEP_ROOTS | _ANSWER_ROOTS if place[2] in {"ok", "page"} else _STEP_ROOTS
    return _STEP_ROOTS | _ANSWER_ROOTS | _RESULT_ROOTS


def _expressions(text: str, notation: Notation) -> tuple[Expression, ...]:
    try:
        if notation is Notation.CEL:
            return (compile_expression(text),)
        return tuple(part.expression for part in compile_template(text).parts)
    except ExpressionError:  # compiling the action says so
        return ()


def _check_names(name: str, field: str, expression: Expression, roots: frozenset[str]) -> Iterator[Problem]:
    for root in expression.roots:
        if root not in roots:
            yield _fault(
                name,
                field,
                _("“{root}” means nothing here.").format(root=root),
                hint=_("There are: {sorted}.").format(sorted=", ".join(sorted(roots))),
            )
    for mismatch in unknown_functions(expression):
        if expression.text[mismatch.start : mismatch.end] not in SLOT_FUNCTIONS:
            yield _fault(name, field, mismatch.message)


def _check_languages(name: str, field: str, step: Step) -> Iterator[Problem]:
    for place, language in step.languages.items():
        if language not in {NO_LANGUAGE, *Language}:
            known = ", ".join([NO_LANGUAGE, *Language])
            yield _fault(
                name,
                f"{field}.languages.{place}",
                _("“{language}” is no language.").format(language=language),
                hint=_("There are: {known}.").format(known=known),
            )
    for part, place, text in _texts(step):
        language = step.languages.get(place)
        if language == NO_LANGUAGE or language not in {None, *Language}:
            continue
        for slot in find_slots(text):
            quoted = _is_quoted(slot.text, language)
            if language is not None and not quoted:
                yield _unquoted(name, f"{field}.{part}.{place}".rstrip("."), slot.text, language)
            if language is None and _looks_like_query(place, text):
                yield _unquoted(name, f"{field}.{part}.{place}".rstrip("."), slot.text, "")


def _texts(step: Step) -> Iterator[tuple[str, str, str]]:
    """Yield the part of the request, the place in it, and the text."""
    parts = (("query", step.query), ("form", step.form), ("json", step.json_body), ("text", step.text))
    for part, value in parts:
        for place, text in _leaves("", value):
            yield part, place, text


def _leaves(place: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  a document's open value
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, part in cast("Mapping[str, Any]", value).items():
            yield from _leaves(f"{place}.{key}".lstrip("."), part)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from _leaves(place, part)


def _looks_like_query(place: str, text: str) -> bool:
    """Tell whether a text is likely a query: by its name, or because a slot stands between a query's marks."""
    slots = find_slots(text)
    plain = text
    for slot in reversed(slots):
        plain = plain[: slot.start] + plain[slot.end :]
    return place.rpartition(".")[2] in _QUERY_KEYS or bool(_QUERY_TEXT.search(plain))


def _is_quoted(text: str, language: str | None) -> bool:
    try:
        tree = compile_expression(text).tree
    except ExpressionError:
        return False
    return isinstance(tree, Call) and tree.function == f"quote_{language}" and not tree.is_method


def _unquoted(name: str, field: str, text: str, language: str) -> Problem:
    hint = f"Write {{{{ quote_{language}({text[:60]}) }}}}." if language else _("Name its language under “languages”.")
    message = _("“{text}” goes into a query and is not quoted for it.").format(text=text[:60])
    return Problem(str(ErrorCode.UNQUOTED_SLOT), Severity.ERROR, message, hint=hint, node=name, field=field)


def _fault(name: str, field: str, message: str, *, hint: str = "") -> Problem:
    return Problem(str(ErrorCode.BAD_DESCRIPTION), Severity.ERROR, message, hint=hint, node=name, field=field)
