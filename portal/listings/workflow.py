"""How a listing comes to be read, answered and put away."""

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, SYSTEM
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.listings.events import (
    ListingClosed,
    ListingHidden,
    ListingPublished,
    ListingReturned,
    ListingSubmitted,
)
from portal.listings.models import Listing
from portal.listings.policies import OWNER, POSTERS
from portal.listings.queries import organisation_is_verified
from portal.listings.states import Kind
from portal.listings.states import ListingState as S


def has_text(step: Step) -> str | None:
    listing = step.thing
    return None if listing.summary and listing.description else N_("Add a summary and a description first.")


def has_future_deadline(step: Step) -> str | None:
    closes_at = step.thing.closes_at
    if closes_at is not None and closes_at <= clock.now():
        return N_("Its deadline has passed: choose a later one first.")
    return None


def is_past_deadline(step: Step) -> str | None:
    closes_at = step.thing.closes_at
    return None if closes_at is not None and closes_at <= clock.now() else N_("Its deadline is still to come.")


def has_supervisor(step: Step) -> str | None:
    listing = step.thing
    if listing.kind is not Kind.INTERNSHIP:
        return None
    detail = listing.internship
    if detail is None or not detail.supervisor or not detail.supervision_hours:
        return N_("Name a supervisor and their weekly hours first.")
    return None


def is_from_verified_organisation(step: Step) -> str | None:
    if organisation_is_verified(step.session, step.thing.organisation_id):
        return None
    return N_("Its organisation is not verified yet. We tell you when it is.")


def has_poster(step: Step) -> str | None:
    """Asked of whoever takes the step: rows with this guard are the owner's alone."""
    if step.thing.organisation_id in step.actor.organisations_as(*POSTERS):
        return None
    return N_("You need the role “poster” in this organisation. Its administrators can give it to you.")


def stamp_published(step: Step) -> None:
    listing = step.thing
    listing.published_at = listing.published_at or clock.now()
    listing.note = ""


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def touch(step: Step) -> None:
    step.thing.updated_at = clock.now()


_READY = (has_text, has_future_deadline, has_supervisor, is_from_verified_organisation, has_poster)

LISTING_FLOW = Workflow(
    of=Listing,
    start=S.DRAFT,
    ends=(S.ARCHIVED, S.WITHDRAWN, S.REJECTED),
    table=(
        T(
            "submit",
            N_("Send for review"),
            (S.DRAFT, S.EDITS_REQUESTED),
            S.IN_REVIEW,
            OWNER,
            ListingSubmitted,
            guards=_READY,
            effects=(touch,),
        ),
        T("take_back", N_("Take back"), (S.IN_REVIEW,), S.DRAFT, OWNER, ListingHidden),
        T(
            "publish",
            N_("Publish"),
            (S.IN_REVIEW,),
            S.PUBLISHED,
            ADMIN & ~OWNER,
            ListingPublished,
            guards=(has_future_deadline, is_from_verified_organisation),
            effects=(stamp_published,),
        ),
        T(
            "ask_changes",
            N_("Ask for changes"),
            (S.IN_REVIEW,),
            S.EDITS_REQUESTED,
            ADMIN,
            ListingReturned,
            effects=(keep_reason,),
            takes=Reason,
        ),
        T(
            "reject",
            N_("Do not accept"),
            (S.IN_REVIEW,),
            S.REJECTED,
            ADMIN,
            ListingHidden,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T(
            "take_over",
            N_("Publish an imported record"),
            (S.DRAFT,),
            S.PUBLISHED,
            SYSTEM,
            ListingPublished,
            effects=(stamp_published,),
        ),
        T("close", N_("Close"), (S.PUBLISHED,), S.CLOSED, OWNER, ListingClosed, effects=(touch,)),
        T(
            "expire",
            N_("Close at the deadline"),
            (S.PUBLISHED,),
            S.CLOSED,
            SYSTEM,
            ListingClosed,
            guards=(is_past_deadline,),
            effects=(touch,),
        ),
        T(
            "reopen",
            N_("Open again"),
            (S.CLOSED,),
            S.PUBLISHED,
            OWNER,
            ListingPublished,
            guards=(has_future_deadline, is_from_verified_organisation, has_poster),
        ),
        T("archive", N_("Archive"), (S.CLOSED,), S.ARCHIVED, OWNER, ListingHidden),
        T(
            "withdraw",
            N_("Withdraw"),
            (S.PUBLISHED, S.CLOSED),
            S.WITHDRAWN,
            OWNER,
            ListingHidden,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T(
            "suspend",
            N_("Suspend"),
            (S.PUBLISHED, S.CLOSED),
            S.SUSPENDED,
            ADMIN,
            ListingHidden,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T(
            "restore",
            N_("Restore"),
            (S.SUSPENDED,),
            S.PUBLISHED,
            ADMIN,
            ListingPublished,
            guards=(has_future_deadline,),
            effects=(stamp_published,),
        ),
    ),
)
