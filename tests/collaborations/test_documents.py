"""Documents of a collaboration: versions that stay, readers of four kinds, final ones, and what is left of removed ones."""

import csv
import io
import zipfile
from functools import partial

import pytest
from sqlalchemy import func, select

from portal import wiring
from portal.activity.queries import feed
from portal.collaborations.actions import change_document, name_member
from portal.collaborations.inputs import DocumentEntry, NewMember
from portal.collaborations.policies import DOCUMENT_READ
from portal.collaborations.queries import documents_of
from portal.collaborations.states import Access, DocumentCategory, DocumentState
from portal.collaborations.workflow import DOCUMENT_FLOW
from portal.files.models import File
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.notifications.models import DigestItem, Notification
from portal.organisations.models import Organisation
from tests.build import a_collaboration, a_member, a_person, actor_of, facts
from tests.collaborations.make_papers import a_document
from tests.collaborations.make_people import a_guest


@pytest.fixture
def people(db):
    """A collaboration and one person of each relation to it."""
    collaboration = a_collaboration(db)
    host, partner = (db.get_one(Organisation, side) for side in (collaboration.host_id, collaboration.organisation_id))
    found = {"host": collaboration.host_lead, "partner": collaboration.partner_lead, "guest": a_person(db)}
    found |= {"officer": a_member(db, host, Role.OFFICER), "member": a_member(db, partner), "stranger": a_member(db, partner)}
    a_guest(db, collaboration, found["guest"])
    member = NewMember("Measures", email=found["member"].email)
    name_member(db, collaboration, member, actor=actor_of(db, collaboration.partner_lead))
    db.refresh(collaboration, ["marks"])
    return collaboration, found


def readers(db, people, document):
    collaboration, found = people
    held = {name for name, person in found.items() if DOCUMENT_READ.holds(actor_of(db, person), document)}
    listed = {name for name, one in found.items() if document in documents_of(db, actor_of(db, one), collaboration)}
    assert held == listed
    return held


