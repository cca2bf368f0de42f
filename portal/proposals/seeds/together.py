"""One draft of the demonstration is written by two, with a partner who has yet to confirm it."""

import datetime as dt
from dataclasses import replace

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.seeding import Stage
from portal.proposals.actions import ask_partners, invite_co_author, keep_part, name_partner, save_content
from portal.proposals.inputs import NewCoAuthor, PartKept
from portal.proposals.models import CoAuthor, Proposal
from portal.proposals.queries import proposal_numbered
from portal.proposals.states import Right
from portal.proposals.workflow import CO_AUTHOR_FLOW
from portal.threads.actions import post_message

_SHARED = ("textile", "ingrid")
_WRITER, _LEAD, _STRANGER = "mei", "helena", "tove.lindqvist@example.org"
_APPROACH = "We sort what arrives by fibre first, agree with the sorters how success is measured, and report every month."


def write_together(stage: Stage, proposal: Proposal, listing_key: str, author: str) -> None:
    """If it is that draft: invite a student who writes, a company that stands behind it, and somebody who has not answered."""
    if (listing_key, author) != _SHARED:
        return
    session, actor = stage.session, stage.actor_of(author)
    joining = {}
    for key, right in ((_WRITER, Right.EDIT), (_LEAD, Right.VIEW)):
        address = session.get_one(User, stage.actor_of(key).id).email
        joining[key] = invite_co_author(session, proposal, NewCoAuthor(address, right), actor=actor)
    invite_co_author(session, proposal, NewCoAuthor(_STRANGER, Right.COMMENT), actor=actor)
    for hours, key in ((3, _WRITER), (6, _LEAD)):
        stage.plan(clock.now() + dt.timedelta(hours=hours), lambda key=key: _join(stage, joining[key], key))  # type: ignore[misc]
    stage.plan(clock.now() + dt.timedelta(hours=20), lambda: _write(stage, proposal.id, author))
    stage.plan(clock.now() + dt.timedelta(hours=26), lambda: _ask(stage, proposal.id, author, joining[_LEAD].id))


def _join(stage: Stage, co_author: CoAuthor, key: str) -> None:
    CO_AUTHOR_FLOW.perform(stage.session, co_author, "accept", actor=stage.actor_of(key))


def _write(stage: Stage, number: int, author: str) -> None:
    session, proposal = stage.session, proposal_numbered(stage.session, number)
    writer = stage.actor_of(_WRITER)
    for part, owner, done in (("summary", author, True), ("plan", _WRITER, False), ("budget", author, False)):
        keep_part(session, proposal, part, PartKept(stage.actor_of(owner).id, done), actor=stage.actor_of(author))
    changed = replace(proposal.written, approach=_APPROACH)
    save_content(session, proposal, changed, actor=writer, version=proposal.version)
    text = "I have begun the plan. Are two months enough for the sorting trials?"
    post_message(session, "proposal_team", number, text, actor=writer)


def _ask(stage: Stage, number: int, author: str, lead: int) -> None:
    session, proposal, actor = stage.session, proposal_numbered(stage.session, number), stage.actor_of(author)
    post_message(session, "proposal_team", number, "Make it three: the spring season brings the worst lots.", actor=actor)
    name_partner(session, proposal, lead, actor=actor)
    ask_partners(session, proposal, actor=actor)
