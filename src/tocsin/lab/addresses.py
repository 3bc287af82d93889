"""Where a started Lab is and how to sign in: the line of `tocsin lab --json` (definitions.md D5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from tocsin.base.json_types import Json


@dataclass(frozen=True, slots=True)
class ProductAddress:
    """One simulated product.

    Attributes:
        url: The address `main`; "" where it is reached by a file, which its options name.
        addresses: Every address by name, `main` too.
        sign_in: Secrets of this start, by the names in the connector description. Not shown in the repr.
    """

    category: str
    url: str
    addresses: Mapping[str, str]
    options: Mapping[str, str]
    sign_in: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LabAddresses:
    """A started Lab, as another process can reach it."""

    scenario: str
    seed: int
    control_url: str
    control_token: str = field(repr=False)
    products: Mapping[str, ProductAddress]

    def to_json(self) -> dict[str, Json]:
        """Return what `lab --json` prints. It holds the secrets of this start."""
        return {
            "scenario": self.scenario,
            "seed": self.seed,
            "control": {"url": self.control_url, "token": self.control_token},
            "products": {
                name: {
                    "category": product.category,
                    "url": product.url,
                    "addresses": dict(product.addresses),
                    "options": dict(product.options),
                    "sign_in": dict(product.sign_in),
                }
                for name, product in self.products.items()
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> LabAddresses:
        """Return the addresses that `to_json` gave.

        Raises:
            ValueError: The data is not that.
        """
        try:
            return cls._from_json(cast("Mapping[str, _Part]", data))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError("this is no description of a Lab") from error

    @classmethod
    def _from_json(cls, data: Mapping[str, _Part]) -> LabAddresses:
        control = data["control"]
        return cls(
            scenario=str(data["scenario"]),
            seed=int(str(data["seed"])),
            control_url=str(control["url"]),
            control_token=str(control["token"]),
            products={
                name: ProductAddress(
                    category=str(product["category"]),
                    url=str(product["url"]),
                    addresses=_texts(product["addresses"]),
                    options=_texts(product["options"]),
                    sign_in=_texts(product["sign_in"]),
                )
                for name, product in cast("Mapping[str, _Part]", data["products"]).items()
            },
        )


_Part = Mapping[str, Json]


def _texts(part: Json) -> dict[str, str]:
    return {name: str(value) for name, value in cast("Mapping[str, Json]", part).items()}
