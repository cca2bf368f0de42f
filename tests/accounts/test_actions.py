"""What happens to accounts, on both databases."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from portal.accounts.actions import (
    MOST_FAILURES,
    add_second_factor,
    confirm,
    count_failure,
    end_all_sessions,
    end_session,
    forget_the_expired,
    issue_ticket,
    open_session,
    register,
    remove_second_factor,
    set_password,
    take_ticket,
)
from portal.accounts.closing import deactivate_account
from portal.accounts.inputs import Registration
from portal.accounts.models import AccountSession, Ticket, User
from portal.accounts.queries import account_of, live_sessions_of, live_ticket
from portal.accounts.states import Kind, Purpose
from portal.kernel import clock
from portal.kernel.errors import Missing
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from tests.accounts.steps import PASSWORD
from tests.build import a_person, facts

WANTED = Registration(Kind.STUDENT, "Grace Moor", "grace@example.org", PASSWORD, born_in=1990)


def registered(session, **values):
    return register(session, Registration(**{**vars(WANTED), **values}), password_hash="a hash")


def test_register_leaves_an_account_that_waits_for_its_confirmation(session):
    account = registered(session)

    assert (account.name, account.kind, account.is_confirmed) == ("Grace Moor", Kind.STUDENT, False)
    assert facts(session, account) == ["account.registered"]


def test_register_with_an_unconfirmed_address_starts_over(session):
    first = registered(session)

    again = registered(session, name="Grace M. Moor", kind=Kind.OFFICER)

    assert again is first
    assert (again.name, again.kind) == ("Grace M. Moor", Kind.OFFICER)
    assert facts(session, again) == ["account.registered"]


def test_register_with_a_confirmed_address_changes_nothing(session):
    confirm(session, registered(session))

    assert registered(session, name="Mallory") is None
    assert session.scalars(select(User.name)).all() == ["Grace Moor"]


def test_confirm_is_recorded_once(session):
    account = registered(session)

    confirm(session, account)
    confirm(session, account)

    assert facts(session, account) == ["account.registered", "account.confirmed"]


def test_a_ticket_is_stored_as_its_fingerprint_and_works_once(session):
    account = a_person(session)
    token = issue_ticket(session, account, Purpose.RESET)
    session.flush()

    assert token not in session.scalars(select(Ticket.fingerprint)).all()
    assert take_ticket(session, Purpose.RESET, token) is account
    with pytest.raises(Missing):
        take_ticket(session, Purpose.RESET, token)


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.SECOND_STEP])
def test_a_ticket_is_good_for_its_own_purpose_only(session, purpose):
    token = issue_ticket(session, a_person(session), Purpose.RESET)

    assert live_ticket(session, purpose, token) is None


def test_a_ticket_ends_after_its_time(session, frozen):
    token = issue_ticket(session, a_person(session), Purpose.RESET)

    with clock.at(frozen + dt.timedelta(minutes=59)):
        assert live_ticket(session, Purpose.RESET, token) is not None
    with clock.at(frozen + dt.timedelta(minutes=60)):
        assert live_ticket(session, Purpose.RESET, token) is None


def test_a_ticket_is_void_once_the_account_has_another_address(session):
    account = a_person(session)
    token = issue_ticket(session, account, Purpose.CONFIRM)
    account.email = "elsewhere@example.org"
    session.flush()

    assert live_ticket(session, Purpose.CONFIRM, token) is None


def test_a_ticket_is_void_while_the_account_is_closed(session):
    account = a_person(session)
    token = issue_ticket(session, account, Purpose.CONFIRM)
    account.active = False
    session.flush()

    assert live_ticket(session, Purpose.CONFIRM, token) is None


def test_a_second_step_ends_after_five_wrong_codes(session):
    token = issue_ticket(session, a_person(session), Purpose.SECOND_STEP)
    ticket = live_ticket(session, Purpose.SECOND_STEP, token, lock=True)

    answers = [count_failure(session, ticket) for _ in range(MOST_FAILURES)]
    session.flush()

    assert answers == [True] * (MOST_FAILURES - 1) + [False]
    assert live_ticket(session, Purpose.SECOND_STEP, token) is None


def test_a_new_password_ends_every_session_and_ticket(session):
    account = a_person(session)
    open_session(session, account)
    open_session(session, account)
    token = issue_ticket(session, account, Purpose.RESET)
    old_mark = account.fs_uniquifier

    set_password(session, account, "new hash", actor=Actor(account.id))
    session.flush()

    assert live_sessions_of(session, account.id) == []
    assert live_ticket(session, Purpose.RESET, token) is None
    assert account.fs_uniquifier != old_mark
    assert facts(session, account)[-2:] == ["account.session_ended", "account.password_changed"]


def test_adding_and_removing_a_second_factor_end_the_sessions_that_knew_nothing_of_it(session):
    account = a_person(session)
    actor = Actor(account.id)
    open_session(session, account)
    add_second_factor(session, account, "secret", ["one", "two"], actor=actor)
    after_adding = live_sessions_of(session, account.id)
    open_session(session, account)
    remove_second_factor(session, account, actor=actor)

    assert (after_adding, live_sessions_of(session, account.id)) == ([], [])
    assert (account.has_second_factor, account.tf_totp_secret, account.mf_recovery_codes) == (False, None, [])


def test_ending_somebody_elses_session_is_refused_as_missing(session):
    ada, grace = a_person(session), a_person(session)
    open_session(session, ada)
    (row,) = live_sessions_of(session, ada.id)

    with pytest.raises(Missing):
        end_session(session, grace, row.id, actor=Actor(grace.id))

    assert live_sessions_of(session, ada.id) == [row]


def test_ending_all_sessions_spares_the_one_named_and_other_people(session):
    ada, grace = a_person(session), a_person(session)
    for account in (ada, ada, grace):
        open_session(session, account)
    kept = live_sessions_of(session, ada.id)[0]

    end_all_sessions(session, ada, actor=Actor(ada.id), but=kept.id)

    assert live_sessions_of(session, ada.id) == [kept]
    assert len(live_sessions_of(session, grace.id)) == 1


def test_a_closed_account_has_no_session_and_no_ticket(session):
    account = a_person(session)
    open_session(session, account)
    token = issue_ticket(session, account, Purpose.RESET)

    deactivate_account(session, account, actor=SYSTEM_ACTOR)
    session.flush()

    assert live_sessions_of(session, account.id) == []
    assert live_ticket(session, Purpose.RESET, token) is None
    assert facts(session, account)[-1] == "account.deactivated"


def test_what_opens_nothing_any_more_is_forgotten(session, frozen):
    waiting, member = registered(session), a_person(session)
    waiting.create_datetime = frozen.replace(tzinfo=None)
    issue_ticket(session, waiting, Purpose.CONFIRM)
    open_session(session, member)
    session.flush()

    with clock.at(frozen + dt.timedelta(days=6)):
        assert forget_the_expired(session) == 1  # the ticket
    with clock.at(frozen + dt.timedelta(days=8)):
        assert forget_the_expired(session) == 1  # the registration
    with clock.at(frozen + dt.timedelta(days=31)):
        assert forget_the_expired(session) == 1  # the session

    assert account_of(session, member.id) is member
    assert [session.scalar(select(func.count()).select_from(table)) for table in (Ticket, AccountSession, User)] == [0, 0, 1]
