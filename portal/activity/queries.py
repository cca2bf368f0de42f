"""Reads over the event log: what happened, as far as the reader may know."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Row, and_, bindparam, func, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal.accounts.events import CodesFailed, SignInFailed
from portal.accounts.models import User
from portal.activity.inputs import ACCOUNT, Sought
from portal.kernel import clock
from portal.kernel.db import AnySelect, plain_rows, unindexed
from portal.kernel.events import Event, verify_chain
from portal.kernel.paging import Slice, cut, decode, encode, newest_first
from portal.kernel.policy import Actor, Role
from portal.kernel.prepared import Prepared, moment, payload
from portal.kernel.sentences import Named, actor_words, kinds_of_facts, names_for, readable, subject_words, told
from portal.kernel.subjects import all_subjects, subject_named
from portal.kernel.text import N_, Words

TIMELINE = 50
STRETCH = 20_000  # entries of the log one page of a feed looks at
SHORT_STRETCH = 4_000  # the same where a part of a name is looked for in each
CHECKED_AT_ONCE = 10_000  # entries: about a second; the whole log is checked by `portal audit verify`
_Person = aliased(User)
_FAILURES = (SignInFailed.kind, CodesFailed.kind)
_feeds = Prepared()


@dataclass(frozen=True)
class Entry:
    """One fact, ready to be told: `text` is a sentence to be translated where it is shown."""

    id: int
    at: dt.datetime
    kind: str
    text: Words
    href: str = ""
    request_id: str | None = None
    who: str = ""
    tone: str | None = None


def timeline_for(
    session: Session, actor: Actor, things: Sequence[Any], parts: Mapping[tuple[str, int], str] | None = None
) -> list[Entry]:
    """What happened to these things, newest first, at most `TIMELINE` entries in one statement. Things the actor may not
    read stay silent; facts for the staff of one side are left out for everybody else.

    Args:
        things: the page's own thing, then its parts.
        parts: further ones by type and number with their titles, which the caller found under their rules.
    """
    numbers: dict[str, list[int]] = {}
    for name, number in parts or {}:
        numbers.setdefault(name, []).append(number)
    for thing in things:
        name = type(thing).__tablename__
        if subject_named(name).read.holds(actor, thing):
            numbers.setdefault(name, []).append(thing.id)
    if not numbers:
        return []
    values: dict[str, Any] = {"sides": sorted(actor.organisations), "me": actor.id}
    query = _timeline(tuple(sorted(numbers)), actor.is_admin, len(kinds_of_facts()))
    rows = plain_rows(session, query, numbers if actor.is_admin else numbers | values)
    titles = {(type(part).__tablename__, part.id): getattr(part, "title", "") for part in things[1:]} | dict(parts or {})
    return [entry(row, _called(titles.get((row.subject_type, row.subject_id)), row.subject_type)) for row in rows]


def _called(title: str | None, subject_type: str) -> Words:
    """A part of a page's thing is called by its title, beside others of its kind; all else is “this”."""
    return Words(N_("“%(title)s”"), {"title": title}) if title else _this(subject_type)


@lru_cache(maxsize=32)
def _timeline(names: tuple[str, ...], for_admin: bool, _how_many: int) -> AnySelect:
    """The statement for things of these types, whose numbers are given as parameters by the types' names."""
    these = [and_(Event.subject_type == name, Event.subject_id.in_(bindparam(name, expanding=True))) for name in names]
    sides: Any = bindparam("sides", expanding=True)
    silent = true() if for_admin else _not_for_others(sides, bindparam("me", type_=BigInteger))
    return told_events().where(or_(*these), silent).order_by(Event.id.desc()).limit(TIMELINE)


def feed(session: Session, actor: Actor, after: str | None) -> Slice[Entry]:
    """What happened to everything this person may read, newest first: a statement for the facts, one for the names.

    One page looks at `STRETCH` entries of the log at most, so that it costs the same in a long log of other people's facts.
    It may hold few or none and still go on.
    """

    def make() -> AnySelect:
        return _stretch(told_events().where(readable(actor), not_for_others(actor)), after, STRETCH)

    hour = clock.now().replace(minute=0, second=0, microsecond=0)  # rules may look at the clock
    return _going_on(session, _page(session, actor, _feeds.rows(session, (actor, after, hour), make)), after, STRETCH)


def _stretch(query: AnySelect, after: str | None, most: int) -> AnySelect:
    """One page of `query`, of so many entries of the log at most."""
    return newest_first(query.where(Event.id > _start(after) - most), Event.id, after)


def _going_on(session: Session, page: Slice[Entry], after: str | None, most: int) -> Slice[Entry]:
    """The page of a stretch, leading on to the next stretch where this one is done."""
    if page.after is not None:
        return page
    end = (session.scalar(select(_start(after))) or 0) - most
    return Slice(page.rows, encode([end + 1]) if end > 0 else None)


def _start(after: str | None) -> Any:
    """The entry a page begins with: the cursor's, or the newest."""
    values = decode(after, 1)
    if values is not None and isinstance(values[0], int):
        return literal(values[0], BigInteger)
    return select(func.coalesce(func.max(Event.id), 0)).scalar_subquery()


def own_actions(session: Session, actor: Actor, after: str | None) -> Slice[Entry]:
    """What this person did, and what happened to their account."""
    account = and_(Event.subject_type == ACCOUNT, Event.subject_id == actor.id)
    query = told_events().where(or_(Event.actor_id == actor.id, account))
    return _page(session, actor, plain_rows(session, newest_first(query, Event.id, after)))


