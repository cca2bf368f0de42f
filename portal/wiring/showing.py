"""Where people can go, and what higher features show on lower pages."""

from typing import Any

from sqlalchemy import false, select

from portal.annexes import panels as annexes_panels
from portal.board import panels as board_panels
from portal.collaborations.models import Collaboration
from portal.collaborations.policies import SEES
from portal.files import panels as files_panels
from portal.insights import panels as insights_panels
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.listings import panels as listings_panels
from portal.people import panels as people_panels
from portal.proposals import panels as proposals_panels
from portal.questionnaires import panels as questionnaires_panels
from portal.questions import panels as questions_panels
from portal.web.pages import WORKS, Navigation
from portal.web.panels import Panel

# Blocks that higher features offer to lower pages, by place.
PANELS: dict[str, tuple[Panel, ...]] = {
    "work": (board_panels.WORK,),
    "organisation": (listings_panels.ORGANISATION,),
    "saved": (listings_panels.SAVED,),
    "organisation.side": (people_panels.ORGANISATION, insights_panels.ORGANISATION),
    "listing": (*proposals_panels.LISTING, annexes_panels.LISTING, questionnaires_panels.LISTING, questions_panels.LISTING),
    "listing.unpublished": (annexes_panels.LISTING, questionnaires_panels.LISTING),
    "conversation": (files_panels.CONVERSATION,),
}

# The main navigation by what a person is here for; the first is where their work waits, with the count.
_WORK = (N_("My work"), "/work", True)

_FIND = (N_("Find"), "/search", False)

_BOARD = (N_("Board"), "/board", False)

_PROPOSALS = (N_("Proposals"), "/proposals", False)

_COLLABORATIONS = (N_("Collaborations"), "/collaborations", False)

_LISTINGS = (N_("My listings"), "/listings", False)

NAVIGATION: Navigation = {
    "": (
        (N_("Find opportunities"), "/search", False),
        (N_("Organisations"), "/organisations", False),
        (N_("How it works"), "/help", False),
    ),
    "professor": (_WORK, _FIND, _LISTINGS, _PROPOSALS, _COLLABORATIONS),
    "company": (_WORK, _FIND, _LISTINGS, _PROPOSALS, _COLLABORATIONS),
    "student": (_WORK, (N_("Find internships"), "/search?kind=internship", False), (N_("My interests"), "/interests", False)),
    "officer": (_WORK, _BOARD, (N_("Approvals"), "/approvals", False), _FIND, _PROPOSALS, _COLLABORATIONS),
    "admin": (
        _WORK,
        (N_("Administration"), "/admin", False),
        _FIND,
        (N_("Organisations"), "/organisations", False),
        (N_("Audit"), "/audit", False),
    ),
    WORKS: (_COLLABORATIONS,),
}


def works(actor: Actor) -> Any:
    """A column: whether somebody takes part in a collaboration whose kind of people is not led there anyway."""
    kind = "admin" if actor.is_admin else actor.kind
    if _COLLABORATIONS in NAVIGATION.get(kind, ()):
        return false()
    return select(Collaboration.id).where(SEES.where(actor)).exists()


# Below these addresses an administrator shows again who they are before anything is changed.
WEIGHTY = ("/admin", "/emergencies")
