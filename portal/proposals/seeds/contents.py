"""What the proposals of the demonstration say."""

from dataclasses import replace
from typing import Any

from portal.kernel.seeding import Stage
from portal.listings.models import Listing
from portal.listings.states import DataClass, IpStance
from portal.proposals.inputs import (
    BudgetLine,
    Content,
    Deliverable,
    Given,
    Member,
    Milestone,
    WorkPackage,
)
from portal.proposals.models import Proposal
from portal.proposals.queries import own_questions
from portal.proposals.states import CostCategory, Ethics, Funding, Valuation
from portal.questionnaires.inputs import Value
from portal.questionnaires.states import AnswerKind

_ANSWERS: dict[AnswerKind, Value] = {
    AnswerKind.LINE: "The pump stations of the northern works",
    AnswerKind.PASSAGE: "With one, about something else: the quality of water at the tap.",
    AnswerKind.CHOICES: ("Acoustic", "Pressure"),
    AnswerKind.NUMBER: "12",
    AnswerKind.DATE: "2027-02-01",
    AnswerKind.YES_NO: "yes",
}


def content_of(stage: Stage, listing: Listing, listing_key: str, proposal: Proposal) -> Content:
    approach = stage.random.choice(stage.texts["approaches"])
    topic = next(text["topic"] for text in stage.texts["listings"] if text["key"] == listing_key)
    asked = stage.random.randrange(28, 88) * 100_000
    own, host = proposal.written.partners
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


def revised(content: Content) -> Content:
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
