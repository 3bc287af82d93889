import pytest

from tocsin.lab import LabAddresses, ProductAddress

HIDDEN = "t-hidden"
PRODUCT = ProductAddress(
    category="firewall",
    url="http://127.0.0.1:1",
    addresses={"main": "http://127.0.0.1:1"},
    options={"alias": "tocsin_block"},
    sign_in={"key": "k-hidden"},
)
ADDRESSES = LabAddresses(
    scenario="s", seed=7, control_url="http://127.0.0.1:2", control_token=HIDDEN, products={"opnsense": PRODUCT}
)


def test_json_and_back_is_the_same():
    assert LabAddresses.from_json(ADDRESSES.to_json()) == ADDRESSES


def test_the_line_has_exactly_the_agreed_keys():
    assert ADDRESSES.to_json() == {
        "scenario": "s",
        "seed": 7,
        "control": {"url": "http://127.0.0.1:2", "token": "t-hidden"},
        "products": {
            "opnsense": {
                "category": "firewall",
                "url": "http://127.0.0.1:1",
                "addresses": {"main": "http://127.0.0.1:1"},
                "options": {"alias": "tocsin_block"},
                "sign_in": {"key": "k-hidden"},
            }
        },
    }


def test_no_secret_shows_in_the_repr():
    assert "hidden" not in repr(ADDRESSES)


@pytest.mark.parametrize("data", [{}, {"control": []}, {**ADDRESSES.to_json(), "seed": "x"}, {"products": 1}])
def test_what_is_no_line_of_a_lab_is_a_value_error(data):
    with pytest.raises(ValueError, match=r"this is no description of a Lab"):
        LabAddresses.from_json(data)
