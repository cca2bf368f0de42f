"""What insights offer to the pages of lower features."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.organisations.models import Organisation
from portal.organisations.policies import ORGANISATION_ADMIN, ORGANISATION_OFFICER
from portal.web.panels import Panel


def ways_on(_session: Session, actor: Actor, organisation: Organisation) -> Mapping[str, Any] | None:
    """The addresses of its track record and, for those who look after it, of its console; nothing is asked for them."""
    looks_after = (ORGANISATION_ADMIN | ORGANISATION_OFFICER).holds(actor, organisation)
    if not organisation.is_verified and not looks_after:
        return None
    return {
        "record": f"{organisation.href}/record" if organisation.is_verified else None,
        "console": f"{organisation.href}/console" if looks_after else None,
    }


ORGANISATION = Panel("insights/panel_organisation.html", ways_on)
