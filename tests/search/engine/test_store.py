"""Changes: one at a time, seen at once, in few files."""

import pytest

from portal.search.engine import IndexBusy, Query, WhooshIndex
from tests.search.engine.corpus import PUBLIC, ids, listing, some_documents


def test_change_waits_for_its_turn_and_gives_up_in_time(path, monkeypatch):
    index = WhooshIndex(path)
    index.rebuild([listing(1)])
    monkeypatch.setattr("portal.search.engine.index.LOCK_SECONDS", 0.05)

    with index._home.locked("write", 1), pytest.raises(IndexBusy):
        index.index([listing(2)])

    assert index.search(Query(readers=PUBLIC)).ids == (1,)


def test_change_is_seen_by_another_reader_at_its_next_question(path):
    writer, reader = WhooshIndex(path), WhooshIndex(path)
    writer.rebuild([listing(1)])
    assert ids(reader) == (1,)

    for number in range(2, 30):
        writer.index([listing(number)])
        assert ids(reader)[0] == number


def test_many_small_changes_leave_few_segments(path):
    index = WhooshIndex(path)
    index.rebuild(())

    for number in range(1, 70):
        index.index([listing(number)])

    assert index.health().segments < 16
    assert index.health().documents == 69
    assert index.check().ok


def test_tidy_joins_segments_and_drops_what_was_deleted(path):
    index = WhooshIndex(path)
    index.rebuild(())
    for start in range(8):
        index.index(some_documents(40, seed=start, first=start * 40 + 1))
    index.delete(range(1, 60))

    index.tidy()

    assert (index.health().documents, index.health().segments, index.health().deleted) == (261, 1, 0)


def test_what_is_made_of_documents_being_written_is_what_their_files_say(path):
    index = WhooshIndex(path)
    index.rebuild(some_documents(40, seed=3))
    index.index([*some_documents(30, seed=4, first=30), listing(200, "Łódź ﬁeld 東京 and again and again")])
    index.delete([31, 200])

    assert index.check().ok
