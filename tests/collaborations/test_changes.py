"""What was agreed is changed by everybody affected, in the capacity each has, and once each."""

import datetime as dt

import pytest

from portal.collaborations.actions import agree_to_change, draft_change, revise_change
from portal.collaborations.inputs import ChangeWish
from portal.collaborations.queries import SOURCES
from portal.collaborations.states import ChangeKind, ChangeState, ClaimState, CollaborationState, Stand
from portal.collaborations.workflow import CHANGE_FLOW, COLLABORATION_FLOW
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Role
from portal.organisations.models import Organisation
from tests.build import a_collaboration, a_member, actor_of, an_organisation, facts
from tests.collaborations.make import a_change, a_claim, agree_everywhere


def officer_of(db, number):
    return actor_of(db, a_member(db, db.get_one(Organisation, number), Role.OFFICER))


def test_more_time_is_in_force_when_the_other_lead_agrees_and_what_was_stays(db, running):
    collaboration, host, partner = running
    before = collaboration.ends_on
    change = a_change(db, collaboration, ChangeState.ASSESSED)
    assert (change.missing, collaboration.ends_on) == ((Stand.PARTNER_LEAD,), before)

    agree_to_change(db, change, Stand.PARTNER_LEAD, actor=partner)

    assert (change.state, collaboration.ends_on, change.before_on) == (ChangeState.IN_FORCE, change.until_on, before)
    assert facts(db, change)[-2:] == ["change_request.agreed", "change_request.moved"]


def test_money_needs_both_leads_and_an_officer_of_each_side_and_nobody_says_yes_twice(db, running):
    collaboration, host, partner = running
    before = collaboration.asked_minor
    change = a_change(db, collaboration, ChangeState.ASSESSED, ChangeKind.MONEY)
    officers = [officer_of(db, number) for number in (collaboration.host_id, collaboration.organisation_id)]
    for stand, actor in ((Stand.PARTNER_LEAD, host), (Stand.PARTNER_OFFICER, officers[0]), (Stand.HOST_OFFICER, host)):
        with pytest.raises(Forbidden):
            agree_to_change(db, change, stand, actor=actor)
    with pytest.raises(Refused):
        agree_to_change(db, change, Stand.HOST_LEAD, actor=host)  # asked for it: that is one yes
    agree_to_change(db, change, Stand.HOST_OFFICER, actor=officers[0])
    agree_to_change(db, change, Stand.PARTNER_OFFICER, actor=officers[1])
    with pytest.raises(Refused):
        CHANGE_FLOW.perform(db, change, "put_in_force", actor=SYSTEM_ACTOR)
    assert collaboration.asked_minor == before
    agree_to_change(db, change, Stand.PARTNER_LEAD, actor=partner)
    assert (collaboration.asked_minor, change.before_minor) == (5, before)


def test_the_sum_cannot_become_less_than_what_is_approved_already(db, running):
    collaboration, host, partner = running
    early = a_change(db, collaboration, ChangeState.ASSESSED, ChangeKind.MONEY, amount_minor=60)
    a_claim(db, collaboration, ClaimState.APPROVED, staff=100)
    with pytest.raises(Invalid, match="approved already"):
        a_change(db, collaboration, ChangeState.SUBMITTED, ChangeKind.MONEY, amount_minor=99)
    officers = {
        Stand.HOST_OFFICER: officer_of(db, collaboration.host_id),
        Stand.PARTNER_OFFICER: officer_of(db, collaboration.organisation_id),
    }
    with pytest.raises(Refused, match="approved already"):  # with the last yes, although it was asked before
        agree_everywhere(db, early, officers)
    agree_everywhere(db, a_change(db, collaboration, ChangeState.ASSESSED, ChangeKind.MONEY, amount_minor=100), officers)
    assert collaboration.asked_minor == 100


def test_a_lead_who_is_an_officer_as_well_fills_one_place_only(db, running):
    collaboration, _, partner = running
    both = officer_of(db, collaboration.organisation_id)
    collaboration.partner_lead_id = both.id
    change = a_change(db, collaboration, ChangeState.ASSESSED, ChangeKind.SCOPE)
    agree_to_change(db, change, Stand.PARTNER_LEAD, actor=both)
    with pytest.raises(Refused):
        agree_to_change(db, change, Stand.PARTNER_OFFICER, actor=both)


