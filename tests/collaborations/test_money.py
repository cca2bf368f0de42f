"""Money: what was agreed against what is spent, claims that two people check, and nothing above the agreed sum."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.collaborations.actions import record_contribution, revise_claim, withdraw_contribution, write_claim
from portal.collaborations.inputs import ClaimEntry, ContributionEntry, Paid
from portal.collaborations.models import BudgetItem, Claim, ClaimLine, Collaboration
from portal.collaborations.panels import money
from portal.collaborations.queries import SOURCES, budget_of, contributions_of
from portal.collaborations.states import ChangeKind, ChangeState, Checklist, ClaimState, Stand
from portal.collaborations.workflow import CLAIM_FLOW, COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from portal.proposals.states import CostCategory, Funding, Valuation
from tests.build import a_collaboration, a_member, actor_of, an_organisation, finish_parts
from tests.collaborations.make import a_change, a_claim, settle
from tests.collaborations.make import agree_everywhere as agree

DAY = dt.date(2027, 3, 31)


def officer_of(db, number):
    return actor_of(db, a_member(db, db.get_one(Organisation, number), Role.OFFICER))


def entry(**amounts):
    return ClaimEntry(DAY, DAY, "Salaries.", **(amounts or {"staff": 100}))


def step(db, claim, action, actor, given_=None):
    CLAIM_FLOW.perform(db, claim, action, actor=actor, given=given_)


def test_rule_8_the_budget_of_the_approved_version_is_carried_over_and_adds_up_to_what_was_agreed(db):
    collaboration = a_collaboration(db)
    items = budget_of(db, collaboration)
    asked = sum(item.amount_minor for item in items if item.funding is Funding.ASKED)
    own = sum(item.amount_minor for item in items if item.funding is not Funding.ASKED)
    assert (asked, own) == (collaboration.asked_minor, collaboration.own_minor)
    assert asked > 0


@given(st.lists(st.tuples(st.sampled_from(CostCategory), st.integers(0, 10**12), st.sampled_from(ClaimState)), max_size=12))
def test_rule_8_the_last_row_is_the_sum_of_all(rows):
    asked = sum(amount for _, amount, _ in rows)
    budget = [BudgetItem(partner="", category=of, funding=Funding.ASKED, amount_minor=amount) for of, amount, _ in rows]
    claims = [Claim(partner="", lines=[ClaimLine(category=of, amount_minor=amount)], _state=state) for of, amount, state in rows]
    found = money(Collaboration(asked_minor=asked), budget, claims, ())
    for name in ("planned", "claimed", "approved", "paid"):
        assert sum(getattr(row, name) for row in found.rows) == getattr(found.whole, name)
    assert found.whole.paid <= found.whole.approved <= found.whole.claimed <= asked


def test_a_claim_names_every_category_there_is():
    names = {str(each) for each in CostCategory}
    assert names <= set(ClaimEntry.__dataclass_fields__)
    assert set(entry(**dict.fromkeys(names, "1.50")).amounts.values()) == {150}
    with pytest.raises(Invalid, match="at least one"):
        entry(staff="0")


def test_a_claim_is_checked_by_two_people_approved_and_paid_and_each_is_told_whose_turn_it_is(db, running):
    collaboration, host, partner = running
    officer = officer_of(db, collaboration.host_id)
    sources = {source.key.removeprefix("claim."): source for source in SOURCES if source.key.startswith("claim.")}

    def waits():
        people = {"host": host, "partner": partner, "officer": officer}
        asked = {(key, who): source.select(actor) for key, source in sources.items() for who, actor in people.items()}
        return {found for found, query in asked.items() if query is not None and db.execute(query).all()}

    claim = write_claim(db, collaboration, entry(staff=100, travel=20), actor=partner)
    assert (claim.total_minor, waits()) == (120, set())
    step(db, claim, "submit", partner)
    assert waits() == {("check_work", "host")}
    step(db, claim, "confirm_work", host)
    assert waits() == {("check_sums", "officer")}
    step(db, claim, "confirm_sums", officer)
    assert waits() == {("approve", "host"), ("approve", "officer")}
    step(db, claim, "approve", host)
    assert waits() == {("pay", "officer")}
    step(db, claim, "pay", officer, Paid(clock.today()))
    assert (claim.state, claim.technical_by_id, claim.finance_by_id, waits()) == (ClaimState.PAID, host.id, officer.id, set())


def test_nobody_checks_their_own_claim_and_nobody_does_both_checks(db, running):
    collaboration, host, partner = running
    both = officer_of(db, collaboration.host_id)
    collaboration.host_lead_id = both.id
    claim = a_claim(db, collaboration, ClaimState.SUBMITTED)
    step(db, claim, "confirm_work", both)
    with pytest.raises(Refused, match="somebody else checks"):
        step(db, claim, "confirm_sums", both)
    collaboration.partner_lead_id = collaboration.host_lead_id
    own = write_claim(db, collaboration, entry(), actor=both)
    step(db, own, "submit", both)
    with pytest.raises(Forbidden):
        step(db, own, "confirm_work", both)


def test_what_was_asked_about_is_written_anew_and_checked_from_the_beginning(db, running):
    collaboration, host, partner = running
    claim = a_claim(db, collaboration, ClaimState.TECHNICAL_CHECK)
    with pytest.raises(Refused, match="does not change"):
        revise_claim(db, claim, entry(staff=5), actor=partner)
    step(db, claim, "query", host, Reason("Which hours?"))
    revise_claim(db, claim, entry(staff=5, services=7), actor=partner)
    step(db, claim, "submit", partner)
    assert (claim.total_minor, claim.technical_by_id, claim.state) == (12, None, ClaimState.SUBMITTED)


def test_rule_8_nothing_is_approved_above_the_agreed_sum_unless_a_change_of_money_is_in_force(db, running):
    collaboration, host, _ = running
    agreed = collaboration.asked_minor
    a_claim(db, collaboration, ClaimState.APPROVED, staff=agreed - 10)
    claim = a_claim(db, collaboration, ClaimState.FINANCE_CHECK, staff=11)
    with pytest.raises(Refused, match="Agree on a change of the amount first"):
        step(db, claim, "approve", host)
    change = a_change(db, collaboration, ChangeState.ASSESSED, ChangeKind.MONEY, amount_minor=agreed + 1)
    with pytest.raises(Refused):
        step(db, claim, "approve", host)
    agree(db, change, {stand: officer_of(db, number) for stand, number in _offices(collaboration)})
    step(db, claim, "approve", host)
    assert money(collaboration, budget_of(db, collaboration), (), ()).moved == 1


def _offices(collaboration):
    return (Stand.HOST_OFFICER, collaboration.host_id), (Stand.PARTNER_OFFICER, collaboration.organisation_id)


def test_rule_10_nothing_closes_with_an_unpaid_claim_unless_it_is_waived_by_name(db):
    collaboration = a_collaboration(db)
    host, partner = actor_of(db, collaboration.host_lead), actor_of(db, collaboration.partner_lead)
    finish_parts(db, collaboration)
    claim = a_claim(db, collaboration, ClaimState.APPROVED)
    a_claim(db, collaboration, ClaimState.DRAFT)
    COLLABORATION_FLOW.perform(db, collaboration, "begin_closing", actor=host)
    settle(db, collaboration, Checklist.CLOSING)
    with pytest.raises(Refused, match="Claims that are not settled: 1"):
        COLLABORATION_FLOW.perform(db, collaboration, "close", actor=host)
    with pytest.raises(Forbidden):
        step(db, claim, "waive", host, Reason("We would rather not pay."))
    step(db, claim, "waive", partner, Reason("Paid on another way."))
    assert (claim.decided_by_id, claim.note) == (partner.id, "Paid on another way.")
    COLLABORATION_FLOW.perform(db, collaboration, "close", actor=host)


def test_what_is_given_in_kind_is_valued_and_shown_and_a_mistake_counts_no_more(db, running):
    collaboration, host, partner = running
    given_ = {"category": CostCategory.STAFF, "text": "Hours.", "amount_minor": 700, "spent_on": DAY}
    given_ |= {"evidence": "https://example.org/hours"}
    for wrong in ({"funding": Funding.ASKED}, {"funding": Funding.IN_KIND}, {"funding": Funding.OWN_CASH, "evidence": ""}):
        with pytest.raises(Invalid):
            ContributionEntry(**(given_ | wrong))
    good = ContributionEntry(funding=Funding.IN_KIND, method=Valuation.RATES, **given_)
    one = record_contribution(db, collaboration, good, actor=partner)
    put_in = lambda: sum(row[3] for row in money(collaboration, (), (), contributions_of(db, collaboration)).own)  # noqa: E731
    assert put_in() == 700
    with pytest.raises(Forbidden):
        withdraw_contribution(db, one, actor=host)
    withdraw_contribution(db, one, actor=partner)
    assert put_in() == 0


def test_money_goes_its_way_on_the_pages(db, running, client_of, count_statements):
    collaboration, *_ = running
    href = collaboration.href
    officer = a_member(db, db.get_one(Organisation, collaboration.host_id), Role.OFFICER)
    people = (collaboration.host_lead, collaboration.partner_lead, officer, a_member(db, an_organisation(db)))
    db.commit()
    host, partner, office, stranger = (client_of(person) for person in people)
    sent = {"from_on": "2027-01-01", "to_on": "2027-03-31", "text": "The <b>salaries</b>.", "staff": "1,000.50"}

    answer = partner.submit(f"{href}/claims/new", sent | {"staff": "much", "travel": "7"})
    assert (answer.status_code, "much" in answer.text) == (422, True)
    assert host.submit(f"{href}/claims/new", sent).status_code in (403, 404)
    assert partner.submit(f"{href}/claims/new", sent).status_code == 303
    assert [client.get("/claims/1").status_code for client in (partner, host, stranger)] == [200, 404, 404]
    assert partner.submit("/claims/1/edit", sent | {"travel": "7"}).status_code == 303
    for client, action, given_ in (
        *((partner, "submit", {}), (host, "confirm_work", {}), (office, "confirm_sums", {})),
        *((host, "approve", {}), (office, "pay", {"paid_on": clock.today().isoformat()})),
    ):
        assert client.submit(f"/claims/1/steps/{action}", given_).status_code == 303, action
    page = host.get("/claims/1").text
    assert all(words in page for words in ("The &lt;b&gt;salaries&lt;/b&gt;.", officer.name, "Paid"))
    kind = {"funding": "in_kind", "category": "staff", "text": "Hours", "amount_minor": "50", "method": "rates"}
    kind |= {"spent_on": "2027-01-05", "evidence": "https://example.org/hours"}
    assert partner.submit(f"{href}/contributions/new", kind | {"method": ""}).status_code == 422
    assert partner.submit(f"{href}/contributions/new", kind).status_code == 303
    assert partner.submit("/contributions/1/withdraw").status_code == 303
    with count_statements() as one:
        page = host.get(f"{href}/money").text
    assert all(words in page for words in ("1,007.50", "Withdrawn", "<svg"))
    for _ in range(2):
        partner.submit(f"{href}/claims/new", sent)
        partner.submit(f"{href}/contributions/new", kind)
    with count_statements() as three:
        partner.get(f"{href}/money")
    assert len(one) == len(three) <= 6
