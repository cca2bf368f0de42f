"""Writing and removing the annex of a listing."""

from sqlalchemy.orm import Session

from portal.annexes.events import AnnexRemoved, AnnexWritten
from portal.annexes.inputs import AnnexText
from portal.annexes.models import Annex
from portal.annexes.policies import WRITE
from portal.annexes.queries import annex_of
from portal.files.queries import files_for
from portal.kernel import clock
from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Refused, Stale
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.listings.actions import note_annex
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.states import ListingState

_OVER = (ListingState.ARCHIVED, ListingState.WITHDRAWN, ListingState.REJECTED)


def write_annex(session: Session, listing: Listing, given: AnnexText, *, actor: Actor, version: str | None = None) -> Annex:
    """Let the annex of a listing say this; the same words again change nothing.

    Raises:
        Forbidden: the listing is somebody else's.
        Refused: the listing is over.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
    """
    require(OWNER, actor, listing)
    if listing.state in _OVER:
        raise Refused(N_("The listing is over: its annex stays as it is."))
    annex = annex_of(session, listing)
    if annex is None:
        annex = Annex(listing=listing, text=given.text, written_at=clock.now())
        if not add_unique(session, annex):
            raise Stale
        note_annex(session, listing, there_is=True)
    else:
        require_version(annex, version)
        if annex.text == given.text:
            return annex
        annex.text, annex.written_at = given.text, clock.now()
    session.flush()
    record(session, AnnexWritten(), actor=actor, subject=annex)
    return annex


def remove_annex(session: Session, annex: Annex, *, actor: Actor) -> None:
    """Remove an annex; what happened to it stays in the log.

    Raises:
        Forbidden: the listing is somebody else's.
        Refused: files hang on it.
    """
    require(WRITE, actor, annex)
    if files_for(session, actor, "annex", annex.id):
        raise Refused(N_("Remove its files first."))
    record(session, AnnexRemoved(), actor=actor, subject=annex)
    note_annex(session, annex.listing, there_is=False)
    session.delete(annex)
    session.flush()
