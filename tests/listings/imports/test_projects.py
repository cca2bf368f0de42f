import datetime as dt

import pytest

from portal.listings.imports.projects import read_project
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

NSF = {
    "id": "nsf-1",
    "source": "nsf",
    "kind": "research_grant",
    "title": "CAREER:  Microbes &amp; Soils",
    "abstract": "Microbes eat carbon.&lt;br/&gt;&lt;br/&gt;We measure 10^&amp;#8722;3 grams.",
    "institution": "Ohio State University Research Foundation -DO NOT USE",
    "city": "Columbus",
    "region": "Ohio",
    "country": "United States",
    "start": "08/15/2008",
    "end": "07/31/2015",
    "amount": "2528216",
    "currency": "USD",
    "funder": "National Science Foundation",
    "programme": "Division Of Environmental Biology",
    "fields": ["Direct For Biological Sciences", "Division Of Environmental Biology"],
}


def test_an_award_becomes_a_project():
    draft = read_project(NSF)

    assert draft.values == {
        "title": "CAREER: Microbes & Soils",
        "description": "Microbes eat carbon.\n\nWe measure 10^−3 grams.",
        "summary": "Microbes eat carbon. We measure 10^−3 grams.",
        "currency": "USD",
        "skills": (),
        "place": "Columbus, Ohio, United States",
        "acronym": "",
        "funder": "National Science Foundation",
        "programme": "Division Of Environmental Biology",
        "amount_minor": 252_821_600,
        "starts_on": dt.date(2008, 8, 15),
        "ends_on": dt.date(2015, 7, 31),
        "partner_sought": "",
        "results": "",
    }
    assert draft.fields == ("1.6",)
    assert draft.by == Named("Ohio State University Research Foundation", OrganisationKind.UNIVERSITY)


def test_irish_dates_put_the_day_first_and_a_bare_title_is_told_by_its_facts():
    draft = read_project(
        {
            "source": "sfi",
            "title": "Grammatical Evolution",
            "abstract": None,
            "institution": "University of Limerick (UL)",
            "institution_ror": "https://ror.org/00a0n9e72",
            "start": "01/10/2002",
            "end": "30/09/2007",
            "amount": "1235075.92",
            "currency": "EUR",
            "funder": "Science Foundation Ireland",
            "programme": "SFI Principal Investigator Programme",
        }
    )

    assert draft.values["starts_on"] == dt.date(2002, 10, 1)
    assert draft.values["amount_minor"] == 123_507_592
    assert draft.values["summary"] == "SFI Principal Investigator Programme · Science Foundation Ireland"
    assert "- Amount: 1235075.92 EUR" in draft.values["description"]
    assert draft.by == Named(
        "University of Limerick", OrganisationKind.UNIVERSITY, ror="https://ror.org/00a0n9e72", short_name="UL"
    )


def test_a_project_of_many_partners_belongs_to_its_funder_and_lists_its_results():
    draft = read_project(
        {
            "source": "cordis-horizon-europe",
            "title": "Change Hubs",
            "acronym": "CHESS",
            "institution": None,
            "topic_title": "Social innovation",
            "programme": "European innovation ecosystems",
            "fields": ["/social sciences/economics and business/economics", "/natural sciences", "/humanities/arts/music"],
            "outputs": [{"title": "Report", "description": "About it"}, {"title": "Data", "description": ""}, {"title": None}],
            "funder": "European Commission",
        }
    )

    assert draft.values["results"] == "- **Report** – About it\n- **Data**"
    assert draft.values["programme"] == "European innovation ecosystems – Social innovation"
    assert draft.fields == ("5.2", "6.4")
    assert draft.by == Named("European Commission", OrganisationKind.PUBLIC)


def test_a_student_project_keeps_its_markdown_and_names_skills_and_roles():
    draft = read_project(
        {
            "source": "uc-ospo-osre",
            "kind": "student_project",
            "format": "markdown",
            "title": "Repro **Vis**",
            "abstract": "See [it](https://example.org).\n\n- **Mentor:** {{% mention dakoop %}}",
            "institution": "niu",
            "start": "2024-02-07",
            "roles": [{"title": "Capture visualizations", "skill": "Python and/or JavaScript, Data Visualization"}],
            "requirements": ["Good `Python`."],
        }
    )

    assert draft.values["title"] == "Repro Vis"
    assert draft.values["description"] == (
        "See [it](https://example.org).\n\n- **Mentor:** dakoop\n\n### Requirements\n\n- Good Python."
    )
    assert draft.values["skills"] == ("Python and/or JavaScript", "Data Visualization")
    assert draft.values["partner_sought"] == "Capture visualizations"
    assert "starts_on" not in draft.values
    assert draft.by == Named("Northern Illinois University", OrganisationKind.UNIVERSITY)


@pytest.mark.parametrize(
    ("institution", "name", "kind"),
    [
        ("OpenAstronomy / sunpy", "OpenAstronomy", OrganisationKind.INSTITUTE),
        ("Argonne National Laboratory", "Argonne National Laboratory", OrganisationKind.INSTITUTE),
        ("intel", "Intel", OrganisationKind.COMPANY),
    ],
)
def test_an_institution_is_called_by_its_name(institution, name, kind):
    assert read_project({"source": "x", "title": "A", "institution": institution}).by == Named(name, kind)


@pytest.mark.parametrize("value", [None, "", 5, [], {}, ["a", 1, None], [{"title": 3}], True, -1.5])
def test_a_field_of_the_wrong_type_breaks_nothing(value):
    names = [*NSF, "roles", "requirements", "outputs", "summary", "acronym", "topic_title", "institution_ror", "format"]

    for name in names:
        read_project({**NSF, name: value})


def test_an_end_before_the_start_is_left_out():
    draft = read_project({**NSF, "start": "01/01/2010", "end": "01/01/2009"})

    assert (draft.values["starts_on"], draft.values["ends_on"]) == (dt.date(2010, 1, 1), None)
