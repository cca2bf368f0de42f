"""Files of records in the browser: whose they are, how they are read, what comes of them."""

import io

import pytest
from sqlalchemy import select

from portal.imports.models import ImportMapping, ImportRun
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.listings.models import Listing
from portal.listings.states import ListingState
from tests.build import a_member, a_person
from tests.imports.uploading import CSV, a_keeper, refusals, run_of, upload, work


def listings(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(Listing).order_by(Listing.id)).all()


def text(response):
    return response.get_data(as_text=True)


def stored(app):
    folder = app.extensions["uploads"].folder
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def test_a_table_is_looked_at_corrected_checked_and_imported(app, db, client_of):
    keeper, organisation = a_keeper(db)
    client = client_of(keeper)
    run = upload(client, CSV, organisation).location

    page = text(client.get(run))
    assert "Semicolon" in page and "Nummer" in page
    assert "The record has no id of its own." in page  # its column has another name

    chosen = {"column_0": "id", "column_1": "title", "column_2": "summary", "column_3": "budget", "column_4": "closes_on"}
    client.submit(f"{run}/columns", {**chosen, "name": "Our pumps"})
    page = text(client.get(run))
    assert "84500 EUR" in page and "no id of its own" not in page and "Our pumps" in page

    client.submit(f"{run}/check")
    work(app)
    assert "What would happen" in text(client.get(run))
    assert run_of(app).counts["created"] == 2
    assert listings(app) == []

    client.submit(f"{run}/start")
    work(app)
    assert [(each.title, each.state, each.owner_id, each.organisation_id) for each in listings(app)] == [
        ("Quiet pumps", ListingState.DRAFT, keeper.id, organisation.id),
        ("Loud pumps", ListingState.DRAFT, keeper.id, organisation.id),
    ]
    assert run_of(app).state.value == "done"
    assert stored(app) == []  # what is done needs no bytes

    again = upload(client, CSV, organisation).location
    with app.extensions["database"].reading() as session:
        kept = session.scalars(select(ImportMapping)).one()
    client.submit(f"{again}/columns/{kept.id}")
    client.submit(f"{again}/start")
    work(app)
    assert run_of(app).counts["unchanged"] == 2
    assert len(listings(app)) == 2


def test_what_is_left_out_is_told_by_line_and_can_be_taken_along_without_formulas(app, db, client_of):
    keeper, organisation = a_keeper(db)
    client = client_of(keeper)
    run = upload(client, 'id,title,closes_on\n=1+1,,3/4/2027\n2,Fine,\n2,Twice,\n"unclosed\n', organisation).location

    client.submit(f"{run}/start")
    work(app)

    assert run_of(app).counts | {"blank": 0} == {"created": 1, "updated": 0, "unchanged": 0, "refused": 3, "blank": 0}
    assert [(line, field) for line, _, field, _ in refusals(app)] == [(2, "closes_on"), (4, ""), (5, "title")]
    told = text(client.get(f"{run}/refused.csv"))
    assert "2,'=1+1,closes_on,Write the day as 2027-01-15." in told


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n\x00\x01binary", b"<html><script>alert(1)</script>", b"PK\x03\x04\x14\x00", b""],
    ids=["pdf", "html", "workbook", "empty"],
)
def test_what_holds_no_records_is_refused_whatever_it_is_called_and_leaves_nothing(app, db, client_of, content):
    keeper, organisation = a_keeper(db)

    answer = upload(client_of(keeper), content, organisation)

    assert answer.status_code == 422
    assert run_of(app) is None
    assert stored(app) == []


def test_a_file_that_is_too_large_or_breaks_off_leaves_nothing(app, db, client_of):
    keeper, organisation = a_keeper(db)
    client = client_of(keeper)
    app.extensions["uploads"].limit_bytes = 1000
    try:
        assert upload(client, "id,title\n" + "1,x\n" * 1000, organisation).status_code == 422
        assert upload(client, b"x" * 300_000, organisation).status_code == 413
    finally:
        app.extensions["uploads"].limit_bytes = 25_000_000
    broken = client.post(
        "/imports/new", input_stream=io.BytesIO(b"--x\r\nContent-Disp"), content_type="multipart/form-data; boundary=x"
    )
    assert broken.status_code < 500
    assert stored(app) == [] and run_of(app) is None


def test_only_administrators_bring_files_in_and_see_theirs_alone(app, db, client_of):
    keeper, organisation = a_keeper(db)
    stranger, elsewhere = a_keeper(db)
    with transaction(db):
        poster, admin = a_member(db, organisation, Role.POSTER), a_person(db, admin=True)
    run = upload(client_of(keeper), CSV, organisation).location

    assert client_of().get("/imports").status_code == 303
    assert client_of(poster).get("/imports").status_code == 404
    for other in (stranger, admin):
        client = client_of(other)
        assert client.get("/imports").status_code == 200
        assert "list.csv" not in text(client.get("/imports"))
        assert client.get(run).status_code == 404
        assert [client.submit(f"{run}/{verb}").status_code for verb in ("columns", "check", "start", "stop", "remove")] == [
            404
        ] * 5
        assert client.get(f"{run}/refused.csv").status_code == 404
    assert upload(client_of(stranger), CSV, organisation).status_code == 403
    assert upload(client_of(admin), CSV, organisation).status_code == 403
    assert upload(client_of(stranger), "{}", None, kind="projects").status_code == 403
    assert upload(client_of(keeper), "{}", organisation, kind="projects").status_code == 422


def test_administrators_of_the_portal_bring_in_public_records(app, db, client_of):
    with transaction(db):
        admin = a_person(db, admin=True)
    client = client_of(admin)
    record = b'{"scheme": "oecd-ford", "code": "1.2", "label": "Computer and information sciences"}\n'
    run = upload(client, record, None, kind="fields", name="fields.jsonl").location

    assert "Computer and information sciences" in text(client.get(run))
    client.submit(f"{run}/start")
    work(app)

    assert run_of(app).counts["created"] == 1


def test_a_run_can_be_stopped_and_removed(app, db, client_of):
    keeper, organisation = a_keeper(db)
    client = client_of(keeper)
    run = upload(client, CSV, organisation).location
    client.submit(f"{run}/start")

    assert client.submit(f"{run}/remove").status_code == 409
    client.submit(f"{run}/stop")
    work(app)
    assert run_of(app).state.value == "stopped"
    assert listings(app) == []

    client.submit(f"{run}/remove")
    assert run_of(app) is None
    assert stored(app) == []
    with app.extensions["database"].reading() as session:
        kinds = session.scalars(select(Event.kind).where(Event.subject_type == "import_run").order_by(Event.id)).all()
    assert kinds == ["import.uploaded", "import.asked", "import.stop_asked", "import.ended", "import.discarded"]


@pytest.mark.parametrize("path", ["/imports", "{run}"])
def test_pages_ask_equally_often_however_much_there_is(app, db, client_of, count_statements, path):
    keeper, organisation = a_keeper(db)
    client = client_of(keeper)
    counts = []
    for rows in (1, 3):
        for _ in range(rows):
            run = upload(client, "id,title,fields\n" + "\n".join(f"{n},,1.2" for n in range(rows)), organisation).location
            client.submit(f"{run}/check")
            work(app)
        with count_statements() as asked:
            client.get(path.format(run=run))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 6
    assert db.scalar(select(ImportRun.id).limit(1))
