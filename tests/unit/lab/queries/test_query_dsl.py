import pytest

from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.queries.query_dsl import read_query

RECORD = {
    "_id": "a-1",
    "kibana.alert.risk_score": 73,
    "kibana.alert.rule.name": "Brute force from a TOR exit",
    "source": {"ip": "203.0.113.66"},
    "tags": ["x", "y"],
    "flag": True,
}


def string(text):
    return {"query_string": {"query": text}}


@pytest.mark.parametrize(
    "query",
    [
        {"term": {"source.ip": "203.0.113.66"}},
        {"term": {"flag": True}},
        {"term": {"tags": "y"}},
        {"exists": {"field": "source.ip"}},
        {"match": {"kibana.alert.rule.name": "tor unrelated"}},
        {"match_phrase": {"kibana.alert.rule.name": "force from"}},
        {"bool": {"should": [{"term": {"tags": "z"}}, {"term": {"tags": "x"}}]}},
        {"bool": {"must": {"term": {"tags": "x"}}, "should": [{"term": {"tags": "z"}}]}},
        {"bool": {}},
        string('kibana.alert.rule.name:"Brute force from a TOR exit" AND (tags:z OR tags:x)'),
        string("source.ip:203.0.113.*"),
        string(r"_id:a\-1"),
    ],
)
def test_it_holds(query):
    assert read_query(query)(RECORD)


@pytest.mark.parametrize(
    "query",
    [
        {"term": {"source.ip": "203.0.113"}},
        {"exists": {"field": "source.port"}},
        {"range": {"source.port": {"gte": 0}}},
        {"match_phrase": {"kibana.alert.rule.name": "from force"}},
        {"bool": {"should": [{"term": {"tags": "z"}}]}},
        {"bool": {"must": {"match_all": {}}, "should": [{"term": {"tags": "z"}}], "minimum_should_match": 1}},
        {"bool": {"must_not": [{"match_all": {}}]}},
        string("NOT tags:x"),
        string(r"source.ip:203.0.113.\*"),
    ],
)
def test_it_does_not_hold(query):
    assert not read_query(query)(RECORD)


def nested(depth):
    query = {"match_all": {}}
    for _ in range(depth):
        query = {"bool": {"must": [query]}}
    return query


@pytest.mark.parametrize(
    "query",
    [
        None,
        {},
        {"term": {"a": 1}, "ids": {"values": []}},
        {"wildcard": {"a": "b"}},
        {"ids": {"value": []}},
        {"terms": {"a": "b"}},
        {"bool": {"nust": []}},
        {"bool": {"minimum_should_match": "50%"}},
        string("no field"),
        string("a:b c:d"),
        {"query_string": {"query": 5}},
        nested(25),
    ],
)
def test_what_is_not_understood_is_refused(query):
    with pytest.raises(BadQueryError):
        read_query(query)
