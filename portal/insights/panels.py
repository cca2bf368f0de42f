"""What insights offer to the pages of lower features."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.organisations.models import Organisation
from portal.web.panels import Panel


def way_to_record(_session: Session, _actor: Actor, organisation: Organisation) -> Mapping[str, Any] | None:
    """The address of its track record; nothing is asked for it."""
    return {"href": f"{organisation.href}/record"} if organisation.is_verified else None


ORGANISATION = Panel("insights/panel_organisation.html", way_to_record)
