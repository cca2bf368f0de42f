import re

import pytest

from portal import wiring
from portal.accounts.models import Kind
from portal.collaborations.states import DeliverableState
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW
from portal.kernel.policy import Role
from portal.kernel.scopes import Scope
from portal.kernel.subscribers import drain
from portal.organisations.states import MembershipState
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from tests.build import (
    a_collaboration,
    a_listing,
    a_member,
    a_person,
    a_proposal,
    actor_of,
    an_interest,
    an_organisation,
    join,
    settle,
    walk,
)

LISTED = r'<ol class="cw-log">.*?</ol>'


class World:
    """Two organisations with a submitted proposal, messages on both sides, and somebody it does not concern."""

    def __init__(self, db):
        self.company, self.university = an_organisation(db, "Tidewell"), an_organisation(db, "Lindmoor")
        self.owner = a_member(db, self.company, Role.POSTER, name="Helena Brandt")
        self.author = a_member(db, self.university, name="Ingrid Solheim")
        self.keeper = a_member(db, self.university, Role.ADMINISTRATOR, name="Kim Keeper")
        self.officer = a_member(db, self.university, Role.OFFICER, name="Omar Officer")
        a_member(db, self.company, Role.OFFICER)
        self.admin = a_person(db, "Adam Admin", admin=True)
        self.stranger = a_member(db, an_organisation(db), Role.ADMINISTRATOR, name="Sam Stranger")
        self.listing = a_listing(db, self.owner, self.company, title="Open challenge")
        self.proposal = a_proposal(db, self.listing, self.author, state=ProposalState.SUBMITTED, title="Early <warning>")
        post_message(db, "proposal", self.proposal.id, "For all", actor=actor_of(db, self.owner))
        post_message(db, "proposal", self.proposal.id, "Inside", actor=actor_of(db, self.author), scope=Scope(self.university.id))


@pytest.fixture
def world(app, db):
    made = World(db)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    return made


