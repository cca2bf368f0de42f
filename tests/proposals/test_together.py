"""Several people write one proposal: who is asked, who then sees and does what, and how it ends."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from portal.accounts.actions import confirm
from portal.accounts.events import AccountErased
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Role
from portal.notifications.models import Delivery
from portal.organisations.models import Membership, Organisation
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.proposals.actions import change_right, expire_co_authors, invite_co_author, save_content
from portal.proposals.inputs import NewCoAuthor, RightGiven
from portal.proposals.models import CoAuthor
from portal.proposals.policies import READ, WRITER
from portal.proposals.queries import proposal_numbered
from portal.proposals.states import CoAuthorState, ProposalState, Right
from portal.proposals.workflow import CO_AUTHOR_FLOW
from tests import build
from tests.proposals.conftest import SUMMARY
from tests.proposals.make import a_co_author

S = CoAuthorState


@pytest.fixture
def written(session):
    """A draft, its author's actor, and somebody of a third house."""
    proposal = build.a_proposal(session)
    author = build.actor_of(session, proposal.author)
    other = build.a_member(session, build.an_organisation(session, "Third House"), name="Tove Third")
    return proposal_numbered(session, proposal.id), author, other


def test_a_co_author_is_invited_by_mail_joins_writes_and_loses_it_at_once(case, client_of):
    draft = case.proposal(ProposalState.DRAFT)
    house = build.an_organisation(case.db, "Third House")
    other = build.a_member(case.db, house, name="Tove Third")
    case.db.commit()
    author, tove = client_of(case.people["author"]), client_of(other)

    assert author.submit(f"{draft.href}/team", {"email": other.email.upper(), "right": "edit"}).status_code == 303
    mail = case.db.scalars(select(Delivery).where(Delivery.to_address == other.email)).one()
    case.db.commit()
    at = re.search(r"https?://[^/\s]+(/co-authors/\d+)", mail.text)[1]
    assert SUMMARY not in mail.text
    for name in ("stranger", "owner", "host officer", "colleague", "administrator"):
        assert (name, client_of(case.people[name]).get(at).status_code) == (name, 404)
    invitation = tove.get(at).text
    assert "Anna Author" in invitation
    assert SUMMARY not in invitation
    assert tove.get(draft.href).status_code == 404
    assert "Anna Author" in tove.get("/work").text
    assert tove.submit(f"{at}/steps/accept", {"version": 1}).status_code == 303

    assert SUMMARY in tove.get(draft.href).text
    assert draft.reference in tove.get("/proposals").text
    assert "Go on writing" in tove.get(draft.href).text
    saved = tove.submit(f"{draft.href}/edit/team", {"team": "Tove.", "version": draft.version, "go": "leave"})
    assert saved.status_code == 303
    assert "Anna Author submits it." in tove.get(f"{draft.href}/edit/check").text
    for step in ("submit", "withdraw"):
        assert tove.submit(f"{draft.href}/steps/{step}", {}).status_code == 403
    assert tove.submit(f"{draft.href}/team", {"email": "more@example.org", "right": "view"}).status_code == 403

    author.submit(f"{at}/steps/end", {"version": 2})
    for path in ("", "/team", "/edit/summary"):
        assert tove.get(f"{draft.href}{path}").status_code == 404


def test_the_team_talks_among_itself_and_the_other_side_never_hears_it(case, client_of):
    draft = case.proposal(ProposalState.DRAFT)
    people = {right: build.a_member(case.db, build.an_organisation(case.db)) for right in Right}
    for right, person in people.items():
        a_co_author(case.db, draft, person, right)
    case.db.commit()
    talk = f"/threads/proposal_team/{draft.id}"

    for right, person in people.items():
        client = client_of(person)
        assert client.get(f"{draft.href}/edit/summary").status_code == (200 if right is Right.EDIT else 404)
        assert client.submit(talk, {"text": f"I {right.value}."}).status_code == (403 if right is Right.VIEW else 303)
        assert client.submit(f"/threads/proposal/{draft.id}", {"text": "No."}).status_code == (
            403 if right is Right.VIEW else 303
        )
    case.step(draft, "submit", "author")

    assert "I comment." in client_of(people[Right.VIEW]).get(f"{draft.href}/team").text
    for name in ("owner", "host officer"):
        client = client_of(case.people[name])
        assert client.submit(talk, {"text": "?"}).status_code == 404
        assert client.get(f"{draft.href}/team").status_code == 404
        assert "I comment." not in client.get(draft.href).text
    assert "I comment." in client_of(case.people["partner officer"]).get(f"{draft.href}/team").text


