"""Files of records in every form: found out by how they begin, read row by row, and survived when broken."""

import io
import itertools
import json

import pytest

from portal.imports import arrays
from portal.imports.formats import form_of, read_any
from portal.imports.reading import Problem
from portal.imports.tables import columns_in
from portal.kernel.errors import Invalid


def read(content, columns=None, form=None):
    data = content.encode() if isinstance(content, str) else content
    return list(read_any(io.BytesIO(data), columns, form))


def problems(lines):
    return [(number, str(found.why)) for number, found in lines if isinstance(found, Problem)]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('{"id": "1", "title": "A, B; C"}\n', "json-lines"),
        ('\n  {"id": "1"}', "json-lines"),
        ("oops", "json-lines"),
        ("", "json-lines"),
        (' [\n{"id": "1"}]', "json"),
        ("id,title\n1,A", "table"),
        ("id\ttitle\n1\tA", "table"),
        ("\ufeffid;title\r\n1;A", "table"),
    ],
)
def test_the_form_is_found_out(content, form):
    assert form_of(content.encode()) == form


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_whatever_saved_it(between, encoding):
    rows = [["id", "Título", "Full text"], ["1", "Øresund, “bridge”; a|b", "two\nlines"], ["2", "", "x"]]
    text = "\r\n".join(between.join(f'"{cell}"' for cell in row) for row in rows)

    assert read(text.encode(encoding)) == [
        (2, {"id": "1", "titulo": "Øresund, “bridge”; a|b", "full_text": "two\nlines"}),
        (4, {"id": "2", "full_text": "x"}),
    ]


def test_columns_are_named_by_a_mapping():
    columns = columns_in(
        """
        [fields]
        "Überschrift" = "title"
        "Intern" = ""
        [constants]
        source = "our list"
        [lists]
        skills = ";"
        """
    )

    assert read('Id,UBERSCHRIFT,intern,Skills\n1,A,secret,"Python; ; R "\n', columns) == [
        (2, {"source": "our list", "id": "1", "title": "A", "skills": ["Python", "R"]})
    ]


@pytest.mark.parametrize("text", ["nonsense", "[strange]", "fields = 3", "[fields]\na = 1", '[lists]\na = ""'])
def test_a_mapping_that_is_none_says_so(text):
    with pytest.raises(Invalid, match="mapping"):
        columns_in(text)


def test_broken_rows_are_told_with_their_line_and_survived():
    lines = read(b'id,title\n1,A\n\n2,B,C\n3,"x\ny"\n5,E\0\n6,F,,\n', form="table")

    assert [number for number, found in lines if isinstance(found, dict)] == [2, 5, 8]
    assert lines[1] == (3, None)
    assert [number for number, _ in problems(lines)] == [4, 7]
    assert problems(lines)[0] == (4, "The row has 3 cells, the header 2.")


def test_a_quotation_mark_that_is_not_closed_costs_no_more_than_one_row(monkeypatch):
    monkeypatch.setattr("portal.imports.tables.MOST_BYTES", 2000)
    rows = "".join(f"{n},title {n}\n" for n in range(2000))

    lines = read(f'id,title\n0,"open\n{rows}')

    assert len(problems(lines)) == 1
    assert lines[-1][1] == {"id": "1999", "title": "title 1999"}


@pytest.mark.parametrize("header", ["id,id", "Id,ID", ",,"])
def test_a_header_that_names_columns_twice_or_none_ends_the_reading(header):
    assert [number for number, _ in problems(read(f"{header}\n1,2\n"))] == [1]


def test_a_file_of_another_encoding_after_its_beginning_is_told_row_by_row():
    rows = "".join(f"{n},title\n" for n in range(20_000))

    lines = read(f"id,title\n{rows}".encode() + "x,Größe\n".encode("cp1252") + b"y,B\n")

    assert len(problems(lines)) == 1
    assert lines[-1][1] == {"id": "y", "title": "B"}


def test_an_array_is_read_piece_by_piece(monkeypatch):
    monkeypatch.setattr(arrays, "_PIECE", 7)
    records = [{"id": "1", "text": "a]b,{"}, {"id": "2", "more": [1, {"x": None}]}, {"id": "3"}]
    text = "[" + ",\n ".join(json.dumps(record) for record in records) + "\n]\n"

    assert read(text) == [(1, records[0]), (2, records[1]), (3, records[2])]


def test_what_is_no_record_in_an_array_is_told_and_survived():
    lines = read('[{"id": "1"},\n 7,\n {"id": "2", "id": "3"},\n {"id": "4"}]')

    assert [number for number, found in lines if isinstance(found, dict)] == [1, 4]
    assert [number for number, _ in problems(lines)] == [2, 3]


@pytest.mark.parametrize("rest", ["oops, {}]", '{"id": "2"', '{"id": }, {"id": "3"}]'])
def test_an_array_that_breaks_off_keeps_what_came_before(rest):
    lines = read(f'[{{"id": "1"}},\n{rest}')

    assert lines[0] == (1, {"id": "1"})
    assert [number for number, _ in problems(lines)] == [2]


def test_nothing_is_read_before_it_is_asked_for():
    class Endless(io.RawIOBase):
        """A table without an end."""

        def __init__(self):
            self.given = 0

        def read(self, size=-1):
            self.given += size
            return (b"id,title\n" if self.given == size else b"") + b"1,A\n" * (size // 4)

    stream = Endless()

    found = list(itertools.islice(read_any(stream), 50_000))

    assert len(found) == 50_000
    assert stream.given < 400_000
