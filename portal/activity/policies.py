"""Who may read the log."""

from portal.kernel.policy import ADMIN, Role, about_actor
from portal.kernel.text import N_

ORGANISATION_ADMIN = about_actor(
    N_("administrators of an organisation"), lambda actor: bool(actor.organisations_as(Role.ADMINISTRATOR))
)
AUDITOR = ADMIN | ORGANISATION_ADMIN
