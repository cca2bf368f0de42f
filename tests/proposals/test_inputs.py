"""What a proposal may say, and how it is stored and read back."""

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.proposals.inputs import (
    ROWS,
    BudgetLine,
    Content,
    Decline,
    InterestText,
    WorkPackage,
    budget_line,
    each,
    fingerprint,
)
from portal.proposals.states import CostCategory, Funding
from tests.build import content

LINE = {"label": "Travel", "category": "travel", "funding": "asked"}
PLAIN = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=60).filter(
    str.strip
)


@given(PLAIN, PLAIN, st.integers(1, 60), st.integers(0, 10**12), st.dates(dt.date(2000, 1, 1), dt.date(2099, 1, 1)))
def test_content_is_read_back_as_it_was_stored(title, goal, months, minor, starts_on):
    package = WorkPackage(title, goal, 1, months)
    line = BudgetLine(title, CostCategory.STAFF, Funding.IN_KIND, minor)
    text = Content(title=title, summary=goal, starts_on=starts_on, packages=[package], lines=[line])

    again = Content.from_json(text.to_json())

    assert again == text
    assert fingerprint(again.to_json()) == fingerprint(text.to_json())


def test_what_a_later_version_of_the_portal_stored_is_passed_over():
    assert Content.from_json(content().to_json() | {"mood": "good"}) == content()


def test_sums_tell_what_is_asked_from_what_is_given():
    lines = [BudgetLine("a", CostCategory.STAFF, f, n) for f, n in zip(Funding, (5, 7, 11), strict=True)]

    assert (content(lines=lines).asked_minor, content(lines=lines).own_minor) == (5, 18)


def test_problems_of_rows_are_named_by_row_and_part_all_at_once():
    rows = [
        LINE | {"amount_minor": "1"},
        LINE | {"label": "", "amount_minor": "many"},
        LINE | {"label": "x", "category": "gold", "amount_minor": "2"},
    ]

    with pytest.raises(Invalid) as caught:
        each("lines", rows, partial(budget_line, "EUR"), held_in=("label", "amount_minor"))

    assert [problem.field for problem in caught.value.all()] == ["lines-1-amount_minor", "lines-1-label", "lines-2-category"]


def test_rows_left_empty_are_no_rows():
    assert (
        each(
            "lines", [LINE | {"label": " ", "amount_minor": None}], partial(budget_line, "EUR"), held_in=("label", "amount_minor")
        )
        == ()
    )


@pytest.mark.parametrize(("currency", "minor"), [("EUR", 8_450_000), ("JPY", 84_500)])
def test_amounts_are_read_in_the_currency_of_the_proposal(currency, minor):
    assert budget_line(currency, amount_minor="84,500", **LINE).amount_minor == minor


@pytest.mark.parametrize("amount", ["-1", "NaN", "1e9", "1.234", "10" * 20, "²", True, 10**15, None, ""])
def test_amounts_that_are_none_are_refused(amount):
    with pytest.raises(Invalid):
        budget_line("EUR", amount_minor=amount, **LINE)


def test_a_work_package_cannot_end_before_it_begins():
    with pytest.raises(Invalid, match="cannot come before"):
        WorkPackage("a", "", 4, 3)


def test_plan_and_budget_have_an_end():
    with pytest.raises(Invalid, match="Keep to 20 rows"):
        content(packages=[WorkPackage("a", "", 1, 1)] * (ROWS["packages"][1] + 1))
    with pytest.raises(Invalid, match="Keep to 60 rows"):
        content(lines=[BudgetLine("a", CostCategory.STAFF, Funding.ASKED, 1)] * (ROWS["lines"][1] + 1))
    assert replace(content(), packages=[], deliverables=[]).duration_months == 0


def test_a_refusal_needs_a_code_and_a_text():
    with pytest.raises(Invalid) as caught:
        Decline("because", "")

    assert [problem.field for problem in caught.value.all()] == ["code", "text"]


def test_an_interest_that_is_too_long_says_by_how_much():
    with pytest.raises(Invalid, match="4000 characters; it has 4001"):
        InterestText("x" * 4001)
