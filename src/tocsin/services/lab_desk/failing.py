"""Which calls of the Lab's products can be made to fail, as the descriptions of the products name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tocsin.base.texts import _
from tocsin.connectors.verbs import find_verb, is_reading
from tocsin.model.catalogue import Action, Catalogue, Connector, Effect
from tocsin.services.lab_desk.values import Failing, FailingProduct

EVERYTHING: Final = "*"
_SLOT: Final = re.compile(r"\{\{.*?\}\}")
_SIGN_IN: Final = _("Sign in")


def failing_products(catalogue: Catalogue, products: Iterable[str]) -> tuple[FailingProduct, ...]:
    """Return these products with what can fail in them: all of it, signing in, then each action by its title."""
    known = ((name, catalogue.connectors.get(name)) for name in products)
    return tuple(
        FailingProduct(name, connector.title, tuple(_actions(connector))) for name, connector in known if connector
    )


def _actions(connector: Connector) -> Iterator[Failing]:
    yield Failing(_("Everything"), EVERYTHING)
    sign_in = getattr(connector.sign_in, "request", "")
    if sign_in:
        yield Failing(_SIGN_IN, _pattern(sign_in))
    for action in sorted(connector.actions.values(), key=lambda action: action.title):
        request = _decisive(action)
        if find_verb(request) is None:  # the others have no path
            yield Failing(action.title, _pattern(request))


def _decisive(action: Action) -> str:
    """Return the request that makes the action what it is: of a change the last that changes, else the first."""
    changing = [step for step in action.steps if not is_reading(step.request, said=step.reads)]
    is_read = action.effect is Effect.READ or not changing
    return action.steps[0].request if is_read else changing[-1].request


def _pattern(request: str) -> str:
    """Return a shell pattern for the path of a request as descriptions write it: `POST /a/{{ input.x }}`."""
    return _SLOT.sub("*", request.partition(" ")[2])
