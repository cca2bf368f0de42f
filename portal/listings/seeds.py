"""The demonstration's own listings: drafted, sent, moderated and published by the people who own them."""

import datetime as dt
from typing import Any

from portal.kernel.inputs import Reason
from portal.kernel.seeding import Stage
from portal.kernel.states import member_of
from portal.listings.actions import draft_listing, follow_listing, name_co_owner, save_template
from portal.listings.inputs import Colleague, Review, TemplateName, written
from portal.listings.models import Listing
from portal.listings.queries import listing_in_full
from portal.listings.states import Intake, Kind
from portal.listings.workflow import LISTING_FLOW

_HOW = (
    "## What you get\n\nReal data, a person who answers, and access to the site.\n\n"
    "## What we hope for\n\nA result that our own people can run, and an honest account of where it fails.\n\n"
    "## How we choose\n\nFit with the problem, a plan we can follow, and the people behind it."
)
_DAYS_BETWEEN = 25  # how far apart the listings began, so that two years are filled


def seed(stage: Stage) -> None:
    """Put every listing's beginning on the agenda; its later steps follow from it."""
    for text in stage.texts["listings"]:
        stage.plan(stage.ago(begun_days_ago(stage, text)), lambda text=text: _publish(stage, text))  # type: ignore[misc]
    for number, text in enumerate(stage.texts["unpublished"]):
        stage.plan(stage.ago(9 - 2 * number), lambda text=text: _leave_waiting(stage, text))  # type: ignore[misc]
    for text in stage.texts["announced"]:
        stage.plan(stage.ago(16), lambda text=text: _announce(stage, text))  # type: ignore[misc]
    stage.plan(stage.ago(21), lambda: _share(stage))
    stage.plan(stage.ago(4), lambda: _suspend(stage))


def begun_days_ago(stage: Stage, text: dict[str, Any]) -> int:
    """When a listing was begun: as its text says, else in its turn over the two years."""
    return int(text.get("begun", 690 - stage.texts["listings"].index(text) * _DAYS_BETWEEN))


def _publish(stage: Stage, text: dict[str, Any]) -> None:
    listing = _draft(stage, text)
    owner = stage.actor_of(text["by"])

    def send() -> None:
        LISTING_FLOW.perform(stage.session, listing, "submit", actor=owner)

    def publish() -> None:
        LISTING_FLOW.perform(stage.session, listing, "publish", actor=stage.actor_of("operator"))

    stage.later(1, send)
    stage.later(3, publish)


def _announce(stage: Stage, text: dict[str, Any]) -> None:
    listing = _draft(stage, text)
    LISTING_FLOW.perform(stage.session, listing, "submit", actor=stage.actor_of(text["by"]))
    stage.later(2, lambda: LISTING_FLOW.perform(stage.session, listing, "announce", actor=stage.actor_of("operator")))
    for name in text.get("followed_by", ()):
        stage.later(5, lambda name=name: follow_listing(stage.session, listing, actor=stage.actor_of(name)))  # type: ignore[misc]


def _share(stage: Stage) -> None:
    """A professor shares a listing with a colleague, and keeps it for the next one."""
    listing: Listing = stage.made["listing", "twin"]
    owner, colleague = stage.actor_of("ingrid"), stage.made["account", "tomas"]
    name_co_owner(stage.session, listing, Colleague(colleague.email), actor=owner)
    whole = listing_in_full(stage.session, listing.id)
    save_template(stage.session, whole, TemplateName("A project with a plant operator"), actor=owner)


def _suspend(stage: Stage) -> None:
    """Somebody complained of a listing; its owner sees it otherwise, and waits."""
    listing: Listing = stage.made["listing", "food-intern"]
    reason = Reason("We are told that the place was promised to somebody. Please say how you choose.")
    LISTING_FLOW.perform(stage.session, listing, "suspend", actor=stage.actor_of("operator"), given=reason)
    appeal = Reason("Nobody was promised anything: two people read every application, and we say so on our own pages.")
    owner = stage.actor_of("claire")
    stage.later(2, lambda: LISTING_FLOW.perform(stage.session, listing, "appeal", actor=owner, given=appeal))


def _leave_waiting(stage: Stage, text: dict[str, Any]) -> None:
    listing = _draft(stage, text)
    owner, operator = stage.actor_of(text["by"]), stage.actor_of("operator")
    if text["state"] != "draft":
        LISTING_FLOW.perform(stage.session, listing, "submit", actor=owner)
    if text["state"] == "edits_requested":
        reason = Review(
            "Please say who will answer questions, and what happens to the data after the project.",
            summary="Name the result you hope for, not only the topic.",
        )
        LISTING_FLOW.perform(stage.session, listing, "ask_changes", actor=operator, given=reason)


def _draft(stage: Stage, text: dict[str, Any]) -> Listing:
    kind = member_of(Kind, text["kind"])
    owner = stage.actor_of(text["by"])
    closes_on = (stage.today + dt.timedelta(days=text.get("days_open", 40))).date()
    opens_on = (stage.today + dt.timedelta(days=text["opens"])).date() if "opens" in text else None
    answered_directly = kind is Kind.CHALLENGE or kind is Kind.PROJECT
    listing = draft_listing(
        stage.session,
        written(
            kind,
            title=text["title"],
            summary=text["summary"],
            description=f"{text['summary']}\n\n{_HOW}",
            intake=Intake.PROPOSAL if answered_directly else Intake.INTEREST,
            skills=tuple(text.get("skills", ())),
            place=text.get("place", ""),
            remote=stage.random.random() < 0.4,
            closes_on=closes_on,
            opens_on=opens_on,
            announces=opens_on is not None,
            **_details(kind, text, stage),
        ),
        organisation_id=owner.seats[0].organisation_id,
        actor=owner,
    )
    stage.made["listing", text["key"]] = listing
    return listing


def _details(kind: Kind, text: dict[str, Any], stage: Stage) -> dict[str, Any]:
    spring = (stage.today + dt.timedelta(days=90)).date().replace(day=1)
    if kind is Kind.CHALLENGE:
        return {"budget_minor": text.get("budget"), "duration_months": text.get("months"), "trl": 4}
    if kind is Kind.PROJECT:
        return {"partner_sought": "A company with data, a site, or a question we have not thought of.", "trl": 3}
    if kind is Kind.INTERNSHIP:
        return {
            "pay_minor": text["pay"],
            "hours_per_week": text["hours"],
            "supervisor": text["supervisor"],
            "supervision_hours": 4,
            "starts_on": spring,
            "ends_on": spring + dt.timedelta(days=180),
            "places": 2,
        }
    if kind is Kind.TRAINING:
        return {"provider": "Lindmoor partnership office", "starts_on": spring, "ends_on": spring, "seats": 24}
    return {"accelerator": "A100 80 GB", "accelerators_per_node": 4, "gpu_hours": 120_000, "memory_gb": 512, "power_watts": 2100}
