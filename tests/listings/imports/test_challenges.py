import datetime as dt

import pytest

from portal.listings.imports.challenges import read_challenge
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

PRIZE = {
    "id": "challengegov-1",
    "source": "challenge.gov",
    "format": "html",
    "title": "Rust Busters",
    "summary": "Stop <em>rust</em>.",
    "description": '<p style="color:red">Steel rusts.</p><a href="{{ site.baseurl }}/a.pdf">Form</a>',
    "prizes": "<ul><li>First: $10,000</li></ul>",
    "rules": "<p>Adults only.</p>",
    "judging": "<p>By effect.</p>",
    "how_to_enter": "<p>Write.</p>",
    "organisation": "Department of the Interior - Bureau of Reclamation",
    "prize_total": "$350,000",
    "opens": "9/16/2019 12:00 PM",
    "closes": "01/16/2020 08:00 PM",
}


def test_a_prize_competition_becomes_a_challenge():
    draft = read_challenge(PRIZE)

    assert draft.values == {
        "title": "Rust Busters",
        "description": (
            "Steel rusts.\n\nForm\n\n### Prizes\n\n- First: $10,000\n\n### How to enter\n\nWrite.\n\n"
            "### At the source\n\n- Opens: 9/16/2019 12:00 PM\n- Closes: 01/16/2020 08:00 PM"
        ),
        "summary": "Stop rust.",
        "currency": "USD",
        "time_zone": "America/New_York",
        "prize_minor": 35_000_000,
        "criteria": "By effect.",
        "eligibility": "Adults only.",
    }
    assert draft.closes == (dt.date(2020, 1, 16), dt.time(20, 0))
    assert draft.fields == ("2.5",)
    assert draft.by == Named("Bureau of Reclamation", OrganisationKind.PUBLIC)


@pytest.mark.parametrize(
    ("organisation", "name", "short"),
    [
        ("National Aeronautics and Space Administration (NASA)", "National Aeronautics and Space Administration", "NASA"),
        ("NASA", "National Aeronautics and Space Administration", ""),
        ("U.S. Department of Energy", "Department of Energy", ""),
        ("Department of Energy - Energy Programs", "Department of Energy", ""),
        ("Department of Health & Human Services - Office of Minority Health ", "Office of Minority Health", ""),
        ("Department of Health and Human Services, National Institutes of Health", "National Institutes of Health", ""),
    ],
)
def test_one_agency_has_one_name(organisation, name, short):
    assert read_challenge({**PRIZE, "organisation": organisation}).by == Named(name, OrganisationKind.PUBLIC, short_name=short)


def test_a_topic_of_an_agency_belongs_to_the_last_of_its_path():
    draft = read_challenge(
        {
            "source": "sbir.gov",
            "format": "html-entities",
            "title": "Surface &amp; Sub-surface",
            "description": "First&nbsp;line\n\n  weight &lt; 16oz",
            "organisation": "Department of Health and Human Services,National Institutes of Health,Department of",
            "organisation_path": ["Department of Health and Human Services", "National Institutes of Health"],
            "programme": "SBIR",
            "phase": "Phase I",
            "closes": "February 18, 2015",
        }
    )

    assert draft.values["title"] == "Surface & Sub-surface"
    assert draft.values["description"].startswith("First line\n\nweight < 16oz\n\n### At the source")
    assert draft.values["eligibility"].startswith("Small businesses")
    assert draft.closes == (dt.date(2015, 2, 18), None)
    assert draft.values["phases"] == [{"name": "Phase I", "ends_on": dt.date(2015, 2, 18)}]
    assert draft.by.name == "National Institutes of Health"


def test_a_data_challenge_of_a_year_closes_with_it_and_has_its_metric_as_criterion():
    draft = read_challenge(
        {
            "source": "kaggle-solutions",
            "title": "Wind Forecasting",
            "description": "Predict 48 hours.",
            "prize_total": "Swag",
            "metric": "Root Mean Squared Error",
            "year": "2012",
            "organisation": None,
        }
    )

    assert draft.by == Named("Kaggle", OrganisationKind.COMPANY)
    assert draft.values["prize_minor"] is None
    assert "### Prizes\n\nSwag" in draft.values["description"]
    assert draft.values["criteria"] == "- Metric: Root Mean Squared Error"
    assert draft.closes == (dt.date(2012, 12, 31), None)


def test_a_prize_keeps_the_currency_of_its_sign():
    assert read_challenge({**PRIZE, "prize_total": "€10,000"}).values["currency"] == "EUR"


def test_a_text_that_is_too_long_is_cut_with_a_mark():
    draft = read_challenge({**PRIZE, "description": f"<p>{'word ' * 9_000}</p>", "rules": f"<p>{'rule ' * 2_000}</p>"})

    assert len(draft.values["description"]) <= 40_000
    assert "cut here" in draft.values["description"]
    assert len(draft.values["eligibility"]) <= 8_000


@pytest.mark.parametrize("value", [None, "", 5, [], {}, ["a", 1, None], True, -1.5])
def test_a_field_of_the_wrong_type_breaks_nothing(value):
    for name in [*PRIZE, "organisation_path", "year", "metric", "programme", "phase"]:
        read_challenge({**PRIZE, name: value})
