"""Rules 1, 2 and 9 of what is approved: bound to a version, never by one's own hand, never by silence."""

import datetime as dt
from dataclasses import fields, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState, Side
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.inputs import Reason
from portal.listings.states import DataClass, IpStance
from portal.proposals.actions import lapse_due, save_content
from portal.proposals.inputs import Acceptance, BudgetLine, Content, Enclosed, Member, Partner
from portal.proposals.inputs import covered as parts
from portal.proposals.inputs.covered import Covered, touched
from portal.proposals.inputs.houses import House
from portal.proposals.queries import proposal_in_full
from portal.proposals.states import CostCategory, FileCategory, Funding, ProposalState, Valuation
from portal.proposals.workflow import PROPOSAL_FLOW
from tests import build
from tests.build import actor_of, content
from tests.proposals.test_writing import version_in

HOST, PARTNER = Side.HOST, Side.PARTNER
SCOPE, MONEY, PEOPLE, TERMS = Covered
NAME = "Host Water"


def partners(host=NAME):
    return [Partner("Partner University", key="p1"), Partner(host, key="p2")]


def line(partner, amount=100):
    kind = (CostCategory.STAFF, Funding.IN_KIND)
    return BudgetLine(f"Time of {partner}", *kind, amount, partner, method=Valuation.RATES)


def asked(amount):
    return BudgetLine("Researcher", CostCategory.STAFF, Funding.ASKED, amount, "p1")


def filed(text, category):
    return replace(text, files=[*text.files, Enclosed("file.pdf", category, f"{category}", 1)])


# What an edit does to a content, and which part of which side's approval that touches.
EDITS = {
    "title": (lambda c: replace(c, title="Spelt better"), set()),
    "summary": (lambda c: replace(c, summary="In other words."), set()),
    "order": (lambda c: replace(c, partners=c.partners[::-1]), set()),
    "goal": (lambda c: replace(c, packages=[replace(c.packages[0], goal="More")]), {(HOST, SCOPE), (PARTNER, SCOPE)}),
    "start": (lambda c: replace(c, starts_on=dt.date(2027, 3, 1)), {(HOST, SCOPE), (PARTNER, SCOPE)}),
    "asked": (lambda c: replace(c, lines=[*c.lines, asked(7)]), {(HOST, MONEY), (PARTNER, MONEY)}),
    "own money": (lambda c: replace(c, lines=[*c.lines, line("p1", 8)]), {(PARTNER, MONEY)}),
    "host's money": (lambda c: replace(c, lines=[*c.lines, line("p2", 9)]), {(HOST, MONEY)}),
    "own person": (lambda c: replace(c, members=[*c.members, Member("Ada", "Leads", "p1")]), {(PARTNER, PEOPLE)}),
    "host's person": (lambda c: replace(c, members=[*c.members, Member("Bo", "Helps", "p2")]), {(HOST, PEOPLE)}),
    "house": (lambda c: replace(c, partners=[*c.partners, Partner("Third")]), {(HOST, PEOPLE), (PARTNER, PEOPLE)}),
    "rights": (lambda c: replace(c, results_owner=IpStance.OPEN), {(HOST, TERMS), (PARTNER, TERMS)}),
    "data": (lambda c: replace(c, data_class=DataClass.CONFIDENTIAL), {(HOST, TERMS), (PARTNER, TERMS)}),
    "annex": (lambda c: filed(c, FileCategory.ANNEX), {(HOST, SCOPE), (PARTNER, SCOPE)}),
    "quote": (lambda c: filed(c, FileCategory.QUOTE), {(HOST, MONEY), (PARTNER, MONEY)}),
    "letter": (lambda c: filed(c, FileCategory.LETTER), {(HOST, PEOPLE), (PARTNER, PEOPLE)}),
    "cv": (lambda c: filed(c, FileCategory.CV), {(PARTNER, PEOPLE)}),
    "paper": (lambda c: filed(c, FileCategory.PAPER), {(HOST, TERMS), (PARTNER, TERMS)}),
    "file's name": (lambda c: replace(c, files=[replace(one, name="other", confidential=True) for one in c.files]), set()),
    "compute": (lambda c: replace(c, compute_needs="400 GPU hours"), {(HOST, TERMS), (PARTNER, TERMS)}),
}


@given(st.sets(st.sampled_from(sorted(EDITS))))
def test_rule_1_exactly_the_approvals_are_touched_whose_parts_were_edited(names):
    before = after = content(partners=partners(), files=[Enclosed("first.pdf", FileCategory.OTHER, "0", 1)])
    expected = set()
    for name in names:
        edit, touches = EDITS[name]
        after, expected = edit(after), expected | touches

    assert {(side, part) for side in Side for part in touched(before, after, side, host=House(7, NAME))} == expected
    assert not any(touched(after, after, side, host=House(7, NAME)) for side in Side)


