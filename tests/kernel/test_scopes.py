import pytest
from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.policy import VISITOR, Actor, Role, Seat
from portal.kernel.scopes import EVERYBODY, Scope, readable, scopes_for, values_for
from portal.threads.models import Message
from tests.build import a_person

SCOPES = (EVERYBODY, Scope(1), Scope(2), Scope(officers=True), Scope(1, officers=True), Scope(2, officers=True))


def seated(*seats):
    return Actor(7, "Ada", seats=tuple(Seat(number, frozenset(roles)) for number, roles in seats))


ACTORS = {
    "visitor": VISITOR,
    "nobody's": seated(),
    "member of 1": seated((1, {Role.MEMBER})),
    "officer of 1": seated((1, {Role.OFFICER})),
    "officer of 2": seated((2, {Role.OFFICER, Role.POSTER})),
    "member of both, officer of one": seated((1, {Role.MEMBER}), (2, {Role.OFFICER})),
    "officer of another": seated((3, {Role.OFFICER})),
}


def test_both_answers_agree_for_everybody(session):
    author = a_person(session)
    about = {"subject_type": "proposal", "subject_id": 1, "author_id": author.id, "body": "x", "at": clock.now()}
    for number, scope in enumerate(SCOPES):
        session.add(Message(side_id=scope.side_id, officers=scope.officers, number=number, mentioned=[], **about))
    session.flush()

    for name, actor in ACTORS.items():
        found = session.scalars(select(Message).where(readable(Message)), values_for(actor, (1, 2))).all()
        assert {m.scope for m in found} == {scope for scope in SCOPES if scope.holds(actor, (1, 2))}, name


def test_people_choose_from_what_they_read():
    assert scopes_for(ACTORS["member of 1"], (1, 2)) == (EVERYBODY, Scope(1))
    assert scopes_for(ACTORS["officer of 2"], (1, 2)) == (EVERYBODY, Scope(2), Scope(officers=True), Scope(2, officers=True))
    assert scopes_for(ACTORS["officer of 1"], (1,)) == (EVERYBODY,)
    assert scopes_for(ACTORS["officer of another"], (1, 2)) == (EVERYBODY,)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_is_found_by_its_key(scope):
    assert Scope.named(scope.key) == scope


@pytest.mark.parametrize("key", ["", "all1", "side", "side0", "side01", "side-1", "officers0", "officers ", "side" + "9" * 12])
def test_other_words_are_no_scope(key):
    assert Scope.named(key) is None
