"""The whole portal with the index in its database."""

import pytest

from portal.app import create_app, worker_of
from portal.kernel.db import transaction
from portal.kernel.policy import Role
from portal.kernel.settings import BadSetting, Settings, load
from portal.listings.actions import draft_listing
from portal.listings.inputs import written
from portal.listings.states import Kind, ListingState
from portal.search.indexing import differences, ensure_all
from portal.web.schema import upgrade
from tests import build
from tests.listings.texts import TEXTS


@pytest.fixture
def settings(postgres_url, instance):
    chosen = {"database_url": postgres_url, "search_backend": "postgres", "secret_key": "a key for tests only"}
    return Settings(instance=instance, worker_thread=False, rate_limits=False, require_second_factor=False, **chosen)


def publish(session, owner, organisation, **values):
    actor = build.actor_of(session, owner)
    text = written(Kind.CHALLENGE, **(TEXTS[Kind.CHALLENGE] | values))
    listing = draft_listing(session, text, organisation_id=organisation.id, actor=actor)
    build.walk(session, build.LISTING_FLOW, listing, ListingState.PUBLISHED, by=actor)


def test_what_is_published_is_found_and_what_is_hidden_is_not(settings):
    app = create_app(settings)
    upgrade(app)
    database, worker, visitor = app.extensions["database"], worker_of(app), app.test_client()

    with database.writing() as session, transaction(session):
        organisation = build.an_organisation(session, "Tidewell Water")
        owner = build.a_member(session, organisation, Role.POSTER)
        publish(session, owner, organisation, title="Quieter zeppelins", visibility="public")
        publish(session, owner, organisation, title="Hidden zeppelins", visibility="organisation")
    ensure_all(database, app.extensions["shelves"])
    worker.run_once()

    page = visitor.get("/search?q=zeppelin").get_data(as_text=True)
    assert "Quieter" in page
    assert "Hidden" not in page
    assert "Quieter" in visitor.get("/search/suggest?q=zepp").get_data(as_text=True)
    assert "Tidewell" in visitor.get("/search?in=organisations&q=tidewell").get_data(as_text=True)
    assert not any(differences(database, each.index, each.indexed) for each in app.extensions["shelves"])
    assert all(each.index.check().ok and each.index.health().bytes for each in app.extensions["shelves"])
    assert not (settings.instance / "index").exists()
    database.dispose()


def test_the_setting_is_refused_where_there_is_no_such_database(tmp_path):
    asked = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_SEARCH_BACKEND": "postgres"}

    with pytest.raises(BadSetting, match="PostgreSQL database"):
        load(asked)
    with pytest.raises(BadSetting, match="whoosh or postgres"):
        load(asked | {"PORTAL_SEARCH_BACKEND": "solr"})

    assert load(asked | {"PORTAL_DATABASE_URL": "postgresql+psycopg://portal@/portal"}).search_backend == "postgres"
