"""An interest on its way: declared, received, asked back, passed on, told to the office – as people see it."""

import dataclasses
import datetime as dt
import html

import pytest
from sqlalchemy import select

from portal import wiring
from portal.app import worker_of
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Refused
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.listings.states import Kind, Visibility
from portal.notifications.actions import choose_channels
from portal.notifications.inputs import Choices
from portal.notifications.models import Notification
from portal.notifications.states import Channel
from portal.people.models import Profile
from portal.proposals.actions import begin_interest, begin_proposal, lapse_due, send_interest
from portal.proposals.inputs import InterestText, PassOn, Query, Reply
from portal.proposals.models import Interest
from portal.proposals.queries import INTEREST_FULL
from portal.proposals.states import InterestState, Onward
from portal.proposals.workflow import INTEREST_FLOW
from tests.build import a_listing, a_member, a_person, actor_of, an_interest, an_organisation

TEXT = InterestText("It fits our work.", "Three years of it.", declared=True)
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def database_url(sqlite_url):
    """One system is enough: the statements are plain."""
    return sqlite_url


@pytest.fixture
def settings(settings, request):
    """With a mail server where a test asks for one."""
    if "mail_sink" not in request.fixturenames:
        return settings
    sink = request.getfixturevalue("mail_sink")
    return dataclasses.replace(settings, mail_host=sink.host, mail_port=sink.port, mail_tls=False)


def owner_of(session, interest):
    return actor_of(session, interest.listing.owner)


@pytest.fixture
def sent(session):
    """An interest that was sent, and its author."""
    author = a_member(session, an_organisation(session))
    return an_interest(session, a_listing(session), author), actor_of(session, author)


def test_whoever_sends_has_declared_it_and_gets_a_receipt_by_mail_and_on_its_page(app, db, client_of, mail_sink):
    author = a_member(db, an_organisation(db), name="Ingrid Solheim")
    listing = a_listing(db, title="Quiet pumps")
    db.commit()
    client = client_of(author)
    page = client.get(f"{listing.href}/interest").text
    assert "The listing is open" in page and "Nothing here is confidential" in page

    undeclared = client.submit(f"{listing.href}/interest", {"motivation": "It fits.", "go": "send"})
    assert (undeclared.status_code, "Confirm that nothing here is confidential" in undeclared.text) == (422, True)
    client.submit(f"{listing.href}/interest", {"motivation": "It fits.", "declared": "y", "go": "send"})
    worker_of(app).run_once()

    with transaction(db):
        interest = db.scalars(select(Interest).options(*INTEREST_FULL)).one()
        assert interest.declared_at is not None
    receipt = html.unescape(client.get(interest.href).text)
    owner = html.unescape(client_of(listing.owner).get(interest.href).text)
    for text in (receipt, owner):
        assert interest.reference in text and "Answer promised by" in text and "Declared to hold nothing confidential" in text
    (mail,) = mail_sink.sent_to(author.email)
    said = mail.get_body(("plain",)).get_content()
    assert interest.reference in said and "Answer promised by" in said and interest.href in said
    assert str((interest.sent_at + dt.timedelta(days=14)).day) in said


def test_a_question_stops_the_clock_and_its_answer_leaves_seven_days(session):
    author = a_member(session, an_organisation(session))
    with clock.at(NOON):
        interest = an_interest(session, a_listing(session, closes_at=NOON + dt.timedelta(days=90)), author)
        owner = owner_of(session, interest)
        promised = interest.reply_due_at
    with clock.at(NOON + dt.timedelta(days=10)):
        INTEREST_FLOW.perform(session, interest, "ask", actor=owner, given=Query("Which pumps?"))
    with clock.at(NOON + dt.timedelta(days=20)):
        assert lapse_due(session) == 0
        with pytest.raises(Refused):
            INTEREST_FLOW.perform(session, interest, "ask", actor=owner, given=Query("And which valves?"))
        INTEREST_FLOW.perform(session, interest, "reply", actor=actor_of(session, author), given=Reply("The two at the inlet."))

    assert interest.state is InterestState.ACKNOWLEDGED
    assert interest.reply_due_at == NOON + dt.timedelta(days=27) > promised
    assert [(one["question"], one["reply"]) for one in interest.asked] == [("Which pumps?", "The two at the inlet.")]
    assert interest.answered_at is None  # neither reading nor asking is an answer


