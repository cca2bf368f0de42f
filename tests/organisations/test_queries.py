"""What waits for whom, and finding in the directory, on both databases."""

import pytest

from portal.kernel.policy import VISITOR, Actor, Role
from portal.kernel.work import waiting
from portal.organisations.inputs import Finding
from portal.organisations.queries import SOURCES, holders_of, membership_of, organisations_like
from portal.organisations.workflow import MEMBERSHIP_FLOW
from tests.build import ADMIN, a_member, a_person, a_request, actor_of, an_organisation


def waits(session, actor):
    """(source, title, address) of what waits for this person."""
    statement = waiting(SOURCES, actor)
    if statement is None:
        return []
    href = {source.key: source.href for source in SOURCES}
    return sorted((row.source, row.title, href[row.source](row.id, row.detail)) for row in session.execute(statement))


def test_requests_wait_for_those_who_keep_the_organisation(session):
    organisation = an_organisation(session)
    officer, keeper = a_member(session, organisation, Role.OFFICER), a_member(session, organisation, Role.ADMINISTRATOR)
    operator = a_person(session, admin=True)
    a_request(session, a_person(session, "Jonas Weber"), organisation)
    elsewhere = a_member(session, an_organisation(session), Role.ADMINISTRATOR)

    found = [("membership.confirm", "Jonas Weber", f"{organisation.href}/members")]
    assert waits(session, actor_of(session, keeper)) == found
    for other in (officer, operator, elsewhere, a_member(session, organisation, Role.POSTER)):
        assert waits(session, actor_of(session, other)) == []


def test_requests_that_nobody_keeps_wait_for_the_portals_administrators(session):
    kept, left = an_organisation(session), an_organisation(session)
    a_member(session, kept, Role.ADMINISTRATOR)
    a_member(session, left, Role.OFFICER)
    operator = a_person(session, admin=True)
    a_request(session, a_person(session, "Jonas Weber"), kept)
    a_request(session, a_person(session, "Olga Petrenko"), left)
    a_request(session, operator, an_organisation(session))  # nobody's own request waits for them

    assert [title for _, title, _ in waits(session, actor_of(session, operator))] == ["Olga Petrenko"]


def test_organisations_wait_to_be_checked(session):
    organisation = an_organisation(session, "New Works", verified=False)
    keeper = a_member(session, organisation, Role.ADMINISTRATOR)

    assert waits(session, ADMIN) == [("organisation.verify", "New Works", organisation.href)]
    assert waits(session, actor_of(session, keeper)) == []


def test_nothing_waits_for_visitors_and_students(session):
    assert waits(session, VISITOR) == []
    assert waits(session, Actor(id=1, kind="student")) == []


def test_holders_are_those_who_hold_the_role_now(session):
    organisation = an_organisation(session)
    officer = a_member(session, organisation, Role.OFFICER)
    a_member(session, organisation, Role.POSTER)
    former = a_member(session, organisation, Role.OFFICER)
    _leave(session, former, organisation)
    asking = a_request(session, a_person(session), organisation)
    asking.roles = ["member", "officer"]
    session.flush()

    assert holders_of(session, organisation.id, Role.OFFICER, Role.SIGNATORY) == [officer.id]


@pytest.mark.parametrize("words", ["lindmoor", "LINDMOOR univ", "liege", "Łódź", "LU"])
def test_names_are_found_by_folded_words(session, words):
    found = an_organisation(session, "Université Łódź–Liège at Lindmoor")
    found.short_name = "LUL"
    an_organisation(session, "Another")

    assert organisations_like(session, Finding(q=words), actor=VISITOR).rows == [found]


def _leave(session, account, organisation):
    MEMBERSHIP_FLOW.perform(
        session, membership_of(session, account.id, organisation.id), "leave", actor=actor_of(session, account)
    )
