"""How people want to be told: at once, together, here only, not at all – and never in their quiet hours."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import User
from portal.app import worker_of
from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.notices import TURN, topic_of
from portal.kernel.policy import Role
from portal.kernel.zones import ZONES
from portal.notifications.actions import choose_channels, choose_mails
from portal.notifications.digests import last_morning, send_digests
from portal.notifications.inputs import Choices
from portal.notifications.models import Delivery, DigestItem, Notification, Preference
from portal.notifications.states import Channel
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from tests.build import a_listing, a_member, a_proposal, actor_of, an_organisation

MONDAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MONDAY + dt.timedelta(minutes=minutes))
CHOICES = "/me/notifications/choices"


@pytest.fixture
def settings(settings, mail_sink):
    where = {"base_url": "https://portal.example", "trusted_hosts": ("localhost",)}
    return dataclasses.replace(settings, mail_host=mail_sink.host, mail_port=mail_sink.port, mail_tls=False, **where)


class Office:
    """A proposal whose owner chooses how to be told; its author writes messages."""

    def __init__(self, app, db, sink):
        self.app, self.db, self.sink = app, db, sink
        company, university = an_organisation(db, "Tidewell"), an_organisation(db, "Lindmoor")
        self.owner = a_member(db, company, Role.POSTER, name="Helena Brandt")
        self.author = a_member(db, university, name="Ingrid Solheim")
        for organisation in (company, university):
            a_member(db, organisation, Role.OFFICER)
        listing = a_listing(db, self.owner, company, closes_at=MONDAY + dt.timedelta(days=90))
        self.proposal = a_proposal(db, listing, self.author, state=ProposalState.SUBMITTED, title="Early warning")
        self.before = 0
        self.work()
        self.before = len(self.subjects())

    def work(self):
        self.db.commit()
        worker_of(self.app).run_once()

    def choose(self, quiet=(None, None), zone="UTC", **channels):
        choose_channels(self.db, self.owner.id, Choices(channels, *quiet, zone))
        self.db.commit()

    def say(self, text):
        post_message(self.db, "proposal", self.proposal.id, text, actor=actor_of(self.db, self.author))
        self.work()

    def subjects(self):
        """Of the mails since the beginning."""
        return [mail["Subject"] for mail in self.sink.sent_to(self.owner.email)][self.before :]

    def listed(self):
        with self.app.extensions["database"].reading() as session:
            mine = Notification.account_id == self.owner.id, Notification.kind == "message.posted"
            return len(session.scalars(select(Notification).where(*mine)).all())


@pytest.fixture
def office(app, db, mail_sink):
    with clock.at(MONDAY):
        yield Office(app, db, mail_sink)


def test_news_of_a_day_comes_in_one_mail_the_next_morning_once(office):
    office.choose(talk="daily")
    office.say("First")
    office.say("Second")
    assert (office.subjects(), office.listed()) == ([], 2)

    with clock.at(MONDAY + dt.timedelta(hours=21, minutes=59)):
        office.work()
        assert office.subjects() == []
    with clock.at(MONDAY + dt.timedelta(hours=22, minutes=1)):
        office.work()
        office.work()
    with clock.at(MONDAY + dt.timedelta(days=2)):
        office.work()

    assert office.subjects() == ["Your news of the day"]
    mail = office.sink.sent_to(office.owner.email)[-1]
    text = mail.get_body(("plain",)).get_content()
    assert text.count(f"https://portal.example{office.proposal.href}") == 2
    assert "Message from Ingrid Solheim" in text
    assert mail["List-Unsubscribe"]
    assert "<li" in mail.get_body(("html",)).get_content()


def test_news_of_a_week_comes_on_monday_though_the_worker_slept(office):
    office.choose(talk="weekly")
    office.say("Hello")
    for days in (1, 3, 6):
        with clock.at(MONDAY + dt.timedelta(days=days)):
            office.work()
    assert office.subjects() == []

    with clock.at(MONDAY + dt.timedelta(days=8)):  # off on Monday, on again on Tuesday
        office.work()

    assert office.subjects() == ["Your news of the week"]


def test_what_was_seen_or_may_no_longer_be_seen_is_left_out(office, client_of):
    office.choose(talk="daily")
    office.say("Seen")
    client_of(office.owner).submit("/me/notifications/seen")
    with clock.at(MONDAY + dt.timedelta(days=1)):
        office.work()
    assert office.subjects() == []

    with clock.at(MONDAY + dt.timedelta(days=1)):
        office.say("Somebody else’s by then")
        office.proposal.listing.owner_id = a_member(office.db, office.proposal.listing.organisation, Role.POSTER).id
        office.work()
    with clock.at(MONDAY + dt.timedelta(days=2)):
        office.work()
    assert office.subjects() == []


@pytest.mark.parametrize(("channel", "listed"), [("listed", 1), ("off", 0), ("at_once", 1)])
def test_here_only_not_at_all_and_at_once(office, channel, listed):
    office.choose(talk=channel)
    office.say("Hello")

    assert office.listed() == listed
    assert len(office.subjects()) == (channel == "at_once")


def test_what_waits_for_oneself_is_a_choice_of_its_own(office):
    turns = {notice.key for notice in wiring.NOTICES if topic_of(notice, wiring.TOPICS) == TURN}
    assert turns == {notice.key for notice in wiring.NOTICES if notice.is_turn}
    assert all(topic_of(notice, wiring.TOPICS) for notice in wiring.NOTICES)
    with pytest.raises(Invalid):
        Choices({TURN: "off"})


def test_no_mail_goes_out_in_quiet_hours(office):
    office.choose(quiet=(20, 7), zone="Europe/Brussels")
    with clock.at(MONDAY.replace(hour=21)):
        office.say("Late")
        assert office.subjects() == []
    with clock.at(MONDAY + dt.timedelta(hours=20, minutes=50)):  # 6:50 there
        office.work()
        assert office.subjects() == []
    with clock.at(MONDAY + dt.timedelta(hours=21, minutes=1)):
        office.work()
    assert len(office.subjects()) == 1


def test_who_stops_all_mails_gets_no_gathered_one(office):
    office.choose(talk="daily")
    office.say("Hello")
    choose_mails(office.db, office.owner.id, wanted=False)
    office.say("Again")
    with clock.at(MONDAY + dt.timedelta(days=1)):
        office.work()

    assert (office.subjects(), office.listed()) == ([], 2)


def test_two_workers_make_one_mail(database, session):
    owner = a_member(session, an_organisation(session), Role.POSTER)
    with clock.at(MONDAY):
        choose_channels(session, owner.id, Choices({"talk": "daily"}))
        told = {"kind": "x", "subject_type": "listing", "subject_id": 1, "reason": "", "at": MONDAY, "event_id": 1}
        notification = Notification(account_id=owner.id, **told)
        session.add(notification)
        session.flush()
        waits = {"notification_id": notification.id, "account_id": owner.id, "often": Channel.DAILY, "at": MONDAY}
        session.add(DigestItem(**waits))
        session.flush()
        assert send_digests(session) == 0
    with clock.at(MONDAY + dt.timedelta(days=1)):
        assert [send_digests(session), send_digests(session)] == [1, 0]
    assert len(session.scalars(select(Delivery)).all()) == 1


def test_the_choice_is_a_form(client_of, app, db, office):
    browser = client_of(office.owner)
    asked = [topic for topic in wiring.TOPICS if not (topic.keepers or topic.officers)]
    sent = {topic.key: "daily" for topic in asked} | {TURN: "at_once"}
    hours = {"quiet_from": "22", "quiet_until": "6", "time_zone": "Asia/Tokyo"}

    assert browser.get(CHOICES).status_code == 200
    assert browser.submit(CHOICES, sent | hours).status_code == 303
    page = browser.get(CHOICES).text
    assert page.count('<option value="daily" selected>') == len(asked)
    assert '<option value="Asia/Tokyo" selected>' in page
    assert "Keeping the portal" not in page
    for wrong in ({"talk": "shouted"}, {"quiet_from": ""}, {"quiet_until": "25"}, {"time_zone": "Mars/Olympus"}, {TURN: "off"}):
        assert browser.submit(CHOICES, sent | hours | wrong).status_code == 422
    db.expire_all()
    assert db.get_one(User, office.owner.id).time_zone == "Asia/Tokyo"
    db.commit()
    assert client_of().get(CHOICES).status_code == 303


@given(MOMENTS, st.sampled_from(ZONES), st.booleans())
def test_the_last_morning_has_passed_and_is_no_older_than_its_period(moment, zone, weekly):
    often, longest = (Channel.WEEKLY, 7) if weekly else (Channel.DAILY, 1)
    with clock.at(moment):
        morning = last_morning(often, zone)
        assert morning <= clock.now()
        assert clock.now() - morning < dt.timedelta(days=longest, hours=1.1)  # a day of 25 hours


@given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 23), st.integers(0, 23))
def test_after_quiet_hours_it_is_not_quiet(moment, zone, start, end):
    chosen = Preference(mails=True, channels={}, quiet_from=start, quiet_until=end)

    after = chosen.after_quiet(moment, zone)

    assert moment <= after < moment + dt.timedelta(hours=25.1)
    assert chosen.after_quiet(after, zone) == after
