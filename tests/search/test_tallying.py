"""What is looked for and not found is counted by terms of the vocabularies; the words themselves are forgotten."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.app import worker_of
from portal.kernel import clock
from portal.listings.models import Skill
from portal.listings.search import SEARCHED
from portal.search.indexing import ensure_all
from portal.search.models import SearchTally
from portal.search.tallying import FULL, Notepad, Searching, Tallying, phrases_of
from tests.build import a_person


@pytest.fixture
def notepad(tmp_path):
    return Notepad(tmp_path)


def counted(session):
    return {(one.term, one.searches, one.empty, one.slow) for one in session.query(SearchTally)}


def test_terms_are_counted_and_other_words_only_as_a_number(db, notepad):
    db.add(Skill(scheme="esco", code="1", label="Underwater welding"))
    db.commit()
    notepad.note(Searching("UNDERWATER welding Helena Brandt", 0, 10))
    notepad.note(Searching("underwater Welding", 4, 900))
    notepad.note(Searching("Helena Brandt", 0, 10))
    count = Tallying(notepad, SEARCHED)

    assert (count(db), count(db), count(db)) == (0, 3, 0)  # the first time only sets the file apart
    assert counted(db) == {("", 3, 2, 1), ("Underwater welding", 2, 1, 1)}


def test_nothing_of_the_words_is_left(db, notepad, tmp_path):
    notepad.note(Searching("Helena Brandt", 0, 10))
    count = Tallying(notepad, SEARCHED)
    count(db)
    count(db)
    assert [path.name for path in tmp_path.iterdir() if "searches" in path.name] == []


def test_half_a_line_is_left_out_and_counts_grow_old(db, notepad, tmp_path):
    notepad.note(Searching("pump", 1, 1))
    with (tmp_path / "searches.new").open("a") as file:
        file.write('["pu')
    db.add(SearchTally(day=clock.today() - dt.timedelta(days=500), term="", searches=1, empty=0, slow=0, longest_ms=1))
    db.flush()
    count = Tallying(notepad, SEARCHED)
    count(db)
    assert count(db) == 1
    assert counted(db) == {("", 1, 0, 0)}


def test_a_file_that_nobody_reads_stops_growing(notepad, tmp_path):
    (tmp_path / "searches.new").write_bytes(b"x" * FULL)
    notepad.note(Searching("pump", 1, 1))
    assert (tmp_path / "searches.new").stat().st_size == FULL
    Notepad(tmp_path / "nowhere").note(Searching("pump", 1, 1))  # no folder, no failure


@given(st.text(max_size=300))
def test_any_text_has_few_short_phrases(text):
    phrases = phrases_of(text)
    assert len(phrases) <= 80
    assert all(1 <= len(phrase.split()) <= 4 for phrase in phrases)


def test_administrators_read_what_was_missed_and_nobody_else(app, db, client_of):
    db.add(Skill(scheme="esco", code="1", label="Underwater welding"))
    person, admin = a_person(db), a_person(db, admin=True)
    db.commit()
    ensure_all(app.extensions["database"], app.extensions["shelves"])
    client, worker = client_of(person), worker_of(app)
    for words in ("underwater welding", "Underwater Welding robots", "steel underwater welding", "welding underwater"):
        client.get("/search", query_string={"q": words})
        client.get("/search", query_string={"q": words, "page": "2"})
    worker.run_once()
    worker._timed_at = None
    worker.run_once()

    page = client_of(admin).get("/admin/searches").text
    assert "Underwater welding" in page
    assert client.get("/admin/searches").status_code == 404
    assert "welding underwater" not in page
