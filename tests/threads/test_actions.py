import datetime as dt

import pytest

from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Missing
from portal.kernel.policy import VISITOR, Role
from portal.kernel.scopes import Scope
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from portal.threads.queries import messages_for, writers_on
from tests.build import a_listing, a_member, a_proposal, actor_of, an_organisation, facts


@pytest.fixture
def case(session):
    """A submitted proposal with the people of both sides."""
    company = an_organisation(session, "Tidewell")
    owner = a_member(session, company, Role.POSTER, Role.OFFICER, name="Helena")
    university = an_organisation(session, "Lindmoor")
    author = a_member(session, university, Role.OFFICER, name="Ingrid")
    a_member(session, university, Role.OFFICER)
    a_member(session, company, Role.OFFICER)
    proposal = a_proposal(session, a_listing(session, owner, company), author, state=ProposalState.SUBMITTED)
    return proposal, actor_of(session, author), actor_of(session, owner)


def bodies(session, actor, proposal):
    return [message.body for message in messages_for(session, actor, "proposal", proposal.id)]


def test_message_is_read_by_both_sides_and_recorded(session, case):
    proposal, author, owner = case

    message = post_message(session, "proposal", proposal.id, "When may we **visit**?", actor=author)

    assert bodies(session, owner, proposal) == ["When may we **visit**?"]
    assert message.author_id == author.id
    assert facts(session, proposal)[-1] == "message.posted"


def test_message_to_colleagues_stays_on_its_side(session, case):
    proposal, author, owner = case
    post_message(session, "proposal", proposal.id, "For all", actor=owner)

    (side,) = author.organisations
    post_message(session, "proposal", proposal.id, "They will haggle", actor=author, scope=Scope(side))

    assert bodies(session, author, proposal) == ["For all", "They will haggle"]
    assert bodies(session, owner, proposal) == ["For all"]
    assert facts(session, proposal)[-1] == "message.posted_inside"
    assert writers_on(session, "proposal", proposal.id) == [owner.id]


def test_message_to_the_other_side_alone_is_refused(session, case):
    proposal, author, owner = case

    with pytest.raises(Invalid) as refused:
        post_message(session, "proposal", proposal.id, "Psst", actor=author, scope=Scope(min(owner.organisations)))

    assert refused.value.field == "scope"


def test_messages_of_another_proposal_are_not_shown(session, case):
    proposal, author, _owner = case
    other = a_proposal(session, state=ProposalState.SUBMITTED)

    post_message(session, "proposal", proposal.id, "Here", actor=author)

    assert bodies(session, author, other) == []


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "\ud800", None, 7, "x" * 10_001, "x" * 100_000])
def test_message_without_words_or_with_too_many_is_refused(session, case, text):
    proposal, author, _owner = case

    with pytest.raises(Invalid) as refused:
        post_message(session, "proposal", proposal.id, text, actor=author)

    assert refused.value.field == "text"
    assert bodies(session, author, proposal) == []


def test_longest_message_is_kept_whole(session, case):
    proposal, author, _owner = case

    post_message(session, "proposal", proposal.id, "x" * 10_000, actor=author)

    assert bodies(session, author, proposal) == ["x" * 10_000]


def test_stranger_finds_no_thread_to_write_in(session, case):
    proposal, _author, _owner = case
    stranger = actor_of(session, a_member(session, an_organisation(session)))

    for actor in (stranger, VISITOR):
        with pytest.raises(Missing):
            post_message(session, "proposal", proposal.id, "Hello", actor=actor)


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30])
def test_numbers_no_database_holds_are_missing(session, case, number):
    _proposal, author, _owner = case

    with pytest.raises(Missing):
        post_message(session, "proposal", number, "Hello", actor=author)


def test_thing_without_threads_takes_no_message(session, case):
    proposal, author, _owner = case

    with pytest.raises(Forbidden):
        post_message(session, "organisation", proposal.host_id, "Hello", actor=author)


def test_second_click_writes_nothing_new(session, case, frozen):
    proposal, author, _owner = case

    first = post_message(session, "proposal", proposal.id, "Once", actor=author)
    again = post_message(session, "proposal", proposal.id, "Once", actor=author)
    with clock.at(frozen + dt.timedelta(minutes=1)):
        later = post_message(session, "proposal", proposal.id, "Once", actor=author)

    assert again is first
    assert later is not first
    assert bodies(session, author, proposal) == ["Once", "Once"]
