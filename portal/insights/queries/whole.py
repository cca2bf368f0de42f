"""What is true of the whole portal: figures – counts only, of what everybody may know exists – and what it is made of.

The help pages are drawn from the second half, so that they say what the code does and nothing else.
"""

import datetime as dt
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from types import ModuleType
from typing import Any

import click
from sqlalchemy import String, and_, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.activity import policies as activity_policies
from portal.annexes import policies as annexes_policies
from portal.announcements import policies as announcements_policies
from portal.approvals import policies as approvals_policies
from portal.board import policies as board_policies
from portal.collaborations import policies as collaborations_policies
from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.policies import RELEASED
from portal.collaborations.states import CollaborationState, OutcomeState
from portal.emergencies import policies as emergencies_policies
from portal.files import policies as files_policies
from portal.imports import policies as imports_policies
from portal.kernel import clock, policy
from portal.kernel.db import AnyUnion
from portal.kernel.events import Fact
from portal.kernel.policy import VISITOR, Rule
from portal.kernel.sentences import kinds_of_facts
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_, Words
from portal.listings import policies as listings_policies
from portal.listings.models import Listing
from portal.listings.states import Kind, ListingState, Visibility
from portal.mergers import policies as mergers_policies
from portal.organisations import policies as organisations_policies
from portal.organisations.models import Organisation
from portal.people import policies as people_policies
from portal.proposals import policies as proposals_policies
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState, ProposalState
from portal.questions import policies as questions_policies
from portal.search import policies as search_policies

WRITING = (ProposalState.DRAFT, ProposalState.REVISION_REQUESTED)
DECIDING = (ProposalState.SUBMITTED, ProposalState.IN_REVIEW, ProposalState.IN_APPROVAL)
RUNNING = (CollaborationState.ACTIVE, CollaborationState.PAUSED, CollaborationState.CLOSING)
POLICIES = (
    policy,
    organisations_policies,
    people_policies,
    listings_policies,
    annexes_policies,
    questions_policies,
    proposals_policies,
    approvals_policies,
    collaborations_policies,
    activity_policies,
    search_policies,
    files_policies,
    imports_policies,
    mergers_policies,
    emergencies_policies,
    announcements_policies,
    board_policies,
)
MOST_SHOWN = 25
LEAST_FOR_SHARE, LEAST_FOR_MEDIAN = 25, 8
_MOST_COUNTED = 2000
_NO_ONE_THING = N_("whoever may read what it is about")
_NARROW = {
    "staff": N_("people of its own organisation, whoever did it, and administrators of the portal"),
    "told": N_("whoever did it, and administrators of the portal; others only by a notice"),
}


@dataclass(frozen=True)
class Replies:
    """How an organisation answers what is sent to its listings; None where too few were sent to say so.

    `share_percent`: of what was to be answered by now, how much was, by the date that was promised.
    """

    share_percent: int | None = None
    median_days: int | None = None


@dataclass(frozen=True)
class Figures:
    """The road in numbers."""

    open_by_kind: dict[Kind, int] = field(default_factory=dict)
    writing: int = 0
    deciding: int = 0
    accepted: int = 0
    running: int = 0
    outcomes: int = 0
    confirmed: int = 0  # of them, by both sides

    @property
    def open_listings(self) -> int:
        return sum(self.open_by_kind.values())


def figures(session: Session) -> Figures:
    """All figures of the home page in one statement. Its cost grows with the portal: callers keep the answer for a minute."""
    statement: AnyUnion = union_all(
        select(literal("open"), cast(Listing.kind, String), func.count())
        .where(Listing._state == ListingState.PUBLISHED, Listing.visibility == Visibility.PUBLIC)
        .group_by(Listing.kind),
        select(literal("proposal"), cast(Proposal._state, String), func.count()).group_by(Proposal._state),
        select(literal("collaboration"), cast(Collaboration._state, String), func.count()).group_by(Collaboration._state),
        select(literal("outcome"), cast(Outcome._state, String), func.count()).group_by(Outcome._state),
    )
    counts = {(row[0], row[1]): row[2] for row in session.execute(statement)}

    def total(what: str, *values: object) -> int:
        return sum(counts.get((what, getattr(value, "value", value)), 0) for value in values)

    return Figures(
        open_by_kind={kind: total("open", kind) for kind in Kind},
        writing=total("proposal", *WRITING),
        deciding=total("proposal", *DECIDING),
        accepted=total("collaboration", CollaborationState.PLANNED),
        running=total("collaboration", *RUNNING),
        outcomes=total("outcome", *(state for state in OutcomeState if state is not OutcomeState.WITHDRAWN)),
        confirmed=total("outcome", OutcomeState.CONFIRMED),
    )


