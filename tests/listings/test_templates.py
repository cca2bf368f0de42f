"""Templates: kept once, begun with by everybody who posts for the organisation, and by nobody else."""

import pytest

from portal.kernel.errors import Invalid, Missing
from portal.kernel.policy import Role
from portal.listings.actions import begin_from_template, draft_listing, remove_template, save_template
from portal.listings.inputs import Phase, TemplateName, written
from portal.listings.queries import listing_in_full, templates_for
from portal.listings.states import Kind, ListingState
from tests import build
from tests.listings.pages import listings, value_in
from tests.listings.texts import TEXTS


@pytest.mark.parametrize("kind", list(Kind))
def test_a_draft_begun_with_a_template_says_the_same_without_dates(session, kind):
    host = build.an_organisation(session)
    poster = build.actor_of(session, build.a_member(session, host, Role.POSTER))
    text = written(kind, **TEXTS[kind])
    kept = listing_in_full(session, draft_listing(session, text, organisation_id=host.id, actor=poster).id)

    template = save_template(session, kept, TemplateName("As ever"), actor=poster)
    session.expire_all()
    made = listing_in_full(session, begin_from_template(session, template.id, actor=poster).id)

    assert (made.id != kept.id, made.title, made.skills, made.closes_at, made.state) == (
        True,
        kept.title,
        kept.skills,
        None,
        ListingState.DRAFT,
    )
    for name, value in vars(text.details).items():
        if name == "phases":
            assert made.challenge.phases == (Phase("Ideas", None, "Novelty", 5), Phase("Trial", None, "It runs"))
        elif name != "sessions" and not name.endswith("_on"):
            assert getattr(made.detail, name) == value, name


def test_only_posters_of_the_organisation_have_its_templates(session):
    listing = build.a_listing(session)
    owner = build.actor_of(session, listing.owner)
    template = save_template(session, listing_in_full(session, listing.id), TemplateName("Mine"), actor=owner)
    stranger = build.actor_of(session, build.a_member(session, build.an_organisation(session), Role.POSTER))
    colleague = build.actor_of(session, build.a_member(session, listing.organisation))

    for actor in (stranger, colleague):
        assert list(templates_for(session, actor, listing.kind)) == []
        for verb in (begin_from_template, remove_template):
            with pytest.raises(Missing):
                verb(session, template.id, actor=actor)
    with pytest.raises(Invalid):
        save_template(session, listing_in_full(session, listing.id), TemplateName("Mine"), actor=owner)

    remove_template(session, template.id, actor=owner)
    assert list(templates_for(session, owner, listing.kind)) == []


def test_a_template_walks_through_its_pages(db, browser_of, post):
    listing, owner = post(), browser_of("owner")
    assert browser_of("colleague").get(f"{listing.href}/template").status_code == 403
    assert owner.submit(f"{listing.href}/template", {"name": " "}).status_code == 422
    assert owner.submit(f"{listing.href}/template", {"name": "Pumps"}).location == "/listings/new/challenge"

    page = owner.get("/listings/new/challenge")
    number = page.text.partition("/listings/templates/")[2].partition("/")[0]
    key = {
        "form_key": page.text.partition(f"/listings/templates/{number}/begin")[2]
        .partition('name="form_key" value="')[2]
        .partition('"')[0]
    }
    answers = [owner.submit(f"/listings/templates/{number}/begin", key).location for _ in range(2)]
    made = listings(db)[-1]
    assert (answers, made.title) == ([f"{made.href}/edit"] * 2, listing.title)

    assert browser_of("stranger").submit(f"/listings/templates/{number}/begin").status_code == 404
    assert owner.submit(f"/listings/templates/{number}/remove", {"kind": "challenge"}).status_code == 303
    assert "/listings/templates/" not in owner.get("/listings/new/challenge").text
    assert value_in(owner.get("/listings/new/challenge"), "form_key")
