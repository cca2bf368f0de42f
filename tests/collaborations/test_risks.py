"""Risks: rated by likelihood and impact, watched by somebody, looked at again by a day, closed with a word."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import wiring
from portal.board.queries import dates_for
from portal.collaborations.actions import change_risk, name_member, raise_risk, review_risk
from portal.collaborations.inputs import Assessed, NewMember, RiskEntry, RiskText
from portal.collaborations.queries import SOURCES, reviews_of
from portal.collaborations.states import CollaborationState, Rating, RiskState, rating_of
from portal.collaborations.workflow import RISK_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.organisations.models import Organisation
from tests.build import a_member, a_person, actor_of, an_organisation
from tests.collaborations.make_people import a_guest
from tests.collaborations.make_risks import a_risk

LATER = dt.timedelta(days=30)


def waits(db, actor):
    source = next(source for source in SOURCES if source.key == "risk.review")
    return [row.id for row in db.execute(source.select(actor))]


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 4), st.integers(0, 4))
def test_what_is_likelier_or_graver_is_never_rated_lower(likelihood, impact, more, graver):
    worse = min(5, likelihood + more) * min(5, impact + graver)
    order = list(Rating)
    assert order.index(rating_of(worse)) >= order.index(rating_of(likelihood * impact))
    assert (rating_of(1), rating_of(25)) == (Rating.GREEN, Rating.RED)


def test_every_assessment_stays_and_only_who_answers_for_a_risk_makes_one(db, running):
    collaboration, host, partner = running
    colleague = a_member(db, db.get_one(Organisation, collaboration.organisation_id))
    name_member(db, collaboration, NewMember("Data", email=colleague.email), actor=partner)
    member, today = actor_of(db, colleague), clock.today()
    risk = a_risk(db, collaboration, likelihood=4, impact=4)
    with pytest.raises(Forbidden):
        review_risk(db, risk, Assessed(1, 1, today + LATER), actor=member)
    review_risk(db, risk, Assessed(2, 3, today + LATER, "A second pump came."), actor=partner)
    assert [(one.likelihood, one.impact, one.note, one.by_id) for one in reviews_of(db, risk)] == [
        (4, 4, "", host.id),
        (2, 3, "A second pump came.", partner.id),
    ]
    assert (risk.rating, collaboration.open_risks.count, collaboration.open_risks.highest) == (Rating.AMBER, 1, Rating.AMBER)
    change_risk(db, risk, RiskText("The pumps fail", member.id, "Both.", "A third one."), actor=host)
    review_risk(db, risk, Assessed(1, 1, today + LATER), actor=member)
    with pytest.raises(Invalid, match="still to come"):
        Assessed(1, 1, today)
    with pytest.raises(Invalid, match="from 1 to 5"):
        Assessed(6, 1, today + LATER)


def test_a_risk_is_closed_with_a_word_and_can_be_opened_again(db, running):
    collaboration, host, partner = running
    risk = a_risk(db, collaboration)
    RISK_FLOW.perform(db, risk, "rule_out", actor=partner, given=Reason("The site was closed."))
    assert (risk.state, risk.note, risk.closed_by_id) == (RiskState.GONE, "The site was closed.", partner.id)
    assert collaboration.open_risks is None
    with pytest.raises(Refused, match="Open it again first"):
        review_risk(db, risk, Assessed(5, 5, clock.today() + LATER), actor=partner)
    RISK_FLOW.perform(db, risk, "reopen", actor=host, given=Reason("It opens in May."))
    assert (risk.state, risk.closed_at) == (RiskState.OPEN, None)


def test_the_review_waits_for_whoever_watches_it_and_stands_in_their_calendar_before(db, running):
    collaboration, host, partner = running
    risk = a_risk(db, collaboration)
    assert (waits(db, partner), waits(db, host)) == ([], [])
    assert [one.when for one in dates_for(db, partner, ()) if one.href == risk.href] == [risk.review_on]
    with clock.at(clock.now() + dt.timedelta(days=16)):
        assert (waits(db, partner), waits(db, host)) == ([risk.id], [])
        assert [one for one in dates_for(db, partner, ()) if one.href == risk.href] == []
    RISK_FLOW.perform(db, risk, "occur", actor=host, given=Reason("It did."))
    with clock.at(clock.now() + dt.timedelta(days=16)):
        assert waits(db, partner) == []


def test_offices_are_told_of_red_risks_alone(app, db, running):
    collaboration, *_ = running
    officer = a_member(db, db.get_one(Organisation, collaboration.host_id), Role.OFFICER)
    a_risk(db, collaboration, title="Amber", likelihood=3, impact=4)
    red = a_risk(db, collaboration, title="Red", likelihood=3, impact=5)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    mine = db.query(Notification).filter_by(account_id=officer.id, kind="risk.raised").all()
    assert [one.subject_id for one in mine] == [red.id]


def test_nobody_raises_a_risk_who_takes_no_part_and_nothing_is_raised_after_the_end(db, running):
    collaboration, host, _partner = running
    guest = a_person(db)
    a_guest(db, collaboration, guest)
    entry = {"title": "x", "likelihood": 1, "impact": 1, "review_on": clock.today() + LATER}
    with pytest.raises(Forbidden):
        raise_risk(db, collaboration, RiskEntry(owner=host.id, **entry), actor=actor_of(db, guest))
    with pytest.raises(Invalid, match="lead or a member"):
        raise_risk(db, collaboration, RiskEntry(owner=guest.id, **entry), actor=host)
    collaboration._state, collaboration.ended_at = CollaborationState.CLOSED, clock.now()
    with pytest.raises(Refused, match="over"):
        raise_risk(db, collaboration, RiskEntry(owner=host.id, **entry), actor=host)


def test_a_risk_goes_its_way_on_the_pages(db, running, client_of, count_statements):
    collaboration, *_ = running
    href, day = collaboration.href, (clock.today() + LATER).isoformat()
    guest_person = a_person(db)
    a_guest(db, collaboration, guest_person)
    people = (collaboration.host_lead, collaboration.partner_lead, a_member(db, an_organisation(db)), guest_person)
    owner = str(collaboration.partner_lead_id)
    db.commit()
    host, partner, stranger, guest = (client_of(person) for person in people)

    answer = host.submit(f"{href}/risks/new", {"title": "Kept", "likelihood": "9", "impact": "no", "owner": "x"})
    assert (answer.status_code, "Kept" in answer.text) == (422, True)
    form = {"title": "The <b>pump</b> fails", "likelihood": "4", "impact": "5", "owner": owner, "review_on": day}
    assert host.submit(f"{href}/risks/new", form).status_code == 303
    page = partner.get(f"{href}/risks").text
    assert ("The &lt;b&gt;pump" in page, "4 × 5" in page, 'href="#risk-1"' in page) == (True,) * 3
    assert "Highest: Red" in partner.get(href).text
    assert "Red risk" in partner.get("/collaborations").text
    assert (
        partner.submit("/risks/1/review", {"likelihood": "2", "impact": "2", "review_on": day, "note": "New."}).status_code == 303
    )
    shown = host.get("/risks/1").text
    assert ("from 4 × 5 to 2 × 2" in shown, "New." in shown) == (True, True)
    assert "Highest: Green" in partner.get(href).text
    assert host.submit("/risks/1/steps/accept", {"text": ""}).status_code == 422
    assert host.submit("/risks/1/steps/accept", {"text": "We live with it."}).status_code == 303
    assert "We live with it." in partner.get("/risks/1").text
    assert [one.get(path).status_code for one in (stranger, guest) for path in ("/risks/1", f"{href}/risks")] == [404] * 4
    assert "/risks" not in guest.get(href).text
    host.submit(f"{href}/risks/new", form)
    with count_statements() as one:
        host.get(f"{href}/risks?sort=title")
    for title in ("Alpha", "Beta"):
        host.submit(f"{href}/risks/new", form | {"title": title})
    with count_statements() as three:
        page = host.get(f"{href}/risks?sort=title").text
    assert page.index("Alpha") < page.index("Beta") < page.rindex("The &lt;b&gt;pump")
    assert len(one) == len(three) <= 6
