"""Who may bring in files of records, and see what became of them."""

from sqlalchemy import and_, or_, true
from sqlalchemy.sql import false

from portal.imports.models import ImportRun
from portal.kernel.policy import Actor, Role, Rule, about_actor
from portal.kernel.text import N_


def may_bring_in(actor: Actor, organisation_id: int | None) -> bool:
    """An organisation's own things its administrators, records of public sources those of the portal."""
    if organisation_id is None:
        return actor.is_admin and actor.is_person
    return organisation_id in actor.organisations_as(Role.ADMINISTRATOR)


IMPORTS = about_actor(
    N_("administrators of an organisation or of the portal"),
    lambda actor: actor.is_person and (actor.is_admin or bool(actor.organisations_as(Role.ADMINISTRATOR))),
)
KEEPER = Rule(
    N_("administrators of the organisation whose file it is, or of the portal if it is of public records"),
    lambda actor, run: may_bring_in(actor, run.organisation_id),
    lambda actor: or_(
        ImportRun.organisation_id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
        and_(ImportRun.organisation_id.is_(None), true() if may_bring_in(actor, None) else false()),
    ),
)
