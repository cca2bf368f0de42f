"""That a plan has no circles, and that the parts of a budget are its sum to the last minor unit."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.listings.states import DataClass
from portal.proposals.inputs import BudgetLine, Content, Deliverable, Milestone, Partner, WorkPackage, partner
from portal.proposals.inputs.sums import shared_out
from portal.proposals.queries import changes_between
from portal.proposals.states import CostCategory, Funding, Valuation
from portal.proposals.workflow import gaps
from portal.questionnaires.inputs import Questions
from tests.build import content

PARTNERS = [Partner("Aalborg", overhead_permille=125, key="a"), Partner("Delft", overhead_permille=250, key="d")]
AMOUNTS = st.integers(0, 10**9)
LINES = st.lists(
    st.builds(
        BudgetLine,
        st.just("x"),
        st.sampled_from(CostCategory),
        st.sampled_from(Funding),
        AMOUNTS,
        st.sampled_from(["", "a", "d"]),
        st.integers(1, 4),
    ),
    max_size=12,
)


def said(text):
    """(part#field) of every gap."""
    return [f"{gap.part}#{gap.field}" for gap in gaps(text, Questions())]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any))
def test_what_is_shared_out_is_all_there_and_each_part_is_fair(total, weights):
    parts = shared_out(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@given(LINES, st.integers(0, 2000), st.integers(0, 2000))
def test_the_sums_by_partner_category_and_year_are_the_whole(lines, one, two):
    partners = [replace(PARTNERS[0], overhead_permille=one), replace(PARTNERS[1], overhead_permille=two)]
    text = content(lines=lines, partners=partners)
    whole = sum(line.amount_minor for line in text.costs)

    assert whole == text.asked_minor + text.own_minor
    for sums in (text.by_partner, text.by_category, text.whole):
        assert sum(total.minor for total in sums) == whole
        assert all(sum(total.by_year) == total.minor for total in sums)
    for partner_, rate in zip(partners, (one, two), strict=True):
        mine = [line for line in lines if line.partner == partner_.key and line.category is not CostCategory.OVERHEAD]
        cash = sum(line.amount_minor for line in mine if line.funding is not Funding.IN_KIND)
        added = sum(line.amount_minor for line in text.costs[len(lines) :] if line.partner == partner_.key)
        assert abs(added * 1000 - cash * rate) <= 500


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
def test_work_packages_build_on_each_other_without_a_circle_or_are_refused_with_it(edges):
    after = {number: tuple(f"WP{b}" for a, b in edges if a == number) for number in range(8)}
    packages = [WorkPackage("x", "", 1, 2, f"WP{number}", "", after[number]) for number in range(8)]
    try:
        content(packages=packages, deliverables=[])
    except Invalid as refused:
        circle = str(refused.why).partition("circle: ")[2].partition(". ")[0].split(" → ")
        assert circle[0] == circle[-1]
        assert all(b in after[int(a[2:])] for a, b in zip(circle, circle[1:], strict=False))
    else:
        left = dict(after)
        while free := [number for number, codes in left.items() if not any(int(code[2:]) in left for code in codes)]:
            left = {number: codes for number, codes in left.items() if number not in free}
        assert left == {}


def test_codes_are_given_kept_and_never_shared():
    text = content(packages=[WorkPackage("a", "", 1, 1, "WP2"), WorkPackage("b", "", 1, 1)], deliverables=[])

    assert [package.code for package in text.packages] == ["WP2", "WP1"]
    with pytest.raises(Invalid, match="“WP2” stands here twice"):
        replace(text, packages=[text.packages[0], text.packages[0]])
    with pytest.raises(Invalid, match="“WP7” is no work package"):
        content(deliverables=[Deliverable("Report", 3, "WP7")])
    with pytest.raises(Invalid, match="names a partner who is not among"):
        content(lines=[replace(content().lines[0], partner="p9")])


def test_what_an_earlier_portal_stored_is_read_with_its_results():
    stored = {
        "title": "Old",
        "packages": [{"title": "First", "goal": "", "first_month": 1, "last_month": 4, "deliverable": "Report"}],
        "lines": [{"label": "Researcher", "category": "staff", "funding": "asked", "amount_minor": 5}],
    }

    text = Content.from_json(stored)

    assert text.deliverables == (Deliverable("Report", 4, "WP1", "D1"),)
    assert text.checkpoints == (Milestone("First", 4, "WP1", code="WP1"),)
    assert text.by_partner[0].minor == 5
    assert Content.from_json(text.to_json()) == text
    assert Content.from_json({}).title == "–"


@pytest.mark.parametrize(("typed", "permille"), [("12.5", 125), ("25", 250), ("", 0), (None, 0), ("0,5", 5)])
def test_overhead_rates_are_percentages_with_one_decimal(typed, permille):
    assert partner("EUR", name="x", overhead_permille=typed, said_minor="").overhead_permille == permille


@pytest.mark.parametrize("typed", ["12.55", "-1", "201", "x", "²"])
def test_other_rates_are_refused(typed):
    with pytest.raises(Invalid, match="at most one decimal"):
        partner("EUR", name="x", overhead_permille=typed, said_minor="")


def test_everything_that_does_not_add_up_is_said_with_its_place():
    line = replace(content().lines[0], partner="a")
    lines = [
        line,
        replace(line, partner=""),
        replace(line, funding=Funding.IN_KIND),
        replace(line, category=CostCategory.OVERHEAD),
        replace(line, year=9),
    ]
    partners = [replace(PARTNERS[0], said_minor=1), PARTNERS[1]]
    late = [Deliverable("Late", 9)]
    text = content(lines=lines, partners=partners, deliverables=late, said_minor=2, price_minor=3, personal_data=True)

    assert said(text) == [
        "plan#deliverables-0-month",
        *("budget#lines-1-partner", "budget#lines-2-method", "budget#lines-3-category", "budget#lines-4-year"),
        *("team#partners-0-said_minor", "budget#said_minor", "budget#price_minor"),
        *("rights#data_class", "rights#ethics"),
    ]
    assert "named a total of 0.01 EUR, but" in str(gaps(text, Questions())[5].why)
    assert said(content()) == []
    with pytest.raises(Invalid, match="never open data"):
        replace(text, data_class=DataClass.OPEN)
    with pytest.raises(Invalid, match="Only in-kind"):
        replace(line, method=Valuation.RATES)


def test_a_comparison_tells_added_gone_moved_and_changed_with_the_money():
    first = content(
        packages=[WorkPackage("A", "", 1, 3, "WP1"), WorkPackage("B", "", 4, 6, "WP2"), WorkPackage("C", "", 1, 2, "WP3")],
        lines=[BudgetLine("Researcher", CostCategory.STAFF, Funding.ASKED, 100, "a", 1)],
        partners=PARTNERS,
        starts_on=dt.date(2027, 1, 1),
    )
    second = replace(
        first,
        packages=[WorkPackage("B", "", 5, 7, "WP2"), WorkPackage("A, anew", "", 1, 3, "WP1"), WorkPackage("D", "", 1, 1, "WP4")],
        lines=[BudgetLine("Researcher", CostCategory.STAFF, Funding.ASKED, 300, "a", 2)],
        starts_on=None,
    )

    changes = changes_between(first, second)

    assert [(change.what, change.row.code) for change in changes.rows["packages"]] == [
        ("moved", "WP2"),
        ("changed", "WP1"),
        ("added", "WP4"),
        ("gone", "WP3"),
    ]
    assert [change.what for change in changes.rows["lines"]] == ["moved"]
    assert [shift.about for shift in changes.choices] == ["starts_on"]
    assert [(shift.about, shift.before, shift.after) for shift in changes.sums] == [
        (Funding.ASKED, 113, 338),
        ("Aalborg", 113, 338),
        (CostCategory.STAFF, 100, 300),
        (CostCategory.OVERHEAD, 13, 38),
        (None, 113, 338),
    ]
