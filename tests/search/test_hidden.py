"""Portals that differ only in listings somebody may not read answer them alike, byte by byte, wherever the search is asked."""

import datetime as dt
import random
from urllib.parse import urlencode

import pytest

from portal.kernel import clock
from portal.listings.states import Kind, ListingState, Visibility
from portal.organisations.states import Role
from portal.search.indexing import rebuild
from tests import build
from tests.architecture.crawling import seen
from tests.search.engine.corpus import PLACES, SKILLS, WORDS, a_text, phrase

QUESTIONS = 500
PLACES_ASKED = ("/search", "/search/suggest", "/search.atom", "/search.ics", "/search.csv")
SECRET = "zanzibar"  # stands in nothing but what is hidden
HIDDEN = (
    *((ListingState.PUBLISHED, Visibility.ORGANISATION), (ListingState.PUBLISHED, Visibility.NAMED)),
    *((ListingState.DRAFT, Visibility.PUBLIC), (ListingState.IN_REVIEW, Visibility.PUBLIC)),
)


@pytest.fixture
def people(db):
    """A visitor, somebody who is of no organisation, and a member of the first of three."""
    organisations = [build.an_organisation(db, f"{name} Works") for name in ("Sensor", "Hydrogen", "Harvest")]
    return organisations, (None, build.a_person(db), build.a_member(db, organisations[0], Role.MEMBER))


def listings(db, owners, count, seed, *, hidden):
    """`owners`: of the first, its members see all; what is hidden belongs to the others."""
    chance = random.Random(seed)
    for _ in range(count):
        organisation, owner = chance.choice(owners[1:] if hidden else owners)
        state, visibility = chance.choice(HIDDEN) if hidden else (ListingState.PUBLISHED, Visibility.PUBLIC)
        with clock.at(clock.now() - dt.timedelta(hours=chance.randrange(2_000))):
            build.a_listing(
                db,
                owner,
                organisation,
                state=state,
                visibility=visibility,
                kind=chance.choice(list(Kind)),
                title=phrase(chance, 1, 6) + (f" {SECRET}" if hidden else ""),
                summary=phrase(chance, 1, 12),
                description=phrase(chance, 1, 40),
                skills=chance.sample([*SKILLS, SECRET] if hidden else SKILLS, 2),
                place=chance.choice([*PLACES, SECRET] if hidden else PLACES),
                remote=chance.random() < 0.5,
            )


def questions(organisations):
    chance = random.Random(11)
    words = [*WORDS, SECRET, "zanzbar", "sensr", "hydrogn"]

    def asked():
        text = chance.choice(
            [a_text(chance), chance.choice(words), chance.choice(words)[: chance.randint(2, 5)], f"skill:{SECRET}"]
        )
        yield "q", text
        choices = {
            "kind": [kind.value for kind in Kind],
            "place": [*PLACES, SECRET],
            "skill": [*SKILLS, SECRET],
            "remote": ["yes"],
        }
        choices |= {
            "organisation": [str(one.id) for one in organisations],
            "sort": ["newest", "closing", "amount"],
            "page": ["2"],
        }
        for name, values in choices.items():
            if chance.random() < 0.15:
                yield name, chance.choice(values)

    return [urlencode(list(asked())) for _ in range(QUESTIONS)]


@pytest.mark.timeout(600)
def test_what_is_hidden_changes_no_byte_of_any_answer(app, db, client_of, people):
    organisations, viewers = people
    owners = [(one, build.a_member(db, one, Role.POSTER)) for one in organisations]
    listings(db, owners, 60, seed=1, hidden=False)
    clients, addresses = [client_of(viewer) for viewer in committed(db, viewers)], questions(organisations)
    asked = [(number % 3, f"{place}?{address}") for place in PLACES_ASKED for number, address in enumerate(addresses)]
    answers = []

    with clock.at(clock.now()):
        for seed, count in ((2, 4), (3, 50)):
            listings(db, owners, count, seed, hidden=True)
            db.commit()
            rebuild(app.extensions["database"], app.extensions["index"], app.extensions["searched"])
            answers.append([seen(clients[who], path) for who, path in asked])

    assert [path for path, one, other in zip(asked, *answers, strict=True) if one != other] == []
    assert sum(status == 200 and b"</mark>" in body for status, _, body in answers[0]) > QUESTIONS / 20


def committed(db, viewers):
    db.commit()
    return viewers
