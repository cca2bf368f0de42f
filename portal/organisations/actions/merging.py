"""Taking a duplicate in: what is the organisation's own, and its people, who bring no right along."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.kernel.events import record
from portal.kernel.policy import ADMIN, SYSTEM_ACTOR, Actor, require
from portal.kernel.text import folded
from portal.organisations.events import DomainRemoved, DuplicateTakenIn
from portal.organisations.inputs import LONGEST_UNIT, MOST_NAMES, MOST_UNITS
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import domains_of, open_invitations
from portal.organisations.states import MembershipState
from portal.organisations.workflow import INVITATION_FLOW, MEMBERSHIP_FLOW, ORGANISATION_FLOW

_WAITING = (MembershipState.ACTIVE, MembershipState.REQUESTED)


def take_in_duplicate(session: Session, kept: Organisation, gone: Organisation, *, actor: Actor) -> None:
    """Let `kept` stand in the place of `gone`, for good.

    Names, units, ROR id and domains go over. Whoever belonged to `gone` asks to belong to `kept`, without the roles held
    there; open invitations expire. What other features keep of `gone` is theirs to move, in the same transaction.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Refused: `gone` is neither verified nor waiting to be.
    """
    require(ADMIN, actor, kept)
    for invitation in open_invitations(session, gone.id):
        INVITATION_FLOW.perform(session, invitation, "expire", actor=SYSTEM_ACTOR)
    _move_domains(session, kept, gone, actor)
    _move_members(session, kept, gone)
    _join_names(kept, gone)
    if kept.ror is None and gone.ror is not None:
        ror, gone.ror = gone.ror, None
        session.flush()  # one at a time has it
        kept.ror = ror
    gone.merged_into_id = kept.id
    session.execute(update(Organisation).where(Organisation.merged_into_id == gone.id).values(merged_into_id=kept.id))
    ORGANISATION_FLOW.perform(session, gone, "merge", actor=SYSTEM_ACTOR)
    record(session, DuplicateTakenIn(from_id=gone.id), actor=actor, subject=kept)


def _move_domains(session: Session, kept: Organisation, gone: Organisation, actor: Actor) -> None:
    """Domains of an organisation that nobody ever checked are only what its founder said: they are free again."""
    for domain in domains_of(session, gone.id):
        if gone.is_verified:
            domain.organisation_id = kept.id
        else:
            record(session, DomainRemoved(domain_id=domain.id), actor=actor, subject=gone)
            session.delete(domain)
    session.flush()


def _move_members(session: Session, kept: Organisation, gone: Organisation) -> None:
    """Former members go over as well: who was turned away or left must not come back by their address alone."""
    here = set(session.scalars(select(Membership.account_id).where(Membership.organisation_id == kept.id)))
    theirs = select(Membership).where(Membership.organisation_id == gone.id).order_by(Membership.id)
    for membership in session.scalars(theirs).all():
        if membership.account_id in here:
            if membership.state in _WAITING:
                MEMBERSHIP_FLOW.perform(session, membership, "dissolve", actor=SYSTEM_ACTOR)
            continue
        membership.organisation_id = kept.id
        if membership.state in _WAITING:
            MEMBERSHIP_FLOW.perform(session, membership, "move", actor=SYSTEM_ACTOR)
    session.flush()


def _join_names(kept: Organisation, gone: Organisation) -> None:
    names = {folded(each["name"]): each for each in ({"name": gone.name, "language": ""}, *gone.names)}
    known = {folded(kept.name), *(folded(each["name"]) for each in kept.names)}
    kept.names = [*kept.names, *(each for key, each in names.items() if key not in known)][:MOST_NAMES]
    units: dict[str, dict[str, Any]] = {unit["name"]: {**unit, "parts": list(unit["parts"])} for unit in kept.units}
    for unit in gone.units:
        mine = units.setdefault(unit["name"][:LONGEST_UNIT], {"name": unit["name"], "parts": []})
        mine["parts"] += [part for part in unit["parts"] if part not in mine["parts"]]
    kept.units = list(units.values())[:MOST_UNITS]
