"""Builders of those who write proposals together."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.proposals.actions import invite_co_author, name_partner
from portal.proposals.inputs import Confirming, NewCoAuthor
from portal.proposals.models import CoAuthor, Folder, Proposal
from portal.proposals.queries import confirmations_of, proposal_numbered
from portal.proposals.states import CoAuthorState, ConfirmationState, ProposalState, Right
from portal.proposals.workflow import CO_AUTHOR_FLOW, CONFIRMATION_FLOW
from tests import build

CO_AUTHORS = {"co-reader": Right.VIEW, "co-commenter": Right.COMMENT, "co-editor": Right.EDIT}


def a_co_author(session, proposal, account, right=Right.EDIT, *, state=CoAuthorState.ACTIVE):
    """`account` takes part in writing `proposal`, or did, or may; the author invites."""
    proposal = proposal_numbered(session, proposal.id)
    author = build.actor_of(session, session.get_one(User, proposal.author_id))
    co_author = invite_co_author(session, proposal, NewCoAuthor(account.email, right), actor=author)
    build.walk(session, CO_AUTHOR_FLOW, co_author, state, by=build.actor_of(session, account), author=author)
    return co_author


def a_partner(session, proposal, account):
    """The organisation of `account`, who takes part and leads for it, is a partner of the proposal."""
    lead = a_co_author(session, proposal, account, Right.VIEW)
    proposal = proposal_numbered(session, proposal.id)
    author = build.actor_of(session, session.get_one(User, proposal.author_id))
    named = name_partner(session, proposal, lead.id, actor=author)
    return next(one for one in confirmations_of(session, proposal.id) if one.id == named.id)


def bring_to(session, confirmation, state):
    """By the steps that lead there."""
    proposal = confirmation.proposal
    lead, author = (build.actor_of(session, session.get_one(User, n)) for n in (confirmation.lead_id, proposal.author_id))
    given = {"confirm": Confirming(proposal.digest), "object": Reason("Not like this.")}
    for row in CONFIRMATION_FLOW.path_to(state):
        actor = lead if row.action in given else author
        CONFIRMATION_FLOW.perform(session, confirmation, row.action, actor=actor, given=given.get(row.action))


def _confirmed_by_partners(session, draft):
    """Partners of all minds; who leaves one out asks all the others anew, and so does who names one."""
    named = {
        state: a_partner(session, draft, build.a_member(session, build.an_organisation(session))) for state in ConfirmationState
    }
    for state in reversed(ConfirmationState):
        bring_to(session, named[state], state)


def write_everything_together(session, people):
    """A draft has co-authors of all fates; every proposal one for each right, and one who joined the listing's side since."""
    draft = session.scalars(select(Proposal).where(Proposal._state == ProposalState.DRAFT)).first()
    for state in CoAuthorState:
        a_co_author(session, draft, build.a_person(session), state=state)
    _confirmed_by_partners(session, draft)
    for proposal in session.scalars(select(Proposal)).all():
        session.add(Folder(id=proposal.id, begun_at=clock.now()))
        for name, right in (*CO_AUTHORS.items(), ("host member", Right.EDIT)):
            session.add(_joined_long_ago(proposal, people[name], right))
    session.flush()
    session.expire_all()


def _joined_long_ago(proposal, account, right):
    whose = {"proposal_id": proposal.id, "organisation_id": proposal.organisation_id, "invited_by_id": proposal.author_id}
    when = {"created_at": clock.now(), "expires_at": clock.now(), "joined_at": clock.now()}
    who = {"email": account.email, "account_id": account.id, "right": right}
    return CoAuthor(_state=CoAuthorState.ACTIVE, **whose, **when, **who)