def test_whose_turn_it_is_stands_on_both_pages_while_something_is_asked(db, client_of):
    author = a_member(db, an_organisation(db), name="Ingrid Solheim")
    interest = an_interest(db, a_listing(db), author)
    INTEREST_FLOW.perform(db, interest, "ask", actor=owner_of(db, interest), given=Query("Which pumps?"))
    db.commit()
    asked, asking = client_of(author), client_of(interest.listing.owner)

    assert "Your turn, Ingrid Solheim" in asked.get(interest.href).text
    assert "Waiting for Ingrid Solheim" in asking.get(interest.href).text
    assert asking.submit(f"{interest.href}/steps/reply", {"text": "Mine."}).status_code in (403, 404)
    assert asked.submit(f"{interest.href}/steps/reply", {"text": ""}).status_code == 422
    assert asked.submit(f"{interest.href}/steps/reply", {"text": "Those two."}).status_code == 303
    assert "Those two." in asking.get(interest.href).text


def test_who_is_passed_on_to_a_listing_gets_its_link_and_takes_the_text_along_once(db, client_of):
    author = a_member(db, an_organisation(db))
    interest = an_interest(db, a_listing(db), author)
    better = a_listing(db, title="Quieter pumps")
    db.commit()
    owner, client = client_of(interest.listing.owner), client_of(author)

    passed = owner.submit(
        f"{interest.href}/steps/redirect", {"to": "listing", "target": better.href, "text": "They do just that."}
    )
    assert passed.status_code == 303
    page = html.unescape(client.get(interest.href).text)
    assert f'href="{better.href}"' in page and "They do just that." in page and "Take my text along" in page
    assert owner.submit(f"{interest.href}/carry").status_code == 404

    assert client.submit(f"{interest.href}/carry").location.endswith(f"{better.href}/interest")
    assert "It fits our work." in client.get(f"{better.href}/interest").text
    client.submit(f"{better.href}/interest", {"motivation": "Better still.", "go": "leave"})
    client.submit(f"{interest.href}/carry")
    assert "Better still." in client.get(f"{better.href}/interest").text


def test_nobody_is_passed_on_to_what_they_may_not_see(session, sent):
    interest, author = sent
    owner, same = owner_of(session, interest), "Enter the reference of another listing that is open"
    own = a_listing(session, session.get_one(Profile.account.property.mapper.class_, author.id), interest.organisation)
    inside = a_listing(session, interest.listing.owner, interest.host, visibility=Visibility.ORGANISATION)
    closed = a_listing(session, closes_at=clock.now() + dt.timedelta(hours=1))
    closed.closes_at = clock.now() - dt.timedelta(seconds=1)
    unlisted = a_member(session, interest.host)
    tries = [(Onward.LISTING, each.reference, same) for each in (interest.listing, own, inside, closed)]
    tries += [(Onward.LISTING, name, same) for name in ("CH-9999", "PJ-0001", "nonsense", "CH-99999999999")]
    tries += [(Onward.PERSON, session.get_one(Profile, unlisted.id).slug, "Enter the address"), (Onward.PERSON, "-", "Enter")]
    tries += [(Onward.OFFICE, "", "no role mailbox")]

    for to, target, why in tries:
        with pytest.raises(Invalid, match=why), session.begin_nested():
            INTEREST_FLOW.perform(session, interest, "redirect", actor=owner, given=PassOn(to, target, "There."))
        session.scalars(select(Interest).options(*INTEREST_FULL), execution_options={"populate_existing": True}).one()
    assert interest.state is InterestState.SENT


