import pytest
from sqlalchemy import select

from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel.policy import Actor
from portal.listings.imports import OFFERS
from portal.listings.models import Field, Skill

FORD = {"scheme": "oecd-ford", "code": "1.1", "label": "Mathematics &amp; more", "parent": "1"}
ESCO = {"scheme": "esco-1.2.0", "uri": "http://example.org/esco/1", "label": "Haskell", "description": "A language."}


@pytest.fixture
def take(session):
    def run(kind, *records):
        report = run_import(session, enumerate(records, 1), OFFERS[kind](Terms(Actor(is_admin=True))))
        return report.created, report.updated, report.unchanged, report.refused

    return run


def test_terms_are_added_once_and_follow_their_source(session, take):
    assert take("fields", FORD, {**FORD, "scheme": "erc-panel"}) == (2, 0, 0, 0)
    assert take("fields", FORD) == (0, 0, 1, 0)
    assert take("fields", {**FORD, "label": "Mathematics"}) == (0, 1, 0, 0)

    terms = session.execute(select(Field.scheme, Field.code, Field.label, Field.parent).order_by(Field.id)).all()
    assert terms == [("oecd-ford", "1.1", "Mathematics", "1"), ("erc-panel", "1.1", "Mathematics & more", "1")]


def test_a_code_that_comes_twice_in_one_file_is_reported(take):
    assert take("fields", FORD, {**FORD, "label": "Again"}) == (1, 0, 0, 1)


def test_skills_are_known_by_address_code_or_name(session, take):
    records = ESCO, {"scheme": "onet", "label": "Git", "category": "x"}, {"scheme": "model", "code": "2.A", "label": "Reading"}

    assert take("skills", *records) == (3, 0, 0, 0)

    assert session.execute(select(Skill.code, Skill.label, Skill.description).order_by(Skill.id)).all() == [
        ("http://example.org/esco/1", "Haskell", "A language."),
        ("Git", "Git", ""),
        ("2.A", "Reading", ""),
    ]


@pytest.mark.parametrize("record", [{}, {"scheme": "x"}, {"scheme": "x", "code": "1"}, {"scheme": "x", "code": "1", "label": 5}])
def test_a_term_without_name_is_refused(take, record):
    assert take("fields", record) == (0, 0, 0, 1)
