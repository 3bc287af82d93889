"""Which products can be connected, and what each can do, in words. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tocsin.base.texts import plural
from tocsin.model.catalogue import CATEGORIES, Catalogue, Effect
from tocsin.ui.canvas.faces import category_icon, category_title


@dataclass(frozen=True, slots=True)
class Product:
    """One product as the tiles show it.

    Attributes:
        reads: How many of its actions only read.
        changes: How many change something.
        found_by: Everything a search looks in, in small letters.
    """

    id: str
    title: str
    category: str
    reads: int
    changes: int
    found_by: str

    @property
    def icon(self) -> str:
        """Its category's icon."""
        return category_icon(self.category)

    @property
    def does(self) -> str:
        """What it can do: “4 reads · 3 changes”."""
        parts = [plural("{n} read", "{n} reads", self.reads).format(n=self.reads)] if self.reads else []
        parts += [plural("{n} change", "{n} changes", self.changes).format(n=self.changes)] if self.changes else []
        return " · ".join(parts)

    @property
    def line(self) -> str:
        """Its category, and what it can do."""
        return f"{category_title(self.category)} · {self.does}"


def products_of(catalogue: Catalogue) -> tuple[Product, ...]:
    """Return every product that can be connected: by category in the order of the node list, then by title."""
    found: list[Product] = []
    for connector in catalogue.connectors.values():
        actions = connector.actions.values()
        reads = sum(action.effect is Effect.READ for action in actions)
        texts = (
            connector.title,
            connector.id,
            category_title(connector.category),
            *(action.title for action in actions),
        )
        words = " ".join(texts).casefold()
        product = Product(connector.id, connector.title, connector.category, reads, len(actions) - reads, words)
        found.append(product)
    return tuple(sorted(found, key=lambda one: (CATEGORIES.index(one.category), one.title.casefold())))


def matching(products: Iterable[Product], query: str, category: str = "") -> tuple[Product, ...]:
    """Return the products that a search finds by name, category or action; of one category where it is given."""
    words = query.casefold().split()
    return tuple(
        one for one in products if category in {"", one.category} and all(word in one.found_by for word in words)
    )
