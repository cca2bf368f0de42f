"""The forms show a listing so that saving it unchanged changes nothing."""

import pytest

from portal.kernel.policy import Role
from portal.kernel.zones import ZONES, known_zones
from portal.listings.actions import add_field, draft_listing
from portal.listings.forms import FORMS, form_of
from portal.listings.inputs import DETAIL_INPUTS, written
from portal.listings.queries import listing_in_full
from portal.listings.states import Kind
from tests import build
from tests.listings import pages
from tests.listings.texts import TEXTS


@pytest.mark.parametrize("kind", list(Kind))
def test_a_listing_survives_its_own_form(app, db, kind):
    organisation = build.an_organisation(db)
    poster = build.actor_of(db, build.a_member(db, organisation, Role.POSTER))
    add_field(db, "oecd-ford", "1.2", "Computer sciences")
    text = written(kind, **TEXTS[kind], fields=["1.2"])
    number = draft_listing(db, text, organisation_id=organisation.id, actor=poster).id

    with app.test_request_context():
        shown = form_of(listing_in_full(db, number))
        sent = {field.name: field.data for field in shown if field.name != "csrf_token" and field.data not in (None, False)}
        sent = pages.form_of(sent)
    with app.test_request_context(method="POST", data=sent):
        app.config["WTF_CSRF_ENABLED"] = False
        again = FORMS[kind]().read_listing()

    assert again == text


@pytest.mark.parametrize("kind", list(Kind))
def test_a_form_asks_for_everything_its_kind_says(app, kind):
    with app.test_request_context():
        form = FORMS[kind]()

    assert set(form.OWN) == set(vars(DETAIL_INPUTS[kind]()))
    assert {name for name in form.NEEDED if name not in form} == set()


def test_zones_offered_exist():
    assert set(ZONES) <= known_zones()
