"""Every partner stands behind exactly the text that is submitted, or it is not."""

import datetime as dt
from dataclasses import replace

import pytest

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.organisations.models import Organisation
from portal.proposals.actions import ask_partners, keep_part, name_partner, remind_partners, save_content
from portal.proposals.inputs import Confirming, PartKept, Partner
from portal.proposals.policies import LEAD
from portal.proposals.queries import co_authors_of, proposal_in_full, proposal_numbered
from portal.proposals.states import ConfirmationState, ProposalState, Right
from portal.proposals.workflow import CO_AUTHOR_FLOW, CONFIRMATION_FLOW, PROPOSAL_FLOW
from tests import build
from tests.proposals.contents import by_partner
from tests.proposals.make import a_co_author, a_partner
from tests.proposals.test_writing import version_in

S = ConfirmationState


@pytest.fixture
def draft(session):
    """A draft, its author as actor, and two partners who were asked."""
    proposal = build.a_proposal(session, **by_partner())
    author = build.actor_of(session, proposal.author)
    partners = [a_partner(session, proposal, build.a_member(session, build.an_organisation(session))) for _ in range(2)]
    proposal = proposal_numbered(session, proposal.id)
    assert ask_partners(session, proposal, actor=author) == 2
    return proposal, author, partners


def text_of(proposal, **changed):
    return replace(proposal.written, **changed)


def lead_of(session, partner):
    return build.actor_of(session, session.get_one(User, partner.lead_id))


def confirm(session, partner, digest):
    CONFIRMATION_FLOW.perform(session, partner, "confirm", actor=lead_of(session, partner), given=Confirming(digest))


def test_it_is_submitted_only_when_all_confirmed_the_same_text(session, draft):
    proposal, author, (first, second) = draft
    confirm(session, first, proposal.digest)
    with pytest.raises(Refused, match="Every partner has to confirm"):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)

    confirm(session, second, proposal.digest)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)

    assert proposal.state is ProposalState.SUBMITTED


def test_any_later_change_has_to_be_confirmed_anew(session, draft):
    proposal, author, partners = draft
    read = proposal.digest
    for partner in partners:
        confirm(session, partner, read)

    save_content(session, proposal, text_of(proposal, title="Another"), actor=author, version=proposal.version)

    assert {partner.state for partner in partners} == {S.OPEN}
    with pytest.raises(Refused, match="changed since you opened it"):
        confirm(session, partners[0], read)
    with pytest.raises(Refused, match="Every partner"):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)


def test_who_confirms_stands_among_the_partners_of_the_text(session, draft):
    proposal, author, (first, second) = draft
    rows = {each.organisation: each.name for each in text_of(proposal).partners}
    assert {first.partner_id, second.partner_id} <= set(rows)
    assert list(rows.values())[1:] == [session.get_one(Organisation, number).name for number in rows if number]

    def save(partners):
        save_content(session, proposal, text_of(proposal, partners=partners), actor=author, version=proposal.version)

    kept = [each for each in text_of(proposal).partners if each.organisation != second.partner_id]
    with pytest.raises(Invalid, match="is to confirm this text"):
        save(kept)
    CONFIRMATION_FLOW.perform(session, second, "leave_out", actor=author)
    save([*kept, Partner("Third House")])
    third = build.an_organisation(session, "Third House")
    a_partner(session, proposal, build.a_member(session, third))

    named = [each for each in text_of(proposal_numbered(session, proposal.id)).partners if each.name == "Third House"]
    assert [(each.organisation, each.key) for each in named] == [(third.id, text_of(proposal).partners[-1].key)]


def test_who_takes_part_is_part_of_what_is_confirmed(session, draft):
    proposal, author, (first, second) = draft
    confirm(session, first, proposal.digest)

    CONFIRMATION_FLOW.perform(session, second, "leave_out", actor=author)
    assert first.state is S.OPEN
    confirm(session, first, proposal.digest)
    a_partner(session, proposal, build.a_member(session, build.an_organisation(session)))
    assert first.state is S.OPEN


def test_a_lead_who_takes_no_part_any_more_confirms_nothing(session, draft):
    proposal, author, (first, second) = draft
    for partner in (first, second):
        confirm(session, partner, proposal.digest)
    lead = lead_of(session, first)
    part = next(one for one in co_authors_of(session, proposal.id) if one.account_id == lead.id)
    CO_AUTHOR_FLOW.perform(session, part, "leave", actor=lead)

    assert [asked.lead_id for asked in proposal.unconfirmed] == [lead.id]
    assert not LEAD.holds(lead, first)
    with pytest.raises(Refused, match="Every partner"):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)