def own_account(session: Session, actor: Actor, after: str | None) -> Slice[Entry]:
    """What happened to this person's account, whoever did it."""
    query = told_events().where(Event.subject_type == ACCOUNT, Event.subject_id == actor.id)
    return _page(session, actor, plain_rows(session, newest_first(query, Event.id, after)))


def accounts_log(session: Session, actor: Actor, after: str | None, *, failures: bool) -> Slice[Entry]:
    """What happened to all accounts, for those who run the portal; or only where somebody did not get in."""
    query = told_events().where(Event.kind.in_(_FAILURES) if failures else unindexed(Event.subject_type) == ACCOUNT)
    return _going_on(session, _page(session, actor, plain_rows(session, _stretch(query, after, STRETCH))), after, STRETCH)


def audit(session: Session, actor: Actor, sought: Sought, after: str | None) -> Slice[Entry]:
    """The log as its keepers read it: all of it, or the facts that belong to the organisations they administer.

    Things they may not read are told by kind and number, never by name. Where no index leads to what is sought, a page looks at
    a stretch of it and may hold few or none and still go on.
    """
    query = told_events()
    if not actor.is_admin:
        query = query.where(Event.organisation_id.in_(actor.organisations_as(Role.ADMINISTRATOR)))
    if sought.kind:
        query = query.where(Event.kind == sought.kind)
    if sought.thing:
        kind = unindexed(Event.subject_type) if sought.number is None else Event.subject_type
        query = query.where(kind == sought.thing)
    if sought.number is not None:
        query = query.where(Event.subject_id == sought.number)
    if sought.person:
        named = User.name.icontains(sought.person, autoescape=True)
        query = query.where(named, Event.kind.not_in(_kinds_that_hide_their_actor(len(kinds_of_facts()))))
    by_name_alone = sought.person and sought.number is None
    if not by_name_alone and (sought.kind or sought.number is not None or not sought.thing):
        return _page(session, actor, plain_rows(session, newest_first(query, Event.id, after)))
    most = SHORT_STRETCH if sought.person else STRETCH
    page = _page(session, actor, plain_rows(session, _stretch(query, after, most)))
    return _going_on(session, page, after, most)


def checked(session: Session) -> tuple[int, int | None]:
    """How many of the newest `CHECKED_AT_ONCE` entries follow one another unbroken, and the first that does not."""
    start = session.scalar(select(Event.id).order_by(Event.id.desc()).offset(CHECKED_AT_ONCE).limit(1))
    return verify_chain(session, after=start or 0)


def told_events() -> AnySelect:
    """The log with the names of those who acted: the start of every reading of it."""
    return (
        select(
            Event.id,
            Event.at,
            Event.kind,
            Event.actor_id,
            Event.subject_type,
            Event.subject_id,
            Event.data,
            Event.request_id,
            User.name.label("actor_name"),
            _Person.name.label("person_name"),
        )
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(_Person, and_(Event.subject_type == ACCOUNT, _Person.id == Event.subject_id))
    )


def not_for_others(actor: Actor) -> Any:
    """A condition over the log: not the internal facts of an organisation that is not the actor's."""
    if actor.is_admin:
        return true()
    return _not_for_others(actor.organisations, actor.id)


def _not_for_others(organisations: Any, person_id: Any) -> Any:
    return or_(
        Event.kind.not_in(_kinds_for("staff", "told")),
        and_(Event.organisation_id.in_(organisations), Event.kind.not_in(_kinds_for("told"))),
        Event.actor_id == person_id,
    )


def entry(row: Any, subject: Words, named: Named | None = None) -> Entry:
    """One row of `told_events` as a sentence about `subject`."""
    who = actor_words(row.kind, row.actor_id, row.actor_name)
    text = told(row.kind, payload(row.data), subject_type=row.subject_type, actor=who, subject=subject)
    return Entry(row.id, moment(row.at), row.kind, text, named.href if named else "", row.request_id)


def _page(session: Session, actor: Actor, rows: Sequence[Row[Any]]) -> Slice[Entry]:
    page = cut(rows, "id")
    names = names_for(session, actor, {(row.subject_type, row.subject_id): row.id for row in page.rows})
    entries = []
    for row in page.rows:
        named = names.get((row.subject_type, row.subject_id))
        if named is None and row.person_name:
            subject = Words("%(name)s", {"name": row.person_name})
        else:
            subject = subject_words(named, row.subject_type, row.subject_id)
        entries.append(entry(row, subject, named))
    return Slice(entries, page.after)


def _this(subject_type: str) -> Words:
    """The thing on whose page a sentence stands."""
    subject = all_subjects().get(subject_type)
    return Words(N_("this %(thing)s"), {"thing": Words(subject.label) if subject else subject_type})


def _kinds_for(*audiences: str) -> Sequence[str]:
    """Kinds of facts that only such people, and administrators, learn of."""
    return _kinds_by_audience(audiences, len(kinds_of_facts()))


@lru_cache(maxsize=8)
def _kinds_by_audience(audiences: tuple[str, ...], _how_many: int) -> Sequence[str]:
    return sorted(kind for kind, fact in kinds_of_facts().items() if fact.seen_by in audiences)


@lru_cache(maxsize=4)
def _kinds_that_hide_their_actor(_how_many: int) -> Sequence[str]:
    """Looking for a person must not find what does not name them."""
    return sorted(kind for kind, fact in kinds_of_facts().items() if fact.hides_actor)
