"""Reads about mergers: which organisations may be one, what each has, and who answers for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, DateTime, ScalarSelect, String, and_, case, cast, func, null, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor, Role
from portal.kernel.text import N_, folded
from portal.kernel.work import Source
from portal.listings.models import Listing, ListingReader, ListingTemplate
from portal.mergers.models import EndedRoles, Merger
from portal.mergers.states import Likeness, MergerState
from portal.organisations.inputs import with_parents
from portal.organisations.models import Invitation, Membership, Organisation, OrganisationDomain
from portal.organisations.queries import holds
from portal.organisations.states import InvitationState, MembershipState, OrganisationState
from portal.proposals.models import Interest, Proposal
from portal.questions.models import Question

MOST_PAIRS = 50
_MORE = tuple(role for role in Role if role is not Role.MEMBER)
_MERGEABLE = (OrganisationState.UNVERIFIED, OrganisationState.VERIFIED)
_PARTIES = (joinedload(Merger.gone), joinedload(Merger.kept))
FULL = (
    *_PARTIES,
    joinedload(Merger.asked_by).load_only(User.name),
    joinedload(Merger.decided_by).load_only(User.name),
    selectinload(Merger.ended).joinedload(EndedRoles.account).load_only(User.name),
)
READABLE = (*_PARTIES, selectinload(Merger.ended))
# A name may be followed by the short name in its key. Cut by the length of what is written, which folding rarely changes:
# this only proposes, and is compared again below.
_PLAIN = case(
    (Organisation.short_name == "", Organisation.name_key),
    else_=func.substr(Organisation.name_key, 1, func.length(Organisation.name_key) - func.length(Organisation.short_name) - 1),
)


@dataclass(frozen=True)
class Likely:
    """Two organisations that may be one, and why."""

    one: Organisation
    other: Organisation
    why: Likeness


def likely_duplicates(session: Session) -> list[Likely]:
    """Pairs with the same name in the same country, or one's domain within the other's; verified ones stand second."""
    named, domains = _by_name(session), _by_domain(session)
    wanted = list(dict.fromkeys([*named, *domains]))[:MOST_PAIRS]
    ids = {number for pair in wanted for number in pair}
    found = {each.id: each for each in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
    why = dict.fromkeys(domains, Likeness.DOMAIN) | dict.fromkeys(named, Likeness.NAME)
    pairs = ((sorted((found[a], found[b]), key=lambda each: each.is_verified), why[a, b]) for a, b in wanted)
    return [Likely(one, other, likeness) for (one, other), likeness in pairs]


def _by_name(session: Session) -> list[tuple[int, int]]:
    twice = select(_PLAIN).where(Organisation._state.in_(_MERGEABLE)).group_by(_PLAIN).having(func.count() > 1).limit(MOST_PAIRS)
    query = select(Organisation.id, Organisation.name, Organisation.country_code).where(
        Organisation._state.in_(_MERGEABLE), _PLAIN.in_(twice)
    )
    alike: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, name, country in session.execute(query.order_by(Organisation.id)):
        alike[folded(name)].append((number, country))
    return [
        (one, other)
        for group in alike.values()
        for place, (one, country) in enumerate(group)
        for other, elsewhere in group[place + 1 :]
        if country == elsewhere or not country or not elsewhere
    ]


def _by_domain(session: Session) -> list[tuple[int, int]]:
    """One statement, compared here: databases do not agree on how to cut a domain."""
    owners: dict[str, int] = dict(
        session.execute(
            select(OrganisationDomain.domain, OrganisationDomain.organisation_id)
            .join(OrganisationDomain.organisation)
            .where(Organisation._state.in_(_MERGEABLE))
            .order_by(OrganisationDomain.id)
        ).all()
    )
    return [
        (min(owner, above), max(owner, above))
        for domain, owner in owners.items()
        for parent in with_parents(domain)
        if (above := owners.get(parent, owner)) != owner
    ]


@dataclass(frozen=True)
class Holding:
    """How much of one sort each of the two has."""

    label: str
    gone: int
    kept: int


_COUNTED = (
    (N_("Listings"), (Listing.organisation_id,)),
    (N_("Listings kept as templates"), (ListingTemplate.organisation_id,)),
    (N_("Questions asked about its listings"), (Question.host_id,)),
    (N_("Interests received or sent"), (Interest.host_id, Interest.organisation_id)),
    (N_("Proposals received or sent"), (Proposal.host_id, Proposal.organisation_id)),
    (N_("Collaborations"), (Collaboration.host_id, Collaboration.organisation_id)),
    (N_("E-mail domains"), (OrganisationDomain.organisation_id,)),
)


def holdings(session: Session, gone_id: int, kept_id: int) -> list[Holding]:
    """What each of the two has, in one statement; and how many members, invitations and listings that name it as a reader."""
    counts = [_count(or_(*(column == number for column in columns))) for _, columns in _COUNTED for number in (gone_id, kept_id)]
    for number in (gone_id, kept_id):
        counts.append(_count(and_(Membership.organisation_id == number, Membership._state == MembershipState.ACTIVE)))
        counts.append(_count(and_(Invitation.organisation_id == number, Invitation._state == InvitationState.OPEN)))
        counts.append(_count(ListingReader.organisation_id == number))
    row = list(session.execute(select(*counts)).one())
    moving = [Holding(label, *row[2 * place : 2 * place + 2]) for place, (label, _) in enumerate(_COUNTED)]
    rest = row[2 * len(_COUNTED) :]
    labels = (N_("Members"), N_("Open invitations"), N_("Listings of others that name it as a reader"))
    return moving + [Holding(label, rest[place], rest[place + 3]) for place, label in enumerate(labels)]


def role_holders(session: Session, *organisation_ids: int) -> Mapping[int, Sequence[Membership]]:
    """By organisation: its active members who hold more than membership."""
    found: dict[int, list[Membership]] = {number: [] for number in organisation_ids}
    query = (
        select(Membership)
        .options(joinedload(Membership.account).load_only(User.name))
        .where(Membership.organisation_id.in_(organisation_ids), Membership._state == MembershipState.ACTIVE, holds(*_MORE))
    )
    for membership in session.scalars(query.order_by(Membership.id)):
        found[membership.organisation_id].append(membership)
    return found


def stand_on_both_sides(session: Session, one: int, other: int) -> bool:
    """Whether anything was ever sent from one of the two to the other: then each has a side of its own in it."""
    counts = []
    for model in (Interest, Proposal):
        sides = ((model.host_id, model.organisation_id), (model.organisation_id, model.host_id))
        counts.append(_count(or_(*(and_(a == one, b == other) for a, b in sides))))
    return any(session.execute(select(*counts)).one())


def mergeable(session: Session, slugs: Iterable[str]) -> Mapping[str, Organisation]:
    """Those of these addresses behind which an organisation stands that can be merged, by address."""
    query = select(Organisation).where(Organisation.slug.in_(list(slugs)), Organisation._state.in_(_MERGEABLE))
    return {each.slug: each for each in session.scalars(query)}


def newest_mergers(session: Session) -> Sequence[Merger]:
    """The last hundred, those that wait first."""
    waits = case((Merger._state == MergerState.ASKED, 0), else_=1)
    query = select(Merger).options(*_PARTIES, joinedload(Merger.asked_by).load_only(User.name))
    return session.scalars(query.order_by(waits, Merger.id.desc()).limit(100)).all()


def mergers_to_decide(actor: Actor) -> AnySelect | None:
    """What another administrator of the portal asked for."""
    if not actor.is_admin:
        return None
    return (
        select(
            Merger.id.label("id"),
            Organisation.name.label("title"),
            cast(null(), String).label("detail"),
            Merger.asked_at.label("since"),
            cast(null(), DateTime).label("due_at"),
        )
        .join(Merger.gone)
        .where(Merger._state == MergerState.ASKED, Merger.asked_by_id != actor.id)
    )


SOURCES = (
    Source(
        "merger.decide",
        N_("Compare two organisations that may be one"),
        N_("Open the merger"),
        lambda number, _detail: f"/mergers/{number}",
        mergers_to_decide,
    ),
)


def _count(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(condition).scalar_subquery()
