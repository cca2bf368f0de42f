"""What waits for the portal's administrators, over all features."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, literal, select, union_all
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.imports.models import ImportRun
from portal.imports.states import RUNNING
from portal.kernel import clock
from portal.kernel.db import AnySelect, AnyUnion, those_in
from portal.kernel.errors import Missing
from portal.kernel.events import Event
from portal.kernel.policy import Actor
from portal.kernel.subscribers import Cursor, DeadLetter
from portal.kernel.worker import TIMED_SECONDS, TimedRun
from portal.listings.models import Listing
from portal.listings.states import ListingState
from portal.notifications.models import Delivery, DeliveryState
from portal.organisations.models import Organisation
from portal.organisations.queries.work import memberships_to_confirm
from portal.organisations.states import OrganisationState

AWAY = dt.timedelta(minutes=3)  # a worker that was not seen for so long is none
SHOWN = 25  # of each queue; the oldest first, so that the next ones follow when these are done
COUNTED = 1_000  # of each; how many more wait changes nothing for whoever looks
_SENT = select(Listing.id).where(those_in(ListingState.IN_REVIEW, Listing._state))
# Open already because its organisation is trusted.
_UNCHECKED = select(Listing.id).where(Listing._state == ListingState.PUBLISHED, Listing.unchecked_since.is_not(None))


@dataclass(frozen=True)
class Counts:
    """How long each queue is; one more than `COUNTED` where it is longer."""

    listings: int
    organisations: int
    dead_letters: int
    failed_mails: int
    waiting_mails: int
    newest_event: int
    running_imports: int
    oldest_mail_at: dt.datetime | None
    last_mail_at: dt.datetime | None


def counts(session: Session) -> Counts:
    """The lengths of all queues and the log's newest id, in one statement."""
    row = session.execute(
        select(
            _number(union_all(_SENT, _UNCHECKED)),
            _number(select(Organisation.id).where(Organisation._state == OrganisationState.UNVERIFIED)),
            _number(select(DeadLetter.id).where(DeadLetter.solved_at.is_(None))),
            _number(select(Delivery.id).where(Delivery.state == DeliveryState.FAILED)),
            _number(select(Delivery.id).where(Delivery.state == DeliveryState.QUEUED)),
            select(func.coalesce(func.max(Event.id), 0)).scalar_subquery(),
            _number(select(ImportRun.id).where(ImportRun.state.in_(RUNNING))),
            _one(select(Delivery.next_at).where(Delivery.state == DeliveryState.QUEUED).order_by(Delivery.next_at)),
            _one(select(Delivery.sent_at).where(Delivery.state == DeliveryState.SENT).order_by(Delivery.next_at.desc())),
        )
    ).one()
    return Counts(*row)


def listings_in_review(session: Session) -> Sequence[Listing]:
    """Listings to moderate – sent for review, or published at once and not looked at yet –, the one that waits longest first."""
    sent = _SENT.order_by(Listing.updated_at, Listing.id).limit(SHOWN).subquery()
    unchecked = _UNCHECKED.order_by(Listing.unchecked_since, Listing.id).limit(SHOWN).subquery()
    first = union_all(select(sent.c.id), select(unchecked.c.id))
    query = select(Listing).options(joinedload(Listing.organisation), joinedload(Listing.owner).load_only(User.name))
    since = func.coalesce(Listing.unchecked_since, Listing.updated_at)
    return session.scalars(query.where(Listing.id.in_(first)).order_by(since, Listing.id).limit(SHOWN)).all()


def organisations_to_verify(session: Session) -> Sequence[Organisation]:
    """Organisations nobody has checked, the oldest first."""
    query = select(Organisation).where(Organisation._state == OrganisationState.UNVERIFIED)
    return session.scalars(query.order_by(Organisation.id).limit(SHOWN)).all()


def requests_nobody_keeps(session: Session, actor: Actor) -> Sequence[Row[Any]]:
    """Who asks to join an organisation that has nobody to confirm it, the oldest first: title, detail (the slug), since."""
    waiting = memberships_to_confirm(actor)
    return session.execute(waiting.order_by("since").limit(SHOWN)).all() if waiting is not None else []


def dead_letters(session: Session) -> Sequence[DeadLetter]:
    """Facts that a subscriber gave up on, the oldest first."""
    query = select(DeadLetter).where(DeadLetter.solved_at.is_(None))
    return session.scalars(query.order_by(DeadLetter.id).limit(SHOWN)).all()


def dead_letter(session: Session, number: int) -> DeadLetter:
    """One of them.

    Raises:
        Missing: no such letter, or it is settled.
    """
    found = session.scalars(select(DeadLetter).where(DeadLetter.id == number, DeadLetter.solved_at.is_(None))).one_or_none()
    if found is None:
        raise Missing
    return found


def failed_mails(session: Session) -> Sequence[Delivery]:
    """Mails that were given up, the newest first."""
    query = select(Delivery).where(Delivery.state == DeliveryState.FAILED)
    return session.scalars(query.order_by(Delivery.id.desc()).limit(SHOWN)).all()


@dataclass(frozen=True)
class Work:
    """Readers of the log and timed moves, and when a worker was last seen."""

    readers: Sequence[Row[Any]]  # name, last_at, number (of the fact last read), since (of the oldest unread), failures
    moves: Sequence[Row[Any]]  # name, last_at, number (of moves made then), since (of the last failure), error

    @property
    def seen_at(self) -> dt.datetime | None:
        """Timed moves are made every minute, whether any is due or not."""
        return max((at for each in self.moves for at in (each.last_at, each.since) if at is not None), default=None)

    @property
    def is_alive(self) -> bool:
        return self.seen_at is not None and clock.now() - self.seen_at < AWAY

    @property
    def next_at(self) -> dt.datetime | None:
        return self.seen_at and self.seen_at + dt.timedelta(seconds=TIMED_SECONDS)


def work(session: Session) -> Work:
    """What the workers do beside the pages, in one statement."""
    unread = select(Event.at).where(Event.id > Cursor.event_id).order_by(Event.id).limit(1).correlate(Cursor).scalar_subquery()
    readers = select(
        *(literal("reader").label("part"), Cursor.name, Cursor.moved_at.label("last_at"), Cursor.event_id.label("number")),
        *(unread.label("since"), Cursor.failures, literal("").label("error")),
    )
    moves = select(
        *(literal("move"), TimedRun.name, TimedRun.ran_at, TimedRun.moves, TimedRun.failed_at, literal(0), TimedRun.error)
    )
    rows: Sequence[Any] = session.execute(union_all(readers, moves).order_by("name")).all()
    return Work(*([row for row in rows if row.part == part] for part in ("reader", "move")))


def _one(query: AnySelect) -> Any:
    return query.limit(1).scalar_subquery()


def _number(query: AnySelect | AnyUnion) -> Any:
    return select(func.count()).select_from(query.limit(COUNTED + 1).subquery()).scalar_subquery()
