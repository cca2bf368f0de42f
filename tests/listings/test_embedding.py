"""An organisation's open listings on its own site."""

import pytest

from portal.kernel.policy import Role
from portal.listings.states import Kind, ListingState, Visibility
from tests.build import a_listing, a_member, an_organisation


@pytest.fixture
def shown(db):
    organisation = an_organisation(db, "Tidewell <Water>")
    owner = a_member(db, organisation, Role.POSTER, Role.OFFICER)
    for title, values in {
        "Hear pumps": {},
        "Learn pumps": {"kind": Kind.TRAINING},
        "Among us": {"visibility": Visibility.ORGANISATION},
        "Over": {"state": ListingState.CLOSED},
    }.items():
        a_listing(db, owner, organisation, title=title, **values)
    db.commit()
    return organisation, owner


def test_the_frame_shows_what_everybody_may_read_whoever_looks(shown, client_of):
    organisation, owner = shown
    for account in ((), (owner,)):
        answer = client_of(*account).get(f"{organisation.href}/embed")
        assert "Hear pumps" in answer.text
        assert "Learn pumps" in answer.text
        assert "Among us" not in answer.text
        assert "Over" not in answer.text
        assert "Tidewell &lt;Water&gt;" in answer.text
        assert "<form" not in answer.text


def test_any_site_may_frame_it_and_no_other_page(shown, client_of):
    organisation, _owner = shown
    client = client_of()
    framed, page = (client.get(f"{organisation.href}{path}").headers for path in ("/embed", ""))
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "script-src 'none'" in framed["Content-Security-Policy"]
    assert framed["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert framed["Cache-Control"] == "public, max-age=300"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_the_address_chooses_and_what_means_nothing_is_left_out(shown, client_of):
    organisation, _owner = shown
    client = client_of()
    assert "Hear pumps" not in client.get(f"{organisation.href}/embed?kind=training").text
    assert client.get(f"{organisation.href}/embed?n=1").text.count("cw-title") == 1
    assert 'data-bs-theme="dark"' in client.get(f"{organisation.href}/embed?theme=dark").text
    odd = client.get(f"{organisation.href}/embed?kind=nothing&n=%C2%B2&theme=%22%3E%3Cscript%3E")
    assert odd.status_code == 200
    assert "<script" not in odd.text
    assert client.get("/organisations/nobody/embed").status_code == 404


def test_unverified_organisations_show_nothing(db, client_of):
    organisation = an_organisation(db, verified=False)
    db.commit()
    assert client_of().get(f"{organisation.href}/embed").status_code == 404


def test_the_console_has_the_lines_to_copy(shown, client_of):
    organisation, owner = shown
    page = client_of(owner).get(f"{organisation.href}/console").text
    assert f"{organisation.href}/embed?n=6&#34; title=" in page
