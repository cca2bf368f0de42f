import io

import pytest

from portal.files.queries import files_for
from portal.proposals.states import ProposalState
from tests.build import a_member, a_proposal, actor_of, an_organisation
from tests.files.corpus import BAD, HTML, PDF


@pytest.fixture
def case(db):
    """A submitted proposal, its author, the listing's owner, and somebody it does not concern."""
    proposal = a_proposal(db, state=ProposalState.SUBMITTED)
    stranger = a_member(db, an_organisation(db))
    db.commit()
    return proposal, proposal.author, proposal.listing.owner, stranger


def upload(client, proposal, name="offer.pdf", data=PDF, **fields):
    answer = client.submit(f"/files/to/proposal/{proposal.id}", {"file": (io.BytesIO(data), name), "scope": "all", **fields})
    answer.request.environ["wsgi.input"].close()  # the test client keeps large bodies in a file of its own
    return answer


def added(app, author, proposal):
    with app.extensions["database"].reading() as session:
        return list(files_for(session, actor_of(session, author), "proposal", proposal.id))


def kept_in(settings):
    folder = settings.instance / "files"
    return list(folder.iterdir()) if folder.exists() else []


def test_file_travels_from_one_side_to_the_other(client_of, app, case):
    proposal, author, owner, _stranger = case

    answer = upload(client_of(author), proposal)
    (file,) = added(app, author, proposal)
    fetched = client_of(owner).get(file.href, buffered=True)

    assert (answer.status_code, answer.location) == (303, f"{proposal.href}#files")
    assert fetched.data == PDF
    assert fetched.content_type == "application/pdf"
    assert fetched.headers["Content-Disposition"] == "attachment; filename=offer.pdf"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    assert fetched.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert fetched.headers["Cache-Control"] == "no-store"


def test_file_is_missing_for_everybody_else_and_under_other_names(client_of, app, case):
    proposal, author, owner, stranger = case
    upload(client_of(author), proposal)
    (file,) = added(app, author, proposal)

    for client in (client_of(), client_of(stranger)):
        assert client.get(file.href).status_code == 404
        assert client.get(f"/files/proposal/{proposal.id}/all/9/offer.pdf").status_code == 404
    others = ("all/1/other.pdf", f"all/{10**30}/offer.pdf", "all/1/..%2fportal.sqlite3", "alle/1/offer.pdf", "side1/1/offer.pdf")
    paths = [f"/files/proposal/{10**30}/all/1/offer.pdf", *(f"/files/proposal/{proposal.id}/{other}" for other in others)]
    for path in paths:
        assert client_of(owner).get(path).status_code == 404, path


def test_file_whose_bytes_are_lost_is_missing(client_of, app, case, settings):
    proposal, author, _owner, _stranger = case
    upload(client_of(author), proposal)
    (file,) = added(app, author, proposal)
    (stored,) = (settings.instance / "files").iterdir()
    stored.unlink()

    assert client_of(author).get(file.href).status_code == 404


def test_refused_files_come_back_as_a_page_and_leave_nothing(client_of, app, case, settings):
    proposal, author, _owner, _stranger = case
    client = client_of(author)

    for name, data in [*BAD.items(), ("offer.pdf", PDF + b" " * 25_000_000), ("x" * 100_000 + ".bad", PDF)]:
        answer = upload(client, proposal, name, data)
        assert answer.status_code == 422, name[:20]
        assert 'role="alert"' in answer.text
        assert HTML.decode() not in answer.text
    assert client.submit(f"/files/to/proposal/{proposal.id}", {"file": "no file at all"}).status_code == 422
    assert upload(client, proposal, scope=f"side{proposal.host_id}").status_code == 422
    assert added(app, author, proposal) == []
    assert kept_in(settings) == []


def test_body_far_too_large_is_not_even_read(client_of, app, case, settings):
    proposal, author, _owner, _stranger = case

    assert upload(client_of(author), proposal, data=PDF + b" " * 25_200_000).status_code == 413
    assert upload(client_of(), proposal, data=PDF + b" " * 1_000_000).status_code == 413
    assert client_of(author).submit(f"/threads/proposal/{proposal.id}", {"text": "x" * 1_100_000}).status_code == 413
    assert kept_in(settings) == []


def test_stranger_and_visitor_upload_nothing(client_of, app, case, settings):
    proposal, author, _owner, stranger = case

    assert upload(client_of(stranger), proposal).status_code == 404
    assert upload(client_of(), proposal).status_code == 303
    assert added(app, author, proposal) == []
    assert kept_in(settings) == []


def test_upload_without_a_token_is_refused(client_of, app, case, settings):
    proposal, author, _owner, _stranger = case

    answer = client_of(author).post(f"/files/to/proposal/{proposal.id}", data={"file": (io.BytesIO(PDF), "offer.pdf")})

    assert answer.status_code == 400
    assert kept_in(settings) == []


def test_uploader_removes_the_file_with_its_bytes(client_of, app, case, settings):
    proposal, author, owner, _stranger = case
    upload(client_of(author), proposal)
    (file,) = added(app, author, proposal)

    assert client_of(owner).submit(f"{file.href}/remove").status_code == 403
    answer = client_of(author).submit(f"{file.href}/remove")

    assert (answer.status_code, answer.location) == (303, f"{proposal.href}#files")
    assert client_of(author).get(file.href).status_code == 404
    assert kept_in(settings) == []
