from sqlalchemy import select

from portal.kernel.events import Event, Fact
from portal.kernel.policy import VISITOR
from portal.kernel.sentences import (
    actor_words,
    fact_named,
    kinds_of_facts,
    names_for,
    readable,
    spelled,
    subject_words,
    told,
)  # fmt: skip
from portal.kernel.text import Words
from portal.listings.states import ListingState
from portal.proposals.states import ProposalState
from tests.build import a_listing, a_proposal, actor_of


def test_sentence_names_who_what_and_how(session):
    who, what = Words("%(name)s", {"name": "Ada 100%"}), subject_words(None, "proposal", 873)

    sentence = told("proposal.decided", {"outcome": "in_approval", "number": 2}, subject_type="proposal", actor=who, subject=what)

    assert str(sentence) == "Ada 100% decided on proposal no. 873: In approval"


def test_fact_that_no_version_knows_any_more_is_still_told():
    sentence = told("ghost.walked", {"x": 1}, subject_type="ghost", actor=Words("Ada"), subject=subject_words(None, "ghost", 3))

    assert fact_named("ghost.walked") is None
    assert str(sentence) == "Ada did something with ghost no. 3"


def test_fact_may_hide_who_did_it():
    class BlindFact(Fact):
        kind = "test.blind"
        says = "%(actor)s reviewed %(subject)s"
        hides_actor = True

    assert str(actor_words("test.blind", 3, "Ada")) == "Somebody"
    assert str(actor_words("proposal.begun", 3, "Ada")) == "Ada"
    assert str(actor_words("proposal.begun", 3, None)) == "A former member"
    assert str(actor_words("proposal.begun", None, None)) == "Causeway"
    del BlindFact


def test_only_words_of_enums_are_spelled_out():
    assert {
        name: str(value) for name, value in spelled("listing", {"state": "withdrawn", "other": "who knows", "n": 3}).items()
    } == {
        "state": "Withdrawn",
        "other": "who knows",
        "n": "3",
    }


def test_every_kind_of_fact_is_known_by_its_name():
    assert all(fact_named(kind) is fact for kind, fact in kinds_of_facts().items())
    assert "message.posted" in kinds_of_facts()


def test_names_are_those_the_reader_may_read_now(session):
    open_one, draft = a_listing(session, title="Open"), a_listing(session, title="Draft", state=ListingState.DRAFT)
    proposal = a_proposal(session, state=ProposalState.SUBMITTED, title="Confidential")
    events = {
        (thing.__tablename__, thing.id): session.scalar(
            select(Event.id).where(Event.subject_type == thing.__tablename__, Event.subject_id == thing.id).limit(1)
        )
        for thing in (open_one, proposal)
    }

    visitor = names_for(session, VISITOR, events)
    author = names_for(session, actor_of(session, proposal.author), events)

    assert [named.title for named in visitor.values()] == ["Open"]
    assert sorted(named.title for named in author.values()) == ["Confidential", "Open"]
    assert author["proposal", proposal.id].href == proposal.href
    assert draft.id


def test_condition_and_names_agree_on_what_may_be_read(session):
    a_listing(session)
    proposal = a_proposal(session, state=ProposalState.SUBMITTED)
    everything = {(e.subject_type, e.subject_id): e.id for e in session.scalars(select(Event))}

    for actor in (VISITOR, actor_of(session, proposal.author), actor_of(session, proposal.listing.owner)):
        by_rule = {(e.subject_type, e.subject_id) for e in session.scalars(select(Event).where(readable(actor)))}
        assert set(names_for(session, actor, everything)) == by_rule
