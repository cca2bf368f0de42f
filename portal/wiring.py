"""Every arrow that points up: what follows from which fact, who is told, what waits, and what engines may know of features."""

from collections.abc import Callable

from sqlalchemy.orm import Session, joinedload

from portal.accounts import actions as accounts
from portal.accounts.events import AccountConfirmed, AccountErased, AddressChanged
from portal.accounts.export import OWN, Kept
from portal.accounts.models import User
from portal.accounts.ties import LAST_ADMINISTRATOR, Tie
from portal.approvals.events import ApprovalGiven, ApprovalReturned
from portal.approvals.models import Approval
from portal.approvals.policies import READ as APPROVAL_READ
from portal.approvals.workflow import APPROVAL_FLOW
from portal.collaborations import actions as collaborations
from portal.collaborations import notices as collaborations_notices
from portal.collaborations import queries as collaborations_queries
from portal.collaborations.models import Collaboration, Deliverable, Milestone, Outcome
from portal.collaborations.policies import DELIVERABLE_READ, MILESTONE_READ
from portal.collaborations.policies import READ as COLLABORATION_READ
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.files import notices as files_notices
from portal.files.models import File
from portal.imports.terms import Offer
from portal.kernel import events, subjects
from portal.kernel.events import Fact, Reaction
from portal.kernel.notices import Notice
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
from portal.listings.models import Listing
from portal.listings.policies import EDIT as LISTING_EDIT
from portal.listings.policies import READ as LISTING_READ
from portal.listings.workflow import LISTING_FLOW
from portal.notifications import actions as notifications
from portal.notifications.models import Delivery, Notification, Preference
from portal.notifications.notifier import notifier
from portal.organisations import actions as organisations
from portal.organisations import imports as organisations_imports
from portal.organisations import notices as organisations_notices
from portal.organisations import queries as organisations_queries
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import MEMBERSHIP_READ
from portal.organisations.policies import READ as ORGANISATION_READ
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW
from portal.people import actions as people
from portal.people import panels as people_panels
from portal.people.models import Profile
from portal.people.policies import READ as PROFILE_READ
from portal.people.queries import FULL as PROFILE_FULL
from portal.proposals import actions as proposals
from portal.proposals import notices as proposals_notices
from portal.proposals import panels as proposals_panels
from portal.proposals import queries as proposals_queries
from portal.proposals.events import ProposalAccepted
from portal.proposals.models import Interest, Proposal, ProposalVersion
from portal.proposals.policies import INTEREST_READ, INTEREST_READ_TEXT
from portal.proposals.policies import READ as PROPOSAL_READ
from portal.proposals.policies import READ_TEXT as PROPOSAL_READ_TEXT
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from portal.questions import notices as questions_notices
from portal.questions import panels as questions_panels
from portal.questions import queries as questions_queries
from portal.questions.models import Question
from portal.questions.policies import READ as QUESTION_READ
from portal.threads import notices as threads_notices
from portal.threads.models import Message
from portal.web.pages import Navigation
from portal.web.panels import Panel

REACTIONS: dict[type[Fact], tuple[Reaction, ...]] = {
    AccountConfirmed: (people.open_profile, listings.admit_named),
    AddressChanged: (organisations.tell_of_left_address, listings.admit_named),
    AccountErased: (
        *(notifications.forget_person, organisations.forget_member, people.forget_profile),
        *(listings.forget_reader, proposals.empty_drafts),
    ),
    ApprovalGiven: (proposals.complete_approved,),
    ApprovalReturned: (proposals.return_sent_back,),
    ProposalAccepted: (collaborations.open_for_accepted,),
}

# The tables the live help draws, in the order of the road.
FLOWS: tuple[Workflow, ...] = (
    ORGANISATION_FLOW,
    MEMBERSHIP_FLOW,
    LISTING_FLOW,
    INTEREST_FLOW,
    PROPOSAL_FLOW,
    APPROVAL_FLOW,
    COLLABORATION_FLOW,
    MILESTONE_FLOW,
    DELIVERABLE_FLOW,
)

# What waits for whom (My work, the header's count).
SOURCES: tuple[Source, ...] = (
    *organisations_queries.SOURCES,
    *listings_queries.SOURCES,
    *questions_queries.SOURCES,
    *proposals_queries.SOURCES,
    *collaborations_queries.SOURCES,
)

# Who is told of what.
NOTICES: tuple[Notice, ...] = (
    *threads_notices.NOTICES,
    *files_notices.NOTICES,
    *organisations_notices.NOTICES,
    *listings_notices.NOTICES,
    *questions_notices.NOTICES,
    *proposals_notices.NOTICES,
    *collaborations_notices.NOTICES,
)


