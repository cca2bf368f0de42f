"""The index beside the database: what differs is found, document by document, and said."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.listings.models import Listing
from portal.search.cli import search
from portal.search.engine.errors import IndexBroken
from portal.search.indexing import Differences, differences, rebuild, rebuild_all
from tests import build


@pytest.fixture
def parts(app, db):
    """The database, the index with three listings, and what the search may know."""
    build.a_listing(db, title="First of three")
    build.a_listing(db, title="Second of three")
    build.a_listing(db, title="Third of three")
    db.commit()
    parts = (app.extensions["database"], app.extensions["index"], app.extensions["searched"])
    rebuild_all(parts[0], app.extensions["shelves"])
    return parts


def test_an_index_that_was_just_built_differs_in_nothing(parts):
    assert not differences(*parts)


@pytest.mark.parametrize("what", ["title", "place", "closes_at"])
def test_whatever_changed_is_found(parts, db, what):
    listing = db.scalars(select(Listing).order_by(Listing.id)).first()
    setattr(listing, what, None if what == "closes_at" else "Elsewhere")
    db.commit()

    assert differences(*parts) == Differences(outdated=(listing.id,))


def test_what_is_missing_and_what_should_not_be_there_is_found(parts, db):
    newest = build.a_listing(db, title="Fourth of three")
    db.commit()
    parts[1].delete([1])

    assert differences(*parts) == Differences(missing=(1, newest.id))

    rebuild(*parts)
    db.delete(newest)
    db.commit()
    assert differences(*parts) == Differences(surplus=(newest.id,))


def test_without_an_index_there_is_nothing_to_compare(app):
    with pytest.raises(IndexBroken):
        differences(app.extensions["database"], app.extensions["index"], app.extensions["searched"])


def test_the_operator_is_told(parts, app, db):
    def said():
        return CliRunner().invoke(search, ["check"], obj=lambda: app)

    assert said().exit_code == 0
    assert "The index is sound." in said().output

    db.scalars(select(Listing)).first().title = "Changed behind its back"
    db.commit()
    assert said().exit_code == 1
    assert "listings: the index differs from the database: 0 are missing, 1 have changed since" in said().output

    rebuilt = CliRunner().invoke(search, ["rebuild"], obj=lambda: app)
    assert (rebuilt.exit_code, "The index of listings holds 3." in rebuilt.output) == (0, True)
    assert said().exit_code == 0
