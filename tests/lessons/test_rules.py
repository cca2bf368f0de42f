"""What went wrong in other systems, and does not here: what the portal refuses, and what time does not do.

Each test says where it was told, in words of its own.
"""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.approvals.workflow import APPROVAL_FLOW
from portal.emergencies.actions import ask_to_read
from portal.emergencies.inputs import Emergency
from portal.imports.text import to_line, to_markdown
from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.policy import Role
from portal.kernel.spreadsheets import csv_pieces
from portal.listings.actions import add_field, reword_term
from portal.listings.inputs import TermText, written
from portal.listings.models import ListingField
from portal.listings.queries import fields_coded
from portal.listings.search import documents
from portal.listings.states import Intake, Kind, ListingState, Visibility
from portal.listings.workflow import LISTING_FLOW
from portal.mergers.actions import ask_for_merger
from portal.mergers.inputs import Wanted
from portal.organisations.queries import membership_of
from portal.organisations.states import MembershipState
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.proposals.states import InterestState, ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.web.markdown import markdown
from tests import build
from tests.build import GIVEN, a_listing, a_member, a_person, a_proposal, actor_of, an_interest, an_organisation


@pytest.fixture
def database_url(sqlite_url):
    """One system is enough: what databases do differently is tested where the features are."""
    return sqlite_url


def test_time_that_passes_approves_admits_accepts_and_opens_nothing(session, frozen):
    """Waldur documents that a deadline moved a step on. Here it ends things, or lets them wait."""
    admin = a_person(session, admin=True)
    proposal = a_proposal(session, state=ProposalState.IN_APPROVAL)
    sent = a_proposal(session, state=ProposalState.SUBMITTED)
    interest = an_interest(session, a_listing(session), a_member(session, an_organisation(session)))
    reviewed = a_listing(session, state=ListingState.IN_REVIEW)
    late = a_listing(session, state=ListingState.SCHEDULED, closes_at=clock.now() + dt.timedelta(days=20))
    request = build.a_request(session, a_person(session), an_organisation(session))
    duplicate, unchecked = an_organisation(session), an_organisation(session, verified=False)
    asked = ask_for_merger(
        session, duplicate, an_organisation(session), Wanted("The same.", seen=True), actor=actor_of(session, admin)
    )
    reading = ask_to_read(session, Emergency(sent.reference, "Somebody reports a threat in it."), actor=actor_of(session, admin))
    waiting = (proposal, sent, reviewed, late, request, asked, reading, unchecked)
    states = [each.state for each in waiting]

    with clock.at(clock.now() + dt.timedelta(days=400)):
        for _ in range(2):
            for move in wiring.TIMED:
                move(session)

    assert [each.state for each in waiting] == states
    assert interest.state is InterestState.LAPSED
    assert set(session.scalars(select(Approval._state))) == {ApprovalState.OPEN}


def test_whether_one_may_answer_is_asked_again_when_one_does(session):
    """Outreachy and Waldur ask at the door; between the door and the desk things change."""
    refusals = []
    for change in ("left", "closed", "asks for an interest first"):
        draft = a_proposal(session)
        listing, author = draft.listing, actor_of(session, session.get_one(User, draft.author_id))
        if change == "left":
            membership = membership_of(session, author.id, draft.organisation_id)
            MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=author)
        elif change == "closed":
            listing.closes_at = clock.now() - dt.timedelta(seconds=1)
        else:
            listing.intake = Intake.INTEREST
        session.flush()
        with pytest.raises(Refused) as refused:
            PROPOSAL_FLOW.perform(session, draft, "submit", actor=actor_of(session, session.get_one(User, draft.author_id)))
        refusals.append(str(refused.value.why))

    begins = ("You no longer belong", "The listing is closed", "They ask for an expression of interest first")
    assert [text.startswith(begin) for text, begin in zip(refusals, begins, strict=True)] == [True] * 3


def test_conditions_that_nobody_can_meet_are_refused(session):
    """Waldur took rules that shut everybody out, and said nothing."""
    host = an_organisation(session)
    owner = a_member(session, host, Role.POSTER)
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(Invalid, match="before it closes"):
        written(Kind.CHALLENGE, title="Never open", opens_on=tomorrow, closes_on=tomorrow - dt.timedelta(days=1))
    with pytest.raises(Invalid):
        written(Kind.INTERNSHIP, title="For nobody", places=0)
    for values in ({"visibility": Visibility.NAMED}, {"closes_at": clock.now() - dt.timedelta(days=1)}):
        draft = a_listing(session, owner, host, state=ListingState.DRAFT, **values)
        session.execute(build.ListingReader.__table__.delete())
        with pytest.raises(Refused):
            LISTING_FLOW.perform(session, draft, "submit", actor=actor_of(session, owner))