def actor_for(session: Session, account_id: int) -> Actor | None:
    """Who an account is right now, with its seats; None where it is closed or was never confirmed."""
    account = session.get(User, account_id)
    if account is None or not account.active or account.confirmed_at is None:
        return None
    return Actor(
        account.id, account.name, str(account.kind.value), organisations_queries.seats_of(session, account.id), account.is_admin
    )


# Who reads the log after a commit. What needs an index or a folder is added by the app.
SUBSCRIBERS: tuple[Subscriber, ...] = (notifier(NOTICES, actor_for),)

# Blocks that higher features offer to lower pages, by place.
PANELS: dict[str, tuple[Panel, ...]] = {
    "organisation": (listings_panels.ORGANISATION,),
    "organisation.side": (people_panels.ORGANISATION,),
    "listing": (*proposals_panels.LISTING, questions_panels.LISTING),
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
    Kept((Collaboration.host_lead_id, Collaboration.partner_lead_id)),
    *(Kept((column,)) for column in (Deliverable.decided_by_id, Question.author_id)),
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
WEIGHTY = ("/admin",)

# Moves that only time makes; the worker runs them every minute, each in its own transaction.
TIMED: tuple[Callable[[Session], int], ...] = (*listings.TIMED, proposals.lapse_due, accounts.forget_the_expired)

# What `portal import` takes in: organisations and vocabularies before the listings that name them.
OFFERS: dict[str, Offer] = {**organisations_imports.OFFERS, **listings_imports.OFFERS}

SUBJECTS = {
    "organisation": Subject(
        Organisation, N_("organisation"), ORGANISATION_READ, lambda o: o.name, lambda o: o.href, lambda o: (o.id,)
    ),
    "membership": Subject(
        Membership,
        N_("membership"),
        MEMBERSHIP_READ,
        lambda m: m.organisation.name,
        lambda m: f"/memberships/{m.id}",
        lambda m: (m.organisation_id,),
        options=(joinedload(Membership.organisation),),
    ),
    "profile": Subject(Profile, N_("person"), PROFILE_READ, lambda p: p.name, lambda p: p.href, options=PROFILE_FULL),
    "listing": Subject(
        Listing,
        N_("listing"),
        LISTING_READ,
        lambda x: x.title,
        lambda x: x.href,
        lambda x: (x.organisation_id,),
        write=LISTING_EDIT,
        people=lambda x: (x.owner_id,),
    ),
    "question": Subject(
        Question,
        N_("question"),
        QUESTION_READ,
        lambda q: q.listing.title,
        lambda q: q.href,
        lambda q: (q.host_id,),
        options=(joinedload(Question.listing),),
    ),
    "interest": Subject(
        Interest,
        N_("expression of interest"),
        INTEREST_READ,
        lambda i: i.listing.title,
        lambda i: i.href,
        lambda i: (i.host_id, i.organisation_id) if i.organisation_id else (i.host_id,),
        options=(joinedload(Interest.listing),),
        write=INTEREST_READ_TEXT,
        contents=INTEREST_READ_TEXT,
        people=lambda i: (i.author_id, i.listing.owner_id),
    ),
    "proposal": Subject(
        Proposal,
        N_("proposal"),
        PROPOSAL_READ,
        lambda p: p.title,
        lambda p: p.href,
        lambda p: (p.host_id, p.organisation_id),
        options=(joinedload(Proposal.listing),),
        write=PROPOSAL_READ_TEXT,
        contents=PROPOSAL_READ_TEXT,
        people=lambda p: (p.author_id, p.listing.owner_id),
    ),
    "approval": Subject(
        Approval,
        N_("approval"),
        APPROVAL_READ,
        lambda a: f"PR-{a.subject_id:04d}",
        lambda a: f"/proposals/PR-{a.subject_id:04d}#approvals",
        lambda a: (a.organisation_id,),
    ),
    "collaboration": Subject(
        Collaboration,
        N_("collaboration"),
        COLLABORATION_READ,
        lambda c: c.title,
        lambda c: c.href,
        lambda c: (c.host_id, c.organisation_id),
        write=COLLABORATION_READ,
        people=lambda c: (c.host_lead_id, c.partner_lead_id),
    ),
    "milestone": Subject(
        Milestone,
        N_("milestone"),
        MILESTONE_READ,
        lambda m: m.title,
        lambda m: m.collaboration.href,
        lambda m: (m.collaboration.host_id, m.collaboration.organisation_id),
        options=(joinedload(Milestone.collaboration),),
    ),
    "deliverable": Subject(
        Deliverable,
        N_("deliverable"),
        DELIVERABLE_READ,
        lambda d: d.title,
        lambda d: d.collaboration.href,
        lambda d: (d.collaboration.host_id, d.collaboration.organisation_id),
        options=(joinedload(Deliverable.collaboration),),
    ),
}


def connect() -> None:
    """Hand the tables above to the kernel. Called once per process, before anything is recorded."""
    events.react(REACTIONS)
    subjects.register(SUBJECTS)
