"""What many do at the same moment happens once, on both databases."""

import threading

import pytest
from sqlalchemy import func, select

from portal.kernel.db import transaction
from portal.kernel.errors import PortalError
from portal.kernel.policy import Role
from portal.organisations.actions import found_organisation, join
from portal.organisations.inputs import Joining
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import holders_of, membership_of
from portal.organisations.workflow import MEMBERSHIP_FLOW
from tests.build import a_member, actor_of, an_organisation
from tests.organisations.make import at, new

MANY = 6


@pytest.fixture
def prepared(database):
    """Write something and commit it: the race begins after that."""

    def prepare(make):
        with database.writing() as session, transaction(session):
            return make(session)

    return prepare


def race(database, *attempts):
    """Run all attempts at the same moment, each in a transaction of its own; returns how many were not refused."""
    start, done = threading.Barrier(len(attempts)), []

    def run(attempt):
        with database.writing() as session:
            start.wait()
            try:
                with transaction(session):
                    attempt(session)
                done.append(attempt)
            except PortalError:
                pass

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def count(database, model):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_joining_many_times_at_once_makes_one_membership(database, prepared):
    organisation, actor = prepared(lambda session: (an_organisation(session, domain="uni.example"), at(session, "a@uni.example")))

    def attempt(session):
        join(session, session.get_one(Organisation, organisation.id), Joining(introduction="I work there."), actor=actor)

    assert race(database, *[attempt] * MANY) == 1
    assert count(database, Membership) == 1


def test_founding_many_times_at_once_makes_one_of_each_address(database, prepared):
    actors = prepared(lambda session: [at(session, f"a@b{number}.example") for number in range(MANY)])

    made = race(database, *(lambda session, actor=actor: found_organisation(session, new(), actor=actor) for actor in actors))

    assert made >= 1
    assert count(database, Organisation) == count(database, Membership) == made


def test_two_administrators_do_not_leave_at_the_same_moment(database, prepared):
    def two(session):
        organisation = an_organisation(session)
        members = [a_member(session, organisation, Role.ADMINISTRATOR) for _ in range(2)]
        return organisation, [actor_of(session, member) for member in members]

    organisation, actors = prepared(two)

    def leave(session, actor):
        MEMBERSHIP_FLOW.perform(session, membership_of(session, actor.id, organisation.id), "leave", actor=actor)

    assert race(database, *(lambda session, actor=actor: leave(session, actor) for actor in actors)) == 1
    with database.reading() as session:
        assert len(holders_of(session, organisation.id, Role.ADMINISTRATOR)) == 1
