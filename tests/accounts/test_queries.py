"""From a token to an actor, as long as the session lives."""

import datetime as dt

import pytest
from sqlalchemy import update

from portal.accounts.actions import end_all_sessions, open_session, touch_session
from portal.accounts.closing import deactivate_account
from portal.accounts.models import AccountSession
from portal.accounts.queries import IDLE, IDLE_WITH_POWER, LONGEST, identity_for, identity_question, live_sessions_of
from portal.kernel import clock
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, Seat
from portal.notifications.queries import unread_count
from portal.organisations.models import Membership, Organisation
from tests.build import a_member, a_person, an_organisation, join

QUESTION = identity_question(Membership.__table__, Organisation.__table__, unread_count)
SECOND = dt.timedelta(seconds=1)


def actor_behind(session, token):
    session.flush()
    found = identity_for(session, QUESTION, token)
    return found.actor if found else None


def test_token_of_a_live_session_gives_the_person_with_every_seat(session):
    uni, company = an_organisation(session, "Fjorden University"), an_organisation(session, "Tidewell Water")
    ada = a_member(session, uni, Role.OFFICER, name="Ada Fenwick")
    join(session, ada, company)

    token = open_session(session, ada)
    session.flush()
    found = identity_for(session, QUESTION, token)

    assert found.actor == Actor(
        ada.id,
        "Ada Fenwick",
        "professor",
        (Seat(uni.id, frozenset({Role.MEMBER, Role.OFFICER})), Seat(company.id, frozenset({Role.MEMBER}))),
    )
    assert found.role_line == "Fjorden University"


@pytest.mark.parametrize("token", ["", "x", "\x00", "é" * 5000])
def test_unknown_tokens_open_nothing(session, token):
    open_session(session, a_person(session))

    assert actor_behind(session, token) is None


def test_ended_sessions_and_closed_accounts_open_nothing(session):
    ada, grace = a_person(session), a_person(session)
    ended, closed = open_session(session, ada), open_session(session, grace)

    end_all_sessions(session, ada, actor=Actor(ada.id))
    deactivate_account(session, grace, actor=SYSTEM_ACTOR)
    session.flush()

    assert (actor_behind(session, ended), actor_behind(session, closed)) == (None, None)


@pytest.mark.parametrize(
    ("roles", "admin", "idle"),
    [((), False, IDLE), ((Role.POSTER,), False, IDLE), ((Role.OFFICER,), False, IDLE_WITH_POWER), ((), True, IDLE_WITH_POWER)],
)
def test_unused_sessions_end_sooner_for_those_with_power(session, frozen, roles, admin, idle):
    ada = a_member(session, an_organisation(session), *roles)
    ada.is_admin = admin
    token = open_session(session, ada)

    with clock.at(frozen + idle):
        assert actor_behind(session, token) is not None
        assert len(live_sessions_of(session, ada.id, idle=idle)) == 1
    with clock.at(frozen + idle + SECOND):
        assert actor_behind(session, token) is None
        assert live_sessions_of(session, ada.id, idle=idle) == []


def test_no_session_outlives_a_week_however_much_it_is_used(session, frozen):
    ada = a_person(session)
    token = open_session(session, ada)
    (row,) = live_sessions_of(session, ada.id)

    with clock.at(frozen + LONGEST):
        touch_session(session, row.id)
        assert actor_behind(session, token) is not None
    with clock.at(frozen + LONGEST + SECOND):
        touch_session(session, row.id)
        assert actor_behind(session, token) is None
        assert live_sessions_of(session, ada.id) == []


def test_a_use_noted_keeps_a_session_alive(session, frozen):
    ada = a_person(session)
    token = open_session(session, ada)
    (row,) = live_sessions_of(session, ada.id)

    with clock.at(frozen + IDLE):
        touch_session(session, row.id)
    with clock.at(frozen + 2 * IDLE):
        assert actor_behind(session, token) is not None


def test_live_sessions_come_in_the_order_of_their_last_use(session, frozen):
    ada = a_person(session)
    for minutes in (0, 1, 2):
        with clock.at(frozen + dt.timedelta(minutes=minutes)):
            open_session(session, ada)
    first, *_rest = (row.id for row in live_sessions_of(session, ada.id)[::-1])
    session.execute(update(AccountSession).where(AccountSession.id == first).values(seen_at=frozen + dt.timedelta(hours=1)))

    assert live_sessions_of(session, ada.id)[0].id == first
