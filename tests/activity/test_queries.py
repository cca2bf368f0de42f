import pytest

from portal import wiring
from portal.activity import queries
from portal.activity.inputs import Sought
from portal.activity.work import Desk
from portal.collaborations.models import Collaboration
from portal.kernel.paging import encode
from portal.kernel.policy import VISITOR, Role
from portal.kernel.prepared import Prepared
from portal.kernel.scopes import Scope
from portal.listings.states import ListingState
from portal.listings.workflow import LISTING_FLOW
from portal.notifications.queries import unread_count
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from portal.web.pages import Badges
from tests.build import a_listing, a_member, a_person, a_proposal, actor_of, an_organisation


class World:
    """An accepted proposal with its collaboration, told from both sides."""

    def __init__(self, session):
        self.company, self.university = an_organisation(session, "Tidewell"), an_organisation(session, "Lindmoor")
        self.owner = a_member(session, self.company, Role.POSTER, name="Helena Brandt")
        self.author = a_member(session, self.university, Role.ADMINISTRATOR, name="Ingrid Solheim")
        officers = [a_member(session, side, Role.OFFICER) for side in (self.company, self.university)]
        self.officers = [actor_of(session, officer) for officer in officers]
        self.listing = a_listing(session, self.owner, self.company)
        self.proposal = a_proposal(session, self.listing, self.author, state=ProposalState.IN_APPROVAL, title="Early warning")
        self.as_owner, self.as_author = actor_of(session, self.owner), actor_of(session, self.author)
        self.stranger = actor_of(session, a_member(session, an_organisation(session), Role.ADMINISTRATOR))
        self.admin = actor_of(session, a_person(session, "Adam Admin", admin=True))


@pytest.fixture
def world(session):
    made = World(session)
    post_message(session, "proposal", made.proposal.id, "All", actor=made.as_owner)
    post_message(session, "proposal", made.proposal.id, "In", actor=made.as_author, scope=Scope(made.university.id))
    session.flush()
    return made


def kinds(entries):
    return [entry.kind for entry in entries]


def test_timeline_tells_each_side_what_it_may_know(session, world):
    things = [world.proposal]

    author = kinds(queries.timeline_for(session, world.as_author, things))
    owner = kinds(queries.timeline_for(session, world.as_owner, things))

    assert author[:2] == ["message.posted_inside", "message.posted"]
    assert owner[0] == "message.posted"
    assert "message.posted_inside" not in owner
    assert owner[-1] == "proposal.submitted"


def test_timeline_of_what_one_may_not_read_is_empty(session, world):
    things = [world.proposal]

    assert queries.timeline_for(session, world.stranger, things) == []
    assert queries.timeline_for(session, VISITOR, things) == []
    assert queries.timeline_for(session, world.as_author, []) == []


def test_timeline_of_several_things_is_one(session, world):
    told = kinds(queries.timeline_for(session, world.as_owner, [world.proposal, world.listing]))

    assert {"listing.published", "proposal.submitted"} <= set(told)
    assert "listing.published" in kinds(queries.timeline_for(session, world.admin, [world.proposal, world.listing]))


def test_timeline_spells_out_values(session, world):
    entry = next(e for e in queries.timeline_for(session, world.as_owner, [world.proposal]) if e.kind == "proposal.decided")

    assert str(entry.text) == "Helena Brandt decided on this proposal: In approval"


def test_feed_holds_the_same_for_the_second_asking(session, world):
    first = queries.feed(session, world.as_author, None)

    again = queries.feed(session, world.as_author, None)

    assert first == again
    assert "message.posted_inside" in kinds(first.rows)


def test_feed_leads_through_everything_once(session, world):
    for _ in range(30):
        a_listing(session, world.owner, world.company)
    seen, after = [], None
    while True:
        page = queries.feed(session, world.as_author, after)
        seen += [entry.id for entry in page.rows]
        after = page.after
        if after is None:
            break

    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) > 30


def test_feed_goes_on_past_a_long_stretch_of_other_peoples_facts(session, world, monkeypatch):
    everything = [entry.id for entry in queries.feed(session, world.as_author, None).rows]
    monkeypatch.setattr(queries, "STRETCH", 3)
    monkeypatch.setattr(queries, "_feeds", Prepared())

    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = queries.feed(session, world.as_author, after)
        seen += [entry.id for entry in page.rows]
        after, pages = page.after, pages + 1

    assert seen == everything
    assert pages > 5


