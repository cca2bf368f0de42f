"""Listings of an organisation that turned out to be a duplicate, and those of others that name it."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.listings.events import ListingReaderMerged, ListingReleased
from portal.listings.models import Listing, ListingReader, ListingTemplate
from portal.listings.states import Visibility
from portal.listings.workflow import withdraw_trust
from portal.organisations.models import Organisation

_LONGEST_NAME = 120


def move_listings(
    session: Session, gone: Organisation, kept: Organisation, *, answered: Mapping[int, Collection[int]], actor: Actor
) -> None:
    """Give `kept` the listings and templates of `gone`, and nobody a right to read them that they had not.

    What was for the members of `gone` alone is for nobody but those who answered it – `answered`, their accounts by listing –
    until its owner names readers. Listings of others that name `gone` stay closed to `kept`; their owners are told.
    `gone` publishes nothing without a check any more, and `kept` is no more trusted for it.
    """
    _close_to_members(session, gone, answered, actor)
    withdraw_trust(session, gone.id, actor=actor)
    _keep_template_names_apart(session, gone, kept)
    for model in (Listing, ListingTemplate):
        moved = {"organisation_id": kept.id} | ({"version": Listing.version + 1} if model is Listing else {})
        session.execute(update(model).where(model.organisation_id == gone.id).values(moved))
    naming = select(Listing).join(ListingReader, ListingReader.listing_id == Listing.id)
    for listing in session.scalars(naming.where(ListingReader.organisation_id == gone.id).order_by(Listing.id)).all():
        record(session, ListingReaderMerged(), actor=SYSTEM_ACTOR, subject=listing)


def _close_to_members(session: Session, gone: Organisation, answered: Mapping[int, Collection[int]], actor: Actor) -> None:
    query = select(Listing).where(Listing.organisation_id == gone.id, Listing.visibility == Visibility.ORGANISATION)
    for listing in session.scalars(query.order_by(Listing.id)).all():
        session.execute(delete(ListingReader).where(ListingReader.listing_id == listing.id))  # of days when it named some
        people = session.scalars(select(User).where(User.id.in_(answered.get(listing.id, ())))).all()
        session.add_all(ListingReader(listing_id=listing.id, email=each.email.lower(), account_id=each.id) for each in people)
        listing.visibility = Visibility.NAMED
        session.flush()
        session.expire(listing, ["readers"])
        fact = ListingReleased(before=str(Visibility.ORGANISATION.value), after=str(Visibility.NAMED.value))
        record(session, fact, actor=actor, subject=listing)


def _keep_template_names_apart(session: Session, gone: Organisation, kept: Organisation) -> None:
    """One name stands for one template of a kind: that of the duplicate is added where both have it."""
    mine = select(ListingTemplate.kind, ListingTemplate.name).where(ListingTemplate.organisation_id == kept.id)
    taken = {(kind, name) for kind, name in session.execute(mine)}
    for template in session.scalars(select(ListingTemplate).where(ListingTemplate.organisation_id == gone.id)).all():
        plain, number = template.name, 1
        while (template.kind, template.name) in taken:
            number += 1
            template.name = f"{plain[: _LONGEST_NAME - 6]} ({number})"
        taken.add((template.kind, template.name))
    session.flush()
