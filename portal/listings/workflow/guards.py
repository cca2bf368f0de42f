"""What must be true of a listing before a step: each says in a sentence why it is not, or nothing."""

from portal.kernel import clock
from portal.kernel.text import N_
from portal.kernel.workflow import Step
from portal.listings.models import REMINDED_BEFORE
from portal.listings.policies import POSTERS, awaits_answer
from portal.listings.queries import names_readers, organisation_is_verified
from portal.listings.states import Kind, Visibility
from portal.organisations.queries import portal_administrators


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


def cannot_open(step: Step) -> str | None:
    in_the_way = has_future_deadline(step) or is_from_verified_organisation(step)
    return None if in_the_way else N_("It opens on its day.")


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


def is_halted(step: Step) -> str | None:
    if organisation_is_verified(step.session, step.thing.organisation_id):
        return N_("Its organisation is not suspended.")
    return None


def has_poster(step: Step) -> str | None:
    """Asked of whoever takes the step: rows with this guard are the owner's alone."""
    if step.thing.organisation_id in step.actor.organisations_as(*POSTERS):
        return None
    return N_("You need the role “poster” in this organisation. Its administrators can give it to you.")


def is_full(step: Step) -> str | None:
    return None if step.thing.is_full else N_("Not all of its places are filled.")


def has_places_left(step: Step) -> str | None:
    listing = step.thing
    if listing.is_full:
        return N_("All its places are filled. Say first how many are free again.")
    if listing.capacity is None and listing.filled:
        return N_("A proposal was accepted, so it is settled. Copy it to a new draft to look for more.")
    return None


def is_another_administrator(step: Step) -> str | None:
    """An appeal is answered by somebody else than whoever suspended the listing, as long as there is somebody else."""
    listing = step.thing
    if not awaits_answer(listing) or listing.suspended_by_id is None or listing.suspended_by_id != step.actor.id:
        return None
    if set(portal_administrators(step.session)) <= {listing.suspended_by_id, *listing.owner_ids}:
        return None
    return N_("You suspended it: another administrator answers this appeal.")


LAWFUL = (has_future_deadline, is_from_verified_organisation)  # whatever is, or is about to be, read by others
