import datetime as dt

from sqlalchemy import bindparam, select, update

from portal.accounts.models import User
from portal.accounts.states import Kind
from portal.kernel.events import Event
from portal.kernel.prepared import Change, Prepared, Question, moment, payload
from portal.listings.models import Listing
from tests.build import a_listing, a_person


def test_kept_statement_answers_like_the_one_it_was_made_of(session):
    account = a_person(session, "Ada % :x ?")
    made = []

    def make():
        made.append(1)
        return select(User.id, User.name).where(User.name == "Ada % :x ?", User.id.in_([account.id, 10**6]))

    prepared = Prepared()
    answers = [[tuple(row) for row in prepared.rows(session, "ada", make)] for _ in range(3)]

    assert answers == [[(account.id, "Ada % :x ?")]] * 3
    assert len(made) == 1


def test_keys_are_kept_apart(session):
    one, other = a_person(session), a_person(session)
    prepared = Prepared()

    for account in (one, other, one):
        (row,) = prepared.rows(session, account.id, lambda number=account.id: select(User.id).where(User.id == number))
        assert row.id == account.id


def test_times_and_payloads_mean_the_same_from_either_asking(session):
    a_person(session)
    session.flush()
    prepared = Prepared()

    rows = [prepared.rows(session, "events", lambda: select(Event.at, Event.data).order_by(Event.id)) for _ in range(2)]

    first, again = ([(moment(row.at), payload(row.data)) for row in answer] for answer in rows)
    assert first == again
    assert first[0][0].tzinfo is dt.UTC
    assert first[0][1] == {}


def test_a_question_is_asked_with_other_values_each_time(session):
    people = [a_person(session, name) for name in ("Ada % ?", "Bo :x", "Cy")]
    session.flush()
    asked = select(User.id, User.kind, User.confirmed_at).where(User.name == bindparam("name"), User.id > bindparam("above"))
    question = Question(asked)

    answers = [question.rows(session, above=0, name=person.name) for person in (*people, *people)]

    assert [[row.id for row in rows] for rows in answers] == [[person.id] for person in (*people, *people)]
    assert {str(rows[0].kind) for rows in answers} == {str(Kind.PROFESSOR)}
    assert [moment(rows[0].confirmed_at) for rows in answers[:3]] == [moment(rows[0].confirmed_at) for rows in answers[3:]]
    assert question.rows(session, above=0, name="Nobody") == []


def test_a_change_writes_what_its_columns_would(session):
    listings = [a_listing(session) for _ in range(3)]
    session.flush()
    then = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)
    table = Listing.metadata.tables["listing"]
    stamp = update(table).where(table.c.id == bindparam("listing")).values(answered_at=bindparam("now"))
    change = Change(stamp, "listing", "now")

    for rows in ([listings[0].id], [listings[1].id, 10**6]):
        change.make(session.connection(), *({"listing": number, "now": then} for number in rows))

    session.expire_all()
    assert [listing.answered_at for listing in listings] == [then, then, None]
