"""An outcome is for everybody once both sides confirmed it, an officer of each shows it and the collaboration is released."""

import itertools

import pytest
from sqlalchemy import select

from portal import wiring
from portal.collaborations.actions import release_collaboration, show_outcome
from portal.collaborations.models import Outcome
from portal.collaborations.policies import OUTCOME_PUBLIC, outcome_tokens
from portal.collaborations.queries import OUTCOME
from portal.collaborations.states import OutcomeKind, OutcomeState
from portal.collaborations.workflow import OUTCOME_FLOW
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.inputs import Reason
from portal.kernel.policy import VISITOR, Actor, Role
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.organisations.models import Organisation
from portal.organisations.queries import holders_of
from portal.organisations.states import OrganisationState
from portal.search.indexing import rebuild_all
from tests.build import a_collaboration, a_member, a_person, actor_of, join
from tests.collaborations.make_papers import an_outcome, corrected
from tests.search.finding import behind, tabs, titles

FOUND = "/search?in=outcomes&q=paper"


@pytest.fixture
def shown(db):
    """A confirmed outcome, and an officer of each side."""
    collaboration = a_collaboration(db)
    sides = [db.get_one(Organisation, number) for number in (collaboration.host_id, collaboration.organisation_id)]
    officers = [a_member(db, side, Role.OFFICER) for side in sides]
    outcome = an_outcome(db, collaboration, OutcomeState.CONFIRMED, "A paper on bearings")
    db.commit()
    return outcome, officers


def show_everything(db, outcome, officers):
    with transaction(db):
        for officer in officers:
            release_collaboration(db, outcome.collaboration, shown=True, actor=actor_of(db, officer))
            show_outcome(db, outcome, shown=True, actor=actor_of(db, officer))


def test_each_side_shows_it_for_itself_and_takes_it_back(client_of, db, shown):
    outcome, officers = shown
    visitor, clients = client_of(), [client_of(officer) for officer in officers]
    for client in clients:
        client.submit(f"{outcome.collaboration.href}/release")
        assert visitor.get(f"{outcome.href}/public").status_code == 404
        assert client.submit(f"{outcome.href}/show").status_code == 303

    assert "A paper on bearings" in visitor.get(f"{outcome.href}/public").text
    assert visitor.get(outcome.href).status_code == 404
    assert "Everybody finds its title" in clients[0].get(outcome.href).text
    assert clients[1].submit(f"{outcome.href}/hide").status_code == 303
    assert visitor.get(f"{outcome.href}/public").status_code == 404


def test_the_other_office_is_told(app, db, shown):
    outcome, officers = shown
    with transaction(db):
        show_outcome(db, outcome, shown=True, actor=actor_of(db, officers[0]))
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    number = db.scalars(select(Event.id).where(Event.kind == "outcome.shown")).one()

    told = set(db.scalars(select(Notification.account_id).where(Notification.event_id == number)))
    assert told == set(holders_of(db, outcome.collaboration.organisation_id, Role.OFFICER))
    assert (officers[1].id in told, officers[0].id in told) == (True, False)


def test_nobody_shows_it_for_a_side_that_is_not_theirs(client_of, db, shown):
    outcome, _officers = shown
    both, stranger = a_person(db), a_person(db)
    for number in (outcome.collaboration.host_id, outcome.collaboration.organisation_id):
        join(db, both, db.get_one(Organisation, number), Role.OFFICER)
    lead = outcome.collaboration.host_lead
    db.commit()

    asked = [client_of(who).submit(f"{outcome.href}/show").status_code for who in (both, lead, stranger)]
    assert asked == [409, 403, 404]


def test_what_one_side_only_reported_cannot_be_shown(client_of, db, shown):
    outcome, officers = shown
    waits = an_outcome(db, outcome.collaboration, title="A patent")
    db.commit()

    assert client_of(officers[0]).submit(f"{waits.href}/show").status_code == 409


def test_who_was_hired_is_nobodys_news(client_of, db, shown):
    outcome, officers = shown
    outcome.kind = OutcomeKind.HIRE
    db.commit()
    officer = client_of(officers[0])

    assert officer.submit(f"{outcome.href}/show").status_code == 409
    assert "Who was hired is not shown to everybody" in officer.get(outcome.href).text


@pytest.mark.parametrize("parts", list(itertools.product((True, False), repeat=5)))
def test_the_rule_says_the_same_three_times(session, parts):
    outcome = an_outcome(session, a_collaboration(session), OutcomeState.CONFIRMED if parts[0] else OutcomeState.REPORTED)
    work, now = outcome.collaboration, clock.now()
    outcome.host_shown_at, outcome.partner_shown_at = now if parts[1] else None, now if parts[2] else None
    work.host_released_at, work.partner_released_at = now, now if parts[3] else None
    if not parts[4]:
        session.get_one(Organisation, work.host_id)._state = OrganisationState.SUSPENDED
    session.flush()
    session.expire_all()
    loaded = session.scalars(select(Outcome).options(*OUTCOME).where(Outcome.id == outcome.id)).unique().one()

    said = OUTCOME_PUBLIC.holds(VISITOR, loaded)
    assert said is all(parts)
    assert bool(outcome_tokens(loaded)) is said
    assert bool(session.scalars(select(Outcome.id).where(OUTCOME_PUBLIC.where(VISITOR))).all()) is said


def test_what_is_shown_is_found_by_everybody_and_gone_with_a_correction(app, client_of, db, shown):
    outcome, officers = shown
    rebuild_all(app.extensions["database"], app.extensions["shelves"])
    assert titles(client_of(officers[0]).get(FOUND)) == []

    show_everything(db, outcome, officers)
    drain(app.extensions["database"], app.extensions["subscribers"])
    page = client_of().get(f"{FOUND}&kind=paper&year={outcome.at.year}&organisation={outcome.side_id}")
    assert (titles(page), tabs(page)["Outcomes"]) == (["A paper on bearings"], 1)

    with transaction(db):
        corrected(db, outcome, "A paper on other bearings", Actor(id=outcome.recorded_by_id))
    assert (titles(client_of().get(FOUND)), outcome.host_shown_at, outcome.partner_shown_at) == ([], None, None)
    drain(app.extensions["database"], app.extensions["subscribers"])
    assert (tabs(client_of().get(FOUND))["Outcomes"], behind(app)) == (0, [])


@pytest.mark.parametrize("how", ["withdrawn", "suspended", "unreleased"])
def test_it_is_gone_with_whatever_it_hangs_on(app, client_of, db, shown, how):
    outcome, officers = shown
    rebuild_all(app.extensions["database"], app.extensions["shelves"])
    show_everything(db, outcome, officers)
    drain(app.extensions["database"], app.extensions["subscribers"])
    with transaction(db):
        if how == "withdrawn":
            OUTCOME_FLOW.perform(db, outcome, "withdraw", actor=Actor(id=outcome.recorded_by_id), given=Reason("It is wrong."))
        elif how == "suspended":
            db.get_one(Organisation, outcome.side_id)._state = OrganisationState.SUSPENDED
        else:
            release_collaboration(db, outcome.collaboration, shown=False, actor=actor_of(db, officers[1]))

    assert titles(client_of().get(FOUND)) == []
    assert client_of().get(f"{outcome.href}/public").status_code == 404
    drain(app.extensions["database"], app.extensions["subscribers"])
    assert behind(app) == [] or how == "suspended"  # by hand, which no event tells
