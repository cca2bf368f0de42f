"""What a proposal holds: own questions, a plan and a budget that add up, and the next version compared with the first."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from portal.proposals.states import ProposalState
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_own_questions_are_asked_a_full_proposal_is_written_and_its_next_version_compared(portal):
    with portal.database() as session:
        company = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        helena = build.a_member(session, company, Role.POSTER, name="Helena Brandt")
        lindmoor = build.an_organisation(session, "Lindmoor University")
        ingrid = build.a_member(session, lindmoor, name="Ingrid Solheim")
        listing = build.a_listing(session, helena, company, title="Hear a bearing wear out")
        draft = build.a_proposal(session, listing, ingrid, state=ProposalState.DRAFT)
        address, at = f"{listing.href}/questionnaire", draft.href
    owner, author = portal.browser_of(helena), portal.browser_of(ingrid)

    ask(owner, address)
    write(author, at)
    author.go(f"{at}/edit/check").clean().press("Submit the proposal").sees("Submitted")
    owner.go(at).clean().sees("Two other utilities").press("Eligible and complete: start the review").choose(
        "Ask for changes"
    ).fill(text="Less money.").press("Send decision")
    revise(author, at)
    owner.go(f"{at}/compare?from=1&to=2").clean()
    for text in ("moved", "(− €16,000)", "What the budget adds up to"):
        owner.sees(text)


def ask(owner, address):
    """A question with yes and no, then one that waits for its answer and is confidential."""
    owner.go(address).clean()
    owner.page.locator("[id='questions-0-label']").fill("Are you in talks with others?")
    owner.page.locator("[id='questions-0-kind']").select_option("yes_no")
    owner.press("Save the questions").press("Add a question", exact=False)
    owner.fill(**{"questions-1-label": "With whom?", "questions-1-only_answer": "yes"})
    owner.page.locator("[id='questions-1-only_if']").select_option("Are you in talks with others?")
    owner.page.locator("[id='questions-1-confidential']").check()
    owner.press("Save the questions").sees("The questions are saved.").clean()


def write(author, at):
    """The partner, a second package that builds on the first, a line of the partner's, and the answers."""
    author.go(f"{at}/edit/team").press("Add a partner", exact=False)
    author.fill(**{"partners-0-name": "Lindmoor University", "partners-0-overhead_permille": "25"})
    author.press("Continue", exact=False).press("Add a work package", exact=False)
    second = {"title": "Trial", "first_month": "4", "last_month": "6", "after": "WP1"}
    author.fill(**{f"packages-1-{part}": text for part, text in second.items()}).clean()
    author.press("Continue", exact=False)
    author.page.locator("[id='lines-0-partner']").select_option("Lindmoor University")
    for _part in ("rights", "files"):
        author.press("Continue", exact=False)
    author.press("Continue", exact=False).clean()
    author.page.locator("[id='q1-0']").check()
    author.fill(q2="Two other utilities").press("Continue", exact=False).sees("€100,000")


def revise(author, at):
    author.go(f"{at}/edit/plan").fill(**{"packages-1-last_month": "7"}).press("Continue", exact=False)
    author.fill(**{"lines-0-amount_minor": "64,000"}).press("Save and leave").go(f"{at}/edit/check")
    author.press("Submit the proposal").sees("Submitted")
