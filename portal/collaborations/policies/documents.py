"""Who reads, adds to and keeps the documents of a collaboration."""

from typing import Any

from sqlalchemy import false, select

from portal.collaborations.models import Collaboration, Document, Participant
from portal.collaborations.policies.parts import answers_for
from portal.collaborations.policies.work import INSIDE, OFFICER, SEES, of_part
from portal.collaborations.states import Access, DocumentState, Part, PartState
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_


def _for(access: Access, says: str) -> Rule:
    return Rule(says, lambda _actor, document: document.access is access, lambda _actor: Document.access == access)


def _is_on_team(actor: Actor, document: Document) -> bool:
    mark = document.collaboration.team.get(actor.id) if actor.id is not None else None
    return (
        mark is not None and mark.part is Part.MEMBER and mark.side_id == document.side_id and mark.side_id in actor.organisations
    )


def _on_team(actor: Actor) -> Any:
    if not actor.is_person:
        return false()
    mine = Participant.account_id == actor.id, Participant._state == PartState.ACTIVE, Participant.part == Part.MEMBER
    there = Participant.collaboration_id == Document.collaboration_id, Participant.side_id == Document.side_id
    return select(Participant.id).where(*mine, *there, Participant.side_id.in_(actor.organisations)).exists()


_OWN_TEAM = Rule(N_("members of the team of the side that filed it"), _is_on_team, _on_team)
_KEEPERS = answers_for(Document)
_OWN_SIDE = _KEEPERS | _OWN_TEAM
_UPLOADER = Rule(
    N_("whoever filed it"),
    lambda actor, document: actor.is_person and document.by_id == actor.id,
    lambda actor: Document.by_id == actor.id if actor.is_person else false(),
)
_OPEN = Rule(
    N_("as long as it is open to new versions"),
    lambda _actor, document: document.state is DocumentState.OPEN,
    lambda _actor: Document._state == DocumentState.OPEN,
)
_INSIDE = of_part(Document, INSIDE)
DOCUMENT_FILES = INSIDE  # about the collaboration
DOCUMENT_READ = (
    (_for(Access.ALL, N_("of what is for everybody who takes part")) & of_part(Document, SEES))
    | (_for(Access.INSIDE, N_("of what is for both sides")) & _INSIDE)
    | (_for(Access.SIDE, N_("of what is for one side")) & _OWN_SIDE)
    | (_for(Access.OFFICERS, N_("of what is for officers")) & of_part(Document, OFFICER))
)
DOCUMENT_WRITES = DOCUMENT_READ & _INSIDE & _OPEN
DOCUMENT_KEEPS = DOCUMENT_READ & (_KEEPERS | (_UPLOADER & _INSIDE))


def accesses_for(actor: Actor, collaboration: Collaboration) -> tuple[Access, ...]:
    """What somebody may choose from: only what leaves them a reader."""
    return tuple(one for one in Access if one is not Access.OFFICERS or OFFICER.holds(actor, collaboration))