@pytest.mark.parametrize(
    ("kind", "state"), [(ChangeKind.PAUSE, CollaborationState.PAUSED), (ChangeKind.END, CollaborationState.TERMINATED)]
)
def test_a_pause_and_an_early_end_are_agreed(db, running, kind, state):
    collaboration, host, partner = running
    with pytest.raises(Forbidden):
        COLLABORATION_FLOW.perform(db, collaboration, "pause", actor=host, given=Reason("Alone."))
    change = a_change(db, collaboration, ChangeState.ASSESSED, kind)
    if kind is ChangeKind.END:
        agree_to_change(db, change, Stand.HOST_OFFICER, actor=officer_of(db, collaboration.host_id))
        agree_to_change(db, change, Stand.PARTNER_OFFICER, actor=officer_of(db, collaboration.organisation_id))
    agree_to_change(db, change, Stand.PARTNER_LEAD, actor=partner)
    assert collaboration.state is state


def test_nobody_judges_their_own_wish_and_a_submitted_one_stays_as_it_is(db, running):
    collaboration, host, _ = running
    change = a_change(db, collaboration, ChangeState.SUBMITTED)
    with pytest.raises(Forbidden):
        CHANGE_FLOW.perform(db, change, "refuse", actor=host, given=Reason("No."))
    with pytest.raises(Refused):
        revise_change(db, change, ChangeWish(ChangeKind.SCOPE, "More."), actor=host)


def test_what_is_asked_waits_for_those_who_can_answer(db, running):
    collaboration, host, partner = running
    sources = {source.key: source for source in SOURCES}

    def waits(key, actor):
        return [row.id for row in db.execute(sources[f"change_request.{key}"].select(actor))]

    asked = a_change(db, collaboration, ChangeState.SUBMITTED)
    agreed = a_change(db, collaboration, ChangeState.ASSESSED, ChangeKind.MONEY)
    officer = officer_of(db, collaboration.host_id)
    assert [waits("assess", actor) for actor in (host, partner, officer)] == [[], [asked.id], []]
    assert [waits("agree", actor) for actor in (host, partner, officer)] == [[], [agreed.id], [agreed.id]]
    agree_to_change(db, agreed, Stand.HOST_OFFICER, actor=officer)
    assert waits("agree", officer) == []


def test_a_change_goes_its_way_on_the_pages(db, running, client_of, count_statements):
    collaboration, *_ = running
    href, ends_on = collaboration.href, collaboration.ends_on
    people = (collaboration.host_lead, collaboration.partner_lead, a_member(db, an_organisation(db), Role.OFFICER))
    db.commit()
    host, partner, stranger = (client_of(person) for person in people)
    later = (ends_on + dt.timedelta(days=30)).isoformat()

    assert host.submit(f"{href}/changes/new", {"kind": "extension", "text": "Kept words"}).status_code == 422
    assert host.submit(f"{href}/changes/new", {"kind": "money", "text": "Kept", "amount_minor": "-1"}).status_code == 422
    sent = {"kind": "extension", "text": "The <b>frost</b>.", "until_on": later, "amount_minor": ""}
    assert host.submit(f"{href}/changes/new", sent).status_code == 303
    assert "frost" not in partner.get(f"{href}/changes").text
    at = "/change-requests/1"
    assert partner.get(f"{at}/edit").status_code == 404
    assert host.submit(f"{at}/steps/submit").status_code == 303
    assert partner.submit(f"{at}/steps/assess", {"text": ""}).status_code == 422
    assert partner.submit(f"{at}/steps/assess", {"text": "Costs nothing."}).status_code == 303
    assert [stranger.get(f"{href}/changes").status_code, stranger.submit(f"{at}/agree/partner_lead").status_code] == [404, 404]
    assert host.submit(f"{at}/agree/partner_lead").status_code == 403
    assert partner.submit(f"{at}/agree/nobody").status_code == 404
    assert partner.submit(f"{at}/agree/partner_lead").status_code == 303
    page = partner.get(f"{href}/changes").text
    assert "The &lt;b&gt;frost&lt;/b&gt;." in page
    assert "In force" in page
    with count_statements() as one:
        host.get(f"{href}/changes")
    for _ in range(2):
        host.submit(f"{href}/changes/new", sent)
    with count_statements() as three:
        host.get(f"{href}/changes")
    assert len(one) == len(three) <= 6


def test_before_the_start_the_plan_itself_is_changed(db):
    collaboration = a_collaboration(db)
    with pytest.raises(Refused, match="not begun"):
        draft_change(db, collaboration, ChangeWish(ChangeKind.SCOPE, "More."), actor=actor_of(db, collaboration.host_lead))
