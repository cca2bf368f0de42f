"""The files of a thing, for the page of its conversation."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.files.queries import files_for
from portal.kernel.policy import Actor
from portal.web.panels import Panel


def _load(session: Session, actor: Actor, thing: Any) -> Mapping[str, Any]:
    return {"files": files_for(session, actor, thing.__tablename__, thing.id)}


CONVERSATION = Panel("files/_conversation.html", _load)