def test_a_term_that_is_reworded_stays_the_same_term(session):
    """pretalx gave a field another identifier when its label was edited, and answers lost their question."""
    term, _new = add_field(session, "oecd-ford", "1.2", "Computer sciences")
    listing = a_listing(session)
    session.add(ListingField(listing_id=listing.id, field_id=term.id))
    known = (term.id, term.scheme, term.code)

    reword_term(session, term, TermText("Informatics"), actor=build.ADMIN)
    session.flush()
    session.expire_all()

    assert (term.id, term.scheme, term.code) == known
    assert fields_coded(session, ["1.2"]) == [term]
    assert [document.fields for document in documents(session, [listing.id])] == [("Informatics",)]


@given(
    st.integers(100, 999),
    st.integers(100, 999),
    st.sampled_from(["%s", "{{%s}}", "${%s}", "<%%= %s %%>", "=%s", "eval('%s')", "{%% print(%s) %%}"]),
)
def test_no_text_is_ever_worked_out(one, other, form):
    """ubccr/coldfront#551: what came in with a publication was evaluated as a program."""
    text, result = form % f"{one}*{other}", str(one * other)
    read = [to_line(text, form) for form in ("html", "markdown", "text")] + [to_markdown(text)]

    assert not any(result in each for each in (*read, *(str(markdown(each)) for each in read)))
    (row,) = csv.reader(io.StringIO(b"".join(csv_pieces([[text]])).decode("utf-8-sig")))
    assert row[0].lstrip("'") == text and not row[0].startswith("=")


def test_to_ask_for_changes_is_a_decision_of_its_own(session):
    """indico/indico#6752: without one, people marked as a duplicate what they wanted revised."""
    proposal, listing = a_proposal(session, state=ProposalState.IN_REVIEW), a_listing(session, state=ListingState.IN_REVIEW)
    approved = a_proposal(session, state=ProposalState.IN_APPROVAL)
    owner, reference = actor_of(session, session.get_one(User, proposal.listing.owner_id)), proposal.reference

    PROPOSAL_FLOW.perform(session, proposal, "ask_changes", actor=owner, given=GIVEN["Reason"])
    LISTING_FLOW.perform(session, listing, "ask_changes", actor=build.ADMIN, given=GIVEN["Review"])
    slot = session.scalars(select(Approval).where(Approval.organisation_id == approved.organisation_id)).one()
    officer = actor_of(session, a_member(session, approved.organisation, Role.OFFICER))
    APPROVAL_FLOW.perform(session, slot, "return", actor=officer, given=GIVEN["Reason"])

    assert {each.state for each in (proposal, approved)} == {ProposalState.REVISION_REQUESTED}
    assert (listing.state, proposal.reference) == (ListingState.EDITS_REQUESTED, reference)
    for each, flow in ((proposal, PROPOSAL_FLOW), (listing, LISTING_FLOW)):
        assert "submit" in [row.action for row in flow.rows_from(each.state)]


def test_nothing_is_open_without_somebody_who_answers_for_it(session):
    """outreachy/website#5: projects went live that no mentor had agreed to, and applicants wrote to nobody."""
    host = an_organisation(session)
    owner, officer = a_member(session, host, Role.POSTER), a_member(session, host, Role.OFFICER)
    internship = a_listing(session, owner, host, kind=Kind.INTERNSHIP, state=ListingState.DRAFT)
    internship.internship.supervision_hours = None
    with pytest.raises(Refused, match="Name a supervisor"):
        LISTING_FLOW.perform(session, internship, "submit", actor=actor_of(session, owner))
    live = [a_listing(session, owner, host, state=state) for state in (ListingState.SCHEDULED, ListingState.PUBLISHED)]

    membership = membership_of(session, owner.id, host.id)
    MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=actor_of(session, owner))

    assert membership.state is MembershipState.ENDED
    assert [(each.owner_id, owner.id in each.owner_ids) for each in live] == [(officer.id, False)] * 2
