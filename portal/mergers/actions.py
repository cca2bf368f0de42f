"""Asking for a merger."""

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_
from portal.mergers.events import MergerAsked
from portal.mergers.inputs import Wanted
from portal.mergers.models import Merger
from portal.mergers.queries import stand_on_both_sides
from portal.organisations.models import Organisation


def ask_for_merger(session: Session, gone: Organisation, kept: Organisation, given: Wanted, *, actor: Actor) -> Merger:
    """Propose that `gone` becomes part of `kept`, to the other administrators of the portal.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Refused: `kept` is not verified, one of the two answered a listing of the other, or this was asked for already.
    """
    require(ADMIN, actor, None)
    if not kept.is_verified:
        raise Refused(N_("The organisation that stays has to be verified."))
    if stand_on_both_sides(session, gone.id, kept.id):
        raise Refused(N_("One of the two answered a listing of the other: they are two parties there, and cannot become one."))
    merger = Merger(
        gone=gone,
        kept=kept,
        gone_version=gone.version,
        kept_version=kept.version,
        reason=given.reason,
        asked_by_id=actor.id,
        asked_at=clock.now(),
    )
    if not add_unique(session, merger):
        raise Refused(N_("Somebody asked for this already. Look at the mergers that wait."))
    record(session, MergerAsked(), actor=actor, subject=merger)
    return merger
