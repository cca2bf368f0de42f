"""Rebuilds by several processes, and rebuilds that were ended and go on where they were."""

import pytest

from portal.search.engine import IndexBroken, Query, WhooshIndex, parts
from tests.search.engine.corpus import PUBLIC, some_documents


class EndedError(Exception):
    """Somebody pressed Ctrl+C."""


@pytest.fixture
def documents():
    return list(some_documents(50, seed=7))


def answers(index):
    asked = (Query(text, readers=PUBLIC, facets=("kind", "field"), per_page=100) for text in ("", "water OR data", "energy*"))
    return [(page.ids, page.total, page.facets) for page in map(index.search, asked)]


def test_many_processes_write_what_one_writes(path, tmp_path, documents, monkeypatch):
    monkeypatch.setattr(parts, "SHARED", 8)
    one, many = WhooshIndex(path), WhooshIndex(tmp_path / "many")
    told = []
    assert one.rebuild(documents) == many.rebuild(documents, told.append, processes=2) == len(documents)

    assert answers(many) == answers(one)
    assert many.check().ok
    assert many.health().segments == 7
    assert told == sorted(told)
    assert told[-1] == len(documents)
    assert not (tmp_path / "many" / "parts").exists()


def test_what_was_written_before_the_end_is_taken_as_it_is(path, documents, monkeypatch):
    monkeypatch.setattr(parts, "ALONE", 20)
    index = WhooshIndex(path)

    def end(done):
        if done >= 40:
            raise EndedError

    with pytest.raises(EndedError):
        index.rebuild(documents, end)
    left = {file.name for part in (path / "parts").iterdir() for file in part.glob("*.side")}
    assert len(left) == 2

    index.rebuild(documents)
    assert left <= {file.name for file in path.glob("i-*/*.side")}
    assert index.check().ok
    assert len(index.digests()) == len(documents)


def test_a_part_of_other_documents_is_not_taken(path, documents, monkeypatch):
    monkeypatch.setattr(parts, "ALONE", 20)
    index = WhooshIndex(path)

    def end(done):
        if done >= 20:
            raise EndedError

    with pytest.raises(EndedError):
        index.rebuild(documents, end)
    index.rebuild(documents[1:])
    assert set(index.digests()) == {document.id for document in documents[1:]}
    assert not (path / "parts").exists()


def test_half_a_part_is_nobodys(path, documents):
    index = WhooshIndex(path)
    index.rebuild(())
    (path / "parts").mkdir()
    (path / "parts" / "abc.1").mkdir()
    index.rebuild(documents)
    assert index.check().ok


def test_a_damaged_part_stands_in_nobodys_way_twice(path, documents, monkeypatch):
    monkeypatch.setattr(parts, "ALONE", 20)
    index = WhooshIndex(path)

    def end(done):
        if done >= 20:
            raise EndedError

    with pytest.raises(EndedError):
        index.rebuild(documents, end)
    for toc in (path / "parts").glob("*/*.toc"):
        toc.write_bytes(b"")
    with pytest.raises(IndexBroken):
        index.rebuild(documents)
    index.rebuild(documents)
    assert index.check().ok
