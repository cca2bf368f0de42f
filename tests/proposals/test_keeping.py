"""Whoever has answered a listing keeps being able to read it."""

import pytest

from portal.kernel.errors import Refused
from portal.listings.actions import release_listing
from portal.listings.inputs import Readers
from portal.listings.states import Visibility
from portal.proposals.states import InterestState
from tests import build


@pytest.mark.parametrize(
    ("readers", "kept"),
    [
        (Readers(Visibility.REGISTERED), True),
        (Readers(Visibility.ORGANISATION), False),
        (Readers(Visibility.NAMED, organisations="Answering University"), True),
        (Readers(Visibility.NAMED, people="somebody@example.org"), False),
    ],
)
def test_narrowing_never_leaves_out_who_has_answered(session, readers, kept):
    listing = build.a_listing(session)
    owner = build.actor_of(session, listing.owner)
    author = build.a_member(session, build.an_organisation(session, "Answering University"))
    build.an_interest(session, listing, author)

    if kept:
        release_listing(session, listing, readers, actor=owner)
        assert listing.visibility is readers.visibility
    else:
        with pytest.raises(Refused, match="answered"):
            release_listing(session, listing, readers, actor=owner)


def test_answers_that_are_over_hold_nothing(session):
    listing = build.a_listing(session)
    build.an_interest(session, listing, build.a_person(session), state=InterestState.WITHDRAWN)

    release_listing(session, listing, Readers(Visibility.ORGANISATION), actor=build.actor_of(session, listing.owner))

    assert listing.visibility is Visibility.ORGANISATION