def test_nobody_of_the_listings_side_comes_to_write(session, written):
    proposal, author, _other = written
    host = session.get_one(Organisation, proposal.host_id)
    member = build.a_member(session, host)
    found = invite_co_author(session, proposal, NewCoAuthor(member.email), actor=author)
    with pytest.raises(Refused, match="your own organisation"):
        CO_AUTHOR_FLOW.perform(session, found, "accept", actor=build.actor_of(session, member))

    later = build.a_member(session, build.an_organisation(session))
    a_co_author(session, proposal, later)
    assert READ.holds(build.actor_of(session, later), proposal)
    build.join(session, later, host)
    assert not READ.holds(build.actor_of(session, later), proposal)


def test_invitations_say_what_is_wrong_with_an_address(session, written):
    proposal, author, other = written
    house = build.an_organisation(session, domain="host.example")
    proposal.host_id = house.id
    invite_co_author(session, proposal, NewCoAuthor(other.email), actor=author)

    for email, why in (
        (other.email, "invited already"),
        (session.get_one(User, proposal.author_id).email, "your own address"),
        ("somebody@lab.host.example", "that will decide"),
    ):
        with pytest.raises(Invalid, match=why):
            invite_co_author(session, proposal, NewCoAuthor(email), actor=author)
    with pytest.raises(Forbidden):
        invite_co_author(session, proposal, NewCoAuthor("a@b.example"), actor=build.actor_of(session, other))


def test_an_invitation_ends_after_fourteen_days(session, written):
    proposal, author, other = written
    found = invite_co_author(session, proposal, NewCoAuthor(other.email), actor=author)

    with clock.at(clock.now() + dt.timedelta(days=14)):
        with pytest.raises(Refused, match="expired"):
            CO_AUTHOR_FLOW.perform(session, found, "accept", actor=build.actor_of(session, other))
        assert [expire_co_authors(session), expire_co_authors(session)] == [1, 0]
    assert found.state is S.EXPIRED
    assert invite_co_author(session, proposal, NewCoAuthor(other.email), actor=author).state is S.INVITED


def test_an_address_without_an_account_finds_its_invitation_once_it_is_confirmed(session, written):
    proposal, author, _other = written
    found = invite_co_author(session, proposal, NewCoAuthor("new@example.org"), actor=author)
    assert found.account_id is None

    account = build.a_person(session)
    account.email, account.confirmed_at = "New@example.org", None
    confirm(session, account)

    assert found.account_id == account.id


def test_rights_follow_what_the_author_says_and_end_with_the_membership(session, written):
    proposal, author, other = written
    found = a_co_author(session, proposal, other)
    actor = build.actor_of(session, other)
    assert WRITER.holds(actor, proposal)

    change_right(session, found, RightGiven(Right.COMMENT), actor=author)
    with pytest.raises(Forbidden):
        save_content(session, proposal, build.content(title="Mine"), actor=actor, version=proposal.version)
    assert READ.holds(actor, proposal)

    membership = session.scalars(select(Membership).where(Membership.account_id == other.id)).one()
    MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=actor)
    assert not READ.holds(build.actor_of(session, other), proposal)
    assert found.state is S.ENDED


def test_who_approves_for_the_authors_side_does_not_write(session, written):
    proposal, author, _other = written
    officer = build.a_member(session, session.get_one(Organisation, proposal.organisation_id), Role.OFFICER)
    found = invite_co_author(session, proposal, NewCoAuthor(officer.email, Right.EDIT), actor=author)

    with pytest.raises(Refused, match="approve"):
        CO_AUTHOR_FLOW.perform(session, found, "accept", actor=build.actor_of(session, officer))


def test_an_erased_account_is_no_co_author(session, written):
    proposal, _author, other = written
    a_co_author(session, proposal, other)

    record(session, AccountErased(), actor=SYSTEM_ACTOR, subject=other)

    assert session.scalars(select(CoAuthor)).all() == []
