"""The content of proposals that tests write."""

from typing import Any

from portal.listings.states import IpStance
from portal.proposals.inputs import BudgetLine, Content, Deliverable, Partner, WorkPackage
from portal.proposals.states import CostCategory, Funding


def content(**values: Any) -> Content:
    """The content of a proposal that may be submitted."""
    return Content(
        **{
            "title": "Edge-side early warning",
            "summary": "We learn the normal state and report departures.",
            "packages": [WorkPackage("Baseline", "Measure", 1, 3, "WP1")],
            "deliverables": [Deliverable("Report", 3, "WP1")],
            "lines": [BudgetLine("Researcher", CostCategory.STAFF, Funding.ASKED, 8_000_000)],
            "results_owner": IpStance.UNIVERSITY,
            "personal_data": False,
        }
        | values
    )


def by_partner(name="Partner University"):
    """What a content says of its budget once it names partners: whose cost each line is."""
    line = BudgetLine("Researcher", CostCategory.STAFF, Funding.ASKED, 8_000_000, "p1")
    return {"partners": [Partner(name, key="p1")], "lines": [line]}
