"""A merger gives nobody a right by itself: what the rules answer for everybody is compared before and after."""

import pytest
from sqlalchemy import delete, func, select

from portal.accounts.models import User
from portal.kernel import subjects
from portal.kernel.db import Base
from portal.kernel.policy import VISITOR, Role
from portal.listings.models import ListingReader
from portal.listings.policies import READ
from portal.listings.states import ListingState, Visibility
from portal.mergers.actions import ask_for_merger
from portal.mergers.inputs import Compared, Wanted
from portal.mergers.models import EndedRoles, Merger
from portal.mergers.workflow import MERGER_FLOW, MOVED
from portal.organisations.models import Organisation
from portal.proposals.models import CoAuthor
from tests import build
from tests.architecture.test_rules import rules
from tests.architecture.world import a_world

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Moved or ended by those who know them, or meant to stay as they are.
ELSEWHERE = {
    *("organisation_domain.organisation_id", "domain_claim.organisation_id", "membership.organisation_id"),
    *("invitation.organisation_id", "organisation.merged_into_id", "listing.organisation_id", "listing_template.organisation_id"),
    *("listing_reader.organisation_id", "listing_trust.organisation_id", "merger.gone_id", "merger.kept_id"),
}
SIDES = {"approval.organisation_id", "message.side_id", "side_note.side_id", "file.side_id"}  # of engines, which know no feature
MADE = {"event", "merger", "merger_ended_roles", "listing_reader"}  # readers: of listings for members alone


def two_administrators(session):
    return [build.actor_of(session, build.a_person(session, admin=True)) for _ in range(2)]


def merge(session, gone, kept, by=()):
    asker, second = by or two_administrators(session)
    merger = ask_for_merger(session, gone, kept, Wanted("They are one.", seen=True), actor=asker)
    MERGER_FLOW.perform(session, merger, "merge", actor=second, given=Compared(seen=True))
    session.flush()
    session.expire_all()
    return merger


def answers(session, actors):
    """(rule, person, table, id) for each yes."""
    found = set()
    for parameters in rules():
        rule, model = parameters.values
        if model is not Merger:
            for name, actor in actors.items():
                ids = session.scalars(select(model.id).where(rule.where(actor)))
                found |= {(parameters.id, name, model.__tablename__, number) for number in ids}
    return found


def counts(session):
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table.name not in MADE
    }


def belonging_to(session, organisation_ids):
    """(table, id) of whatever has one of these organisations on a side of it."""
    found = set()
    for name, subject in subjects.all_subjects().items():
        for thing in session.scalars(select(subject.model).options(*subject.options)).unique():
            work = getattr(thing, "collaboration", None)  # of which a document is, on which sides do not talk
            sides = subject.sides(thing) or ((work.host_id, work.organisation_id) if work else ())
            if set(sides) & organisation_ids:
                found.add((name, thing.id))
    return found


@on_sqlite
def test_nobody_gains_a_right_but_those_who_answer_for_what_moved(session):
    with a_world(session) as world:
        gone = [session.scalars(select(Organisation).where(Organisation.name == name)).one() for name in ("Host", "Partner")]
        kept = [build.an_organisation(session, f"{one.name} itself") for one in gone]
        people = {name: session.get(User, actor.id) for name, actor in world.actors.items() if actor.id}
        for one in kept:
            people[f"{one.name}: member"] = build.a_member(session, one)
            for role in (Role.POSTER, Role.OFFICER, Role.SIGNATORY, Role.ADMINISTRATOR):
                people[f"{one.name}: {role.value}"] = build.a_member(session, one, role)
        build.join(session, people["partner officer"], kept[1])  # belongs to both
        answering = {name for name in people if ": " in name and not name.endswith(": member")}

        def actors():
            return {"visitor": VISITOR} | {name: build.actor_of(session, who) for name, who in people.items()}

        # Who joins the side that decides loses their part at once; the world keeps such a row to show that no rule asks it.
        session.execute(delete(CoAuthor).where(CoAuthor.account_id == people["host member"].id))
        operators = two_administrators(session)
        before, rows = answers(session, actors()), counts(session)
        moving = belonging_to(session, {one.id for one in gone})
        for one, other in zip(gone, kept, strict=True):
            merge(session, one, other, operators)

        after = answers(session, actors())
        # Whoever co-owned a listing and does not any more may ask about it and follow it, like everybody but its owners.
        lost = [rest for rule, *rest in before - after if rule == "listings.CO_OWNER"]
        asking = {(rule, *rest) for rest in lost for rule in ("questions.ASK", "listings.FOLLOW")}
        # These keep somebody from writing with the other side.
        refusing = {each for each in after if each[0] in ("proposals.HOST_MEMBER", "proposals._OTHER_SIDE")}
        gained = after - before - asking - refusing
        assert sorted(one for one in gained if one[1] not in answering) == []
        assert {(table, number) for _, _, table, number in gained} - moving == set()
        assert any(rule == "proposals.READ" and name == "Host itself: officer" for rule, name, _, _ in gained)
        assert counts(session) == rows


@on_sqlite
def test_whoever_is_in_both_keeps_the_roles_of_the_one_that_stays(session):
    gone, kept = build.an_organisation(session), build.an_organisation(session)
    both = build.a_member(session, gone, Role.OFFICER, Role.ADMINISTRATOR)
    build.join(session, both, kept, Role.POSTER)

    merger = merge(session, gone, kept)

    assert build.actor_of(session, both).seats == (build.seat(kept.id, Role.MEMBER, Role.POSTER),)
    assert [(each.account_id, each.roles) for each in merger_roles(session, merger)] == [
        (both.id, ["member", "officer", "administrator"])
    ]


def merger_roles(session, merger):
    return session.scalars(select(EndedRoles).where(EndedRoles.merger_id == merger.id)).all()


@on_sqlite
def test_what_was_for_members_alone_is_for_nobody_but_those_who_answered(session):
    gone, kept = build.an_organisation(session), build.an_organisation(session)
    owner = build.a_member(session, gone, Role.POSTER)
    author, colleague = build.a_member(session, gone), build.a_member(session, kept)
    listing = build.a_listing(session, owner, gone, visibility=Visibility.ORGANISATION)
    session.add(ListingReader(listing_id=listing.id, organisation_id=kept.id))  # of days when it named some
    build.an_interest(session, listing, author)

    merge(session, gone, kept)

    assert (listing.visibility, listing.readers) == (Visibility.NAMED, f"person:{author.id}")
    assert listing.organisation_id == kept.id
    assert listing.state is ListingState.PUBLISHED
    assert [READ.holds(build.actor_of(session, who), listing) for who in (owner, author, colleague)] == [True, True, False]


def test_every_mention_of_an_organisation_moves_or_is_known_to_stay():
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys)
    }
    moved = {f"{column.class_.__tablename__}.{column.key}" for column in MOVED}
    assert moved | ELSEWHERE == named | SIDES