def test_the_host_is_known_by_its_number_whatever_it_is_called_since():
    own, renamed = (partners(name) for name in (NAME, "Host Water and Power"))
    numbered = [own[0], replace(own[1], organisation=7)]
    read = content(partners=numbered, lines=[line("p2", 9)])
    versions = {  # of the same text, after the house was renamed
        "as it was": read,
        "renamed in the text": replace(read, partners=[own[0], replace(renamed[1], organisation=7)]),
        "from before rows had numbers": replace(read, partners=own),
    }

    for name, text in versions.items():
        after = replace(text, lines=[line("p2", 10)])
        found = {(side, part) for side in Side for part in touched(read, after, side, host=House(7, "Host Water and Power"))}
        assert found == {(HOST, MONEY)}, name
    other = replace(read, partners=[own[0], Partner("Third", key="p2", organisation=8)], lines=[])
    assert touched(replace(read, lines=[]), other, HOST, host=House(7, NAME)) == [PEOPLE]


def test_every_field_of_a_proposal_is_covered_or_named_as_immaterial():
    named = [*parts.SCOPE, *parts.MONEY, *parts.PEOPLE, *parts.TERMS, *parts.BY_CATEGORY, *parts.IMMATERIAL]
    assert sorted(named) == sorted(field.name for field in fields(Content))


def sent_back(session, by):
    """A proposal whose other side approved version 1 while `by` sent it back; and the people."""
    proposal = build.a_proposal(session, partners=partners("Listing's organisation"))
    host_name = proposal.host.name
    author, owner = actor_of(session, proposal.author), actor_of(session, proposal.listing.owner)
    save_content(
        session, proposal, content(partners=partners(host_name), lines=[asked(8_000_000)]), actor=author, version=proposal.version
    )
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)
    accept(session, proposal, owner)
    for slot in slots(session, proposal, 1):
        if slot.side is not by:
            APPROVAL_FLOW.perform(session, slot, "approve", actor=officer(session, slot), given=Consent("Fine."))
    slot = next(slot for slot in slots(session, proposal, 1) if slot.side is by)
    APPROVAL_FLOW.perform(session, slot, "return", actor=officer(session, slot), given=Reason("Not yet."))
    assert proposal.state is ProposalState.REVISION_REQUESTED
    return proposal, author, owner


def accept(session, proposal, owner):
    PROPOSAL_FLOW.perform(session, proposal, "take_up", actor=owner)
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner, given=Acceptance())


def officer(session, slot):
    organisation = session.get_one(build.Organisation, slot.organisation_id)
    return actor_of(session, build.a_member(session, organisation, build.Role.OFFICER))


def slots(session, proposal, number):
    query = select(Approval).where(Approval.subject_id == proposal.id, Approval.number == number).order_by(Approval.id)
    return session.scalars(query).all()


def resubmit(session, proposal, author, owner, *names):
    after = proposal.written
    for name in names:
        after = EDITS[name][0](after)
    save_content(session, proposal, after, actor=author, version=proposal.version)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)
    accept(session, proposal, owner)


_ONE_OF_EACH = ("title", "goal", "asked", "own money", "host's money", "own person", "host's person", "rights")
_PAIRS = [names for n in (1, 2) for names in combinations(_ONE_OF_EACH, n)]


@pytest.mark.parametrize("by", Side)
def test_rule_1_the_next_version_opens_exactly_what_was_touched(session, by):
    proposal, author, owner = sent_back(session, by)
    number = proposal.id
    for names in _PAIRS:
        expected = sorted(part for name in names for side, part in EDITS[name][1] if side is not by)
        with session.begin_nested() as tried:
            resubmit(session, proposal, author, owner, *names)
            other = next(slot for slot in slots(session, proposal, 2) if slot.side is not by)
            own = next(slot for slot in slots(session, proposal, 2) if slot.side is by)
            assert (names, sorted(other.touched)) == (names, sorted({str(part) for part in expected}))
            assert (names, other.state) == (names, ApprovalState.OPEN if expected else ApprovalState.APPROVED)
            assert (other.given_for, other.is_kept, other.note) == (1, not expected, "" if expected else "Fine.")
            assert (own.state, own.given_for) == (ApprovalState.OPEN, None)
            tried.rollback()
        session.expire_all()
        proposal = proposal_in_full(session, number)


