"""What a step changes in a listing besides its state."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.events import record
from portal.kernel.policy import Actor
from portal.kernel.workflow import Step
from portal.listings.events import ListingTrustEnded
from portal.listings.models import TrustedOrganisation
from portal.organisations.models import Organisation


def stamp_published(step: Step) -> None:
    listing = step.thing
    listing.published_at = listing.published_at or clock.now()
    listing.renewed_at = clock.now()
    listing.note = ""


def stamp_announced(step: Step) -> None:
    step.thing.announces = True
    step.thing.announced_at = clock.now()


def end_announcement(step: Step) -> None:
    step.thing.announces = False


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


def await_check(step: Step) -> None:
    """It is open before anybody looked at it: somebody will."""
    step.thing.unchecked_since = clock.now()


def settle_check(step: Step) -> None:
    step.thing.unchecked_since = None


def note_suspension(step: Step) -> None:
    """Who did it, for an appeal; whatever was appealed before is settled. Its organisation is not trusted any more."""
    listing = step.thing
    listing.suspended_by_id = step.actor.id
    listing.appeal, listing.appealed_at, listing.appeal_answered_at = "", None, None
    withdraw_trust(step.session, listing.organisation_id, actor=step.actor)


def keep_appeal(step: Step) -> None:
    step.thing.appeal = step.given.text
    step.thing.appealed_at = clock.now()


def settle_appeal(step: Step) -> None:
    if step.thing.appealed_at is not None:
        step.thing.appeal_answered_at = clock.now()


def withdraw_trust(session: Session, organisation_id: int, *, actor: Actor) -> bool:
    """Whatever the organisation posts from now on is checked before it opens; returns whether that is new."""
    gone = delete(TrustedOrganisation).where(TrustedOrganisation.organisation_id == organisation_id)
    if session.execute(gone.returning(TrustedOrganisation.organisation_id)).first() is None:
        return False
    record(session, ListingTrustEnded(), actor=actor, subject=session.get_one(Organisation, organisation_id))
    return True
