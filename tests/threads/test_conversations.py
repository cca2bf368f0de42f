"""What people of two sides say to each other and among themselves, through the application."""

import datetime as dt

import pytest

from portal import wiring
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Missing, Refused
from portal.kernel.scopes import EVERYBODY, Scope
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.threads.actions import change_message, choose_place, lock_thread, mark_read, post_message, take_back, write_note
from portal.threads.models import EarlierText
from portal.threads.queries import message_at, messages_for, notes_for, people_in, ref_of
from tests.build import facts
from tests.threads.make import a_case

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def case(session):
    return a_case(session)


def say(session, case, who, text="Hello", scope=EVERYBODY):
    return post_message(session, "proposal", case.proposal.id, text, actor=case.actors[who], scope=scope)


def heard(session, case, who):
    return [message.body for message in messages_for(session, case.actors[who], "proposal", case.proposal.id)]


def test_each_reads_what_is_meant_for_them_and_finds_nothing_else_by_its_address(session, case):
    scopes = {
        "all": (EVERYBODY, "author"),
        "side": (Scope(case.partner), "author"),
        "officers": (Scope(officers=True), "officer"),
        "office": (Scope(case.partner, officers=True), "officer"),
    }
    refs = {text: ref_of(say(session, case, who, text, scope)) for text, (scope, who) in scopes.items()}

    reads = {"owner": {"all"}, "host officer": {"all", "officers"}, "author": {"all", "side"}, "officer": set(scopes)}
    for who, texts in reads.items():
        assert set(heard(session, case, who)) == texts, who
        for text, ref in refs.items():
            if text in texts:
                assert message_at(session, case.actors[who], "proposal", case.proposal, ref).body == text
            else:
                with pytest.raises(Missing):
                    message_at(session, case.actors[who], "proposal", case.proposal, ref)


def test_what_one_side_says_among_itself_moves_no_number_of_the_other(session, case):
    say(session, case, "author", "One", Scope(case.partner))
    say(session, case, "officer", "Two", Scope(officers=True))

    assert ref_of(say(session, case, "owner", "First")) == "all-1"
    assert ref_of(say(session, case, "owner", "Own", Scope(case.host))) == f"side{case.host}-1"
    assert ref_of(say(session, case, "author", "Second")) == "all-2"


@pytest.mark.parametrize("who", ["author", "owner"])
def test_only_officers_write_to_officers(session, case, who):
    for scope in (Scope(officers=True), Scope(case.partner, officers=True)):
        with pytest.raises(Invalid):
            say(session, case, who, "Psst", scope)


def test_those_are_called_who_read_the_scope_and_nobody_outside_is_named(session, case):
    everybody = "@Nora Quist @Farid Haddad @Helena Brandt @Olga Petrenko @Ingrid Else"

    def called(who, scope):
        names = {person.id: name for name, person in case.people.items()}
        return {names[number] for number in say(session, case, who, everybody, scope).mentioned}

    assert called("author", EVERYBODY) == {"owner", "officer"}  # of the other side only who is named there already
    assert called("author", Scope(case.partner)) == {"officer"}
    assert called("officer", Scope(officers=True)) == {"host officer"}
    say(session, case, "host officer", "I read along.")
    people = people_in(session, case.actors["author"], "proposal", case.proposal, EVERYBODY)
    assert {one.name for one in people} == {"Helena Brandt", "Nora Quist", "Ingrid Solheim", "Farid Haddad"}


def test_a_message_is_changed_and_taken_back_for_a_quarter_of_an_hour(session, case, frozen):
    author = case.actors["author"]
    first, second = say(session, case, "author", "Frist"), say(session, case, "author", "A secret")

    change_message(session, case.proposal, "all-1", "First", actor=author)
    with clock.at(frozen + dt.timedelta(minutes=15)):
        take_back(session, case.proposal, "all-2", actor=author)
    with clock.at(frozen + dt.timedelta(minutes=16)), pytest.raises(Refused):
        change_message(session, case.proposal, "all-1", "Again", actor=author)
    with pytest.raises(Refused):
        change_message(session, case.proposal, "all-2", "Back again", actor=author)
    with pytest.raises(Forbidden):
        take_back(session, case.proposal, "all-1", actor=case.actors["owner"])

    shown = list(messages_for(session, case.actors["owner"], "proposal", case.proposal.id))
    assert [(one.body, bool(one.edited_at), bool(one.taken_back_at)) for one in shown] == [
        ("First", True, False),
        ("", False, True),
    ]
    assert {(e.message_id, e.body) for e in session.query(EarlierText)} == {(first.id, "Frist"), (second.id, "A secret")}
    assert facts(session, case.proposal)[-2:] == ["message.edited", "message.taken_back"]


def test_a_lock_holds_for_what_both_sides_read_and_is_its_keepers_alone(session, case):
    say(session, case, "author")
    with pytest.raises(Forbidden):
        lock_thread(session, case.proposal, locked=True, actor=case.actors["author"])

    lock_thread(session, case.proposal, locked=True, actor=case.actors["owner"])
    with pytest.raises(Refused):
        say(session, case, "owner", "After all")
    with pytest.raises(Refused):
        change_message(session, case.proposal, "all-1", "Other", actor=case.actors["author"])
    say(session, case, "author", "Inside", Scope(case.partner))
    lock_thread(session, case.proposal, locked=False, actor=case.actors["owner"])
    say(session, case, "owner", "After all")

    assert heard(session, case, "owner") == ["Hello", "After all"]


def told(database, case):
    drain(database, wiring.SUBSCRIBERS)
    with database.reading() as session:
        names = {person.id: name for name, person in case.people.items()}
        return sorted((names[n.account_id], n.kind) for n in session.query(Notification) if n.kind.startswith("message."))


def test_people_are_told_once_of_what_they_may_read_unless_they_muted_it(database, session, case):
    choose_place(session, case.proposal, follows=True, muted=False, actor=case.actors["host officer"])
    choose_place(session, case.proposal, follows=False, muted=True, actor=case.actors["officer"])
    say(session, case, "author", "To all, and @Farid Haddad")  # muted, but called by name
    say(session, case, "author", "To us", Scope(case.partner))
    say(session, case, "host officer", "Among officers", Scope(officers=True))
    session.commit()

    assert told(database, case) == [
        ("host officer", "message.posted"),
        ("officer", "message.mentioned"),
        ("owner", "message.posted"),
    ]


def test_each_has_a_place_of_their_own(session, case):
    say(session, case, "author", "One")
    say(session, case, "author", "Inside", Scope(case.partner))

    def new(who):
        return messages_for(session, case.actors[who], "proposal", case.proposal.id).new

    assert (new("owner"), new("officer"), new("author")) == (1, 2, 0)
    mark_read(session, case.proposal, actor=case.actors["officer"])
    assert (new("owner"), new("officer")) == (1, 0)
    say(session, case, "author", "Two")
    assert (new("owner"), new("officer")) == (2, 1)


def test_notes_are_their_sides_and_changed_by_their_writer(session, case):
    note = write_note(session, case.proposal, "They will haggle.", actor=case.actors["author"])

    assert [one.body for one in notes_for(session, case.partner, "proposal", case.proposal.id)] == ["They will haggle."]
    assert notes_for(session, case.host, "proposal", case.proposal.id) == []
    with pytest.raises(Forbidden):
        write_note(session, case.proposal, "No.", actor=case.actors["officer"], number=note.id)
    with pytest.raises(Missing):
        write_note(session, case.proposal, "No.", actor=case.actors["owner"], number=note.id)
