from __future__ import annotations

import pytest

from tocsin.connectors.protocols.call import CallError
from tocsin.connectors.protocols.xml_tree import pick

BOMB = b'<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'


def test_the_elements_of_a_name_are_picked_with_all_that_is_in_them():
    found = pick(b'<r xmlns:n="u"><n:port id="1">a<state s="open"/></n:port><other/><port id="2"/></r>', ["port"])
    state = {"tag": "state", "attributes": {"s": "open"}, "text": "", "children": []}
    assert found == [
        {"tag": "port", "attributes": {"id": "1"}, "text": "a", "children": [state]},
        {"tag": "port", "attributes": {"id": "2"}, "text": "", "children": []},
    ]


@pytest.mark.parametrize("data", [b"", b"<a>", b"no", BOMB, b"<a>" * 200 + b"</a>" * 200])
def test_what_is_no_xml_declares_entities_or_is_too_deep_is_refused(data):
    with pytest.raises(CallError):
        pick(data, ["a"])
