import re

from tests.live.official_clients.calls import CLIENTS, PAGE, WITHOUT, routes

from tocsin.lab import Product, load_scenario

ROW = re.compile(r"^\| (\w+) \| [^|]+ \| `([^`]+)` \|", re.MULTILINE)


def test_every_product_has_a_client_or_a_reason():
    assert set(CLIENTS) | set(WITHOUT) == set(Product) - {Product.CONTROL}
    assert not set(CLIENTS) & set(WITHOUT)


def test_the_page_tells_of_every_client_and_of_no_call_that_there_is_not():
    told = set(ROW.findall(PAGE.read_text()))
    assert {name for name, _ in told} == set(CLIENTS)
    assert told <= routes(load_scenario("tor-brute-force"))
