"""What only some are asked about themselves, and how an ORCID iD is known."""

import pytest

from portal.accounts.links import link_account
from portal.accounts.models import Kind
from portal.accounts.oidc import Shown
from portal.kernel import clock
from portal.people.actions import ORCID_ISSUER
from portal.people.forms import ASKED
from portal.people.queries import own_profile
from tests.build import a_member, a_person, actor_of, an_organisation


@pytest.fixture
def ingrid(db):
    account = a_member(db, an_organisation(db, "Lindmoor University"), name="Ingrid Solheim")
    db.commit()
    return account


@pytest.fixture
def profile(db, ingrid):
    found = own_profile(db, actor_of(db, ingrid))
    found.orcid = "0000-0002-1825-0097"
    db.commit()
    return found


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("professor", {"group": "Machine Dynamics"}, ("Machine Dynamics",)),
        (
            "company",
            {"seeks": "Quiet pumps", "duties": ["ip", "technical"]},
            ("Quiet pumps", "Intellectual property", "Technical"),
        ),
        ("student", {"study": "Data", "study_level": "master", "finishes_on": "2028-09-30"}, ("Master", "30 Sep 2028")),
        ("officer", {"duties": ["contracts"]}, ("Contracts and non-disclosure",)),
    ],
)
def test_each_kind_of_person_is_asked_what_only_they_are_asked(client_of, db, kind, asked, said):
    account = a_person(db, "Kim Keeper", kind=Kind(kind))
    page = own_profile(db, actor_of(db, account))
    db.commit()
    client = client_of(account)
    form = client.get("/me").text
    named = {name for name in ("group", "seeks", "duties", "study", "study_level", "finishes_on") if f'name="{name}"' in form}

    assert client.submit("/me", {"version": str(page.version), **asked}).status_code == 303
    shown = client.get(page.href).text

    assert named == set(ASKED[Kind(kind)])
    assert [text for text in said if text not in shown] == []
    wrong = client.submit("/me", {"version": "2", "duties": ["everything"], "study_level": "all", "finishes_on": "someday"})
    assert wrong.status_code == (303 if kind == "professor" else 422)


def test_an_orcid_id_says_whether_its_owner_showed_it(client_of, db, ingrid, profile):
    stated = client_of(ingrid).get(profile.href).text
    assert "(as stated)" in stated
    shown = Shown(ORCID_ISSUER, "0000-0002-1694-233X", "", "")
    with clock.at(clock.dt.datetime(2026, 3, 2, 9, 0, tzinfo=clock.UTC)):
        link_account(db, ingrid, shown, actor=actor_of(db, ingrid))
    db.commit()

    page = client_of(ingrid).get(profile.href).text
    assert "0000-0002-1694-233X" in page
    assert "(shown by signing in there, 2 Mar 2026)" in page
    db.expire_all()
    version = profile.version
    db.commit()
    assert client_of(ingrid).submit("/me", {"version": str(version), "orcid": "0000-0002-1825-0097"}).status_code == 303
    assert "(as stated)" in client_of(ingrid).get(profile.href).text


def test_whose_an_orcid_id_is_says_orcid_alone(client_of, db, ingrid, profile):
    for issuer in ("https://login.example", "https://orcid.org.example"):
        link_account(db, ingrid, Shown(issuer, "0000-0002-1694-233X", "", ""), actor=actor_of(db, ingrid))
    db.commit()

    assert "(as stated)" in client_of(ingrid).get(profile.href).text
