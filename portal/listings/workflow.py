"""How a listing comes to be read, answered and put away."""

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, SYSTEM
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.listings.events import (
    ListingApproved,
    ListingClosed,
    ListingExpired,
    ListingHidden,
    ListingPublished,
    ListingRenewed,
    ListingReturned,
    ListingSubmitted,
)
from portal.listings.inputs import Review
from portal.listings.models import REMINDED_BEFORE, Listing
from portal.listings.policies import OPENS_LATER, OWNER, POSTERS, WITHOUT_DEADLINE
from portal.listings.queries import names_readers, organisation_is_verified
from portal.listings.states import Kind, Visibility
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


def is_past_opening(step: Step) -> str | None:
    opens_at = step.thing.opens_at
    return None if opens_at is not None and opens_at <= clock.now() else N_("The day it is to open is still to come.")


def is_near_its_end(step: Step) -> str | None:
    expires_at = step.thing.expires_at
    if expires_at is not None and clock.now() >= expires_at - REMINDED_BEFORE:
        return None
    return N_("It does not expire soon. We ask you 30 days before it would.")


def is_past_its_year(step: Step) -> str | None:
    expires_at = step.thing.expires_at
    return None if expires_at is not None and expires_at <= clock.now() else N_("Its year is not over.")


def has_supervisor(step: Step) -> str | None:
    listing = step.thing
    if listing.kind is not Kind.INTERNSHIP:
        return None
    detail = listing.internship
    if detail is None or not detail.supervisor or not detail.supervision_hours:
        return N_("Name a supervisor and their weekly hours first.")
    return None


def has_readers(step: Step) -> str | None:
    listing = step.thing
    if listing.visibility is not Visibility.NAMED or names_readers(step.session, listing.id):
        return None
    return N_("Name at least one organisation or person who can read it first.")


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
    listing.renewed_at = clock.now()
    listing.note = ""


def clear_note(step: Step) -> None:
    step.thing.note = ""


def stamp_renewed(step: Step) -> None:
    step.thing.renewed_at = clock.now()


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def keep_remarks(step: Step) -> None:
    step.thing.remarks = step.given.remarks


def clear_remarks(step: Step) -> None:
    step.thing.remarks = {}


def touch(step: Step) -> None:
    step.thing.updated_at = clock.now()


_LAWFUL = (has_future_deadline, is_from_verified_organisation)
_READY = (has_text, has_future_deadline, has_supervisor, has_readers, is_from_verified_organisation, has_poster)

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
            effects=(touch, clear_remarks),
        ),
        T("take_back", N_("Take back"), (S.IN_REVIEW, S.SCHEDULED), S.DRAFT, OWNER, ListingHidden),
        T(
            "publish",
            N_("Publish"),
            (S.IN_REVIEW,),
            S.PUBLISHED,
            ADMIN & ~OWNER & ~OPENS_LATER,
            ListingPublished,
            guards=_LAWFUL,
            effects=(stamp_published,),
        ),
        T(
            "approve",
            N_("Approve"),
            (S.IN_REVIEW,),
            S.SCHEDULED,
            ADMIN & ~OWNER & OPENS_LATER,
            ListingApproved,
            guards=_LAWFUL,
            effects=(clear_note,),
        ),
        T(
            "open",
            N_("Open on the day chosen"),
            (S.SCHEDULED,),
            S.PUBLISHED,
            SYSTEM,
            ListingPublished,
            guards=(is_past_opening, *_LAWFUL),
            effects=(stamp_published,),
        ),
        T(
            "open_now",
            N_("Open now"),
            (S.SCHEDULED,),
            S.PUBLISHED,
            OWNER,
            ListingPublished,
            guards=(*_LAWFUL, has_poster),
            effects=(stamp_published,),
        ),
        T(
            "ask_changes",
            N_("Ask for changes"),
            (S.IN_REVIEW, S.SCHEDULED),
            S.EDITS_REQUESTED,
            ADMIN,
            ListingReturned,
            effects=(keep_reason, keep_remarks),
            takes=Review,
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
            "renew",
            N_("Renew for a year"),
            (S.PUBLISHED,),
            S.PUBLISHED,
            OWNER & WITHOUT_DEADLINE,
            ListingRenewed,
            guards=(is_near_its_end, is_from_verified_organisation, has_poster),
            effects=(stamp_renewed,),
        ),
        T(
            "lapse",
            N_("Close what nobody renewed"),
            (S.PUBLISHED,),
            S.CLOSED,
            SYSTEM,
            ListingExpired,
            guards=(is_past_its_year,),
            effects=(touch,),
        ),
        T(
            "reopen",
            N_("Open again"),
            (S.CLOSED,),
            S.PUBLISHED,
            OWNER,
            ListingPublished,
            guards=(*_LAWFUL, has_poster),
            effects=(stamp_renewed,),
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
