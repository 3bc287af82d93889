import json
from dataclasses import fields

import pytest

from tocsin.base.clock import Clock
from tocsin.lab import World, load_scenario, scenario_names
from tocsin.lab.rows import Tables
from tocsin.services.lab_desk import LabChange, LabLook, LabRun
from tocsin.ui.lab.board import LEFT, RIGHT, WIDE
from tocsin.ui.lab.products import CARDS, cards_of

RUN = LabRun("0189", 7)


def look_at(name, **facts):
    world = json.loads(json.dumps(World(load_scenario(name), clock=Clock(utc_micros=lambda: 0)).to_json()))
    tables = {key: rows for key, rows in world.items() if key not in ("scenario", "seed")}
    return LabLook(name, tables=tables, **facts)


def card(look, name):
    return next(card for card in cards_of(look) if card.id == name)


def words(look, name):
    return [[cell.words for cell in row.cells] for row in card(look, name).rows]


def test_every_card_has_its_place_on_the_board():
    assert sorted((*LEFT, *RIGHT, *WIDE)) == sorted(CARDS)


@pytest.mark.parametrize("name", scenario_names())
def test_every_row_of_the_world_is_on_some_card_as_wide_as_its_columns(name):
    look = look_at(name)
    shown = {row.key for card in cards_of(look) for row in card.rows}
    for part in fields(Tables):
        keys = {key for table, key in shown if table == part.name}
        listed = {key.partition("/")[0] for key in keys} if part.name == "aliases" else keys
        if part.name != "aliases":
            assert set(look.tables[part.name]) == listed
    for one in cards_of(look):
        assert {len(row.cells) for row in one.rows} <= {len(one.columns)}
        assert sum(column.stretches for column in one.columns) == 1


def test_weaknesses_scans_and_templates_are_told_with_names():
    look = look_at("critical-cve-dmz")
    assert words(look, "weaknesses")[0] == [
        "web-01", "CVE-2026-90010", "Remote code execution in the web service", "critical", "Open",
    ]  # fmt: skip
    assert "no patch yet" in str(words(look, "weaknesses"))
    assert words(look, "scans")[0][-1] == "Never run"
    assert words(look, "job_templates")[0] == ["7", "Patch hosts", "those it is given"]


def test_mail_indicators_and_groups_are_told():
    assert words(look_at("phishing-malware"), "messages")[0][1:] == [
        "clerk1@example.com", "billing@example.net", "Reminder: your invoice", "Inbox",
    ]  # fmt: skip
    assert words(look_at("threat-feed"), "indicators")[0][0] == "203.0.113.201"
    assert ["planning", "planner"] in words(look_at("joiner"), "groups")


def test_a_row_that_a_run_changed_has_its_chip_at_the_end_and_comes_first():
    key = list(look_at("phishing-malware").tables["messages"])[-1]
    change = LabChange("graph_mail", "moved", "messages", key, {}, {}, "2026-11-24T10:42:09Z", RUN)
    first = card(look_at("phishing-malware", changes=(change,)), "messages").rows[0]
    assert (first.key, first.run, first.cells[-1].run) == (("messages", key), RUN, RUN)


def test_a_table_that_nobody_knows_is_shown_as_it_is_told():
    look = LabLook("x", tables={"pagers": {"p-1": {"name": "On call", "rings": True, "note": ""}}})
    assert words(look, "other") == [["pagers", "p-1", "name: On call, rings: True", ""]]
