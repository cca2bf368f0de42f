"""Every arrow that points up: what follows from which fact, who is told, what waits, and what engines may know of features."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from portal.accounts import actions as accounts
from portal.accounts.events import AccountConfirmed, AccountErased, AccountLinked, AddressChanged
from portal.accounts.export import OWN, Kept
from portal.accounts.models import User
from portal.accounts.ties import LAST_ADMINISTRATOR, Tie
from portal.annexes import panels as annexes_panels
from portal.annexes import subjects as annexes_subjects
from portal.announcements import actions as announcements
from portal.announcements import subjects as announcements_subjects
from portal.announcements.models import Announcement, Dismissal
from portal.announcements.workflow import ANNOUNCEMENT_FLOW
from portal.approvals.events import ApprovalGiven, ApprovalReturned
from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW
from portal.collaborations import actions as collaborations
from portal.collaborations import notices as collaborations_notices
from portal.collaborations import queries as collaborations_queries
from portal.collaborations import subjects as collaborations_subjects
from portal.collaborations.models import Collaboration, Deliverable, Outcome
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.emergencies import actions as emergencies
from portal.emergencies import notices as emergencies_notices
from portal.emergencies import queries as emergencies_queries
from portal.emergencies import subjects as emergencies_subjects
from portal.emergencies.models import Emergency, EmergencyParty
from portal.emergencies.workflow import EMERGENCY_FLOW
from portal.files import notices as files_notices
from portal.files.models import File
from portal.imports import notices as imports_notices
from portal.imports import subjects as imports_subjects
from portal.imports.models import ImportMapping, ImportRun
from portal.imports.terms import Offer, Uploadable
from portal.insights import panels as insights_panels
from portal.kernel import events, subjects, terms
from portal.kernel.events import Fact, Reaction
from portal.kernel.notices import Notice, Topic
from portal.kernel.policy import Actor
from portal.kernel.subjects import Subject
from portal.kernel.subscribers import Subscriber
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.kernel.workflow import Workflow
from portal.listings import actions as listings
from portal.listings import imports as listings_imports
from portal.listings import notices as listings_notices
from portal.listings import panels as listings_panels
from portal.listings import queries as listings_queries
from portal.listings import subjects as listings_subjects
from portal.listings.events import ListingCoOwnerNamed, ListingReleased
from portal.listings.models import Listing, ListingCoOwner, ListingFollow, ListingTemplate, Responsible, TrustedOrganisation
from portal.listings.workflow import LISTING_FLOW
from portal.mergers import notices as mergers_notices
from portal.mergers import queries as mergers_queries
from portal.mergers import subjects as mergers_subjects
from portal.mergers.models import EndedRoles, Merger
from portal.mergers.workflow import MERGER_FLOW
from portal.notifications import actions as notifications
from portal.notifications.digests import send_digests
from portal.notifications.models import Delivery, DigestItem, Notification, Preference, Wording
from portal.notifications.notifier import notifier
from portal.organisations import actions as organisations
from portal.organisations import imports as organisations_imports
from portal.organisations import notices as organisations_notices
from portal.organisations import queries as organisations_queries
from portal.organisations import subjects as organisations_subjects
from portal.organisations.events import MemberRemoved
from portal.organisations.models import Invitation, Membership
from portal.organisations.workflow import INVITATION_FLOW, MEMBERSHIP_FLOW, ORGANISATION_FLOW
from portal.people import actions as people
from portal.people import panels as people_panels
from portal.people import subjects as people_subjects
from portal.people.models import Profile
from portal.proposals import actions as proposals
from portal.proposals import notices as proposals_notices
from portal.proposals import panels as proposals_panels
from portal.proposals import queries as proposals_queries
from portal.proposals import subjects as proposals_subjects
from portal.proposals.actions.keeping import keep_for_those_who_answered, keep_the_sides_apart
from portal.proposals.events import ProposalAccepted
from portal.proposals.models import Interest, Proposal, ProposalVersion
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from portal.questions import notices as questions_notices
from portal.questions import panels as questions_panels
from portal.questions import queries as questions_queries
from portal.questions import subjects as questions_subjects
from portal.questions.models import Question
from portal.search import actions as search
from portal.search import notices as search_notices
from portal.search import subjects as search_subjects
from portal.search.models import SavedSearch
from portal.threads import notices as threads_notices
from portal.threads.models import Message
from portal.web.pages import Navigation
from portal.web.panels import Panel
from portal.writing import actions as writing
from portal.writing.models import Unsaved

REACTIONS: dict[type[Fact], tuple[Reaction, ...]] = {
    AccountConfirmed: (organisations.open_invitations_to, people.open_profile, listings.admit_named),
    AddressChanged: (organisations.tell_of_left_address, organisations.open_invitations_to, listings.admit_named),
    AccountLinked: (people.note_orcid,),
    AccountErased: (
        *(notifications.forget_person, organisations.forget_member, organisations.forget_invited, people.forget_profile),
        *(listings.forget_reader, listings.forget_follower, proposals.empty_drafts),
        *(search.forget_searches, writing.forget_writer, announcements.forget_dismissals),
    ),
    ApprovalGiven: (proposals.complete_approved,),
    ApprovalReturned: (proposals.return_sent_back,),
    MemberRemoved: (listings.end_part_of_member, listings.hand_on_listings),
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
    PROPOSAL_FLOW,
    APPROVAL_FLOW,
    COLLABORATION_FLOW,
    MILESTONE_FLOW,
    DELIVERABLE_FLOW,
    EMERGENCY_FLOW,
    ANNOUNCEMENT_FLOW,
)

# What waits for whom (My work, the header's count).
SOURCES: tuple[Source, ...] = (
    *organisations_queries.SOURCES,
    *mergers_queries.SOURCES,
    *listings_queries.SOURCES,
    *questions_queries.SOURCES,
    *proposals_queries.SOURCES,
    *collaborations_queries.SOURCES,
    *emergencies_queries.SOURCES,
)

# Who is told of what, in the groups by which people choose how.
TOPICS: tuple[Topic, ...] = (
    Topic("answers", N_("Interests and proposals"), proposals_notices.NOTICES),
    Topic("work", N_("Collaborations"), collaborations_notices.NOTICES),
    Topic("talk", N_("Messages and files"), (*threads_notices.NOTICES, *files_notices.NOTICES)),
    Topic("questions", N_("Questions about listings"), questions_notices.NOTICES),
    Topic("listings", N_("Listings"), (*listings_notices.NOTICES, *imports_notices.NOTICES)),
    Topic("searches", N_("Saved searches"), search_notices.NOTICES),
    Topic("organisations", N_("Organisations and their members"), organisations_notices.NOTICES),
    Topic("portal", N_("Keeping the portal"), (*mergers_notices.NOTICES, *emergencies_notices.NOTICES), keepers=True),
    # Last: whoever has a nearer reason to be told of the same hears that one.
    Topic("followed", N_("Listings I follow"), listings_notices.FOLLOWED),
)
NOTICES: tuple[Notice, ...] = tuple(notice for topic in TOPICS for notice in topic.notices)


def actor_for(session: Session, account_id: int) -> Actor | None:
    """Who an account is right now, with its seats; None where it is closed or was never confirmed."""
    account = session.get(User, account_id)
    if account is None or not account.active or account.confirmed_at is None:
        return None
    return Actor(
        account.id, account.name, str(account.kind.value), organisations_queries.seats_of(session, account.id), account.is_admin
    )


# Who reads the log after a commit. What needs an index or a folder is added by the app.
SUBSCRIBERS: tuple[Subscriber, ...] = (notifier(TOPICS, actor_for),)

# Blocks that higher features offer to lower pages, by place.
PANELS: dict[str, tuple[Panel, ...]] = {
    "organisation": (listings_panels.ORGANISATION,),
    "saved": (listings_panels.SAVED,),
    "organisation.side": (people_panels.ORGANISATION, insights_panels.ORGANISATION),
    "listing": (*proposals_panels.LISTING, annexes_panels.LISTING, questions_panels.LISTING),
    "listing.unpublished": (annexes_panels.LISTING,),
}

# The main navigation by what a person is here for; the first is where their work waits, with the count.
_WORK = (N_("My work"), "/work", True)
_FIND = (N_("Find"), "/search", False)
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
    "officer": (_WORK, (N_("Approvals"), "/approvals", False), _FIND, _PROPOSALS, _COLLABORATIONS),
    "admin": (
        _WORK,
        (N_("Administration"), "/admin", False),
        _FIND,
        (N_("Organisations"), "/organisations", False),
        (N_("Audit"), "/audit", False),
    ),
}

# What the portal hands out to people who ask for their data: their own rows, and no notes of others about them.
PERSONAL: tuple[Kept, ...] = (
    *OWN,
    *(Kept((column,)) for column in (Profile.id, Membership.account_id, Listing.owner_id, Interest.author_id)),
    *(Kept((column,)) for column in (Proposal.author_id, ProposalVersion.submitted_by_id, Approval.decided_by_id)),
    *(Kept((column,)) for column in (Message.author_id, Outcome.recorded_by_id, Notification.account_id, Preference.account_id)),
    *(Kept((column,)) for column in (SavedSearch.account_id, ListingFollow.account_id, Wording.by_id, Unsaved.account_id)),
    *(Kept((ImportRun.asked_by_id,), ("stored_as", "claim")), Kept((ImportMapping.made_by_id,))),
    *(Kept((column,)) for column in (ListingCoOwner.account_id, Responsible.account_id)),
    *(Kept((column,)) for column in (ListingTemplate.made_by_id, TrustedOrganisation.given_by_id)),
    Kept((Invitation.account_id, Invitation.invited_by_id)),
    *(Kept(columns) for columns in ((Merger.asked_by_id, Merger.decided_by_id), (EndedRoles.account_id,))),
    *(Kept(columns) for columns in ((Emergency.asked_by_id, Emergency.decided_by_id), (EmergencyParty.account_id,))),
    *(Kept((column,)) for column in (Announcement.made_by_id, Dismissal.account_id)),
    Kept((Collaboration.host_lead_id, Collaboration.partner_lead_id)),
    *(Kept((column,)) for column in (Deliverable.decided_by_id, Question.author_id, DigestItem.account_id)),
    Kept((File.uploaded_by_id,), ("stored_as",)),
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

# Below these addresses an administrator shows again who they are before anything is changed.
WEIGHTY = ("/admin", "/emergencies")

# Moves that only time makes; the worker runs them every minute, each in its own transaction.
TIMED: tuple[Callable[[Session], int], ...] = (
    *listings.TIMED,
    organisations.expire_invitations,
    proposals.lapse_due,
    accounts.forget_the_expired,
    emergencies.end_over,
    writing.forget_old,
    *announcements.TIMED,
    send_digests,
)

# What `portal import` takes in: organisations and vocabularies before the listings that name them.
OFFERS: dict[str, Offer] = {**organisations_imports.OFFERS, **listings_imports.OFFERS}

# What people bring in with a form: administrators of an organisation its own listings, those of the portal the same as above.
_PUBLIC: dict[str, str] = {
    "organisations": N_("Public record: organisation"),
    "companies": N_("Public record: company"),
    "university_domains": N_("Public record: domains of a university"),
    "fields": N_("Public record: field of research"),
    "skills": N_("Public record: skill"),
    "projects": N_("Public record: research project"),
    "challenges": N_("Public record: challenge"),
    "internships": N_("Public record: internship"),
    "training": N_("Public record: training programme"),
    "compute_resources": N_("Public record: compute offer"),
}
UPLOADS: dict[str, Uploadable] = {
    **listings_imports.UPLOADS,
    **{name: Uploadable(label, OFFERS[name]) for name, label in _PUBLIC.items()},
}

# How the engines find, name and guard each type of thing, by table name.
SUBJECTS: dict[str, Subject] = {
    **search_subjects.SUBJECTS,
    **imports_subjects.SUBJECTS,
    **organisations_subjects.SUBJECTS,
    **emergencies_subjects.SUBJECTS,
    **announcements_subjects.SUBJECTS,
    **mergers_subjects.SUBJECTS,
    **people_subjects.SUBJECTS,
    **listings_subjects.SUBJECTS,
    **annexes_subjects.SUBJECTS,
    **questions_subjects.SUBJECTS,
    **proposals_subjects.SUBJECTS,
    **collaborations_subjects.SUBJECTS,
}


def connect() -> None:
    """Hand the tables above to the kernel. Called once per process, before anything is recorded."""
    events.react(REACTIONS)
    subjects.register(SUBJECTS)
    terms.use_terms(terms.Terms(listings_queries.vocabulary, listings_queries.fields_numbered))
