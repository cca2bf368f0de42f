import datetime as dt

import pytest

from portal.listings.imports.internships import read_internship
from portal.listings.states import Level, Visa
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

POST = {
    "id": "simplify-1",
    "source": "simplify-summer-2025",
    "company": "Coca-Cola",
    "title": "Software Developer Intern 🛂 ",
    "locations": ["Austin, TX US", "Remote in USA"],
    "terms": ["Summer 2024"],
    "posted": "2024-04-25T02:28:58Z",
    "updated": "2024-05-25T02:28:58Z",
    "active": True,
    "sponsorship": "Other",
}


def test_a_post_becomes_an_internship():
    draft = read_internship(POST)

    assert draft.values == {
        "title": "Software Developer Intern 🛂",
        "description": (
            "- Company: Coca-Cola\n- Terms: Summer 2024\n- Places: Austin, TX US; Remote in USA\n- Posted: 2024-04-25"
        ),
        "summary": "Software Developer Intern 🛂 · Coca-Cola · Summer 2024 · Austin, TX US; Remote in USA",
        "currency": "USD",
        "time_zone": "America/New_York",
        "place": "Austin, TX US; Remote in USA",
        "remote": True,
        "level": Level.ANY,
        "visa": Visa.UNSAID,
        "eligibility": "",
    }
    assert draft.closes == (None, None)
    assert draft.fields == ("1.2",)
    assert draft.by == Named("Coca-Cola", OrganisationKind.COMPANY)


def test_a_post_that_is_no_longer_active_closed_when_it_was_last_touched():
    assert read_internship({**POST, "active": False}).closes == (dt.date(2024, 5, 25), None)


def test_a_federal_post_belongs_to_its_agency_or_its_department():
    post = {
        "source": "usajobs",
        "company": "Other Agencies and Independent Organizations",
        "department": "Department of Energy",
        "unit": "Office of Science",
        "title": "Student Trainee (Economics)",
        "occupation_series": ["0199 - Social Science Student Trainee"],
        "eligibility": ["Students"],
        "opens": "2024-05-30",
        "closes": "2024-06-05",
    }

    assert read_internship(post).by == Named("Department of Energy", OrganisationKind.PUBLIC)
    assert read_internship({**post, "company": "Census Bureau"}).by == Named("Census Bureau", OrganisationKind.PUBLIC)
    assert read_internship(post).closes == (dt.date(2024, 6, 5), None)
    assert read_internship(post).fields == ("5.2", "5.4")
    assert read_internship(post).values["eligibility"] == "- Students"


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Summer High School Intern", Level.SCHOOL),
        ("Internship – Undergraduate", Level.BACHELOR),
        ("Research Intern, PhD", Level.DOCTORAL),
        ("Analytics Co-Op (MS Students Only)", Level.MASTER),
        ("Graduate Intern", Level.MASTER),
        ("Systems Intern", Level.ANY),
    ],
)
def test_the_level_is_told_by_the_title(title, level):
    assert read_internship({**POST, "title": title}).values["level"] is level


@pytest.mark.parametrize("value", [None, "", 5, [], {}, ["a", 1, None], True, -1.5])
def test_a_field_of_the_wrong_type_breaks_nothing(value):
    for name in [*POST, "department", "unit", "closes", "occupation_series", "eligibility"]:
        read_internship({**POST, name: value})
