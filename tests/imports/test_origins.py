import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.origins import Origin, content_hash, imported, origin_of, origins_of, remember
from portal.kernel import clock
from portal.kernel.errors import Invalid
from tests.imports.conftest import Note

AT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def test_an_origin_is_read_from_the_record():
    record = {"id": "nsf-1", "source": "nsf", "url": "https://example.org/1", "licence": "US-Gov-PD"}

    assert origin_of(record, "elsewhere") == Origin("nsf", "nsf-1", "https://example.org/1", "US-Gov-PD")


def test_a_record_without_source_or_id_of_its_own_takes_what_the_importer_says():
    assert origin_of({"symbol": "MMM", "name": "3M"}, "s-and-p", "id", "symbol") == Origin("s-and-p", "MMM")
    assert origin_of({"id": 7, "url": "javascript:x"}, "list") == Origin("list", "7")


@pytest.mark.parametrize("value", [None, "", [1], {}, True, 1.5, "x" * 301, "a\x00b", "a\nb", "\ud800", " a"])
def test_an_id_that_none_should_be_is_refused(value):
    with pytest.raises(Invalid) as problem:
        origin_of({"id": value}, "list")

    assert problem.value.field == "id"


def test_a_remembered_record_is_found_again(session):
    note = Note(code="a", title="A")
    session.add(note)
    with clock.at(AT):
        remember(session, None, Origin("nsf", "1", "https://example.org/1", "CC0"), note, content="hash")

    known = imported(session, Origin("nsf", "1"))

    assert (known.subject_type, known.subject_id, known.content_hash) == ("note", note.id, "hash")
    assert (known.imported_at, known.url, known.licence) == (AT, "https://example.org/1", "CC0")
    assert imported(session, Origin("sfi", "1")) is None


def test_remembering_again_changes_the_one_entry(session):
    note = Note(code="a", title="A")
    session.add(note)
    known = remember(session, None, Origin("nsf", "1"), note, content="first")
    remember(session, known, Origin("nsf", "1"), note, content="second")
    remember(session, None, Origin("sfi", "1"), note, content="third")

    assert [(each.source, each.content_hash) for each in origins_of(session, "note", [note.id])] == [
        ("nsf", "second"),
        ("sfi", "third"),
    ]
    assert origins_of(session, "note", [note.id + 1]) == []


@given(st.dictionaries(st.text(), st.text() | st.integers(), min_size=2))
def test_the_hash_depends_on_the_content_and_not_on_the_order(record):
    assert content_hash(record) == content_hash(dict(reversed(record.items())))
    assert content_hash(record) != content_hash({**record, next(iter(record)): ["other"]})
