import pytest

from portal import wiring
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification, Preference
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from tests.build import a_listing, a_member, a_person, a_proposal, actor_of, an_organisation


@pytest.fixture
def owner(db, app):
    """The owner of a listing who was told of several things, the last of them a message."""
    company = an_organisation(db, "Tidewell")
    owner = a_member(db, company, Role.POSTER, name="Helena Brandt")
    university = an_organisation(db)
    author = a_member(db, university, name="Ingrid Solheim")
    for organisation in (company, university):
        a_member(db, organisation, Role.OFFICER)
    listing = a_listing(db, owner, company)
    proposal = a_proposal(db, listing, author, state=ProposalState.SUBMITTED, title="Early <warning>")
    post_message(db, "proposal", proposal.id, "Hello", actor=actor_of(db, author))
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    return owner


def unread(app, account):
    with app.extensions["database"].reading() as session:
        return session.query(Notification).filter_by(account_id=account.id, seen_at=None).count()


def test_person_sees_what_they_were_told(client_of, owner):
    page = client_of(owner).get("/me/notifications")

    assert page.status_code == 200
    assert "Message from Ingrid Solheim about “Early &lt;warning&gt;”" in page.text
    assert page.text.count(">New</span>") >= 2
    assert page.text.count("btn btn-primary") == 1


def test_person_without_news_is_told_what_will_appear(client_of, db):
    account = a_person(db)
    db.commit()

    page = client_of(account).get("/me/notifications")

    assert "Nothing new" in page.text


def test_visitor_is_asked_to_sign_in(client_of, owner):
    answer = client_of().get("/me/notifications")

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/me/notifications")
    assert client_of().submit("/me/notifications/seen").status_code == 303


def test_nobody_sees_or_marks_the_notifications_of_others(client_of, db, app, owner):
    other = a_person(db)
    number = db.query(Notification).filter_by(account_id=owner.id).first().id
    db.commit()
    before = unread(app, owner)
    client = client_of(other)

    client.submit("/me/notifications/seen", {"number": str(number)})
    client.submit("/me/notifications/seen")

    assert "Early" not in client.get("/me/notifications").text
    assert unread(app, owner) == before


def test_one_or_all_are_marked_as_read(client_of, db, app, owner):
    number = db.query(Notification).filter_by(account_id=owner.id).first().id
    db.commit()
    before = unread(app, owner)
    client = client_of(owner)

    client.submit("/me/notifications/seen", {"number": str(number)})
    assert unread(app, owner) == before - 1

    assert client.submit("/me/notifications/seen").location == "/me/notifications"
    assert unread(app, owner) == 0


def test_strange_number_marks_nothing(client_of, app, owner):
    client, before = client_of(owner), unread(app, owner)

    for number in ("x", "-1", "9" * 40, "\x00", "1.5"):
        assert client.submit("/me/notifications/seen", {"number": number}).status_code == 422, number
    assert unread(app, owner) == before


def test_choice_of_mails_is_kept(client_of, app, owner):
    client = client_of(owner)

    client.submit("/me/notifications/choice", {})
    with app.extensions["database"].reading() as session:
        assert session.get(Preference, owner.id).mails is False
    assert "checked" not in client.get("/me/notifications").text

    client.submit("/me/notifications/choice", {"mails": "y"})
    assert "checked" in client.get("/me/notifications").text


def test_name_of_a_thing_one_may_no_longer_see_is_not_shown(client_of, db, app, owner):
    elsewhere = a_listing(db)
    db.query(Proposal).update({"listing_id": elsewhere.id})
    db.commit()

    page = client_of(owner).get("/me/notifications").text

    assert "Early" not in page
    assert "something that you can no longer see" in page


def test_page_asks_as_little_for_many_as_for_few(client_of, db, app, owner, count_statements):
    client = client_of(owner)
    with count_statements() as few:
        client.get("/me/notifications")
    author = a_member(db, an_organisation(db))
    for _ in range(3):
        a_proposal(db, a_listing(db, owner), author)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    with count_statements() as many:
        client.get("/me/notifications")

    assert len(few) == len(many) <= 6