def test_only_the_lead_speaks_and_says_why_not(session, draft):
    proposal, author, (first, second) = draft
    for actor in (author, lead_of(session, second)):
        with pytest.raises(Forbidden):
            CONFIRMATION_FLOW.perform(session, first, "confirm", actor=actor, given=Confirming(proposal.digest))

    CONFIRMATION_FLOW.perform(session, first, "object", actor=lead_of(session, first), given=Reason("Too dear."))

    assert (first.state, first.note) == (S.OBJECTED, "Too dear.")
    assert ask_partners(session, proposal, actor=author) == 1


def test_partners_are_other_houses_and_each_is_named_once(session, draft):
    proposal, author, (first, _second) = draft
    own = a_co_author(session, proposal, build.a_person(session))
    with pytest.raises(Refused, match="no organisation but your own"):
        name_partner(session, proposal, own.id, actor=author)
    there = next(one for one in co_authors_of(session, proposal.id) if one.account_id == first.lead_id)
    with pytest.raises(Refused, match="a partner already"):
        name_partner(session, proposal, there.id, actor=author)


def test_who_does_not_answer_is_reminded_once(session, draft):
    with clock.at(clock.now() + dt.timedelta(days=3)):
        assert [remind_partners(session), remind_partners(session)] == [2, 0]
    assert build.facts(session).count("confirmation.due") == 2


def test_parts_are_kept_by_those_who_write(session, draft):
    proposal, author, (first, _second) = draft
    editor = a_co_author(session, proposal, build.a_person(session), Right.EDIT)
    proposal = proposal_in_full(session, proposal.id)
    keep_part(session, proposal, "plan", PartKept(editor.account_id), actor=author)
    assert proposal.keepers == {"plan": (editor.account_id, False)}

    actor = build.actor_of(session, session.get_one(User, editor.account_id))
    keep_part(session, proposal, "plan", PartKept(editor.account_id, done=True), actor=actor)
    assert proposal.keepers == {"plan": (editor.account_id, True)}
    with pytest.raises(Invalid, match="somebody who writes"):
        keep_part(session, proposal, "plan", PartKept(first.lead_id), actor=author)
    with pytest.raises(Forbidden):
        keep_part(session, proposal, "plan", PartKept(0), actor=lead_of(session, first))


def test_a_partner_confirms_on_the_page_and_everybody_of_the_team_sees_who_holds_it(case, client_of, count_statements):
    draft = case.proposal(ProposalState.DRAFT, **by_partner())
    person = build.a_member(case.db, build.an_organisation(case.db, "Third House"), name="Tove Third")
    a_co_author(case.db, draft, person, Right.EDIT)
    case.db.commit()
    author, tove = client_of(case.people["author"]), client_of(person)

    number = author.get(f"{draft.href}/team").text.partition('name="co_author" value="')[2].partition('"')[0]
    assert author.submit(f"{draft.href}/partners", {"co_author": number}).status_code == 303
    assert tove.submit(f"{draft.href}/partners", {"co_author": number}).status_code == 403
    assert "Waits for Anna Author to ask" in tove.get(f"{draft.href}/team").text
    assert author.submit(f"{draft.href}/partners/ask").status_code == 303
    assert author.submit(f"{draft.href}/edit/plan/owner", {"owner_id": str(person.id)}).status_code == 303

    work = tove.get("/work").text
    assert "Confirm for your organisation" in work
    assert "Write your part of" in work
    for path in (f"{draft.href}/team", "/confirmations/1", f"{draft.href}/edit/check", draft.href):
        with count_statements() as asked:
            assert tove.get(path).status_code == 200
        assert (path, len(asked) <= 6) == (path, True)
    page = tove.get("/confirmations/1").text
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    check = author.get(f"{draft.href}/edit/check").text
    assert "Every partner has to confirm exactly this text first" in check
    assert "Tove Third" in check
    assert tove.submit("/confirmations/1/steps/confirm", {"digest": "x" * 64}).status_code == 409
    assert tove.submit("/confirmations/1/steps/confirm", {"digest": digest}).status_code == 303
    assert "Everything is there" in author.get(f"{draft.href}/edit/check").text

    version = version_in(tove.get(f"{draft.href}/edit/summary"))
    assert tove.submit(f"{draft.href}/edit/team", {"team": "Nobody.", "version": version}).status_code == 422
    rows = {"partners-0-key": "p1", "partners-0-name": "Partner", "partners-1-key": "p2", "partners-1-name": "Third House plc"}
    assert tove.submit(f"{draft.href}/edit/team", rows | {"version": version}).status_code == 303  # the same house
    version = version_in(tove.get(f"{draft.href}/edit/summary"))
    text = {"title": "Changed", "summary": "Changed.", "version": version}
    assert tove.submit(f"{draft.href}/edit/summary", text).status_code == 303
    assert author.submit(f"{draft.href}/steps/submit", {}).status_code == 409
    for name in ("stranger", "owner", "host officer", "administrator"):
        assert (name, client_of(case.people[name]).get("/confirmations/1").status_code) == (name, 404)