def test_a_person_is_named_only_while_they_agree_to_be_found_and_an_office_by_its_mailbox(db, client_of):
    host = an_organisation(db)
    poster, found = a_member(db, host, Role.POSTER), a_member(db, host, name="Mira Found")
    profile = db.get_one(Profile, found.id)
    profile.listed, host.role_mailbox = True, "office@host.example"
    author = a_member(db, an_organisation(db))
    to_person, to_office = (an_interest(db, a_listing(db, poster, host), author) for _ in range(2))
    owner = actor_of(db, poster)
    INTEREST_FLOW.perform(
        db, to_person, "redirect", actor=owner, given=PassOn(Onward.PERSON, f"/people/{profile.slug}", "Ask her.")
    )
    INTEREST_FLOW.perform(db, to_office, "redirect", actor=owner, given=PassOn(Onward.OFFICE, "", "Ask them."))
    db.commit()
    client = client_of(author)

    assert "Mira Found" in client.get(to_person.href).text
    assert "mailto:office@host.example" in client.get(to_office.href).text
    with transaction(db):
        profile.listed = False
    assert "Mira Found" not in client_of(author).get(to_person.href).text


def test_a_lapse_is_seen_by_both_and_can_still_be_answered(db, client_of):
    interest = an_interest(db, a_listing(db), a_member(db, an_organisation(db)), state=InterestState.LAPSED)
    db.commit()

    author, owner = (html.unescape(client_of(each).get(interest.href).text) for each in (interest.author, interest.listing.owner))

    assert "Not answered by the promised date" in author and "It counts as unanswered, not as refused" in author
    assert "The promised date has passed: answer now" in owner and "was told that the date passed" in owner
    assert "steps/invite" in owner and "steps/redirect" in owner


def test_the_office_learns_what_its_staff_begins_and_sends_not_what_it_says_and_can_turn_that_off(app, db, client_of):
    university = an_organisation(db)
    author = a_member(db, university)
    told, silent = (a_member(db, university, Role.OFFICER) for _ in range(2))
    choose_channels(db, silent.id, Choices({"liaison": Channel.OFF}))
    numbers = [told.id, silent.id]
    listing, place = a_listing(db), a_listing(db, kind=Kind.INTERNSHIP)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    actor = actor_of(db, author)
    for each in (listing, place):
        begin_interest(db, each, TEXT, actor=actor)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    with transaction(db):
        begun, internship = db.scalars(select(Interest).order_by(Interest.id)).all()
        assert (begun.reference, internship.reference) == ("EI-0001", "EI-0002")
    page = client_of(told).get(begun.href)
    assert page.status_code == 200 and "It fits our work." not in page.text
    assert client_of(told).get(internship.href).status_code == 404
    assert begun.reference in client_of(told).get("/interests?view=organisation").text

    send_interest(db, listing, TEXT, actor=actor)
    begin_proposal(db, listing, actor=actor)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    def heard(number):
        kinds = select(Notification.kind).where(Notification.account_id == number).order_by(Notification.id)
        with transaction(db):
            return list(db.scalars(kinds))

    assert heard(numbers[0]) == ["interest.begun", "interest.sent", "proposal.begun"]
    assert heard(numbers[1]) == []
    assert "What our staff answers" in client_of(told).get("/me/notifications/choices").text
    assert "What our staff answers" not in client_of(author).get("/me/notifications/choices").text


def test_the_page_of_an_interest_costs_the_same_whatever_was_asked(db, client_of, count_statements):
    author = a_person(db)
    interest = an_interest(db, a_listing(db), author)
    db.commit()
    client = client_of(author)

    def cost():
        with count_statements() as asked:
            assert client.get(interest.href).status_code == 200
        return len(asked)

    before = cost()
    with transaction(db):
        for number in range(3):
            given = Query(f"Question {number}?")
            INTEREST_FLOW.perform(db, interest, "ask", actor=owner_of(db, interest), given=given)
            INTEREST_FLOW.perform(db, interest, "reply", actor=actor_of(db, author), given=Reply("Yes."))
    assert cost() == before <= 6
