"""The demonstration's answers: interests of every fate, and proposals in every state, over two years."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.kernel.states import member_of
from portal.listings.models import Listing
from portal.listings.seeds import begun_days_ago
from portal.listings.states import Kind
from portal.proposals.actions import begin_proposal, confirm_condition, hold_decision, save_content
from portal.proposals.inputs import (
    Answer,
    Conditional,
    Decline,
    Member,
    PassOn,
    Reserve,
    Screened,
)
from portal.proposals.models import Proposal
from portal.proposals.seeds.contents import content_of, revised
from portal.proposals.seeds.files import add_files, replace_life
from portal.proposals.seeds.interests import owner_of, plan_interest, plan_interests
from portal.proposals.seeds.together import write_together
from portal.proposals.states import DeclineCode, Onward
from portal.proposals.workflow import PROPOSAL_FLOW

AUTHORS = ("ingrid", "amara", "siobhan", "katrin", "tomas", "yusuf")
STUDENTS = ("mei", "leif", "anya")
# What becomes of the proposals, in turn; more than half of those decided come to something.
FATES = (
    "accepted", "accepted", "declined", "accepted", "submitted", "accepted", "revised", "in_approval", "accepted",
    "in_review", "withdrawn", "accepted", "draft", "returned", "accepted", "revision",
)  # fmt: skip
_SHORT = {"submitted", "in_review", "in_approval", "draft", "revision", "returned"}  # unfinished: began lately
# Each officer that can be tried finds an approval waiting: one for the author's side, who sent an earlier version back while
# the other side’s approval goes on, and one for the listing's.
_PINNED = {("track", "ingrid"): "again", ("leaks", "siobhan"): "unapproved"}
# And one listing's owner, with those who answer it, every kind of decision; two are held to be told together.
_PINNED |= {("leaks", "ingrid"): "conditional", ("leaks", "tomas"): "redirected", ("leaks", "amara"): "ineligible"}
_PINNED |= {("pumps", "yusuf"): "reserved", ("pumps", "katrin"): "held", ("pumps", "siobhan"): "held"}
_DECIDED = ("conditional", "redirected", "reserved", "held")
_PINNED_BEGAN = 9  # days ago


def seed(stage: Stage) -> None:
    """Put every answer on the agenda, once its listing is there."""
    fates = itertools.cycle(FATES)
    at = {person["key"]: person["at"] for person in stage.texts["people"]}
    for text in stage.texts["listings"]:
        kind = member_of(Kind, text["kind"])
        others = [key for key in AUTHORS if at[key] != at[text["by"]]]
        if kind in (Kind.CHALLENGE, Kind.PROJECT):
            for author in others:
                fate = next(fates)
                _plan_proposal(stage, text["key"], author, _PINNED.get((text["key"], author), fate))
        elif kind is Kind.INTERNSHIP:
            for number, student in enumerate(STUDENTS):
                plan_interest(stage, text["key"], student, number)
    plan_interests(stage)


def _plan_proposal(stage: Stage, listing_key: str, author: str, fate: str) -> None:
    text = next(text for text in stage.texts["listings"] if text["key"] == listing_key)
    earliest = begun_days_ago(stage, text) - 6
    if (listing_key, author) in _PINNED:
        days_ago = float(_PINNED_BEGAN)
    elif text["days_open"] < 0:  # closed long ago: what was not sent by then expired
        days_ago = float(min(earliest, 4 - text["days_open"]))
        fate = fate if fate in ("declined", "withdrawn", "accepted") else "draft"
    else:
        days_ago = stage.random.uniform(2, 16) if fate in _SHORT else stage.random.uniform(60, max(earliest, 61))
    stage.plan(stage.ago(min(days_ago, max(earliest, 2))), lambda: _propose(stage, listing_key, author, fate))


def _propose(stage: Stage, listing_key: str, author: str, fate: str) -> None:
    listing: Listing | None = stage.made.get(("listing", listing_key))
    if listing is None or not listing.is_open:
        return
    session, actor, owner = stage.session, stage.actor_of(author), owner_of(stage, listing)
    proposal = begin_proposal(session, listing, actor=actor, organisation_id=actor.seats[0].organisation_id)
    stage.made["proposal", f"{listing_key}/{author}"] = proposal
    save_content(session, proposal, content_of(stage, listing, listing_key, proposal), actor=actor, version=proposal.version)
    add_files(stage, proposal, listing_key, author)
    if fate == "draft":
        write_together(stage, proposal, listing_key, author)
    else:
        stage.later(2, lambda: _submitted(stage, proposal, actor, owner, fate))


def _submitted(stage: Stage, proposal: Proposal, actor: Actor, owner: Actor, fate: str) -> None:
    perform = _performer(stage, proposal)
    perform("submit", actor)
    if fate == "submitted":
        return
    if fate == "withdrawn":
        stage.later(4, lambda: perform("withdraw", actor))
        return
    if fate == "ineligible":
        reason = Screened("The listing is for groups that measure in mains of their own.", "They asked last year, too.")
        stage.later(1, lambda: perform("ineligible", owner, reason))
        return
    stage.later(1, lambda: _taken_up(stage, proposal, actor, owner, fate))


def _taken_up(stage: Stage, proposal: Proposal, actor: Actor, owner: Actor, fate: str) -> None:
    perform = _performer(stage, proposal)
    perform("take_up", owner)
    if fate == "declined":
        text = stage.random.choice(stage.texts["answers"])
        stage.later(stage.random.uniform(6, 24), lambda: perform("decline", owner, Decline(DeclineCode.FIT, text)))
    elif fate in _DECIDED:
        stage.later(1, lambda: _decide(stage, proposal, actor, owner, fate))
    elif fate in ("revised", "revision"):
        stage.later(3, lambda: _ask_revision(stage, proposal, actor, owner, fate))
    elif fate != "in_review":
        stage.later(stage.random.uniform(1, 12) if fate == "accepted" else 1, lambda: _accept(stage, proposal, owner, fate))


def _decide(stage: Stage, proposal: Proposal, actor: Actor, owner: Actor, fate: str) -> None:
    """The kinds of decision besides yes, no and not yet."""
    perform = _performer(stage, proposal)
    if fate == "conditional":
        conditions = ("Name a data steward for the pressure records.", "Start only after the winter peak.")
        perform("accept_conditionally", owner, Conditional(conditions, "We want this, once two things are settled."))
        stage.later(1, lambda: confirm_condition(stage.session, proposal, 1, actor=actor))
    elif fate == "redirected":
        pumps = stage.made["listing", "pumps"].reference
        perform("redirect", owner, PassOn(Onward.LISTING, pumps, "Your method fits our pumps better than our mains."))
    elif fate == "reserved":
        until = stage.today.date() + dt.timedelta(days=40)
        perform("reserve", owner, Reserve(1, until, "We can take on one; should they step back, it is you."))
    else:
        text = stage.random.choice(stage.texts["answers"])
        hold_decision(stage.session, proposal, "decline", Decline(DeclineCode.CAPACITY, text), actor=owner)


def _ask_revision(stage: Stage, proposal: Proposal, actor: Actor, owner: Actor, fate: str) -> None:
    perform = _performer(stage, proposal)
    perform("ask_changes", owner, Reason(stage.random.choice(stage.texts["revisions"])))
    if fate == "revision":
        return

    def revise() -> None:
        changed = revised(proposal.written)
        save_content(stage.session, proposal, changed, actor=actor, version=proposal.version)
        perform("submit", actor)
        stage.later(1, lambda: perform("take_up", owner))
        stage.later(4, lambda: _accept(stage, proposal, owner, "accepted"))

    stage.later(5, revise)


def _accept(stage: Stage, proposal: Proposal, owner: Actor, fate: str) -> None:
    _performer(stage, proposal)("accept", owner, Answer("The plan convinces us. Our office looks at it next."))
    about = (Approval.subject_type == "proposal", Approval.subject_id == proposal.id, Approval.number == proposal.number)
    slots = stage.session.scalars(select(Approval).where(*about).order_by(Approval.id)).all()
    if fate == "returned":
        stage.later(1, lambda: _fill(stage, slots[1], "return", Reason("The overhead rate is last year’s. Please correct it.")))
        return
    if fate == "unapproved":
        return
    if fate == "again":
        stage.later(0, lambda: _fill(stage, slots[0], "approve", Consent()))
        stage.later(1, lambda: _send_back(stage, proposal, owner, slots[1]))
        return
    stage.later(2, lambda: _fill(stage, slots[0], "approve", Consent()))
    if fate == "accepted":
        stage.later(4, lambda: _fill(stage, slots[1], "approve", Consent("Publication review of thirty days, as agreed.")))


def _send_back(stage: Stage, proposal: Proposal, owner: Actor, slot: Approval) -> None:
    """The author's office asks for something of its own; the listing's office has not to look again."""
    _fill(stage, slot, "return", Reason("Put the supervision in at the rate of this year, and name who stands in for the lead."))
    perform, actor = _performer(stage, proposal), stage.actor_of("ingrid")

    def revise() -> None:
        content = proposal.written
        own, lines = content.partners[0].key, content.lines
        raised = [replace(line, amount_minor=line.amount_minor * 11 // 10) if line.method else line for line in lines[:3]]
        members = [*content.members, Member("Dr Ruth Okafor", "Stands in for the lead", own)]
        changed = replace(content, members=members, lines=[*raised, *lines[3:]])
        save_content(stage.session, proposal, changed, actor=actor, version=proposal.version)
        replace_life(stage, proposal, "ingrid")
        perform("submit", actor)
        stage.later(0, lambda: perform("take_up", owner))
        stage.later(1, lambda: _accept(stage, proposal, owner, "unapproved"))

    stage.later(1, revise)


def _fill(stage: Stage, slot: Approval, action: str, given: object) -> None:
    officer = stage.made["officer", str(slot.organisation_id)]
    APPROVAL_FLOW.perform(stage.session, slot, action, actor=stage.actor_of(officer), given=given)


def _performer(stage: Stage, proposal: Proposal) -> Callable[..., None]:
    def perform(action: str, actor: Actor, given: object = None) -> None:
        PROPOSAL_FLOW.perform(stage.session, proposal, action, actor=actor, given=given)

    return perform
