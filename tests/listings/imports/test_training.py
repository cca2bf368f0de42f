import datetime as dt

import pytest

from portal.listings.imports.training import TRAINING, read_training
from portal.listings.states import Mode
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

COURSE = {
    "source": "free-programming-books",
    "kind": "online_course",
    "title": "R Tutorial For Beginners \\| Edureka",
    "url": "https://example.org/course",
    "provider": "(Udacity)",
    "topic": "C\\#",
    "subtopic": "&rlm;المقرر",
    "language": "pt_BR",
}
SCHOOL = {
    "source": "awesome-mlss",
    "kind": "summer_school",
    "title": "Data Science Summer School (DS<sup>3</sup>) 2019",
    "url": "https://example.org/school",
    "deadline": "2019-04-26 23:59:59",
    "timezone": "UTC+1",
    "place": "Paris, France",
    "dates": "June 24 - June 28, 2019",
    "start": "2019-06-24",
    "end": "2019-06-28",
    "topics": ["ML", "Data Science"],
}


def test_an_online_course_is_free_and_taught_in_its_language():
    draft = read_training(COURSE)

    assert draft.values["title"] == "R Tutorial For Beginners | Edureka"
    assert draft.values["provider"] == "Udacity"
    assert draft.values["skills"] == ("C#", "المقرر")
    assert draft.values["taught_in"] == "pt-BR"
    assert draft.values["cost_minor"] == 0
    assert draft.values["mode"] is Mode.ONLINE
    assert draft.closes == (None, None)
    assert draft.by == Named("Free Ebook Foundation", OrganisationKind.INSTITUTE)


def test_a_summer_school_has_a_place_days_and_a_deadline():
    draft = read_training(SCHOOL)

    assert draft.values["title"] == "Data Science Summer School (DS3) 2019"
    assert (draft.values["starts_on"], draft.values["ends_on"]) == (dt.date(2019, 6, 24), dt.date(2019, 6, 28))
    assert draft.values["place"] == "Paris, France"
    assert draft.values["mode"] is Mode.ON_SITE
    assert draft.values["cost_minor"] is None
    assert draft.closes == (dt.date(2019, 4, 26), None)
    assert "- Apply by: 2019-04-26 23:59:59 UTC+1" in draft.values["description"]


@pytest.mark.parametrize(
    ("values", "closes"),
    [
        ({"deadline": "TBA"}, dt.date(2019, 6, 28)),
        ({"deadline": "2022-00-00 23:59:59"}, dt.date(2019, 6, 28)),
        ({"deadline": "First-come, first-served", "end": "2021-08-115"}, None),
    ],
)
def test_a_deadline_that_is_none_gives_way_to_the_end(values, closes):
    assert read_training({**SCHOOL, **values}).closes == (closes, None)


@pytest.mark.parametrize(
    ("place", "mode"),
    [
        ("Virtual", Mode.ONLINE),
        ("Online", Mode.ONLINE),
        ("London, Virtual", Mode.HYBRID),
        ("Vilnius, Lithuania (Hybrid)", Mode.HYBRID),
        ("Crete", Mode.ON_SITE),
    ],
)
def test_the_mode_is_told_by_the_place(place, mode):
    assert read_training({**SCHOOL, "place": place}).values["mode"] is mode


def test_a_workshop_is_called_by_its_place():
    draft = read_training(
        {
            "source": "coderefinery",
            "kind": "workshop",
            "title": "Tartu",
            "start": "2019-04-02",
            "end": "2019-04-04",
            "place": {"lat": 58.37, "lon": 26.71},
            "participants": {"EE": 25, "total": 26},
        }
    )

    assert draft.values["title"] == "CodeRefinery workshop: Tartu"
    assert "- Participants: 26" in draft.values["description"]
    assert draft.by.name == "CodeRefinery"


def test_entries_without_number_are_told_apart_by_title_day_and_address():
    own_ids = {
        TRAINING.origin_of(record).source_id
        for record in (COURSE, SCHOOL, {**SCHOOL, "start": "2020-06-24"}, {**COURSE, "url": None})
    }

    assert len(own_ids) == 4


@pytest.mark.parametrize("value", [None, "", 5, [], {}, ["a", 1, None], True, -1.5])
def test_a_field_of_the_wrong_type_breaks_nothing(value):
    for name in [*SCHOOL, *COURSE, "participants", "note"]:
        read_training({**COURSE, **SCHOOL, name: value})
