"""What a listing may say: everything is cleaned, every problem is told at once, beside its field."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.listings.inputs import DETAIL_INPUTS, ListingCore, NamedResponsible, Written, written
from portal.listings.states import Intake, IpStance, Kind, PayPeriod, Visibility
from tests.listings.texts import TEXTS


def problems(kind, **values):
    with pytest.raises(Invalid) as refusal:
        written(kind, **{"title": "A title", **values})
    return [problem.field for problem in refusal.value.all()]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_title_is_enough_for_a_draft(kind):
    text = written(kind, title="Only a title")

    assert text.core == ListingCore("Only a title")
    assert text.details == DETAIL_INPUTS[kind]()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_is_kept(kind):
    text = written(kind, **TEXTS[kind])

    assert text.core.closes_at == dt.datetime(2027, 1, 15, 16, tzinfo=dt.UTC)
    assert (text.core.visibility, text.core.intake) == (Visibility.REGISTERED, Intake.PROPOSAL)
    assert text.core.skills == ("Python", "Signal processing")
    assert [name for name, value in vars(text.details).items() if value in ("", None)] == []


def test_amounts_are_read_in_the_listings_currency():
    assert written(Kind.CHALLENGE, title="T", budget_minor="84,500.50", currency="EUR").details.budget_minor == 8_450_050
    assert written(Kind.CHALLENGE, title="T", budget_minor="84,500", currency="JPY").details.budget_minor == 84_500
    assert problems(Kind.CHALLENGE, budget_minor="84.50", currency="JPY") == ["budget_minor"]


def test_enum_values_may_come_as_text():
    assert written(Kind.CHALLENGE, title="T", ip_stance="shared").details.ip_stance is IpStance.SHARED
    assert written(Kind.INTERNSHIP, title="T", pay_period="hour").details.pay_period is PayPeriod.HOUR


def test_all_problems_of_both_parts_are_told_at_once():
    found = problems(Kind.INTERNSHIP, title="", closes_on="soon", time_zone="Mars", pay_minor="much", places="0", credit="yes")

    assert found == ["title", "closes_on", "time_zone", "pay_minor", "places", "credit"]


def test_an_end_before_the_start_is_refused():
    assert problems(Kind.PROJECT, starts_on="2027-05-01", ends_on="2027-04-30") == ["ends_on"]
    assert written(Kind.PROJECT, title="T", starts_on="2027-05-01", ends_on="2027-05-01")


def test_a_time_without_a_day_is_refused():
    assert problems(Kind.TRAINING, closes_time="17:00") == ["closes_on"]


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        ("Python, R\nC++;  Python ", ("Python", "R", "C++")),
        ("python\nPython\nPYTHON", ("python",)),
        (["a\u202eb", " ", "c"], ("ab", "c")),
        ("", ()),
        (None, ()),
    ],
)
def test_skills_are_split_cleaned_and_named_once(given_as, kept):
    assert written(Kind.PROJECT, title="T", skills=given_as).core.skills == kept


def test_too_many_or_too_long_skills_are_refused():
    assert problems(Kind.PROJECT, skills="\n".join(f"skill {n}" for n in range(21))) == ["skills"]
    assert problems(Kind.PROJECT, skills="x" * 61) == ["skills"]
    assert problems(Kind.PROJECT, skills="x" * 100_000) == ["skills"]


def test_text_of_one_kind_is_no_text_of_another():
    with pytest.raises(TypeError):
        Written(Kind.COMPUTE, ListingCore("T"), DETAIL_INPUTS[Kind.PROJECT]())


junk = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text(), max_size=3), st.binary(), st.dates()
)


@pytest.mark.parametrize("kind", list(Kind))
@given(data=st.data())
def test_whatever_arrives_is_kept_or_refused_at_a_field_that_exists(kind, data):
    names = data.draw(st.lists(st.sampled_from(sorted(TEXTS[kind])), unique=True))
    values = TEXTS[kind] | {name: data.draw(junk, name) for name in names}

    try:
        text = written(kind, **values)
    except Invalid as refusal:
        assert {problem.field for problem in refusal.all()} <= set(TEXTS[kind])
    else:
        texts = [value for part in (text.core, text.details) for value in vars(part).values() if isinstance(value, str)]
        assert [value for value in texts if "\x00" in value or value != value.strip()] == []


def test_what_is_announced_must_say_when_it_opens():
    assert problems(Kind.TRAINING, announces=True) == ["announces"]
    assert written(Kind.TRAINING, title="T", opens_on="2027-01-15", announces=True).core.announces


def test_what_opens_must_close_later():
    assert problems(Kind.TRAINING, opens_time="17:00") == ["opens_on"]
    assert problems(Kind.TRAINING, opens_on="2027-01-15", opens_time="17:00", closes_on="2027-01-15", closes_time="17:00") == [
        "opens_on"
    ]
    assert written(Kind.TRAINING, title="T", opens_on="2027-01-15", closes_on="2027-01-15").core.opens_at


def test_a_responsible_person_has_a_name_or_an_address_but_not_both():
    assert NamedResponsible(address="Sam@Example.org").address == "sam@example.org"
    with pytest.raises(Invalid):
        NamedResponsible("Sam Host", "sam@example.org")