@pytest.mark.parametrize("sought", [{"person": "Helena"}, {"thing": "proposal"}], ids=["person", "thing"])
def test_the_audit_trail_goes_on_past_long_stretches_in_which_nothing_fits(session, world, monkeypatch, sought):
    everything = [entry.id for entry in queries.audit(session, world.admin, Sought(**sought), None).rows]
    monkeypatch.setattr(queries, "STRETCH", 3)
    monkeypatch.setattr(queries, "SHORT_STRETCH", 2)

    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = queries.audit(session, world.admin, Sought(**sought), after)
        seen += [entry.id for entry in page.rows]
        after, pages = page.after, pages + 1

    assert seen == everything != []
    assert pages > 5


@pytest.mark.parametrize("number", [0, -5, 2**31, 2**40, 2**61])
def test_strange_cursor_is_a_page_like_any_other(session, world, number):
    for read in (queries.feed, queries.own_actions):
        assert read(session, world.as_author, encode([number])) is not None
    assert queries.audit(session, world.admin, Sought(), encode([number])) is not None


def test_what_went_before_publication_is_nobody_elses_business(session, world):
    listing = a_listing(session, world.owner, world.company, state=ListingState.DRAFT)
    LISTING_FLOW.perform(session, listing, "submit", actor=world.as_owner)
    LISTING_FLOW.perform(session, listing, "publish", actor=world.admin)
    owner = kinds(queries.feed(session, world.as_owner, None).rows)
    stranger = kinds(queries.feed(session, world.stranger, None).rows)

    assert "listing.submitted" in owner
    assert "listing.published" in stranger
    assert "listing.submitted" not in stranger


def test_feed_ends_with_the_membership(session, world):
    left = world.as_author.__class__(world.as_author.id, "Ingrid Solheim", "professor", ())

    assert "message.posted" in kinds(queries.feed(session, left, None).rows)  # still the author
    assert "approval.asked" not in kinds(queries.feed(session, left, None).rows)


def test_audit_of_an_organisation_holds_its_own_facts_only(session, world):
    entries = queries.audit(session, world.as_author, Sought(), None).rows

    owned = {entry.kind for entry in entries}
    assert "message.posted_inside" in owned
    assert "listing.published" not in owned
    assert not any(
        "Lindmoor" in str(e.text) or "Ingrid" in str(e.text) for e in queries.audit(session, world.stranger, Sought(), None).rows
    )


def test_audit_names_nothing_its_reader_may_not_read(session, world):
    texts = [str(entry.text) for entry in queries.audit(session, world.admin, Sought(thing="proposal"), None).rows]

    assert f"Helena Brandt decided on proposal no. {world.proposal.id}: In approval" in texts
    assert not any("Early" in text for text in texts)


def test_check_looks_at_the_newest_entries(session, world, monkeypatch):
    monkeypatch.setattr(queries, "CHECKED_AT_ONCE", 5)

    assert queries.checked(session) == (5, None)


def test_every_person_can_be_counted_and_listed(session, world):
    desk = Desk(wiring.SOURCES, unread_count)
    people = [world.as_owner, world.as_author, *world.officers, world.stranger, world.admin, actor_of(session, a_person(session))]

    for actor in people:
        for _ in range(2):  # made, and kept
            tasks = desk.tasks(session, actor)
            assert desk.badges(session, actor) == Badges(waiting=len(tasks), unread=0)
    assert [task.title for task in desk.tasks(session, world.officers[0])] == ["Early warning"]


def test_rights_that_end_change_the_count_at_once(session, world):
    desk = Desk(wiring.SOURCES, unread_count)
    officer = world.officers[0]
    assert desk.badges(session, officer).waiting == 1

    left = officer.__class__(officer.id, officer.name, officer.kind, ())

    assert desk.badges(session, left).waiting == 0


def test_promised_day_lasts_until_its_end(session, world, frozen):
    proposal = a_proposal(session, state=ProposalState.ACCEPTED)
    collaboration = session.query(Collaboration).filter_by(proposal_id=proposal.id).one()
    desk = Desk(wiring.SOURCES, unread_count)
    lead = actor_of(session, session.get_one(type(world.owner), collaboration.partner_lead_id))

    for _ in range(2):
        task = next(task for task in desk.tasks(session, lead) if task.href == collaboration.href)
        assert task.due_at.date() == collaboration.starts_on
        assert task.due_at.strftime("%H:%M:%S") == "23:59:59"
        assert task.due_on == collaboration.starts_on