def text_of(page):
    """What a reader sees in the main part, on one line."""
    main = re.search(r"<main.*</main>", page.text, re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_owner_sees_what_waits_and_how_much(client_of, world):
    page = client_of(world.owner).get("/work")

    assert page.status_code == 200
    assert "Decide on “Early &lt;warning&gt;”" in text_of(page)
    assert f'href="{world.proposal.href}"' in page.text
    assert re.search(r'class="cw-badge">1<', page.text)
    assert page.text.count('class="btn btn-primary') == 1


def test_who_has_nothing_to_do_is_told_so(client_of, world):
    page = client_of(world.officer).get("/work")

    assert "Nothing waits for you" in text_of(page)
    assert "Three steps" not in page.text


def test_newcomer_sees_three_steps(client_of, db):
    account = a_person(db, "New Comer", kind=Kind.STUDENT)
    db.commit()

    page = client_of(account).get("/work")

    assert "Three steps to begin" in page.text
    assert page.text.count('class="btn btn-primary') == 1


def test_badge_counts_unread_notifications(client_of, world):
    page = client_of(world.owner).get("/work")

    assert re.search(r"Notifications, [1-9]\d* unread", page.text)


def test_what_waits_follows_the_work_at_once(client_of, db, world):
    client = client_of(world.owner)
    client.get("/work")
    assert "1 thing waits" in text_of(client.get("/work"))

    a_proposal(db, world.listing, world.officer, state=ProposalState.SUBMITTED)
    db.commit()

    assert "2 things wait" in text_of(client.get("/work"))


def test_feed_tells_each_reader_what_they_may_know(client_of, world):
    owner, author = text_of(client_of(world.owner).get("/activity")), text_of(client_of(world.author).get("/activity"))

    for seen in (owner, author):
        assert "Ingrid Solheim submitted version 1 of “Early &lt;warning&gt;”" in seen
        assert "Helena Brandt wrote a message about “Early &lt;warning&gt;”" in seen
    assert "wrote to colleagues" in author
    assert "wrote to colleagues" not in owner
    assert "edited" not in owner


def test_feed_tells_a_stranger_nothing_of_others(client_of, world):
    seen = text_of(client_of(world.stranger).get("/activity"))

    assert "Early" not in seen
    assert "wrote" not in seen
    assert "Ingrid" not in seen
    assert "“Open challenge”" in seen  # a published listing is everybody's


def test_feed_of_the_administrator_holds_no_confidential_thing(client_of, world):
    seen = text_of(client_of(world.admin).get("/activity"))

    assert "Early" not in seen
    assert "wrote" not in seen


def test_own_actions_are_for_oneself(client_of, world):
    seen = text_of(client_of(world.author).get("/me/activity"))

    assert "Ingrid Solheim signed in" in seen
    assert "submitted version 1" in seen
    assert "Helena" not in seen


@pytest.mark.parametrize("path", ["/work", "/activity", "/me/activity", "/audit"])
def test_visitor_is_asked_to_sign_in(client_of, app, path):
    answer = client_of().get(path)

    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={path}")


def test_audit_is_no_page_for_those_who_keep_no_log(client_of, world):
    assert client_of(world.author).get("/audit").status_code == 404
    assert client_of(world.officer).get("/audit").status_code == 404


def test_administrator_reads_everything_but_no_confidential_name(client_of, world):
    seen = text_of(client_of(world.admin).get("/audit"))

    assert f"Ingrid Solheim submitted version 1 of proposal no. {world.proposal.id}" in seen
    assert "wrote to colleagues" in seen
    assert "Early" not in seen


def test_organisation_reads_its_own_log_and_no_other(client_of, world):
    seen = text_of(client_of(world.keeper).get("/audit"))

    assert "Ingrid Solheim wrote to colleagues" in seen
    assert "published “Open" not in seen  # the listing belongs to the other organisation
    assert "Ingrid" not in text_of(client_of(world.stranger).get("/audit"))


def test_audit_is_searched_by_kind_thing_and_person(client_of, world):
    client = client_of(world.admin)

    by_kind = text_of(client.get("/audit?kind=message.posted"))
    by_thing = text_of(client.get(f"/audit?thing=proposal&number={world.proposal.id}&person=helena"))

    assert "wrote a message" in by_kind
    assert "wrote to colleagues" not in by_kind
    assert "wrote a message" in by_thing
    assert "submitted version" not in by_thing
    assert "No entry fits" in text_of(client.get("/audit?person=%25"))


def test_search_over_the_audit_that_makes_no_sense_is_said_beside_the_field(client_of, world):
    client = client_of(world.admin)

    for query in (
        "kind=nothing",
        "thing=nothing",
        "number=5",
        "thing=proposal&number=x",
        "thing=proposal&number=" + "9" * 40,
        "person=" + "x" * 9000,
        "kind=%00",
    ):
        page = client.get(f"/audit?{query}")
        assert page.status_code == 422, query
        assert 'role="alert"' in page.text
    assert client.get("/audit?after=nonsense&person=%00%ED%A0%80").status_code == 200


def test_check_of_the_log_shows_its_result_to_administrators_only(client_of, world):
    assert "The log is unbroken" in text_of(client_of(world.admin).get("/audit?check=1"))
    assert "unbroken" not in text_of(client_of(world.keeper).get("/audit?check=1"))


@pytest.mark.parametrize(
    ("path", "who"), [("/work", "owner"), ("/activity", "owner"), ("/me/activity", "author"), ("/audit", "admin")]
)
def test_pages_ask_as_little_for_many_as_for_few(client_of, db, world, count_statements, path, who):
    client = client_of(getattr(world, who))
    client.get(path)
    with count_statements() as few:
        client.get(path)
    for _ in range(3):
        a_proposal(db, world.listing, a_member(db, world.university), state=ProposalState.DRAFT)
        a_listing(db, world.owner, world.company)
    db.commit()
    with count_statements() as many:
        client.get(path)

    assert len(few) == len(many) <= 6


def test_what_happened_to_accounts_is_told_to_their_owners_and_to_those_who_run_the_portal(client_of, world):
    visitor, owner, admin = client_of(), client_of(world.owner), client_of(world.admin)
    visitor.submit("/sign-in", {"email": world.owner.email, "password": "a wrong password"})

    own = text_of(owner.get("/me/activity/account"))
    assert "tried to sign in to the account of Helena Brandt with a wrong password" in own
    assert "Adam Admin" not in own
    assert "Sam Stranger" in text_of(admin.get("/admin/security"))
    failures = text_of(admin.get("/admin/security?failures=yes"))
    assert ("wrong password" in failures, "signed in" in failures) == (True, False)
    assert owner.get("/admin/security").status_code == 404


def test_what_needs_no_further_word_is_done_on_my_work_and_said_there(client_of, db):
    university = an_organisation(db, "Lindmoor")
    keeper = a_member(db, university, Role.ADMINISTRATOR, name="Kim Keeper")
    join(db, a_person(db, "Nora New"), university)._state = MembershipState.REQUESTED
    listing = a_listing(db, keeper, university, title="Open challenge")
    interest = an_interest(db, listing, a_member(db, an_organisation(db)))
    db.commit()
    client = client_of(keeper)
    page = client.get("/work").text
    acknowledge, confirm = f"{interest.href}/steps/acknowledge", re.search(r'action="(/memberships/\d+/steps/confirm)"', page)[1]
    assert f'action="{acknowledge}"' in page

    done = client.submit(acknowledge, {"from": "work"})
    assert (done.status_code, done.location) == (303, "/work")
    page = client.get("/work").text
    assert f"Done: Acknowledge, {interest.reference}" in page
    assert acknowledge not in page  # what is left of it takes words
    assert "Read the interest" in page
    assert client.submit(confirm, {"from": "work"}).location == "/work"
    assert "Done: Confirm, Nora New" in client.get("/work").text
    assert client.submit(acknowledge, {"from": "work"}).status_code == 409
    assert client.post(confirm, data={"from": "work"}).status_code in (400, 403)
    assert client.submit("/me/notifications/seen", {"from": "work"}).location == "/work"


def test_a_deliverable_is_taken_up_from_my_work_once(client_of, db):
    collaboration = a_collaboration(db)
    host, partner = collaboration.host_lead, collaboration.partner_lead
    settle(db, collaboration)
    COLLABORATION_FLOW.perform(db, collaboration, "start", actor=actor_of(db, host))
    first = collaboration.deliverables[0]
    walk(db, DELIVERABLE_FLOW, first, DeliverableState.SUBMITTED, by=actor_of(db, partner))
    step = f"/deliverables/{first.id}/steps/take_up"
    db.commit()
    client = client_of(host)

    assert step in client.get("/work").text
    assert client.submit(step, {"from": "work"}).location == "/work"
    assert f"Done: Take up the review, {first.title}" in client.get("/work").text
    assert step not in client.get("/work").text
