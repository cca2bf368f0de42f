"""What people offer to the pages of lower features."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.organisations.models import Organisation
from portal.people.queries import findable_members
from portal.web.panels import Panel


def members(session: Session, actor: Actor, organisation: Organisation) -> Mapping[str, Any] | None:
    """The members of an organisation who agreed to be found."""
    found = findable_members(session, organisation.id)
    return {"people": found, "signed_in": actor.is_person} if found else None


ORGANISATION = Panel("people/panel_organisation.html", members)