def test_small_edits_do_not_add_up_unseen(session):
    proposal, author, owner = sent_back(session, PARTNER)
    resubmit(session, proposal, author, owner, "own person")
    host, partner = slots(session, proposal, 2)
    assert (host.is_kept, host.read_number) == (True, 1)
    APPROVAL_FLOW.perform(session, partner, "return", actor=officer(session, partner), given=Reason("Still not."))

    resubmit(session, proposal, author, owner, "goal")
    host, partner = slots(session, proposal, 3)
    assert (host.state, host.given_for, host.touched) == (ApprovalState.OPEN, 1, ["scope"])
    assert {"proposal.approval_goes_on", "proposal.approval_reopened"} <= set(build.facts(session, proposal))


def test_an_approval_that_goes_on_completes_the_proposal_with_the_other(session):
    proposal, author, owner = sent_back(session, PARTNER)
    resubmit(session, proposal, author, owner, "own money")
    _host, partner = slots(session, proposal, 2)

    APPROVAL_FLOW.perform(session, partner, "approve", actor=officer(session, partner), given=Consent())

    assert proposal.state is ProposalState.ACCEPTED


def test_rule_2_one_person_does_not_fill_the_other_slot_beside_an_approval_that_goes_on(session):
    proposal, author, owner = sent_back(session, PARTNER)
    resubmit(session, proposal, author, owner, "own money")
    host, partner = slots(session, proposal, 2)
    both = session.get_one(build.User, host.decided_by_id)
    build.join(session, both, proposal.organisation, build.Role.OFFICER)

    with pytest.raises(Refused, match="already decided for the other side"):
        APPROVAL_FLOW.perform(session, partner, "approve", actor=actor_of(session, both), given=Consent())


def test_rule_2_the_approval_of_somebody_who_accepts_the_next_version_does_not_go_on(session):
    proposal, author, owner = sent_back(session, PARTNER)
    by = session.get_one(build.User, slots(session, proposal, 1)[0].decided_by_id)
    proposal.listing.owner_id = by.id
    session.flush()

    resubmit(session, proposal, author, actor_of(session, by), "own money")

    host, _partner = slots(session, proposal, 2)
    assert (host.state, host.given_for) == (ApprovalState.OPEN, None)


def test_rule_9_an_approval_has_an_owner_a_date_and_a_reason_and_never_comes_of_silence(session):
    proposal = build.a_proposal(session, state=ProposalState.IN_APPROVAL)
    waiting = slots(session, proposal, 1)
    assert all(slot.due_at and slot.organisation_id for slot in waiting)
    with pytest.raises(Invalid):
        Reason(" ")

    with clock.at(clock.now() + dt.timedelta(days=400)):
        lapse_due(session)

    assert {slot.state for slot in waiting} == {ApprovalState.OPEN}
    assert proposal.state is ProposalState.IN_APPROVAL


def test_rule_1_both_sides_read_what_goes_on_and_what_opened_again_and_why(case, client_of, count_statements):
    draft = case.proposal(ProposalState.IN_APPROVAL)
    people = {name: client_of(case.people[name]) for name in ("author", "owner", "host officer", "partner officer")}
    (host, partner), version = case.slots(draft), {"version": 1}
    slots_at = [f"/approvals/{slot.id}/steps" for slot in (host, partner)]
    case.db.commit()
    assert people["host officer"].submit(f"{slots_at[0]}/approve", version).status_code == 303
    assert people["partner officer"].submit(f"{slots_at[1]}/return", version | {"text": "No."}).status_code == 303
    edit = people["author"].get(f"{draft.href}/edit/summary")
    people["author"].submit(f"{draft.href}/edit/summary", {"title": "Spelt", "summary": "In short.", "version": version_in(edit)})

    with count_statements() as asked_first:
        check = people["author"].get(f"{draft.href}/edit/check").text
    assert "Host Water approved version 1; that holds, nothing of what it covers changed." in check
    assert len(asked_first) <= 6
    edit = people["author"].get(f"{draft.href}/edit/rights")
    rights = {"results_owner": "open", "personal_data": "no", "version": version_in(edit)}
    assert people["author"].submit(f"{draft.href}/edit/rights", rights).status_code == 303
    check = people["author"].get(f"{draft.href}/edit/check").text
    assert "Host Water approved version 1 and has to approve again: the terms changed." in check

    case.step(draft, "submit", "author")
    case.step(draft, "take_up", "owner")
    case.step(draft, "accept", "owner", Acceptance())
    for client in people.values():
        assert "Version 1 was approved; open again, because this changed: the terms" in client.get(draft.href).text
