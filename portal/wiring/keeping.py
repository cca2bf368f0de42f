"""What is a person's own, and what has to be settled before they go."""

from portal.accounts.export import OWN, Kept
from portal.accounts.ties import LAST_ADMINISTRATOR, Tie
from portal.announcements.models import Announcement, Dismissal
from portal.approvals.models import Approval
from portal.board.models import BoardView, CalendarFeed, DeskLook, Reminder
from portal.collaborations import queries as collaborations_queries
from portal.collaborations.models import (
    ChangeConsent,
    ChangeRequest,
    CheckItem,
    Claim,
    Collaboration,
    Contribution,
    Deliverable,
    Document,
    HandedIn,
    HandOver,
    HealthNote,
    Invitee,
    Meeting,
    MeetingAction,
    Minutes,
    Outcome,
    OutcomeVersion,
    Participant,
    PlanMove,
    Report,
    ReportMove,
    ReportVersion,
    Risk,
    RiskReview,
)
from portal.emergencies.models import Emergency, EmergencyParty
from portal.files.models import File
from portal.imports.models import ImportMapping, ImportRun
from portal.listings import queries as listings_queries
from portal.listings.models import Listing, ListingCoOwner, ListingFollow, ListingTemplate, Responsible, TrustedOrganisation
from portal.mergers.models import EndedRoles, Merger
from portal.notifications.models import Delivery, DigestItem, Notification, Preference, Wording
from portal.organisations import queries as organisations_queries
from portal.organisations.models import Invitation, Membership
from portal.people.models import Profile
from portal.proposals import queries as proposals_queries
from portal.proposals.models import CoAuthor, Confirmation, HeldDecision, Interest, PassedOn, Proposal, ProposalVersion, Section
from portal.questions.models import Question
from portal.search.models import SavedSearch
from portal.threads.models import EarlierText, Lock, Message, Note, Place
from portal.writing.models import Unsaved

# What the portal hands out to people who ask for their data: their own rows, and no notes of others about them.
PERSONAL: tuple[Kept, ...] = (
    *OWN,
    *(Kept((column,)) for column in (Profile.id, Membership.account_id, Listing.owner_id, Interest.author_id)),
    *(Kept((column,)) for column in (Proposal.author_id, ProposalVersion.submitted_by_id, Approval.decided_by_id)),
    *(Kept((column,)) for column in (Message.author_id, Notification.account_id, Preference.account_id)),
    *(Kept((column,)) for column in (SavedSearch.account_id, ListingFollow.account_id, Wording.by_id, Unsaved.account_id)),
    *(Kept((ImportRun.asked_by_id,), ("stored_as", "claim")), Kept((ImportMapping.made_by_id,))),
    *(Kept((column,)) for column in (ListingCoOwner.account_id, Responsible.account_id)),
    *(Kept((column,)) for column in (ListingTemplate.made_by_id, TrustedOrganisation.given_by_id)),
    Kept((Invitation.account_id, Invitation.invited_by_id)),
    Kept((CoAuthor.account_id, CoAuthor.invited_by_id)),
    *(Kept((column,)) for column in (Confirmation.lead_id, Section.owner_id)),
    *(Kept(columns) for columns in ((Merger.asked_by_id, Merger.decided_by_id), (EndedRoles.account_id,))),
    *(Kept(columns) for columns in ((Emergency.asked_by_id, Emergency.decided_by_id), (EmergencyParty.account_id,))),
    *(Kept((column,)) for column in (Announcement.made_by_id, Dismissal.account_id)),
    Kept((Collaboration.host_lead_id, Collaboration.partner_lead_id)),
    *(Kept((column,)) for column in (CheckItem.settled_by_id, HealthNote.by_id, ChangeConsent.by_id)),
    Kept((Participant.account_id, Participant.named_by_id)),
    Kept((HandOver.from_id, HandOver.to_id, HandOver.asked_by_id)),
    Kept((ChangeRequest.asked_by_id, ChangeRequest.assessed_by_id)),
    *(Kept(columns) for columns in ((Deliverable.reviewer_id, Deliverable.decided_by_id), (PlanMove.by_id,))),
    Kept((Claim.by_id, Claim.technical_by_id, Claim.finance_by_id, Claim.decided_by_id)),
    Kept((Contribution.by_id,)),
    Kept((Document.by_id, Document.moved_by_id)),
    Kept((Outcome.recorded_by_id, Outcome.confirmed_by_id)),
    Kept((OutcomeVersion.by_id, OutcomeVersion.confirmed_by_id)),
    Kept((HandedIn.by_id, HandedIn.answered_by_id)),
    Kept((Report.decided_by_id, Report.wish_by_id)),
    *(Kept((of.by_id, of.answered_by_id)) for of in (ReportVersion, ReportMove)),
    Kept((Meeting.called_by_id, Meeting.minutes_by_id, Meeting.confirmed_by_id)),
    *(Kept(columns) for columns in ((Risk.owner_id, Risk.raised_by_id, Risk.closed_by_id), (RiskReview.by_id,))),
    Kept((MeetingAction.owner_id, MeetingAction.noted_by_id, MeetingAction.settled_by_id)),
    *(Kept(columns) for columns in ((Invitee.account_id,), (Minutes.by_id, Minutes.objected_by_id))),
    *(Kept((column,)) for column in (Question.author_id, DigestItem.account_id)),
    *(Kept((column,)) for column in (EarlierText.by_id, Lock.by_id, Note.author_id, Place.account_id)),
    Kept((HeldDecision.by_id,)),
    Kept((PassedOn.person_id,), ("interest_id", "proposal_id")),  # that somebody was sent to them, not who
    Kept((File.uploaded_by_id,), ("stored_as",)),
    Kept((BoardView.account_id,)),
    *(Kept((CalendarFeed.account_id,), ("fingerprint",)), Kept((Reminder.account_id,)), Kept((DeskLook.account_id,))),
    Kept((Delivery.account_id,), ("text", "html", "message_id")),  # mails carry links that open something
)

# What hangs on a person, and has to be settled before their account goes.
TIES: tuple[Tie, ...] = (
    LAST_ADMINISTRATOR,
    organisations_queries.KEPT_ALONE,
    listings_queries.ANSWERED_FOR,
    proposals_queries.UNDECIDED,
    collaborations_queries.LED,
)