def packed(client, place):
    """The paths in an archive, which are those of its manifest."""
    with zipfile.ZipFile(io.BytesIO(client.get(place).data)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        assert sorted(row["path"] for row in rows) == sorted(set(archive.namelist()) - {"manifest.csv"})
    return [row["path"] for row in rows]


def test_each_document_is_for_those_it_was_filed_for(db, people, tmp_path):
    collaboration, found = people
    member, officer = actor_of(db, found["member"]), actor_of(db, found["officer"])
    every = {"host", "partner", "guest", "officer", "member"}
    expected = {Access.ALL: every, Access.INSIDE: every - {"guest"}, Access.SIDE: {"partner", "member"}}
    for access, who in expected.items():
        assert readers(db, people, a_document(db, collaboration, access, actor=member, folder=tmp_path)) == who
    with pytest.raises(Invalid):
        a_document(db, collaboration, Access.OFFICERS, actor=member, folder=tmp_path)
    for_officers = a_document(db, collaboration, Access.OFFICERS, actor=officer, folder=tmp_path)
    assert readers(db, people, for_officers) - {"host", "partner"} == {"officer"}
    for name in ("guest", "stranger"):
        with pytest.raises(Forbidden):
            a_document(db, collaboration, actor=actor_of(db, found[name]), folder=tmp_path)


def test_whoever_filed_it_changes_who_reads_it_and_the_log_keeps_that(db, people, tmp_path):
    collaboration, found = people
    member, lead, host = (actor_of(db, found[name]) for name in ("member", "partner", "host"))
    document = a_document(db, collaboration, Access.SIDE, actor=member, folder=tmp_path)
    assert not [entry for entry in feed(db, host, None).rows if "/documents/" in entry.href]

    def share(access, actor):
        change_document(db, document, DocumentEntry("Agenda", DocumentCategory.MINUTES, access), actor=actor)

    share(Access.ALL, member)
    assert readers(db, people, document) > {"host", "guest"}
    with pytest.raises(Forbidden):
        share(Access.SIDE, host)
    with pytest.raises(Invalid):
        share(Access.OFFICERS, member)
    share(Access.SIDE, lead)  # who answers for the side
    assert readers(db, people, document) == {"partner", "member"}
    assert facts(db, document) == ["document.filed", "file.added", "document.shared", "document.shared"]


def test_a_final_document_takes_no_version_and_a_removed_one_leaves_its_reason(app, db, people, client_of):
    collaboration, found = people
    lead = actor_of(db, found["partner"])
    document = a_document(db, collaboration, actor=lead, folder=app.extensions["files"].folder)
    DOCUMENT_FLOW.perform(db, document, "lock", actor=lead)
    to, page = f"/files/to/document/{document.id}", document.href
    db.commit()
    client, host = client_of(found["member"]), client_of(found["host"])
    sent = {"file": (io.BytesIO(b"two"), "other.txt")}
    assert client.submit(to, sent).status_code == 403
    with pytest.raises(Refused):
        DOCUMENT_FLOW.perform(db, document, "remove", actor=lead, given=Reason("Wrong."))
    DOCUMENT_FLOW.perform(db, document, "unlock", actor=lead, given=Reason("A mistake on page two."))
    db.commit()
    assert "A mistake on page two." in host.get(page).text
    assert client.submit(to, {"file": (io.BytesIO(b"two"), "other.txt")}).status_code == 303
    first, second = (f"/files/document/{document.id}/all/{number}" for number in ("1/agenda.txt", "2/other.txt"))
    assert [host.get(one, buffered=True).status_code for one in (first, second)] == [200, 200]
    assert client.submit(f"{second}/remove").status_code == 403  # versions stay
    assert host.submit(f"{page}/steps/remove", {"text": "Not mine."}).status_code == 403
    filing = client_of(found["partner"])
    assert filing.submit(f"{page}/steps/remove", {"text": "It belongs to <b>another</b> project."}).status_code == 303
    left = host.get(page).text
    assert "It belongs to &lt;b&gt;another&lt;/b&gt; project." in left
    assert found["partner"].name in left
    assert [host.get(one).status_code for one in (first, second, f"/files/all/document/{document.id}")] == [404, 404, 404]
    assert filing.submit(f"{page}/edit", {"title": "X", "category": "data", "access": "all"}).status_code == 409
    db.expire_all()
    assert (document.state, db.scalar(select(func.count(File.id)))) == (DocumentState.REMOVED, 0)


def filed_at(at, client, title, access, category="plan"):
    given = {"title": title, "category": category, "access": access, "file": (io.BytesIO(title.encode()), "a plan.txt")}
    return client.submit(f"{at}/documents/new", given)


def test_what_one_side_keeps_to_itself_is_nowhere_for_the_other(app, db, people, client_of, count_statements):
    collaboration, found = people
    at = collaboration.href
    db.commit()
    partner, host, guest, stranger = (client_of(found[name]) for name in ("partner", "host", "guest", "stranger"))
    before = host.get(f"{at}/documents").text

    filed = partial(filed_at, at)
    own = filed(partner, "Our bottom line", "side").headers["Location"]
    after = host.get(f"{at}/documents").text
    assert ("No documents yet" in after, len(after)) == (True, len(before))
    one = own.replace("documents", "document")
    assert [host.get(place).status_code for place in (own, f"{own}/edit", f"/files/all{one}")] == [404, 404, 404]
    fetched = f"/files{one}/all/1/a%20plan.txt"
    assert [client.get(fetched, buffered=True).status_code for client in (partner, host, guest)] == [200, 404, 404]
    assert [client.get(f"{at}/documents/all").status_code for client in (host, stranger)] == [404, 404]
    assert host.get(f"/threads{one}").status_code == 404
    assert "bottom line" not in host.get("/activity").text + host.get(at).text

    with count_statements() as single:
        partner.get(f"{at}/documents")
    assert filed(partner, "Shared", "all", "data").status_code == 303
    assert filed(partner, "Shared", "inside", "data").status_code == 303
    with count_statements() as three:
        partner.get(f"{at}/documents")
    assert len(single) == len(three) <= 6
    assert ["bottom line" in client.get(f"{at}/history").text for client in (partner, host)] == [True, False]
    with count_statements() as asked:
        assert "filed the document “Shared”" in host.get(f"{at}/history").text
    assert len(asked) <= 6
    names = [packed(client, f"{at}/documents/all") for client in (partner, host, guest)]
    shared = ["data/shared/version-1/a plan.txt", "data/shared-2/version-1/a plan.txt"]
    assert names == [["plan/our-bottom-line/version-1/a plan.txt", *shared], shared, shared[:1]]
    assert filed(guest, "Mine", "all").status_code == 403
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    db.expire_all()
    counted = select(Notification.account_id, func.count()).where(Notification.kind == "file.added")
    told = dict(db.execute(counted.group_by(Notification.account_id)).all())
    assert told == {found["member"].id: 3, found["host"].id: 2, found["guest"].id: 1}
    assert set(db.scalars(select(DigestItem.account_id))) == set(told)  # once a day, as nobody chose otherwise
