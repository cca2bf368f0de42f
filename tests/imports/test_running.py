import pytest
from sqlalchemy import func, select

from portal.imports.origins import content_hash, imported, origin_of, remember
from portal.imports.reading import Problem
from portal.imports.report import Outcome
from portal.imports.running import Importer, Pace, run_import
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Refused
from portal.kernel.text import Words
from tests.imports.conftest import Note


def upsert(session, record, origin):
    """As a feature does it: known and the same, known and changed, new."""
    known = imported(session, origin)
    content = content_hash(record)
    if known and known.content_hash == content:
        return Outcome.UNCHANGED
    note = session.get(Note, known.subject_id) if known else Note(code=record.get("code") or record["id"], title="")
    note.title = record.get("title", "")
    session.add(note)
    session.flush()
    remember(session, known, origin, note, content=content)
    if record.get("title") == "bad":  # after the writing, so that a refusal has something to take back
        raise Invalid("title", "Choose another title.")
    if record.get("title") == "stop":
        raise KeyboardInterrupt
    return Outcome.UPDATED if known else Outcome.CREATED


IMPORTER = Importer("notes", lambda record: origin_of(record, "list"), upsert)


def lines(*records):
    return list(enumerate(records, 1))


def a(own_id, title="A"):
    return {"id": own_id, "title": title}


def titles(database):
    with database.reading() as session:
        return dict(session.execute(select(Note.code, Note.title)).all())


def numbers(report):
    return report.created, report.updated, report.unchanged, report.refused, report.blank


def reasons(report):
    return [(each.line, each.source_id, "; ".join(str(reason) for reason in each.reasons)) for each in report.refusals]


def test_records_are_created_updated_and_left_alone(session, database):
    run_import(session, lines(a("1"), a("2")), IMPORTER)

    report = run_import(session, lines(a("1"), a("2", "B"), a("3")), IMPORTER)

    assert numbers(report) == (1, 1, 1, 0, 0)
    assert titles(database) == {"1": "A", "2": "B", "3": "A"}


def test_the_same_file_again_changes_nothing(session, database):
    file = lines(*(a(str(number)) for number in range(25)))
    run_import(session, file, IMPORTER, pace=Pace(batch=10))

    report = run_import(session, file, IMPORTER, pace=Pace(batch=7))

    assert numbers(report) == (0, 0, 25, 0, 0)
    assert len(titles(database)) == 25


def test_a_bad_record_costs_only_itself_and_leaves_nothing_behind(session, database):
    report = run_import(session, lines(a("1"), a("2", "bad"), a("3")), IMPORTER)

    assert numbers(report) == (2, 0, 0, 1, 0)
    assert reasons(report) == [(2, "2", "title: Choose another title.")]
    assert titles(database) == {"1": "A", "3": "A"}
    with database.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(Note)) == 2
        assert imported(reading, origin_of(a("2"), "list")) is None


def test_problems_and_blank_lines_of_the_reading_are_counted(session):
    report = run_import(session, lines(Problem(Words("Not JSON.")), None, a("1"), None), IMPORTER)

    assert numbers(report) == (1, 0, 0, 1, 2)
    assert reasons(report) == [(1, None, "Not JSON.")]
    assert report.read == 2


def test_a_record_without_id_is_refused_with_its_line(session):
    report = run_import(session, lines({"title": "A"}), IMPORTER)

    assert reasons(report) == [(1, None, "id: The record has no id of its own.")]


def test_a_second_record_with_the_same_id_is_reported_and_the_first_kept(session, database):
    report = run_import(session, lines(a("1", "A"), a("2"), a("1", "B")), IMPORTER, pace=Pace(batch=1))

    assert reasons(report) == [(3, "1", "The same id stands in line 1 already.")]
    assert titles(database) == {"1": "A", "2": "A"}


def test_a_record_whose_first_copy_was_refused_gets_its_chance(session, database):
    report = run_import(session, lines(a("1", "bad"), a("1", "B")), IMPORTER)

    assert numbers(report) == (1, 0, 0, 1, 0)
    assert titles(database) == {"1": "B"}


def test_what_the_database_cannot_hold_is_refused(session, database):
    report = run_import(session, lines(a("1"), {"id": "2", "code": "1"}, a("3")), IMPORTER)

    assert reasons(report) == [(2, "2", "The database cannot hold this record beside what is there.")]
    assert titles(database) == {"1": "A", "3": "A"}


def test_a_fault_of_our_own_is_not_taken_for_a_bad_record(session, database):
    def broken(session, record, origin):
        session.add(Note(code=record["id"], title=""))
        return Outcome.CREATED if record["id"] != "3" else record["missing"]

    with pytest.raises(KeyError):
        run_import(session, lines(a("1"), a("2"), a("3")), Importer("notes", IMPORTER.origin_of, broken), pace=Pace(batch=2))

    assert titles(database) == {"1": "", "2": ""}


def test_a_dry_run_counts_and_keeps_nothing(session, database):
    with transaction(session):
        upsert(session, a("1"), IMPORTER.origin_of(a("1")))

    report = run_import(session, lines(a("1", "B"), a("2"), a("3", "bad")), IMPORTER, dry_run=True, pace=Pace(batch=2))

    assert numbers(report) == (1, 1, 0, 1, 0)
    assert report.dry_run
    assert titles(database) == {"1": "A"}


def test_an_interruption_keeps_whole_batches_and_counts_only_those(session, database):
    report = run_import(session, lines(a("1"), a("2"), a("3"), a("4", "stop"), a("5")), IMPORTER, pace=Pace(batch=2))

    assert report.interrupted
    assert numbers(report) == (2, 0, 0, 0, 0)
    assert titles(database) == {"1": "A", "2": "A"}


def test_the_rest_can_be_imported_after_an_interruption(session, database):
    run_import(session, lines(a("1"), a("2"), a("3", "stop")), IMPORTER, pace=Pace(batch=2))

    report = run_import(session, lines(a("1"), a("2"), a("3")), IMPORTER, pace=Pace(batch=2))

    assert numbers(report) == (1, 0, 2, 0, 0)


def test_progress_is_told_after_each_batch_and_only_one_batch_is_held(session):
    told, handed = [], []

    def source():
        for number in range(1, 8):
            handed.append(number)
            yield number, a(str(number))

    def listen(report):
        told.append((report.read, len(handed)))

    run_import(session, source(), IMPORTER, pace=Pace(batch=3, progress=listen))

    assert told == [(3, 3), (6, 6), (7, 7)]


def test_a_refusal_says_why(session):
    def closed(session, record, origin):
        raise Refused("%(id)s is closed.", id=record["id"])

    report = run_import(session, lines(a("1")), Importer("notes", IMPORTER.origin_of, closed))

    assert reasons(report) == [(1, "1", "1 is closed.")]
