import pytest

from tocsin.vault import SecretName, origins_of
from tocsin.vault.origins import bound_to


def test_servers_are_sorted_by_name_with_their_ports():
    addresses = {"main": "https://ES.example.com:9200/x", "kibana": "https://kibana.example.com/s/soc"}
    assert origins_of(addresses) == ("kibana=https://kibana.example.com:443", "main=https://es.example.com:9200")


@pytest.mark.parametrize(
    "same", ["https://fw.example.com", "https://FW.example.com:443/", "https://fw.example.com/api"]
)
def test_the_same_server_is_the_same_however_it_is_written(same):
    assert origins_of({"main": same}) == ("main=https://fw.example.com:443",)


@pytest.mark.parametrize(
    "text", ["", "fw.example.com", "https://", "https://[2001:db8::7", "https://fw:99999", "ftp://fw"]
)
def test_what_is_no_address_equals_no_server(text):
    assert origins_of({"main": text}) == (f"main={text}",)


def test_a_secret_is_bound_to_each_part_without_a_way_to_shift_text_between_them():
    seen = {
        bound_to(SecretName(*parts), origins)
        for parts in (("a", "b", "c"), ("ab", "", "c"), ("a", "bc", ""))
        for origins in ((), ("x",), ("x", "y"), ("x,y",))
    }
    assert len(seen) == 12
