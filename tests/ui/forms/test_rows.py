import pytest

from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.reading import REQUIRED, Reading
from tocsin.ui.forms.rows import ITEM, NAME, ReadRow, cells_of, join_object, join_rows, split_rows

ITEM_PART = FormField((), "Item", FieldKind.TEXT, required=True)
PORT = FormField(("port",), "Case", FieldKind.TEXT, required=True)
WHEN = FormField(("when",), "When", FieldKind.EXPRESSION, required=True)
LIST = FormField(("tags",), "Tags", FieldKind.LIST, parts=(ITEM_PART,))
TABLE = FormField(("cases",), "Cases", FieldKind.TABLE, parts=(PORT, WHEN))
MAP = FormField(("values",), "Values", FieldKind.MAP, parts=(ITEM_PART,))
RECORDS = FormField(("roles",), "Roles", FieldKind.MAP, parts=(PORT, WHEN))
VALUES = [
    (LIST, ["a", "b"]),
    (TABLE, [{"port": "a", "when": "x"}, {"port": "b", "when": "y", "kept": 1}]),
    (MAP, {"host": "{{ a }}", "n": 5}),
    (RECORDS, {"edr": {"port": "a", "when": "x", "kept": [1]}}),
]


def read(field, row, *, is_new=False, **typed):
    cells = {cell.name: Reading(typed.get(cell.name, row.get(cell.name))) for cell in cells_of(field)}
    faults = {cell.name for cell in cells_of(field) if cell.required and cells[cell.name].value is None}
    return ReadRow(cells | {name: Reading(fault=REQUIRED) for name in faults}, row, is_new)


@pytest.mark.parametrize(("field", "value"), VALUES)
def test_rows_say_what_they_were_made_of(field, value):
    assert join_rows(field, [read(field, row) for row in split_rows(field, value)]).value == value


def test_a_row_of_a_map_begins_with_its_name():
    assert [cell.name for cell in cells_of(MAP)] == [NAME, ITEM]
    assert [cell.name for cell in cells_of(RECORDS)] == [NAME, "port", "when"]


def test_a_new_row_waits_until_it_is_complete():
    half = read(TABLE, {}, is_new=True, port="a")
    whole = read(TABLE, {}, is_new=True, port="a", when="x")
    assert join_rows(TABLE, [half]) == Reading()
    assert join_rows(TABLE, [whole]).value == [{"port": "a", "when": "x"}]


def test_a_row_that_the_document_holds_is_never_dropped_by_being_emptied():
    emptied = ReadRow({"port": Reading(fault=REQUIRED), "when": Reading("x")}, {"port": "a", "when": "x"}, is_new=False)
    assert join_rows(TABLE, [emptied]).fault == f"Row 1: {REQUIRED}"


def test_an_item_of_a_list_that_is_emptied_is_gone():
    emptied = ReadRow({ITEM: Reading(fault=REQUIRED)}, {ITEM: "a"}, is_new=False)
    assert join_rows(LIST, [emptied, read(LIST, {ITEM: "b"})]).value == ["b"]


def test_a_name_that_is_there_twice_is_said():
    rows = [read(MAP, {NAME: "host", ITEM: "1"}), read(MAP, {NAME: "host", ITEM: "2"})]
    assert join_rows(MAP, rows).fault == "“host” is there twice."


def test_no_rows_are_nothing_unless_the_document_must_say_so():
    assert join_rows(LIST, []) == Reading()
    required = FormField(("cases",), "Cases", FieldKind.TABLE, required=True, parts=(PORT, WHEN))
    assert join_rows(required, []).value == []


def test_an_object_keeps_what_no_part_shows_and_says_the_first_fault():
    field = FormField(("who",), "Who", FieldKind.OBJECT, parts=(PORT, WHEN))
    cells = {"port": Reading("a"), "when": Reading()}
    assert join_object(field, cells, {"port": "b", "when": "x", "kept": 1}).value == {"port": "a", "kept": 1}
    faulty = {"port": Reading("a"), "when": Reading(fault="Bad.")}
    assert join_object(field, faulty, {}).fault == "When: Bad."
    assert join_object(field, {"port": Reading(fault=REQUIRED), "when": Reading()}, {}) == Reading()
