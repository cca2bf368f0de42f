"""Who is found, on both databases."""

import pytest

from portal.kernel.errors import Missing
from portal.kernel.paging import PAGE
from portal.kernel.policy import VISITOR
from portal.organisations.queries import membership_of
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.people.queries import MOST_FOUND, affiliations, directory, findable_members, own_profile, people_called
from tests.build import a_member, a_person, actor_of, an_organisation, join


def listed(session, account, *, yes=True):
    profile = own_profile(session, actor_of(session, account))
    profile.listed = yes
    session.flush()
    return profile


@pytest.mark.parametrize("words", ["solheim", "INGRID", "sol ing", "sólheim", "gri olh"])
def test_people_are_found_by_parts_of_their_names(session, words):
    found = listed(session, a_person(session, "Ingrid Solheim"))
    listed(session, a_person(session, "Rui Santos"))

    assert people_called(session, words) == [found]


def test_nobody_is_found_who_did_not_agree_or_whose_account_is_closed(session):
    listed(session, a_person(session, "Ingrid Solheim"), yes=False)
    closed = a_person(session, "Ingrid Solheim")
    listed(session, closed)
    closed.active = False
    session.flush()

    assert people_called(session, "solheim") == []


@pytest.mark.parametrize("words", ["%%%", "___", "", "%sol%"])
def test_wildcards_are_only_characters(session, words):
    listed(session, a_person(session, "Ingrid Solheim"))

    assert people_called(session, words) == ([] if "sol" not in words else people_called(session, "sol"))


def test_no_question_lists_more_than_twenty(session):
    for number in range(MOST_FOUND + 3):
        listed(session, a_person(session, f"Anna {number:02d}"))

    assert len(people_called(session, "anna")) == MOST_FOUND


def test_members_are_shown_on_their_organisations_page_if_they_agreed(session):
    organisation = an_organisation(session)
    shown = a_member(session, organisation, name="Shown")
    membership_of(session, shown.id, organisation.id).title = "Lead"
    listed(session, shown)
    a_member(session, organisation, name="Hidden")
    former = a_member(session, organisation, name="Former")
    listed(session, former)
    membership = membership_of(session, former.id, organisation.id)
    MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=actor_of(session, former))

    assert [(profile.name, title) for profile, title in findable_members(session, organisation.id)] == [("Shown", "Lead")]


def test_organisations_that_the_reader_may_not_know_of_are_left_out(session):
    known, hidden = an_organisation(session), an_organisation(session, verified=False)
    account = a_member(session, known)
    join(session, account, hidden)
    colleague = a_member(session, hidden)
    profile = own_profile(session, actor_of(session, account))

    assert [one.organisation for one in affiliations(profile, actor=VISITOR)] == [known]
    assert [one.organisation for one in affiliations(profile, actor=actor_of(session, colleague))] == [known, hidden]


def test_visitors_have_no_profile(session):
    with pytest.raises(Missing):
        own_profile(session, VISITOR)


def test_the_directory_lists_those_who_agreed_and_goes_on_where_it_stopped(session):
    names = [f"Anna {number:02d}" for number in range(PAGE + 3)]
    for name in reversed(names):
        listed(session, a_person(session, name))
    listed(session, a_person(session, "Bo Hidden"), yes=False)
    closed = a_person(session, "Bo Closed")
    listed(session, closed)
    closed.active = False
    session.flush()

    first = directory(session, None)
    second = directory(session, first.after)

    assert [each.name for each in (*first.rows, *second.rows)] == names
    assert second.after is None
    assert directory(session, "made up").rows == first.rows


def test_a_page_of_the_directory_is_read_along_the_index_of_names(db, count_statements):
    with count_statements() as asked:
        directory(db, None)

    statement = f"EXPLAIN QUERY PLAN {asked[0]}"
    plan = [row.detail for row in db.connection().exec_driver_sql(statement, (1,) * statement.count("?"))]
    assert any("ix_profile_directory" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)
