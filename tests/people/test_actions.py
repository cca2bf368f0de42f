"""Profiles come with accounts and are changed by their owners, on both databases."""

import pytest

from portal.accounts.events import AccountConfirmed
from portal.kernel.errors import Forbidden, Stale
from portal.kernel.events import record
from portal.kernel.policy import VISITOR
from portal.people.actions import edit_profile
from portal.people.inputs import ProfileText
from portal.people.models import Profile
from portal.people.queries import own_profile
from tests.build import ADMIN, a_person, actor_of, facts


def profile_of(session, account):
    return own_profile(session, actor_of(session, account))


def test_confirmed_account_has_a_profile_that_nobody_finds(session):
    profile = profile_of(session, a_person(session, "Ingrid Solheim"))

    assert (profile.slug, profile.listed, profile.name) == ("ingrid-solheim", False, "Ingrid Solheim")


def test_namesakes_have_addresses_of_their_own(session):
    slugs = [
        profile_of(session, a_person(session, name)).slug for name in ("Anna Berg", "Anna Berg", "ANNA BERG", "王伟", "李娜")
    ]

    assert slugs == ["anna-berg", "anna-berg-2", "anna-berg-3", "x", "x-2"]


def test_confirming_another_address_changes_nothing(session):
    account = a_person(session, "Anna Berg")
    profile = profile_of(session, account)
    profile.headline = "Hydrologist"

    record(session, AccountConfirmed(), actor=actor_of(session, account), subject=account)

    assert session.query(Profile).all() == [profile]
    assert profile.headline == "Hydrologist"


def test_owner_edits_and_it_is_recorded_once(session):
    account = a_person(session)
    profile, actor = profile_of(session, account), actor_of(session, account)
    text = ProfileText(headline="Professor", expertise=["GIS"], listed=True)

    edit_profile(session, profile, text, actor=actor)
    edit_profile(session, profile, text, actor=actor)

    assert (profile.headline, profile.expertise, profile.listed) == ("Professor", ["GIS"], True)
    assert facts(session, profile) == ["profile.changed"]


def test_nobody_else_edits_it(session):
    profile = profile_of(session, a_person(session))
    for actor in (VISITOR, ADMIN, actor_of(session, a_person(session))):
        with pytest.raises(Forbidden):
            edit_profile(session, profile, ProfileText(headline="Mine"), actor=actor)


def test_edit_of_an_older_version_changes_nothing(session):
    account = a_person(session)
    profile, actor = profile_of(session, account), actor_of(session, account)
    seen = str(profile.version)
    edit_profile(session, profile, ProfileText(headline="First"), actor=actor, version=seen)

    with pytest.raises(Stale):
        edit_profile(session, profile, ProfileText(headline="Second"), actor=actor, version=seen)
    assert profile.headline == "First"
