"""Who has a board."""

from portal.kernel.policy import Role, about_actor
from portal.kernel.text import N_

OFFICE = about_actor(N_("partnership officers"), lambda actor: bool(actor.organisations_as(Role.OFFICER)))
