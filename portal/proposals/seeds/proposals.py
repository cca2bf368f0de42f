"""The demonstration's answers: interests of every fate, and proposals in every state, over two years."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.kernel.states import member_of
from portal.listings.models import Listing
from portal.listings.seeds import begun_days_ago
from portal.listings.states import DataClass, IpStance, Kind
from portal.proposals.actions import begin_proposal, confirm_condition, hold_decision, save_content
from portal.proposals.inputs import (
    Answer,
    BudgetLine,
    Conditional,
    Content,
    Decline,
    Deliverable,
    Given,
    Member,
    Milestone,
    PassOn,
    Reserve,
    Screened,
    WorkPackage,
)
from portal.proposals.models import Proposal
from portal.proposals.queries import own_questions
from portal.proposals.seeds.interests import owner_of, plan_interest, plan_interests
from portal.proposals.seeds.together import write_together
from portal.proposals.states import CostCategory, DeclineCode, Ethics, Funding, Onward, Valuation
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.questionnaires.inputs import Value
from portal.questionnaires.states import AnswerKind

AUTHORS = ("ingrid", "amara", "siobhan", "katrin", "tomas", "yusuf")
STUDENTS = ("mei", "leif", "anya")
# What becomes of the proposals, in turn; more than half of those decided come to something.
FATES = (
    "accepted", "accepted", "declined", "accepted", "submitted", "accepted", "revised", "in_approval", "accepted",
    "in_review", "withdrawn", "accepted", "draft", "returned", "accepted", "revision",
)  # fmt: skip
_SHORT = {"submitted", "in_review", "in_approval", "draft", "revision", "returned"}  # unfinished: began lately
# Each officer that can be tried finds an approval waiting: one for the author's side, one for the listing's.
_PINNED = {("track", "ingrid"): "in_approval", ("leaks", "siobhan"): "unapproved"}
# And one listing's owner, with those who answer it, every kind of decision; two are held to be told together.
_PINNED |= {("leaks", "ingrid"): "conditional", ("leaks", "tomas"): "redirected", ("leaks", "amara"): "ineligible"}
_PINNED |= {("pumps", "yusuf"): "reserved", ("pumps", "katrin"): "held", ("pumps", "siobhan"): "held"}
_DECIDED = ("conditional", "redirected", "reserved", "held")
_PINNED_BEGAN = 9  # days ago


_ANSWERS: dict[AnswerKind, Value] = {
    AnswerKind.LINE: "The pump stations of the northern works",
    AnswerKind.PASSAGE: "With one, about something else: the quality of water at the tap.",
    AnswerKind.CHOICES: ("Acoustic", "Pressure"),
    AnswerKind.NUMBER: "12",
    AnswerKind.DATE: "2027-02-01",
    AnswerKind.YES_NO: "yes",
}


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
    save_content(session, proposal, _content(stage, listing, listing_key, proposal), actor=actor, version=proposal.version)
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
        changed = _revised(Content.from_json(proposal.draft))
        save_content(stage.session, proposal, changed, actor=actor, version=proposal.version)
        perform("submit", actor)
        stage.later(1, lambda: perform("take_up", owner))
        stage.later(4, lambda: _accept(stage, proposal, owner, "accepted"))

    stage.later(5, revise)


def _revised(content: Content) -> Content:
    """What they asked for: more time for the last part, a little more money, and a clear word about rights."""
    *packages, last = content.packages
    first, *lines = content.lines
    return replace(
        content,
        rights="The university owns the code; the company may use it for ever.",
        results_owner=IpStance.UNIVERSITY,
        packages=[*packages, replace(last, last_month=last.last_month + 2)],
        lines=[
            replace(first, amount_minor=first.amount_minor + 300_000),
            *lines,
            BudgetLine("Sensors", CostCategory.EQUIPMENT, Funding.OWN_CASH, 280_000, first.partner),
        ],
    )


def _accept(stage: Stage, proposal: Proposal, owner: Actor, fate: str) -> None:
    _performer(stage, proposal)("accept", owner, Answer("The plan convinces us. Our office looks at it next."))
    about = (Approval.subject_type == "proposal", Approval.subject_id == proposal.id, Approval.number == proposal.number)
    slots = stage.session.scalars(select(Approval).where(*about).order_by(Approval.id)).all()
    if fate == "returned":
        stage.later(1, lambda: _fill(stage, slots[1], "return", Reason("The overhead rate is last year’s. Please correct it.")))
        return
    if fate == "unapproved":
        return
    stage.later(2, lambda: _fill(stage, slots[0], "approve", Consent()))
    if fate == "accepted":
        stage.later(4, lambda: _fill(stage, slots[1], "approve", Consent("Publication review of thirty days, as agreed.")))


def _fill(stage: Stage, slot: Approval, action: str, given: object) -> None:
    officer = stage.made["officer", str(slot.organisation_id)]
    APPROVAL_FLOW.perform(stage.session, slot, action, actor=stage.actor_of(officer), given=given)


def _content(stage: Stage, listing: Listing, listing_key: str, proposal: Proposal) -> Content:
    approach = stage.random.choice(stage.texts["approaches"])
    topic = next(text["topic"] for text in stage.texts["listings"] if text["key"] == listing_key)
    asked = stage.random.randrange(28, 88) * 100_000
    own, host = Content.from_json(proposal.draft).partners
    personal = stage.random.random() < 0.25
    return Content(
        title=f"{approach['title']}: {topic}",
        summary=approach["summary"],
        objectives=[
            "Know the normal state well enough to see departures from it",
            "Show it on site, with the people who work there",
        ],
        approach="We start with what is known, agree how success is measured, and report every month.",
        team="One lead, one researcher, one student.",
        partners=[replace(own, role="Does the work", overhead_permille=250), replace(host, role="Gives data and access")],
        members=[
            Member(proposal.author.name, "Leads the work", own.key),
            Member(listing.owner.name, "Speaks for the site", host.key),
        ],
        rights="Results are published after thirty days’ notice." if stage.random.random() < 0.5 else "",
        results_owner=stage.random.choice((IpStance.UNIVERSITY, IpStance.SHARED, IpStance.OPEN)),
        publication_days=30,
        background="The code of our earlier studies stays ours; the site’s records stay the site’s.",
        personal_data=personal,
        data_class=DataClass.PERSONAL if personal else DataClass.CONFIDENTIAL,
        ethics=Ethics.ASKED if personal else Ethics.NOT_NEEDED,
        compute_needs="About 400 GPU hours in the first year, and two terabytes of storage.",
        lines=[
            BudgetLine("Researcher, full time", CostCategory.STAFF, Funding.ASKED, asked, own.key),
            BudgetLine("Travel to the site", CostCategory.TRAVEL, Funding.ASKED, 450_000, own.key),
            BudgetLine("Supervision", CostCategory.STAFF, Funding.IN_KIND, asked // 4, own.key, method=Valuation.ACTUAL),
            BudgetLine("Engineer on site", CostCategory.STAFF, Funding.IN_KIND, 1_200_000, host.key, method=Valuation.RATES),
        ],
        currency=listing.currency,
        answers=[Given.to(question, _ANSWERS[question.kind]) for question in own_questions(stage.session, proposal).questions],
        **_plan(approach["packages"], own.key, host.key),
    )


def _plan(packages: list[tuple[str, int, int, str]], own: str, host: str) -> dict[str, Any]:
    """Work packages that build on each other, each with its result and the milestone it ends with."""
    codes = [f"WP{number}" for number in range(1, len(packages) + 1)]
    rows = zip(packages, codes, [(), *((code,) for code in codes)], strict=False)
    return {
        "packages": [
            WorkPackage(title, "", first, last, code, host if code == "WP1" else own, after)
            for (title, first, last, _result), code, after in rows
        ],
        "deliverables": [Deliverable(result, last, code) for (_t, _f, last, result), code in zip(packages, codes, strict=True)],
        "milestones": [
            Milestone(title, end, code, "Both sides have seen it and said so")
            if code == codes[-1]
            else Milestone(title, end, code)
            for (title, _first, end, _result), code in zip(packages, codes, strict=True)
        ],
    }


def _performer(stage: Stage, proposal: Proposal) -> Callable[..., None]:
    def perform(action: str, actor: Actor, given: object = None) -> None:
        PROPOSAL_FLOW.perform(stage.session, proposal, action, actor=actor, given=given)

    return perform
