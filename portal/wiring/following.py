"""What follows from a fact, what may move how, and what time alone moves."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from portal.accounts import actions as accounts
from portal.accounts.events import AccountConfirmed, AccountErased, AccountLinked, AddressChanged
from portal.announcements import actions as announcements
from portal.announcements.workflow import ANNOUNCEMENT_FLOW
from portal.approvals.events import ApprovalGiven, ApprovalReturned
from portal.approvals.workflow import APPROVAL_FLOW
from portal.board import actions as board
from portal.collaborations import actions as collaborations
from portal.collaborations.workflow import (
    CHANGE_FLOW,
    CHECK_ITEM_FLOW,
    CLAIM_FLOW,
    COLLABORATION_FLOW,
    DELIVERABLE_FLOW,
    DOCUMENT_FLOW,
    HAND_OVER_FLOW,
    MEETING_ACTION_FLOW,
    MEETING_FLOW,
    MILESTONE_FLOW,
    OUTCOME_FLOW,
    PARTICIPANT_FLOW,
    REPORT_FLOW,
    RISK_FLOW,
)
from portal.emergencies import actions as emergencies
from portal.emergencies.workflow import EMERGENCY_FLOW
from portal.kernel.events import Fact, Reaction
from portal.kernel.workflow import Workflow
from portal.listings import actions as listings
from portal.listings.events import ListingCoOwnerNamed, ListingReleased
from portal.listings.workflow import LISTING_FLOW
from portal.mergers.workflow import MERGER_FLOW
from portal.notifications import actions as notifications
from portal.notifications.digests import send_digests
from portal.organisations import actions as organisations
from portal.organisations.events import MemberRemoved
from portal.organisations.workflow import INVITATION_FLOW, MEMBERSHIP_FLOW, ORGANISATION_FLOW
from portal.people import actions as people
from portal.proposals import actions as proposals
from portal.proposals.actions.keeping import keep_for_those_who_answered, keep_the_sides_apart
from portal.proposals.events import ProposalAccepted
from portal.proposals.workflow import CO_AUTHOR_FLOW, CONFIRMATION_FLOW, INTEREST_FLOW, PROPOSAL_FLOW
from portal.search import actions as search
from portal.threads.actions import forget_person as forget_place
from portal.wiring.telling import LEADS, SOURCES, actor_for
from portal.writing import actions as writing

REACTIONS: dict[type[Fact], tuple[Reaction, ...]] = {
    AccountConfirmed: (
        *(organisations.open_invitations_to, people.open_profile, listings.admit_named),
        *(proposals.open_invitations_to_write, collaborations.open_invitations_of_guests),
    ),
    AddressChanged: (
        *(organisations.tell_of_left_address, organisations.open_invitations_to, listings.admit_named),
        *(proposals.open_invitations_to_write, collaborations.open_invitations_of_guests),
    ),
    AccountLinked: (people.note_orcid,),
    AccountErased: (
        *(notifications.forget_person, organisations.forget_member, organisations.forget_invited, people.forget_profile),
        *(listings.forget_reader, listings.forget_follower, proposals.empty_drafts, proposals.forget_co_author),
        *(proposals.forget_section_owner, collaborations.end_parts_of_erased),
        *(search.forget_searches, writing.forget_writer, announcements.forget_dismissals, forget_place),
        *(board.forget_calendar, board.forget_reminders, board.forget_views),
    ),
    ApprovalGiven: (proposals.complete_approved,),
    ApprovalReturned: (proposals.return_sent_back,),
    MemberRemoved: (
        *(listings.end_part_of_member, listings.hand_on_listings, proposals.end_part_of_leaver),
        collaborations.end_part_of_leaving_member,
    ),
    ListingCoOwnerNamed: (keep_the_sides_apart,),
    ListingReleased: (keep_for_those_who_answered,),
    ProposalAccepted: (collaborations.open_for_accepted,),
}

# The tables the live help draws, in the order of the road.
FLOWS: tuple[Workflow, ...] = (
    ORGANISATION_FLOW,
    MEMBERSHIP_FLOW,
    INVITATION_FLOW,
    MERGER_FLOW,
    LISTING_FLOW,
    INTEREST_FLOW,
    CO_AUTHOR_FLOW,
    CONFIRMATION_FLOW,
    PROPOSAL_FLOW,
    APPROVAL_FLOW,
    COLLABORATION_FLOW,
    MILESTONE_FLOW,
    DELIVERABLE_FLOW,
    REPORT_FLOW,
    CLAIM_FLOW,
    CHECK_ITEM_FLOW,
    CHANGE_FLOW,
    PARTICIPANT_FLOW,
    HAND_OVER_FLOW,
    OUTCOME_FLOW,
    DOCUMENT_FLOW,
    MEETING_FLOW,
    MEETING_ACTION_FLOW,
    RISK_FLOW,
    EMERGENCY_FLOW,
    ANNOUNCEMENT_FLOW,
)

# Moves that only time makes; the worker runs them every minute, each in its own transaction.
TIMED: tuple[Callable[[Session], int], ...] = (
    *listings.TIMED,
    organisations.expire_invitations,
    proposals.lapse_due,
    proposals.expire_co_authors,
    proposals.remind_partners,
    collaborations.let_reports_fall_due,
    collaborations.end_parts_due,
    accounts.forget_the_expired,
    emergencies.end_over,
    writing.forget_old,
    *announcements.TIMED,
    board.Reminding(SOURCES, LEADS, actor_for),
    send_digests,
)