def replies_of(session: Session, organisation_id: int) -> Replies:
    """How an organisation answered the interests and proposals of the last year whose promised date is over, or sooner.

    A promise lasts to the end of its day. What was taken back before it was answered counts neither way.

    Source: HESA's rounding methodology suppresses percentages of fewer than 22.5 and averages of 7 and fewer.
    """
    now = clock.now()
    since = now - dt.timedelta(days=365)
    of_it = select(Listing.id).where(Listing.organisation_id == organisation_id)
    sent = union_all(
        select(Interest.sent_at.label("asked"), Interest.reply_due_at.label("due"), Interest.answered_at.label("told")).where(
            Interest.listing_id.in_(of_it),
            Interest.sent_at > since,
            or_(Interest.answered_at.is_not(None), Interest._state.not_in((InterestState.WITHDRAWN, InterestState.ASKED))),
        ),
        select(Proposal.submitted_at, Proposal.decide_by, Proposal.decided_at).where(
            Proposal.listing_id.in_(of_it),
            Proposal.interest_id.is_(None),
            Proposal.submitted_at > since,
            or_(Proposal.decided_at.is_not(None), Proposal._state != ProposalState.WITHDRAWN),
        ),
    ).limit(_MOST_COUNTED)
    rows = [(row, _end_of(row.due)) for row in session.execute(sent)]
    due = [(row, end) for row, end in rows if row.told or end < now]
    days = [(row.told - row.asked).days for row, _end in due if row.told]
    kept = sum(row.told is not None and row.told <= end for row, end in due)
    return Replies(
        round(100 * kept / len(due)) if len(due) >= LEAST_FOR_SHARE else None,
        round(median(days)) if len(days) >= LEAST_FOR_MEDIAN else None,
    )


def _end_of(due: dt.datetime) -> dt.datetime:
    return due.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)


def released_of(session: Session, organisation: Organisation) -> Sequence[Any]:
    """Title, other side and first day of the newest collaborations of an organisation that both sides released."""
    other = aliased(Organisation)
    is_other = or_(
        and_(Collaboration.host_id == organisation.id, other.id == Collaboration.organisation_id),
        and_(Collaboration.organisation_id == organisation.id, other.id == Collaboration.host_id),
    )
    released = (
        select(Collaboration.title, other.name.label("other"), Collaboration.opened_at.label("at"))
        .join(other, is_other)
        .where(RELEASED.where(VISITOR))
    )
    return session.execute(released.order_by(Collaboration.opened_at.desc()).limit(MOST_SHOWN)).all()


@dataclass(frozen=True)
class Told:
    """One kind of fact: the sentence that stands in feeds, with “…” for what varies, and who sees it there."""

    kind: str
    sentence: Words
    seen_by: Words


def facts_told() -> list[Told]:
    """Everything that is ever recorded, by kind."""
    return [_told(fact) for _, fact in sorted(kinds_of_facts().items())]


def rules_by_feature() -> list[tuple[str, list[tuple[str, Words]]]]:
    """Every rule with its sentence, in the order of the policies modules; those of the kernel hold for all features."""
    return [(_feature(module), [(name, rule.words) for name, rule in _rules(module)]) for module in POLICIES]


@dataclass(frozen=True)
class Command:
    """One command of the operator: how it is called, what it does, and what its options and choices mean."""

    usage: str
    does: str
    options: Sequence[tuple[str, str]]


def commands(group: click.Group, name: str = "portal") -> Iterator[Command]:
    """Every command below `group`, inner ones too, by name."""
    for word, command in sorted(group.commands.items()):
        whole = f"{name} {word}"
        if isinstance(command, click.Group):
            yield from commands(command, whole)
        else:
            yield _described(command, whole)


def _told(fact: type[Fact]) -> Told:
    varies = dict.fromkeys(inspect.signature(fact).parameters, "…")
    sentence = Words(fact.says, {**varies, "actor": Words(N_("Somebody")), "subject": "…"})
    about = all_subjects().get(fact.kind.partition(".")[0])
    if fact.seen_by in _NARROW:
        return Told(fact.kind, sentence, Words(_NARROW[fact.seen_by]))
    return Told(fact.kind, sentence, about.read.words if about else Words(_NO_ONE_THING))


def _feature(module: ModuleType) -> str:
    return module.__name__.split(".")[1]


def _rules(module: ModuleType) -> Iterator[tuple[str, Rule]]:
    """The module's own rules in the order of its file; those it imports are told where they are made."""
    for name, value in vars(module).items():
        imported = module is not policy and vars(policy).get(name) is value
        if isinstance(value, Rule) and not name.startswith("_") and not imported:
            yield name, value


def _described(command: click.Command, usage: str) -> Command:
    arguments = [p.human_readable_name for p in command.params if isinstance(p, click.Argument)]
    meanings = [
        (", ".join(p.opts) if isinstance(p, click.Option) else p.human_readable_name, _meaning(p)) for p in command.params
    ]
    does = inspect.cleandoc(command.help or "")
    return Command(" ".join([usage, *arguments]), does, [(name, meaning) for name, meaning in meanings if meaning])


def _meaning(parameter: click.Parameter) -> str:
    """What its help says, and what can be chosen."""
    said = parameter.help or "" if isinstance(parameter, click.Option) else ""
    chosen = f"({', '.join(parameter.type.choices)})" if isinstance(parameter.type, click.Choice) else ""
    return f"{said} {chosen}".strip()
